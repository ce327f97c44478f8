//! Whether the account answers at its address.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::Url;
use zendesk_oauth::Credentials;
use zendesk_oauth_core::client::Response;

use super::finding::{Check, Finding};
use super::probe::Patience;
use crate::account::Account;
use crate::account::time::server_time;
use crate::failure::{Failure, Kind};
use crate::who::ME;

const ANSWERS: Check = Check::new("account", "address");
const TLS: Check = Check::new("account", "tls");

/// An answer, and when it came.
pub(super) struct Answered {
    pub(super) answer: Result<Response, Failure>,
    pub(super) took: Duration,
    /// This machine's time when it came.
    pub(super) at: Timestamp,
}

impl Answered {
    /// Asks without credentials: this works with whatever is wrong with those.
    pub(super) async fn ask(account: &Account, patience: Patience) -> Self {
        let begin = std::time::Instant::now();
        let answer = patience.get(account, &Credentials::none(), ME).await;
        Self {
            answer,
            took: begin.elapsed(),
            at: Timestamp::now(),
        }
    }

    /// The account's time.
    pub(super) fn server_time(&self) -> Option<Timestamp> {
        server_time(self.answer.as_ref().ok()?.headers())
    }
}

/// What is to be said of it.
pub(super) fn findings(url: &str, answered: &Answered) -> Vec<Finding> {
    vec![answers(url, answered), tls(url)]
}

fn answers(url: &str, answered: &Answered) -> Finding {
    let answer = match &answered.answer {
        Ok(answer) => answer,
        Err(failure) => {
            return ANSWERS.failed(failure).fact("url", url).advise(
                "see whether the address is right, and whether a proxy, a firewall or TLS stands between",
            );
        }
    };
    let status = answer.status().as_u16();
    let milliseconds = u64::try_from(answered.took.as_millis()).unwrap_or(u64::MAX);
    let finding = match status {
        404 => ANSWERS
            .problem(
                Kind::Failed,
                format!("{url} answers 404: there is no such account"),
            )
            .advise("see whether the subdomain is spelt right"),
        500.. => ANSWERS
            .warning(format!("{url} answers {status} after {milliseconds} ms"))
            .advise("see https://status.zendesk.com, and run it again later"),
        _ if milliseconds > 2000 => ANSWERS
            .warning(format!("{url} answers, after {milliseconds} ms"))
            .advise("the network or Zendesk is slow now"),
        _ => ANSWERS.ok(format!("{url} answers after {milliseconds} ms")),
    };
    finding
        .fact("url", url)
        .fact("status", status)
        .fact("latency_ms", milliseconds)
}

fn tls(url: &str) -> Finding {
    let Ok(parsed) = url.parse::<Url>() else {
        return TLS.skipped("the address cannot be read");
    };
    let host = parsed.host_str().unwrap_or_default();
    let is_local = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
    match parsed.scheme() {
        "https" => TLS.ok("requests are encrypted"),
        _ if is_local => TLS.ok("requests are not encrypted, and stay on this machine"),
        scheme => TLS
            .problem(
                Kind::Failed,
                format!(
                    "requests go over {scheme}, and everybody on the way reads the credentials"
                ),
            )
            .advise("write the address with https://"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::Status;
    use super::*;

    #[test]
    fn what_is_not_encrypted_is_a_problem_unless_it_stays_here() {
        assert_eq!(tls("https://acme.zendesk.com").status, Status::Ok);
        assert_eq!(tls("http://127.0.0.1:1").status, Status::Ok);
        assert_eq!(tls("http://acme.zendesk.com").status, Status::Problem);
        assert_eq!(tls("?").status, Status::Skipped);
    }
}
