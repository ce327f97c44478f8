//! What the library says, in words for who types commands: its advice is for who writes Rust.

use zendesk_oauth::Error;
use zendesk_oauth::authorization::CallbackError;
use zendesk_oauth::pages::PagingProblem;
use zendesk_oauth::token::{LoginError, TokenError};
use zendesk_oauth::zis::FlowError;

use super::{advice, reasons};
use crate::text::seconds;

/// What happened, and what to do next.
pub(super) struct Told {
    pub(super) what: String,
    pub(super) advice: Option<String>,
}

/// What the library calls something, and what the command line calls it.
const NAMES: [(&str, &str); 5] = [
    ("`origin_oauth_redirect_url`", "--redirect-url"),
    ("`oauth_url_subdomain`", "--url-subdomain"),
    ("`include_expired`", "--include-expired"),
    ("`redirect_uri`", "--redirect-uri"),
    ("`code_verifier`", "--code-verifier-file"),
];

/// Of an error of the library.
pub(super) fn of(error: &Error) -> Told {
    let (what, advice) = if let Some(token) = error.token() {
        let why = of_token(token);
        let summary = error.summary().to_string();
        let before = summary.strip_suffix(&token.to_string()).unwrap_or_default();
        (format!("{before}{}", why.what), why.advice)
    } else if let Some((what, advice)) = without_a_call(error) {
        (what, Some(advice))
    } else {
        let mut what = error.summary().to_string();
        if let Some(body) = error.api_error() {
            what = what.replacen(&format!(", {body}"), &format!(", {}", reasons::of(body)), 1);
        }
        (what, advice::of(error))
    };
    Told {
        what: full_stop_off(&called_as_asked(error, what)),
        advice,
    }
}

/// A raw call is no operation of a document: who asks names it.
fn called_as_asked(error: &Error, mut what: String) -> String {
    if error.is_validation() && error.is_not_sent() {
        for (name, flag) in NAMES {
            what = what.replace(name, flag);
        }
    }
    match error.operation() {
        Some(operation) if operation.path == "/{+path}" => {
            let name = operation.to_string();
            let what = what.replacen(&format!("{name}: "), "", 1);
            what.replacen(&name, "it", 1)
        }
        _ => what,
    }
}

/// The sentence goes on, or ends as all others do.
fn full_stop_off(text: &str) -> String {
    text.strip_suffix('.').unwrap_or(text).to_owned()
}

fn of_token(error: &TokenError) -> Told {
    let again = || Some("run `zendesk-oauth login`".to_owned());
    match error {
        TokenError::NoLogin { store, .. } => Told {
            what: format!("there is no login in {store}"),
            advice: again(),
        },
        TokenError::Ended(_) => Told {
            what: full_stop_off(&error.to_string()),
            advice: again(),
        },
        TokenError::Refused(refusal) => {
            let text = error.to_string();
            let inner = of(refusal);
            match text.strip_suffix(&refusal.to_string()) {
                Some(before) => Told {
                    what: format!("{before}{}", inner.what),
                    advice: inner.advice,
                },
                None => inner,
            }
        }
        TokenError::NotStored(error) => Told {
            what: format!("the new login is not stored: {error}"),
            advice: None,
        },
        TokenError::AfterSending(cause) if !matches!(**cause, TokenError::Store(_)) => {
            let cause = of_token(cause);
            Told {
                what: format!("after a request for a new token was sent: {}", cause.what),
                advice: cause.advice,
            }
        }
        _ => Told {
            what: full_stop_off(&error.to_string()),
            advice: None,
        },
    }
}

/// Of what failed on this side, or in a browser.
fn without_a_call(error: &Error) -> Option<(String, String)> {
    let told = |what: &str, advice: &str| Some((what.to_owned(), advice.to_owned()));
    match error.flow() {
        Some(FlowError::Listener { port, source, .. }) => {
            return told(
                &format!(
                    "port {port} of 127.0.0.1 cannot be listened on for the callback: {source}"
                ),
                "give another with --port, or leave it out",
            );
        }
        Some(FlowError::NobodyCameBack { deadline, .. }) => {
            return told(
                &format!(
                    "nobody came back from the browser within {}",
                    seconds(*deadline)
                ),
                "start again, with a longer --timeout if the person needs more time",
            );
        }
        Some(FlowError::NotReady { deadline, last, .. }) => {
            let within = seconds(*deadline);
            let what = match last {
                Some(last) if last.is_transient() => format!(
                    "Zendesk did not answer as it should within {within}, at least the last time: {}",
                    of(last).what
                ),
                Some(_) => format!("there was no such connection within {within}"),
                None => format!(
                    "there was no connection with an unexpired access token within {within}"
                ),
            };
            return told(&what, "complete or refresh it, or give a longer --wait");
        }
        _ => {}
    }
    match error.login() {
        Some(LoginError::Listener { port, source, .. }) => {
            return told(
                &format!(
                    "port {port} of 127.0.0.1, to which the browser is sent back, cannot be listened on: {source}"
                ),
                "end what has it, such as another login, give --port if the client has such a redirect URI, or give \
                 --no-browser and paste the address",
            );
        }
        Some(LoginError::NoWayBack { redirect_uri, .. }) => {
            return told(
                &format!(
                    "the redirect URI at {redirect_uri} is none to listen on, so nobody would come back"
                ),
                "give one of http to 127.0.0.1 that the OAuth client has, or give --no-browser and paste the address",
            );
        }
        Some(LoginError::NobodyCameBack { deadline, .. }) => {
            return told(
                &format!(
                    "nobody came back from the browser within {}",
                    seconds(*deadline)
                ),
                "log in again; if the browser shows an error of Zendesk, compare the redirect URI with those of the \
                 OAuth client; if it cannot reach this machine, give --no-browser and paste the address",
            );
        }
        _ => {}
    }
    if let Some(CallbackError::Refused { .. }) = error.callback() {
        let text = error.summary().to_string();
        let unknown = ": look at the error's fields.";
        return text.strip_suffix(unknown).and_then(|text| {
            told(
                text,
                "its own words are in the address to which the browser came back",
            )
        });
    }
    if let Some(problem) = error.paging().map(|it| it.problem())
        && let PagingProblem::OverLimit(limit) = problem
    {
        return told(
            &format!("there are more records than the limit of {limit}"),
            "ask for fewer",
        );
    }
    None
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
