//! The account and its credentials, from the environment.

use std::ffi::OsString;

use zendesk_chat_oauth_tokens as chat;
use zendesk_oauth_core::{BuildError, Credentials, Transport};
use zendesk_support_global_oauth_clients as global_clients;
use zendesk_support_oauth_clients as support;
use zendesk_support_oauth_tokens as tokens;
use zendesk_zis_oauth_connections as zis;

use crate::areas::CHAT_STEM;
use crate::failure::Failure;

/// Clients for the areas that there are credentials for.
pub(super) struct Account {
    pub(super) url: String,
    pub(super) support: support::Client,
    pub(super) tokens: tokens::Client,
    pub(super) global_clients: global_clients::Client,
    pub(super) zis: Result<Zis, Missing>,
    pub(super) chat: Result<chat::Client, Missing>,
}

/// ZIS, and the connection to show.
pub(super) struct Zis {
    pub(super) client: zis::Client,
    pub(super) integration: String,
    pub(super) connection: String,
}

/// The variables without which an area is left out.
pub(super) struct Missing(pub(super) Vec<&'static str>);

impl Account {
    /// `read` gives a variable of the environment.
    pub(super) fn of_environment(read: impl Fn(&str) -> Option<OsString>) -> Result<Self, Failure> {
        let variable = |name: &'static str| match read(name) {
            None => Ok(None),
            Some(value) => value
                .into_string()
                .map(|text| Some(text).filter(|text| !text.is_empty()))
                .map_err(|_| Failure::usage(format!("{name}: it is not UTF-8"))),
        };
        let required = |name: &'static str, what: &str| {
            variable(name)?
                .ok_or_else(|| Failure::usage(format!("{name} is not set: it is {what}")))
        };
        let all = |names: &[&'static str]| -> Result<Result<Vec<String>, Missing>, Failure> {
            let (mut found, mut missing) = (Vec::new(), Vec::new());
            for name in names {
                match variable(name)? {
                    Some(value) => found.push(value),
                    None => missing.push(*name),
                }
            }
            let is_complete = missing.is_empty();
            Ok(if is_complete {
                Ok(found)
            } else {
                Err(Missing(missing))
            })
        };
        let url = required(
            "ZENDESK_URL",
            "the account, such as https://acme.zendesk.com",
        )?;
        let url = url.trim_end_matches('/').to_owned();
        let token = required(
            "ZENDESK_TOKEN",
            "an admin's bearer token with the scope read",
        )?;
        let of_zis = [
            "ZENDESK_ZIS_TOKEN",
            "ZENDESK_ZIS_INTEGRATION",
            "ZENDESK_ZIS_CONNECTION",
        ];
        let zis = match all(&of_zis)? {
            Err(missing) => Err(missing),
            Ok(values) => {
                let [token, integration, connection] =
                    <[String; 3]>::try_from(values).expect("three were asked for");
                let client = zis::Client::new(&url, Credentials::bearer(token));
                Ok(Zis {
                    client: client.map_err(|error| unfit(of_zis[0], error))?,
                    integration,
                    connection,
                })
            }
        };
        let of_chat = "ZENDESK_CHAT_TOKEN";
        let chat = match variable(of_chat)? {
            None => Err(Missing(vec![of_chat])),
            Some(token) => {
                let base = format!("{url}{CHAT_STEM}");
                let client = chat::Client::new(&base, Credentials::bearer(token));
                Ok(client.map_err(|error| unfit(of_chat, error))?)
            }
        };
        let support = Transport::builder(&url).credentials(Credentials::bearer(token));
        let support = support
            .build()
            .map_err(|error| unfit("ZENDESK_TOKEN", error))?;
        Ok(Self {
            support: support::Client::from_transport(support.clone()),
            tokens: tokens::Client::from_transport(support.clone()),
            global_clients: global_clients::Client::from_transport(support),
            url,
            zis,
            chat,
        })
    }
}

fn unfit(name: &str, error: BuildError) -> Failure {
    Failure::usage_because(format!("ZENDESK_URL or {name} cannot be used"), error)
}
