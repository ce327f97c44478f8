//! A whole login in one call.

use std::net::{Ipv4Addr, Ipv6Addr, TcpListener};
use std::time::Duration;

use reqwest::Url;
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use zendesk_oauth::token::{Login, LoginError, OAuthClientCredentials, TokenEndpoint};
use zendesk_oauth::{SystemClock, Zendesk, reqwest};
use zendesk_oauth_tests::{Loopback, answer};

use crate::account::Account;
use crate::browser;
use crate::clocks::Standing;
use crate::stranger::{assert_ends, idle};
use crate::waiting::Waiting;

fn parameter(url: &Url, name: &str) -> String {
    let mut pairs = url.query_pairs();
    let (_, value) = pairs.find(|(known, _)| known == name).unwrap();
    value.into_owned()
}

#[tokio::test]
async fn one_call_logs_a_person_in_with_pkce() {
    let waiting = Waiting::start().await;
    assert_eq!(parameter(&waiting.url, "code_challenge_method"), "S256");
    assert_eq!(
        parameter(&waiting.url, "redirect_uri"),
        waiting.account.redirect_uri
    );
    let page = browser::open(waiting.home.as_str()).await;
    assert_eq!(page.status, 200);
    assert!(
        page.text.contains("You can close this window"),
        "{}",
        page.text
    );
    // The code leaves the address bar.
    assert!(page.text.contains("history.replaceState"), "{}", page.text);
    assert_eq!(page.headers["cache-control"], "no-store");
    let issued = waiting.login.await.unwrap().unwrap();
    assert!(waiting.account.takes(&issued).await);
    assert!(issued.refresh_token.is_some());
    assert_eq!(issued.scope.as_deref(), Some("read"));
    let [sent] = &waiting.account.redeemed()[..] else {
        panic!("one request redeems the code");
    };
    assert_eq!(sent["redirect_uri"], waiting.account.redirect_uri);
    assert_eq!(sent["code_verifier"].as_str().unwrap().len(), 43);
}

#[tokio::test]
async fn nothing_but_127_0_0_1_is_listened_on_whatever_the_host_is_called() {
    for host in ["127.0.0.1", "localhost"] {
        let waiting = Waiting::with("approve", host, SystemClock).await;
        assert_eq!(waiting.home.host_str(), Some(host));
        let port = waiting.account.port;
        // All of 127/8 is this machine's, on Linux: a listener of all interfaces would be there.
        #[cfg(target_os = "linux")]
        assert!(
            TcpStream::connect((Ipv4Addr::new(127, 0, 0, 2), port))
                .await
                .is_err()
        );
        assert!(
            TcpStream::connect((Ipv6Addr::LOCALHOST, port))
                .await
                .is_err()
        );
        waiting.finish().await;
    }
}

#[tokio::test]
async fn without_a_port_a_free_one_is_listened_on_and_sent() {
    let json = [("content-type", "application/json")];
    let body = r#"{"access_token":"a","token_type":"bearer","scope":"read","expires_in":1800}"#;
    for uri in ["http://127.0.0.1/callback", "http://127.0.0.1:0/callback"] {
        let zendesk = Loopback::answering(answer(200, &json, body)).await;
        let client = Zendesk::at(&zendesk.url()).build().unwrap();
        let endpoint = TokenEndpoint::new(&client, OAuthClientCredentials::public("app"));
        let (show, shown) = oneshot::channel();
        let login = Login::new(&endpoint, ["read"]).redirect_uri(uri);
        let login = login.open(|url| show.send(url.to_owned()).unwrap());
        let browse = async {
            let url = Url::parse(&shown.await.unwrap()).unwrap();
            let redirect_uri = parameter(&url, "redirect_uri");
            let mut home = Url::parse(&redirect_uri).unwrap();
            assert!(home.port().is_some_and(|port| port != 0));
            let state = parameter(&url, "state");
            home.query_pairs_mut()
                .append_pair("code", "abc")
                .append_pair("state", &state);
            browser::open(home.as_str()).await;
            redirect_uri
        };
        let (issued, redirect_uri) = tokio::join!(login.into_future(), browse);
        assert_eq!(issued.unwrap().access_token.expose(), "a");
        let sent = &zendesk.requests()[0].body;
        let sent: serde_json::Value = serde_json::from_slice(sent).unwrap();
        assert_eq!(sent["redirect_uri"], redirect_uri);
    }
}

#[tokio::test]
async fn a_denial_ends_it_and_no_code_is_redeemed() {
    let waiting = Waiting::denied().await;
    let page = browser::open(waiting.home.as_str()).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("was not granted"), "{}", page.text);
    let error = waiting.login.await.unwrap().unwrap_err();
    assert!(error.is_denied() && !error.is_timeout(), "{error}");
    assert_eq!(
        error.callback().unwrap().oauth_error(),
        Some("access_denied")
    );
    assert!(waiting.account.redeemed().is_empty());
}

#[tokio::test]
async fn a_port_that_is_taken_is_named_and_nothing_is_handed_out() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let uri = format!("http://127.0.0.1:{port}/callback");
    let account = Account::at("approve", uri, port, SystemClock).await;
    let sent = account.sandbox.journal().len();
    let login = account
        .login()
        .open(|_| unreachable!("nothing is listened on"));
    let error = login.await.unwrap_err();
    assert!(
        matches!(error.login(), Some(LoginError::Listener { port: named, .. }) if *named == port),
        "{error}"
    );
    assert!(error.is_not_sent() && !error.is_timeout(), "{error}");
    assert!(error.to_string().contains(&port.to_string()), "{error}");
    assert!(std::error::Error::source(&error).is_some());
    assert_eq!(account.sandbox.journal().len(), sent);
}

#[tokio::test]
async fn the_deadline_ends_it_and_closes_the_listener() {
    let clock = Standing::new();
    let account = async || Account::with("approve", "127.0.0.1", clock.clone()).await;
    let waiting = Waiting::of(account, |login| login.deadline(Duration::from_secs(90))).await;
    let idle = idle(waiting.account.port).await;
    assert!(!waiting.login.is_finished());
    clock.end_all_waits();
    let ended = tokio::time::timeout(Duration::from_secs(10), waiting.login).await;
    let error = ended.expect("it ends").unwrap().unwrap_err();
    assert!(error.is_timeout() && !error.is_denied(), "{error}");
    assert!(error.to_string().contains("within 90s"), "{error}");
    assert!(!error.is_not_sent());
    assert_ends(&idle).await;
    assert!(waiting.account.redeemed().is_empty());
}

#[tokio::test]
async fn a_dropped_login_leaves_nothing_open() {
    let waiting = Waiting::start().await;
    let idle = idle(waiting.account.port).await;
    waiting.login.abort();
    assert!(waiting.login.await.unwrap_err().is_cancelled());
    assert_ends(&idle).await;
    assert!(waiting.account.redeemed().is_empty());
}

#[tokio::test]
async fn what_cannot_be_right_is_refused_before_anything_is_handed_out() {
    let account = Account::agreeing().await;
    let elsewhere = account.login().redirect_uri("https://a.example/callback");
    for (login, said) in [
        (
            Login::new(&account.endpoint, ["read"]),
            "has no redirect URI",
        ),
        (
            Login::new(&account.endpoint, [""; 0]).redirect_uri("http://127.0.0.1/"),
            "no scope",
        ),
        (
            account.login().redirect_uri("http://a.example/"),
            "unencrypted http",
        ),
        (elsewhere, "https://a.example is none to listen on"),
        (
            account.login().redirect_uri("http://[::1]:8085/"),
            "http://[::1] is none to listen on",
        ),
    ] {
        let error = login.open(|_| unreachable!("it is refused")).await;
        let error = error.unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
        assert!(error.is_not_sent(), "{error}");
    }
}
