//! The answer to one call: status, headers and body, `Location` and what an answer says of tokens among them.

use std::time::Duration;

use zendesk_oauth::support::TokenRequest;
use zendesk_oauth::token::{OAuthClientCredentials, Record, TokenEndpoint};
use zendesk_oauth::zis::{OAuthClientRef, StartOAuthFlow};
use zendesk_oauth::{Error, Secret, Zendesk};

use crate::canned::{Answer, BASE_URL, answering};
use crate::printed::{CANARY, assert_fit, assert_fit_text, assert_steers_nothing};

/// The first byte says which call it is, the second which status, up to a zero byte are headers, and the rest is the
/// body.
pub fn run(data: &[u8]) {
    let [which, status, rest @ ..] = data else {
        return;
    };
    let (headers, body) = match rest.iter().position(|byte| *byte == 0) {
        Some(end) => (&rest[..end], &rest[end + 1..]),
        None => (&[][..], rest),
    };
    const STATUSES: [u16; 16] = [
        200, 201, 202, 204, 206, 301, 302, 303, 307, 308, 400, 401, 404, 429, 500, 503,
    ];
    let status = STATUSES[usize::from(status & 15)];
    let answer = Answer {
        status,
        headers: without_shown(headers),
        body: body.to_vec(),
    };
    let heard = answering(vec![answer], async |zendesk| call(*which, zendesk).await);
    // Those who ask for a token may ask how long it lives.
    let most = if matches!(which % 10, 7 | 8) { 2 } else { 1 };
    let requests = heard.requests;
    assert!(
        (1..=most).contains(&requests.len()),
        "{requests:?}: {:?}",
        heard.said
    );
    if let Err(error) = heard.said {
        assert_fit(&error);
        assert_fit_text(&error.summary().to_string());
        if let Some(seen) = error.status() {
            assert_eq!(seen.as_u16(), status);
        }
        if let Some(advice) = error.advice() {
            assert_fit_text(&advice);
        }
    }
}

/// Without a canary in the id of a request, which is shown on purpose, so that it can be told to Zendesk.
fn without_shown(headers: &[u8]) -> Vec<u8> {
    let is_shown = |line: &&[u8]| {
        line.to_ascii_lowercase().starts_with(b"x-request-id")
            && line.windows(CANARY.len()).any(|it| it == CANARY.as_bytes())
    };
    let lines = headers.split(|byte| *byte == b'\n');
    let lines: Vec<&[u8]> = lines.filter(|line| !is_shown(line)).collect();
    lines.join(&b'\n')
}

async fn call(which: u8, zendesk: &Zendesk) -> Result<(), Error> {
    match which % 10 {
        0 => {
            let client = zendesk.oauth_clients().show(1).await?;
            assert_steers_nothing(&format!("{client:?}"));
        }
        1 => {
            let _ = zendesk.oauth_tokens().show_current().await?;
        }
        2 => {
            zendesk.oauth_clients().delete(1).await?;
        }
        3 => {
            let _ = zendesk.chat().list().await?;
        }
        4 => {
            let redirect = zendesk.zis("mine").redirect("CANARY-flow").await?;
            assert_fit_text(&format!("{redirect:?}"));
        }
        5 => {
            let start = StartOAuthFlow::new("connection", OAuthClientRef::name("n"))?;
            let flow = zendesk.zis("mine").start(start).await?;
            assert_fit_text(&format!("{flow:?}"));
            if flow.is_for_browser() {
                let url = reqwest::Url::parse(flow.browser_url().expose());
                let url = url.expect("a browser gets a URL");
                assert!(url.scheme() == "https" || is_this_machine(&url), "{url}");
                assert!(
                    flow.verification_code().is_none(),
                    "a code is for no browser"
                );
            }
            let _ = flow.flow_token();
        }
        6 => {
            let _ = zendesk.zis("mine").show("connection").await?;
        }
        7 | 8 => {
            let app = OAuthClientCredentials::confidential("app", "CANARY-secret");
            let endpoint = TokenEndpoint::new(zendesk, app).expires_in(Duration::from_secs(1800));
            let refresh = Secret::from("CANARY-refresh");
            let issued = match which % 10 {
                7 => endpoint.refresh_token(&refresh).await?,
                _ => endpoint.client_credentials(["read"]).await?,
            };
            let record = Record::new("app", BASE_URL, &issued);
            let shown = format!("{issued:?} {record:?}");
            let token = record.access_token().expose();
            let is_scope = record.scope().is_some_and(|it| it.contains(token));
            let is_odd = token.len() < 12 || is_scope;
            assert!(is_odd || !shown.contains(token), "{shown}");
            let text = record.to_json();
            let read = Record::from_json(text.expose()).expect("what is stored is read back");
            assert_eq!(read.to_json().expose(), text.expose());
        }
        _ => {
            let request = TokenRequest::refresh_token("app", "CANARY-refresh");
            let _ = zendesk.grant_type_tokens().create(request).await?;
        }
    }
    Ok(())
}

fn is_this_machine(url: &reqwest::Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_matches(['[', ']']);
    let address: Result<std::net::IpAddr, _> = address.parse();
    url.scheme() == "http" && (host == "localhost" || address.is_ok_and(|it| it.is_loopback()))
}
