//! What to do next about a failed call: a command, a flag or a variable, where the library names a function.

use zendesk_oauth::{Area, Error};

const LOOK_AT_THE_ADDRESS: &str =
    "check the address of the account (`zendesk-oauth config explain`), the network and the proxy";

/// What to do next; none where nothing is known.
pub(super) fn of(error: &Error) -> Option<String> {
    let own = own(error).or_else(|| by_status(error));
    own.or_else(|| of_the_library(error))
}

fn own(error: &Error) -> Option<String> {
    if error.oauth_client().is_some() {
        // Who asked for a client or a secret says what to do about one that is lost.
        return None;
    }
    if error.is_redirect() {
        return Some(format!(
            "no redirect is followed, as the address is probably not the account's own: {LOOK_AT_THE_ADDRESS}"
        ));
    }
    if error.is_too_large() {
        return Some("ask for less at a time, as with --page-size".to_owned());
    }
    if error.is_connect() {
        return Some(LOOK_AT_THE_ADDRESS.to_owned());
    }
    if error.is_transport() {
        return Some(if only_reads(error) {
            format!("try again; if that lasts, {LOOK_AT_THE_ADDRESS}")
        } else {
            "Zendesk may have acted on it: look before you repeat it".to_owned()
        });
    }
    if error.is_decode() && error.paging().is_none() {
        let is_page = error
            .body_text()
            .is_some_and(|it| it.trim_start().starts_with('<'));
        return Some(if is_page {
            "a page came instead of JSON, as of a proxy or a login: check the address of the account".to_owned()
        } else {
            "Zendesk does not answer as it documents: `zendesk-oauth api` shows its answer; please report the place"
                .to_owned()
        });
    }
    if error.is_not_sent() && error.is_auth() {
        return error.area().map(|area| missing(area).to_owned());
    }
    None
}

fn by_status(error: &Error) -> Option<String> {
    let status = error.status()?.as_u16();
    let later = |what: &str| {
        let wait = match error.retry_after() {
            Some(it) => {
                let wait = it.delay(std::time::SystemTime::now());
                format!("wait {}", crate::text::seconds(wait))
            }
            None => what.to_owned(),
        };
        if only_reads(error) || status == 429 {
            format!("{wait}, and try again")
        } else {
            format!("{wait}, and look whether it was done before you repeat it")
        }
    };
    Some(match status {
        400 | 422 if speaks_rust(&error.advice()?) => "change what was asked for".to_owned(),
        429 => later("wait some seconds"),
        408 | 502..=504 => later("wait a while"),
        401 | 403 if error.advice().is_some_and(|it| speaks_rust(&it)) => {
            refused(error.area()?).to_owned()
        }
        _ => return None,
    })
}

fn only_reads(error: &Error) -> bool {
    error
        .operation()
        .is_some_and(|it| matches!(it.method, "GET" | "HEAD"))
}

/// Where credentials come from.
fn missing(area: Area) -> &'static str {
    match area {
        Area::Zis => {
            "set ZENDESK_ZIS_TOKEN to a token of the integration's own OAuth client, `zis_{integration}`, and \
             ZENDESK_ZIS_INTEGRATION, or keep one with `zendesk-oauth login --token-stdin --area zis`"
        }
        Area::Chat => {
            "set ZENDESK_CHAT_TOKEN to a Chat access token, or keep one with `zendesk-oauth login --token-stdin --area \
             chat`; one of Support does not work"
        }
        _ => "run `zendesk-oauth login`, or set ZENDESK_TOKEN to an access token",
    }
}

/// Which credentials would do where others did not.
fn refused(area: Area) -> &'static str {
    match area {
        Area::Zis => {
            "ZIS takes tokens of the integration's own OAuth client only, `zis_{integration}`: set ZENDESK_ZIS_TOKEN \
             to a new one"
        }
        Area::Chat => {
            "Chat takes Chat access tokens only: set ZENDESK_CHAT_TOKEN to one that was not revoked"
        }
        _ => {
            "the credentials are refused: run `zendesk-oauth login` again, or set ZENDESK_TOKEN to another access token"
        }
    }
}

/// What the library says, as the end of a sentence, unless it names what only a program has.
fn of_the_library(error: &Error) -> Option<String> {
    let text = error.advice()?;
    if let Some(id) = text.strip_prefix("Call `revoke(") {
        let id: String = id.chars().take_while(char::is_ascii_digit).collect();
        return Some(format!(
            "run `zendesk-oauth tokens revoke {id}` before you create another"
        ));
    }
    if speaks_rust(&text) {
        return None;
    }
    let text = text.strip_suffix('.').unwrap_or(&text);
    let first = text.split(' ').next().unwrap_or_default();
    let is_name = ["API", "Chat", "OAuth", "Support", "ZIS", "Zendesk"].contains(&first);
    let mut letters = text.chars();
    let begin = letters.next()?;
    Some(if is_name {
        text.to_owned()
    } else {
        format!("{}{}", begin.to_lowercase(), letters.as_str())
    })
}

/// Whether a text has names that mean something in a program alone.
pub(super) fn speaks_rust(text: &str) -> bool {
    [
        "()",
        "::",
        "`TokenSource`",
        "`deadline`",
        "max_body_size",
        "Location`",
    ]
    .iter()
    .any(|it| text.contains(it))
}
