//! OAuth clients, those of the account and global ones.

use std::collections::HashSet;

use super::Checked;
use super::people::Emails;
use super::values::{filled, not_too_long, scopes, unique, unique_id, visible};
use crate::seed::document::{ClientEntry, Document, GlobalClientEntry};
use crate::seed::error::Defect;
use crate::seed::path::Path;
use crate::support::rules;

pub(super) fn clients(document: &Document, emails: &Emails) -> Checked {
    let (mut ids, mut identifiers) = (HashSet::new(), HashSet::new());
    for (index, client) in document.clients.iter().enumerate() {
        let path = Path::of("clients").index(index);
        unique_id(client.id, &mut ids, &path)?;
        client_texts(client, &path)?;
        let of_identifier = path.clone().key("identifier");
        unique(&mut identifiers, client.identifier.clone(), of_identifier)?;
        if let Some(owner) = &client.user {
            emails.user(owner, path.clone().key("user"))?;
        }
        if let Some(allowed) = &client.allowed_scopes {
            scopes(allowed, &path.key("allowed_scopes"))?;
        }
    }
    let mut ids = HashSet::new();
    for (index, client) in document.global_clients.iter().enumerate() {
        let path = Path::of("global_clients").index(index);
        unique_id(client.id, &mut ids, &path)?;
        global_client_texts(client, &path)?;
        let of_identifier = path.key("identifier");
        unique(&mut identifiers, client.identifier.clone(), of_identifier)?;
    }
    Ok(())
}

fn client_texts(client: &ClientEntry, path: &Path) -> Checked {
    let optional = [
        ("company", &client.company),
        ("description", &client.description),
    ];
    names(&client.identifier, &client.name, &optional, path)?;
    if let Some(secret) = &client.secret {
        visible(secret, path.clone().key("secret"))?;
    }
    redirect_uris(&client.redirect_uri, path)
}

fn global_client_texts(client: &GlobalClientEntry, path: &Path) -> Checked {
    let optional = [
        ("company", &client.company),
        ("description", &client.description),
        ("logo_url", &client.logo_url),
    ];
    names(&client.identifier, &client.name, &optional, path)?;
    redirect_uris(&client.redirect_uri, path)
}

fn names(
    identifier: &str,
    name: &str,
    optional: &[(&str, &Option<String>)],
    path: &Path,
) -> Checked {
    filled(identifier, path.clone().key("identifier"))?;
    filled(name, path.clone().key("name"))?;
    for (key, text) in optional {
        not_too_long(text.as_deref().unwrap_or_default(), path.clone().key(key))?;
    }
    Ok(())
}

/// By the rule that the API has for them.
fn redirect_uris(uris: &[String], path: &Path) -> Checked {
    let path = path.clone().key("redirect_uri");
    for (index, uri) in uris.iter().enumerate() {
        let path = path.clone().index(index);
        not_too_long(uri, path.clone())?;
        if !rules::is_redirect_uri(uri) {
            let reason = "this is no redirect URI that Zendesk takes";
            let way_out = "write an absolute URI without a fragment, with https, or with http for localhost or \
                           127.0.0.1";
            return Err(Defect::new(path, reason, way_out));
        }
    }
    Ok(())
}
