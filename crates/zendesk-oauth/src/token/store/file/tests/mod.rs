//! Processes that are killed or stopped between two effects, done by hand.

mod killed;
mod large;
mod late;

use tempfile::TempDir;
use zendesk_oauth_core::Secret;

use super::draft::Draft;
use super::folder::Folder;
use super::listing::{Listing, Series};
use super::versions;
use crate::token::{Swap, Version};

/// A folder with this many versions of a login.
fn folder(versions: u64) -> (TempDir, Folder) {
    let kept = TempDir::new().unwrap();
    let folder = Folder::new(kept.path().join("login"));
    folder.create().unwrap();
    swap_up_to(&folder, versions);
    (kept, folder)
}

/// Swaps until the login has this version.
fn swap_up_to(folder: &Folder, last: u64) {
    let mut version = seen(folder).map(|(version, _)| version);
    while version.map_or(0, Version::number) < last {
        let number = version.map_or(Version::FIRST, Version::next);
        let swap = versions::swap(folder, version, &login(&format!("CANARY-{number}")));
        assert_eq!(swap.unwrap(), Swap::Done(number));
        version = Some(number);
    }
}

/// A login with this access token.
fn login(token: &str) -> Secret {
    Secret::from(format!(
        r#"{{"format":1,"client_id":"my_app","base_url":"https://acme.zendesk.com","generation":1,
        "access_token":"{token}","obtained_at":"2026-11-22T12:00:00Z"}}"#
    ))
}

/// What is stored.
fn seen(folder: &Folder) -> Option<(Version, String)> {
    let stored = versions::load(folder).unwrap()?;
    let token = stored.record.access_token().expose().to_owned();
    Some((stored.version, token))
}

/// Version `number`, with its own token.
fn version(number: u64) -> Option<(Version, String)> {
    Some((Version::new(number), format!("CANARY-{number}")))
}

/// A draft that is ready to be linked to this number.
fn draft(folder: &Folder, series: Series, number: u64, text: &str) -> Draft {
    let draft = Draft::create(folder, series, number).unwrap();
    assert!(draft.lock(folder).unwrap());
    draft.write(folder, text.as_bytes()).unwrap();
    draft.sync(folder).unwrap();
    draft
}

/// The names in a folder, sorted.
fn names(folder: &Folder) -> Vec<String> {
    let names = std::fs::read_dir(folder.path()).unwrap();
    let names = names.map(|it| it.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

/// The number of the last lease.
fn last_lease(folder: &Folder) -> Option<u64> {
    Listing::of(folder).unwrap().highest(Series::Locks)
}
