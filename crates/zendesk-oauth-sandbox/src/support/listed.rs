//! A client as lists and shows write it, worked out once.

use serde::Serialize;
use serde_json::ser::Serializer;

use crate::clock::zulu;
use crate::state::Client;

/// How much of a secret is shown after its creation, before `...`: as in the examples of Zendesk's page.
const SHOWN_OF_A_SECRET: usize = 15;

/// The JSON of a client with its secret truncated, in two halves: between them goes the address that
/// the caller used, in the member `url`.
#[derive(Clone)]
pub(crate) struct Listed {
    json: Box<str>,
    split: usize,
}

/// How the secret is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Secret {
    Full,
    Truncated,
}

#[derive(Serialize)]
struct Written<'a> {
    company: Option<&'a str>,
    created_at: String,
    description: Option<&'a str>,
    global: bool,
    id: i64,
    identifier: &'a str,
    kind: &'static str,
    logo_url: Option<&'a str>,
    name: &'a str,
    redirect_uri: &'a [String],
    secret: String,
    updated_at: String,
    user_id: i64,
    url: &'static str,
}

/// Stands where the address goes, at the end. A record cannot contain it: a quote within a string is escaped.
const ADDRESS: &str = "\"url\":\"\"}";

impl Listed {
    fn of(client: &Client, secret: Secret) -> Self {
        let written = Written {
            company: client.company.as_deref(),
            created_at: zulu(client.created_at),
            description: client.description.as_deref(),
            global: false,
            id: client.id,
            identifier: &client.identifier,
            kind: client.kind.as_str(),
            logo_url: None,
            name: &client.name,
            redirect_uri: &client.redirect_uri,
            secret: match secret {
                Secret::Full => client.secret.clone(),
                Secret::Truncated => truncated(&client.secret),
            },
            updated_at: zulu(client.updated_at),
            user_id: client.user_id,
            url: "",
        };
        let mut json = Vec::with_capacity(512);
        let wrote = written.serialize(&mut Serializer::new(&mut json));
        wrote.expect("strings and numbers become JSON");
        let mut json = String::from_utf8(json).expect("JSON is UTF-8");
        debug_assert!(json.ends_with(ADDRESS));
        let split = json.len() - 2;
        json.insert_str(split, &format!("/api/v2/clients/{}.json", client.id));
        Self {
            json: json.into_boxed_str(),
            split,
        }
    }

    fn write(&self, base: &str, out: &mut Vec<u8>) {
        let (before, after) = self.json.split_at(self.split);
        out.extend_from_slice(before.as_bytes());
        out.extend_from_slice(base.as_bytes());
        out.extend_from_slice(after.as_bytes());
    }
}

/// Appends a client's JSON.
pub(crate) fn write(client: &Client, secret: Secret, base: &str, out: &mut Vec<u8>) {
    match secret {
        Secret::Full => Listed::of(client, secret).write(base, out),
        Secret::Truncated => {
            let listed = client.listed.get_or_init(|| Listed::of(client, secret));
            listed.write(base, out);
        }
    }
}

/// The first characters of a secret. One that is not longer shows nothing.
pub(crate) fn truncated(secret: &str) -> String {
    let shown: String = secret.chars().take(SHOWN_OF_A_SECRET).collect();
    if shown.len() == secret.len() {
        return "...".to_owned();
    }
    format!("{shown}...")
}

#[cfg(test)]
mod tests {
    use super::truncated;

    #[test]
    fn a_secret_is_never_shown_whole() {
        assert_eq!(truncated("af3t24tfj34h43sxyz0123"), "af3t24tfj34h43s...");
        assert_eq!(truncated("short"), "...");
        assert_eq!(truncated("exactlyfifteen1"), "...");
    }
}
