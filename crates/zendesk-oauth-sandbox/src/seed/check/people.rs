//! Users, and how they sign in.

use std::collections::HashSet;

use super::Checked;
use super::values::{filled, is_visible, secret, unique, unique_id};
use crate::seed::document::Document;
use crate::seed::error::Defect;
use crate::seed::path::Path;

/// The users' e-mail addresses, in lower case.
pub(super) struct Emails(HashSet<String>);

impl Emails {
    pub(super) fn user(&self, email: &str, path: Path) -> Checked {
        if self.0.contains(&email.to_ascii_lowercase()) {
            return Ok(());
        }
        let reason = "there is no user with this e-mail address";
        let way_out = "add the user under `users`, or name one who is there";
        Err(Defect::new(path, reason, way_out))
    }
}

pub(super) fn users(document: &Document) -> Result<Emails, Defect> {
    let (mut ids, mut emails) = (HashSet::new(), HashSet::new());
    for (index, user) in document.users.iter().enumerate() {
        let path = Path::of("users").index(index);
        unique_id(user.id, &mut ids, &path)?;
        filled(&user.name, path.clone().key("name"))?;
        let of_email = path.key("email");
        let parts = user.email.split_once('@');
        let good = parts.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
        if !good || user.email.len() > 254 || !user.email.bytes().all(is_visible) {
            let way_out = "write one such as ada@example.com";
            return Err(Defect::new(of_email, "this is no e-mail address", way_out));
        }
        // A colon or a slash would not come through basic authentication.
        if user.email.contains([':', '/']) {
            let reason = "an e-mail address with a colon or a slash cannot be used to sign in";
            return Err(Defect::new(of_email, reason, "write another"));
        }
        unique(&mut emails, user.email.to_ascii_lowercase(), of_email)?;
    }
    Ok(Emails(emails))
}

pub(super) fn signed_in(document: &Document, emails: &Emails) -> Checked {
    let (mut api_tokens, mut cookies) = (HashSet::new(), HashSet::new());
    for (index, entry) in document.api_tokens.iter().enumerate() {
        let path = Path::of("api_tokens").index(index).key("token");
        secret(entry.token.as_deref(), &mut api_tokens, path)?;
    }
    for (index, entry) in document.sessions.iter().enumerate() {
        let path = Path::of("sessions").index(index);
        emails.user(&entry.user, path.clone().key("user"))?;
        let path = path.key("cookie");
        if entry
            .cookie
            .as_ref()
            .is_some_and(|it| it.contains([';', ',', '"', '\\']))
        {
            let reason = "a cookie cannot hold these characters";
            return Err(Defect::new(path, reason, "leave out ; , \" and \\"));
        }
        secret(entry.cookie.as_deref(), &mut cookies, path)?;
    }
    Ok(())
}
