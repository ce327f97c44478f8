//! Access tokens.

use std::collections::HashSet;

use super::Checked;
use super::people::Emails;
use super::values::{scopes, secret, unique_id};
use crate::seed::document::{Document, TokenEntry};
use crate::seed::error::Defect;
use crate::seed::path::Path;

pub(super) fn tokens(document: &Document, emails: &Emails) -> Checked {
    let mut ids = HashSet::new();
    let (mut values, mut refresh_values) = (HashSet::new(), HashSet::new());
    let identifiers = document.clients.iter().map(|it| it.identifier.clone());
    let integrations = document.integrations.iter();
    let of_integrations = integrations.map(|it| format!("zis_{}", it.name));
    let locals: HashSet<String> = identifiers.chain(of_integrations).collect();
    let identifiers = document
        .global_clients
        .iter()
        .map(|it| it.identifier.clone());
    let globals: HashSet<String> = identifiers.collect();
    for (index, token) in document.tokens.iter().enumerate() {
        let path = Path::of("tokens").index(index);
        unique_id(token.id, &mut ids, &path)?;
        token_client(token, &locals, &globals, &path)?;
        emails.user(&token.user, path.clone().key("user"))?;
        scopes(&token.scopes, &path.clone().key("scopes"))?;
        secret(
            token.token.as_deref(),
            &mut values,
            path.clone().key("token"),
        )?;
        let of_refresh = path.clone().key("refresh_token");
        secret(
            token.refresh_token.as_deref(),
            &mut refresh_values,
            of_refresh,
        )?;
        if token.refresh_token.is_none() && token.refresh_token_expires_at.is_some() {
            let reason = "a time is given for a refresh token that is not there";
            let path = path.key("refresh_token_expires_at");
            return Err(Defect::new(
                path,
                reason,
                "add `refresh_token`, or leave this out",
            ));
        }
    }
    Ok(())
}

fn token_client(
    token: &TokenEntry,
    locals: &HashSet<String>,
    globals: &HashSet<String>,
    path: &Path,
) -> Checked {
    let (key, identifier, known) = match (&token.client, &token.global_client) {
        (Some(client), None) => ("client", client, locals),
        (None, Some(client)) => ("global_client", client, globals),
        _ => {
            let reason = "a token belongs to one client";
            let way_out = "write `client` or `global_client`, with its identifier";
            return Err(Defect::new(path.clone(), reason, way_out));
        }
    };
    if known.contains(identifier.as_str()) {
        return Ok(());
    }
    let reason = "there is no client with this identifier";
    let way_out = format!("add it under `{key}s`, or name one that is there");
    Err(Defect::new(path.clone().key(key), reason, way_out))
}
