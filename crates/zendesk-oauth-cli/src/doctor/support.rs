//! The credentials for Support.

use jiff::Timestamp;
use zendesk_oauth::Credentials;
use zendesk_oauth_core::client::Response;

use super::deadlines::Setup;
use super::finding::{Check, Finding};
use super::probe::Patience;
use super::rate;
use super::token::{self, CURRENT, Checks};
use crate::account::Account;
use crate::calendar::{API_TOKENS_STOP, distance};
use crate::config::{CredentialKind, Origin, Settings};
use crate::failure::Kind;
use crate::who::{ME, Me};

const KIND: Check = Check::new("support", "credentials");
const VALID: Check = Check::new("support", "validity");
const ROLE: Check = Check::new("support", "role");

/// Looks at them. What is learnt of the setup goes into `setup`.
pub(super) async fn findings(
    account: &Account,
    patience: Patience,
    now: Timestamp,
    setup: &mut Setup,
) -> Vec<Finding> {
    let settings = account.settings();
    let Some(credentials) = &settings.support else {
        let none = KIND.skipped("there are none");
        return vec![none.advise("run `zendesk-oauth login`, or set ZENDESK_TOKEN")];
    };
    setup.has_api_token = settings.api_token_email.is_some();
    let mut found = vec![kind(settings, now)];
    let me = match patience.get(account, credentials, ME).await {
        Ok(me) => me,
        Err(failure) => {
            let advice = match failure.kind() {
                // No token was to be had: the login is over, or its client's secret is not taken.
                Kind::Auth => another(settings),
                _ => "see whether the account answers at all".to_owned(),
            };
            found.push(VALID.failed(&failure).advise(advice));
            return found;
        }
    };
    found.extend(identity(&me, settings));
    found.push(rate::finding(me.headers()));
    let is_live = me.status() != 401;
    if is_live && !setup.has_api_token {
        let (of_token, is_endless) = own_record(account, patience, credentials, now).await;
        found.extend(of_token);
        setup.has_endless_token = is_endless;
    }
    found
}

fn kind(settings: &Settings, now: Timestamp) -> Finding {
    let Some(email) = &settings.api_token_email else {
        let (says, name) = match settings.support_kind() {
            Some(kind @ CredentialKind::ClientCredentials) => (
                "a login, which is renewed by itself; whether its client's secret still gets tokens is not tried, as that \
                 would leave one",
                kind.name(),
            ),
            Some(kind) if kind.is_login() => ("a login, which is renewed by itself", kind.name()),
            _ => ("a bearer token", CredentialKind::Bearer.name()),
        };
        return KIND.ok(says).fact("kind", name);
    };
    let days = API_TOKENS_STOP.days_left(now);
    let says = format!(
        "the API token of {email}; it stops on {}, {}",
        API_TOKENS_STOP.day,
        distance(days)
    );
    let finding = if days <= 0 {
        KIND.problem(Kind::Auth, says)
            .advise("run `zendesk-oauth login`")
    } else {
        KIND.warning(says)
            .advise("run `zendesk-oauth migrate` while it works")
    };
    finding.fact("kind", "api_token").fact("days_left", days)
}

/// How to get other credentials, which count then.
fn another(settings: &Settings) -> String {
    let origin = settings.resolved.support.as_ref().map(|it| &it.origin);
    match origin {
        Some(Origin::Variable(name)) => format!(
            "unset {name}, or set it to another one: it comes before a login, such as `zendesk-oauth login` makes"
        ),
        Some(Origin::Flag(name)) => format!(
            "leave out {name}, or name another file: it comes before a login, such as `zendesk-oauth login` makes"
        ),
        _ => match &settings.profile {
            Some(name) => format!("run `zendesk-oauth login --profile {name}`"),
            None => "run `zendesk-oauth login`".to_owned(),
        },
    }
}

/// Who they are, and what that one may do.
fn identity(me: &Response, settings: &Settings) -> Vec<Finding> {
    match Me::of(me) {
        Me::User(who) => {
            let valid = VALID.ok(format!("they act as {}", who.shown()));
            let role = if who.is_admin() {
                ROLE.ok("an admin, as OAuth clients, other people's tokens and the audit need")
            } else {
                ROLE.warning("no admin: OAuth clients, other people's tokens and the audit are out of reach")
                    .advise("let an admin run what needs it")
            };
            let role = role.fact("role", who.role.clone());
            vec![valid.fact("user_id", who.id), role]
        }
        Me::Anonymous => vec![
            VALID
                .problem(Kind::Auth, "Zendesk answers 200 and takes them for nobody (Anonymous user)")
                .advise("a password is not taken any more, nor an API token without /token behind the address: run `zendesk-oauth login`"),
        ],
        Me::Refused => vec![
            VALID
                .problem(Kind::Auth, "they are refused (401): expired, revoked, or another account's")
                .advise(another(settings)),
        ],
        Me::MissingScopes(scopes) => {
            let says = format!("they are good, and have no scope to ask who they are ({})", scopes.join(" "));
            vec![VALID.ok(says), ROLE.skipped("that takes the scope users:read")]
        }
        Me::Unclear(429) => vec![
            VALID
                .problem(Kind::RateLimited, "too many requests: Zendesk answers 429")
                .advise("run it again in a minute; `zendesk-oauth audit` says whose tokens are in use"),
        ],
        Me::Unclear(status) => vec![
            VALID
                .problem(Kind::Failed, format!("Zendesk answers {status}, which says nothing of them"))
                .advise("see https://status.zendesk.com, and run it again later"),
        ],
    }
}

/// What the token's own record says, and whether it has no end.
pub(super) async fn own_record(
    account: &Account,
    patience: Patience,
    credentials: &Credentials,
    now: Timestamp,
) -> (Vec<Finding>, bool) {
    let checks = Checks::of("support", another(account.settings()));
    match patience.get(account, credentials, CURRENT).await {
        Ok(answer) if answer.status().is_success() => (
            token::findings(&checks, answer.body(), now),
            token::is_endless(answer.body()),
        ),
        Ok(answer) => {
            let says = format!(
                "the token's own record answers {}",
                answer.status().as_u16()
            );
            (vec![checks.scopes.skipped(says)], false)
        }
        Err(failure) => (vec![checks.scopes.failed(&failure)], false),
    }
}
