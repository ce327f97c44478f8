//! The whole flow in one call.

use std::net::{Ipv4Addr, TcpListener};
use std::time::Duration;

use tokio::sync::oneshot;
use zendesk_oauth::zis::{ExchangedOAuthConnection, FlowError, ZisGrantType};
use zendesk_oauth::{Credentials, Error, Zendesk, reqwest};
use zendesk_oauth_sandbox::{Fault, FaultRule};
use zendesk_oauth_tests::{Loopback, answer};

use crate::account::Account;
use crate::browser::{self, Page};
use crate::clocks::Standing;
use crate::stranger::{assert_ends, idle};

/// Connects, with a browser that opens the URL.
async fn connected(account: &Account) -> (Result<ExchangedOAuthConnection, Error>, Page) {
    let (show, shown) = oneshot::channel();
    let connect = account
        .zis
        .connect(account.request(), |url| show.send(url.to_owned()).unwrap());
    let browse = async { browser::open(&shown.await.unwrap()).await };
    tokio::join!(connect.into_future(), browse)
}

#[tokio::test]
async fn one_call_makes_a_connection_whatever_the_parameter_is_called() {
    for parameter in ["verification_code", "verification_token"] {
        let account = Account::agreeing().await;
        account
            .sandbox
            .set_switch("zis_callback", parameter)
            .unwrap();
        let (connection, page) = connected(&account).await;
        let connection = connection.unwrap();
        assert_eq!(connection.name.as_deref(), Some("my_connection"));
        assert!(connection.refresh_token.is_some());
        assert_eq!(page.status, 200);
        assert!(
            page.text.contains("You can close this window"),
            "{}",
            page.text
        );
        // The code leaves the address bar.
        assert!(page.text.contains("history.replaceState"), "{}", page.text);
        assert_eq!(page.headers["cache-control"], "no-store");
        assert_eq!(page.headers["referrer-policy"], "no-referrer");
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
        // The program shows what it got.
        let shown = account.zis.show("my_connection").await.unwrap();
        assert_eq!(shown.uuid, connection.uuid);
    }
}

#[tokio::test]
async fn the_callback_is_on_loopback_under_a_path_of_its_own() {
    let account = Account::agreeing().await;
    let mut seen = Vec::new();
    for name in ["first", "second"] {
        let request = zendesk_oauth::zis::StartOAuthFlow::new(name, account.client())
            .unwrap()
            .origin_oauth_redirect_url("https://ignored.example/");
        let (show, shown) = oneshot::channel();
        let connect = account
            .zis
            .connect(request, |url| show.send(url.to_owned()).unwrap());
        let browse = async { browser::open(&shown.await.unwrap()).await };
        let (connection, _) = tokio::join!(connect.into_future(), browse);
        seen.push(connection.unwrap().origin_oauth_redirect_url.unwrap());
    }
    for url in &seen {
        let url = reqwest::Url::parse(url).unwrap();
        assert_eq!(url.host_str(), Some("127.0.0.1"));
        assert_eq!(url.path().len(), 33, "128 bits in hexadecimal: {url}");
    }
    let path = |url: &str| reqwest::Url::parse(url).unwrap().path().to_owned();
    assert_ne!(path(&seen[0]), path(&seen[1]));
}

#[tokio::test]
async fn a_denial_ends_it_and_nothing_is_exchanged() {
    let account = Account::agreeing().await;
    account
        .sandbox
        .set_switch("provider_consent", "deny")
        .unwrap();
    let (connection, page) = connected(&account).await;
    let error = connection.unwrap_err();
    assert!(error.is_denied() && !error.is_timeout(), "{error}");
    assert!(error.to_string().contains("access_denied"), "{error}");
    assert_eq!(page.status, 200);
    assert!(page.text.contains("did not grant access"), "{}", page.text);
    assert_eq!(account.count("exchange_verification_code"), 0);
}

#[tokio::test]
async fn client_credentials_need_neither_a_browser_nor_a_port() {
    let account = Account::agreeing().await;
    // A port that is taken would be seen.
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let request = account
        .request()
        .grant_type(ZisGrantType::ClientCredentials);
    let connect = account
        .zis
        .connect(request, |_| unreachable!("nobody is asked"));
    let connection = connect.port(port).await;
    assert!(connection.unwrap().access_token.is_some());
    let sent = &account.seen("start_oauth_flow")[0].sent;
    assert!(sent.get("origin_oauth_redirect_url").is_none());
}

#[tokio::test]
async fn a_port_can_be_asked_for_and_a_taken_one_is_named() {
    let account = Account::agreeing().await;
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let connect = account
        .zis
        .connect(account.request(), |_| unreachable!("nothing is started"));
    let error = connect.port(port).await.unwrap_err();
    assert!(matches!(error.flow(), Some(FlowError::Listener { .. })));
    assert!(error.is_not_sent(), "{error}");
    assert!(error.to_string().contains(&port.to_string()), "{error}");
    assert!(std::error::Error::source(&error).is_some());
    assert_eq!(account.sandbox.journal().len(), 0);
    drop(taken);

    // Somebody else may take a port that was free a moment ago: then another one is asked for.
    for _ in 0..100 {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let (show, shown) = oneshot::channel();
        let connect = account
            .zis
            .connect(account.request(), |url| show.send(url.to_owned()).unwrap());
        let connect = connect.port(port);
        let browse = async {
            // Nothing is shown if the port is taken.
            let Ok(url) = shown.await else { return };
            let home = browser::until_home(&url).await;
            assert_eq!(home.port(), Some(port));
            browser::open(home.as_str()).await;
        };
        match tokio::join!(connect.into_future(), browse).0 {
            Err(error) if matches!(error.flow(), Some(FlowError::Listener { .. })) => {}
            connection => {
                connection.unwrap();
                return;
            }
        }
    }
    panic!("no port was free");
}

#[tokio::test]
async fn what_is_no_url_of_the_web_is_not_opened() {
    for url in ["file:///etc/passwd", "javascript:alert(1)", "--help", ""] {
        let body = serde_json::json!({ "redirect_url": url }).to_string();
        let json = [("content-type", "application/json")];
        let server = Loopback::answering(answer(200, &json, &body)).await;
        let zendesk = Zendesk::at(&server.url())
            .zis("mine", Credentials::bearer("token"))
            .build()
            .unwrap();
        let request = zendesk_oauth::zis::StartOAuthFlow::new(
            "my_connection",
            zendesk_oauth::zis::OAuthClientRef::name("client"),
        );
        let connect = zendesk.zis("mine").connect(request.clone().unwrap(), |_| {
            unreachable!("it is not for a browser")
        });
        let error = connect.await.unwrap_err();
        assert!(matches!(error.flow(), Some(FlowError::NoBrowserUrl)));
        let request = request.unwrap().grant_type(ZisGrantType::ClientCredentials);
        let zis = zendesk.zis("mine");
        let connect = zis.connect(request, |_| unreachable!("nobody is asked"));
        let error = connect.await.unwrap_err();
        assert!(matches!(error.flow(), Some(FlowError::NoExchangeUrl)));
    }
}

/// The URL of an exchange at Zendesk's own host, when the base URL is a proxy's, with a stem.
#[tokio::test]
async fn a_code_of_another_host_is_exchanged_at_the_base_url_alone() {
    let path = "/api/services/zis/connections/oauth/access_codes/mine";
    for host in ["https://acme.zendesk.com", "http://127.0.0.1:9/other/stem"] {
        let url = format!("{host}{path}?verification_code=a%2Bb");
        let json = [("content-type", "application/json")];
        let start = serde_json::json!({ "redirect_url": url }).to_string();
        let connection = r#"{"name":"my_connection","access_token":"CANARY"}"#;
        let answers = [&start, connection].map(|body| answer(200, &json, body));
        let proxy = Loopback::answering_in_turn(answers).await;
        let zendesk = Zendesk::at(&format!("{}/stem", proxy.url()))
            .zis("mine", Credentials::bearer("token"))
            .build()
            .unwrap();
        let request = zendesk_oauth::zis::StartOAuthFlow::new(
            "my_connection",
            zendesk_oauth::zis::OAuthClientRef::name("client"),
        );
        let request = request.unwrap().grant_type(ZisGrantType::ClientCredentials);
        let connect = zendesk
            .zis("mine")
            .connect(request, |_| unreachable!("nobody is asked"));
        let connection = connect.await.unwrap();
        assert_eq!(connection.name.as_deref(), Some("my_connection"));
        let targets = proxy.requests().into_iter().map(|it| it.target);
        assert_eq!(
            targets.collect::<Vec<_>>(),
            [
                "/stem/api/services/zis/connections/oauth/start/mine".to_owned(),
                format!("/stem{path}?verification_code=a%2Bb"),
            ]
        );
    }
}

#[tokio::test]
async fn an_exchange_without_a_code_is_not_opened_nor_plain_http() {
    let path = "/api/services/zis/connections/oauth/access_codes/mine";
    for (url, is_exchange) in [
        (
            format!("https://acme.example{path}?verification_code=a&verification_code=b"),
            true,
        ),
        (format!("https://acme.example/stem{path}"), true),
        (
            "https://acme.example/x?verification_code=a".to_owned(),
            true,
        ),
        ("http://acme.example/start?flow_token=a".to_owned(), false),
    ] {
        let body = serde_json::json!({ "redirect_url": url }).to_string();
        let json = [("content-type", "application/json")];
        let server = Loopback::answering(answer(200, &json, &body)).await;
        let zendesk = Zendesk::at(&server.url())
            .zis("mine", Credentials::bearer("token"))
            .build()
            .unwrap();
        let request = zendesk_oauth::zis::StartOAuthFlow::new(
            "my_connection",
            zendesk_oauth::zis::OAuthClientRef::name("client"),
        );
        let connect = zendesk
            .zis("mine")
            .connect(request.unwrap(), |_| panic!("it is opened"));
        let error = connect.await.unwrap_err();
        let flow = error.flow();
        assert!(
            if is_exchange {
                matches!(flow, Some(FlowError::NoExchangeUrl))
            } else {
                matches!(flow, Some(FlowError::NoBrowserUrl))
            },
            "{url}: {error}"
        );
    }
}

#[tokio::test]
async fn the_deadline_ends_it_and_closes_the_listener() {
    let clock = Standing::new();
    let account = Account::with_clock(clock.clone()).await;
    let (show, shown) = oneshot::channel();
    let connect = account
        .zis
        .connect(account.request(), |url| show.send(url.to_owned()).unwrap())
        .deadline(Duration::from_secs(90));
    let leave = async {
        let home = browser::until_home(&shown.await.unwrap()).await;
        let idle = idle(home.port().unwrap()).await;
        clock.end_all_waits();
        idle
    };
    let (connection, idle) = tokio::join!(connect.into_future(), leave);
    let error = connection.unwrap_err();
    assert!(error.is_timeout() && !error.is_denied(), "{error}");
    assert!(error.to_string().contains("within 90s"), "{error}");
    assert_ends(&idle).await;
    assert_eq!(account.count("exchange_verification_code"), 0);
}

#[tokio::test]
async fn a_dropped_flow_leaves_nothing_open() {
    let account = Account::agreeing().await;
    let (show, shown) = oneshot::channel();
    let connect = account
        .zis
        .connect(account.request(), |url| show.send(url.to_owned()).unwrap());
    let flow = tokio::spawn(connect.into_future());
    let home = browser::until_home(&shown.await.unwrap()).await;
    let idle = idle(home.port().unwrap()).await;
    flow.abort();
    assert!(flow.await.unwrap_err().is_cancelled());
    assert_ends(&idle).await;
    assert_eq!(account.sandbox.in_flight(), 0);
}

#[tokio::test]
async fn an_exchange_that_failed_is_not_repeated() {
    let account = Account::agreeing().await;
    let down = FaultRule::on("exchange_verification_code", Fault::status(503));
    account.sandbox.faults().add(down).unwrap();
    let (connection, page) = connected(&account).await;
    assert!(connection.unwrap_err().is_server_error());
    assert_eq!(page.status, 200);
    assert_eq!(account.count("exchange_verification_code"), 1);
}
