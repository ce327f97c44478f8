//! Where a login's tokens and its profile go.

use zendesk_oauth::token::{
    FileStore, IssuedToken, Record, Stored, Swap, TokenSource, TokenStore as _,
};

use super::target::Target;
use crate::config::write::{self, Area};
use crate::config::{Access, LoginEntry, Paths, make_private};
use crate::failure::Failure;

/// Stores the tokens, then the profile. If that fails, the login that was there before is put back.
pub(super) async fn keep(
    paths: &Paths,
    target: &Target,
    entry: &LoginEntry,
    source: &TokenSource,
    issued: &IssuedToken,
) -> Result<(), Failure> {
    let folder = paths.login(&target.profile);
    if let Some(parent) = folder.parent() {
        make_private(parent)?;
    }
    let store = FileStore::new(&folder);
    let not_stored = |error: &dyn std::fmt::Display| {
        Failure::failed(format!(
            "the login worked, but cannot be stored, and what was there is unchanged: {error}"
        ))
    };
    let before = store.load().await.map_err(|error| not_stored(&error))?;
    if entry.is_client_credentials {
        // Over whatever is there, as a login of a person does.
        let record = Record::new(&entry.client_id, &target.url, issued);
        put(&store, before.as_ref(), &record).await?;
    } else {
        let stored = source.log_in(issued).await;
        stored.map_err(|error| not_stored(&error))?;
    }
    let access = Access::Login(entry.clone());
    let written = write::try_change(paths, |document| {
        write::set(
            document,
            &target.profile,
            &target.url,
            Area::Support,
            &access,
        )
    });
    if let (Err(_), Some(before)) = (&written, &before) {
        let now = store.load().await.ok().flatten();
        let _ = put(&store, now.as_ref(), &before.record).await;
    }
    written
}

async fn put(store: &FileStore, over: Option<&Stored>, record: &Record) -> Result<(), Failure> {
    let version = over.map(|stored| stored.version);
    match store.compare_and_swap(version, record).await {
        Ok(Swap::Done(_)) => Ok(()),
        Ok(Swap::Conflict) => Err(Failure::failed(
            "another process changed the login at the same time; log in again",
        )),
        Err(error) => Err(Failure::failed("the login cannot be stored").because(error)),
    }
}
