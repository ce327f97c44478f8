//! The API token that is to be left: whose it is, and for how long it works.

use jiff::Timestamp;
use reqwest::Method;
use zendesk_oauth_core::Transport;

use super::record::Old;
use crate::account::time::server_time;
use crate::account::{Account, answer, no_credentials};
use crate::calendar::API_TOKENS_STOP;
use crate::failure::{Failure, Kind};
use crate::who::{ME, Me};

/// What is known of the old way.
pub(super) struct OldWay {
    pub(super) transport: Transport,
    /// The account's time.
    pub(super) now: Option<Timestamp>,
    pub(super) record: Old,
}

impl OldWay {
    /// Asks who the API token acts as; refuses what is none.
    pub(super) async fn look(account: &Account) -> Result<Self, Failure> {
        let settings = account.settings();
        let Some(email) = settings.api_token_email.clone() else {
            return Err(match settings.support {
                None => no_credentials(),
                Some(_) => Failure::usage(
                    "there is nothing to migrate: the credentials for Support are no API token; if you have one, set \
                     ZENDESK_EMAIL and ZENDESK_API_TOKEN, and unset ZENDESK_TOKEN",
                ),
            });
        };
        let transport = account.transport()?;
        let me = answer(&transport, Method::GET, ME, None).await?;
        let now = server_time(me.headers());
        let days_left = now.map(|now| API_TOKENS_STOP.days_left(now));
        let user = match Me::of(&me) {
            Me::User(user) => user,
            Me::Refused | Me::Anonymous => return Err(dead(&email, days_left)),
            Me::MissingScopes(_) | Me::Unclear(_) => {
                return Err(unclear(me.status().as_u16(), &email));
            }
        };
        let record = Old {
            kind: "api_token",
            email,
            user,
            stops_on: API_TOKENS_STOP.day.to_string(),
            days_left,
        };
        Ok(Self {
            transport,
            now,
            record,
        })
    }
}

fn unclear(status: u16, email: &str) -> Failure {
    let kind = match status {
        403 => Kind::Auth,
        429 => Kind::RateLimited,
        _ => Kind::Failed,
    };
    Failure::new(
        kind,
        format!(
            "{ME} answered {status} to the API token of {email}: nothing was changed; run it again later"
        ),
    )
}

fn dead(email: &str, days_left: Option<i32>) -> Failure {
    let day = API_TOKENS_STOP.day;
    let why = match days_left {
        Some(days) if days <= 0 => format!("all API tokens stopped on {day}"),
        _ => "it was deleted or deactivated, or it is another account's, or the address is not its user's".to_owned(),
    };
    Failure::new(
        Kind::Auth,
        format!(
            "the API token of {email} is refused: {why}; nothing can be migrated with it: have an admin make an OAuth client in \
             Admin Center (Apps and integrations > APIs > OAuth clients), then run `zendesk-oauth login`"
        ),
    )
}
