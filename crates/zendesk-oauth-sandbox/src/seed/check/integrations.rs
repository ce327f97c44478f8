//! Integrations of ZIS.

use std::collections::HashSet;

use super::Checked;
use super::people::Emails;
use super::values::{filled, not_too_long, unique, visible};
use crate::http::is_web_url;
use crate::seed::document::{ConnectionEntry, Document, ZisClientEntry};
use crate::seed::error::Defect;
use crate::seed::path::Path;
use crate::zis::rules;

pub(super) fn integrations(document: &Document, emails: &Emails) -> Checked {
    let identifiers = document.clients.iter().map(|it| it.identifier.clone());
    let taken: HashSet<String> = identifiers.collect();
    let mut names = HashSet::new();
    for (index, integration) in document.integrations.iter().enumerate() {
        let path = Path::of("integrations").index(index);
        let of_name = path.clone().key("name");
        if !rules::is_integration_name(&integration.name) {
            let reason = "this is no name of an integration";
            let way_out = "write up to 64 of a-z, 0-9, - and _";
            return Err(Defect::new(of_name, reason, way_out));
        }
        if taken.contains(&format!("zis_{}", integration.name)) {
            let reason = "a client has the identifier that belongs to this integration";
            let way_out = "leave the client out: it comes with the integration";
            return Err(Defect::new(of_name, reason, way_out));
        }
        unique(&mut names, integration.name.as_str(), of_name)?;
        not_too_long(&integration.description, path.clone().key("description"))?;
        if let Some(user) = &integration.user {
            emails.user(user, path.clone().key("user"))?;
        }
        let mut clients = HashSet::new();
        for (index, client) in integration.oauth_clients.iter().enumerate() {
            let path = path.clone().key("oauth_clients").index(index);
            unique(&mut clients, client.name.as_str(), path.clone().key("name"))?;
            oauth_client(client, &path)?;
        }
        let mut connections = HashSet::new();
        for (index, connection) in integration.connections.iter().enumerate() {
            let path = path.clone().key("connections").index(index);
            let of_name = path.clone().key("name");
            unique(&mut connections, connection.name.as_str(), of_name)?;
            of_client(connection, &clients, &path)?;
        }
    }
    Ok(())
}

fn oauth_client(client: &ZisClientEntry, path: &Path) -> Checked {
    filled(&client.name, path.clone().key("name"))?;
    filled(&client.client_id, path.clone().key("client_id"))?;
    if let Some(secret) = &client.client_secret {
        visible(secret, path.clone().key("client_secret"))?;
    }
    for (key, url) in [
        ("auth_url", &client.auth_url),
        ("token_url", &client.token_url),
    ] {
        let Some(url) = url else { continue };
        if !url.starts_with('/') && !is_web_url(url) {
            let reason = "this is no URL of a third party";
            let way_out =
                "write an absolute URL, or a path of the sandbox that begins with /_provider/";
            return Err(Defect::new(path.clone().key(key), reason, way_out));
        }
    }
    Ok(())
}

fn of_client(connection: &ConnectionEntry, clients: &HashSet<&str>, path: &Path) -> Checked {
    if !rules::is_name(&connection.name) {
        let reason = "this is no name of a connection";
        let way_out = "write 3 to 64 of A-Z, a-z, 0-9, _ and -";
        return Err(Defect::new(path.clone().key("name"), reason, way_out));
    }
    if !clients.contains(connection.oauth_client.as_str()) {
        let reason = "the integration has no OAuth client of this name";
        let way_out = "add it under `oauth_clients`, or name one that is there";
        return Err(Defect::new(
            path.clone().key("oauth_client"),
            reason,
            way_out,
        ));
    }
    match &connection.access_token {
        Some(token) => visible(token, path.clone().key("access_token")),
        None => Ok(()),
    }
}
