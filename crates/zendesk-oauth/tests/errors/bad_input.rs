//! Base URLs that cannot be one, paths below them, and proxies: what is sent, and where.

use zendesk_oauth::{Credentials, Zendesk};
use zendesk_oauth_tests::{Loopback, Silence, answer, printed};

use crate::clients::{Asked, builder, client};

#[tokio::test]
async fn a_base_url_that_carries_more_than_one_is_refused() {
    let server = Silence::start().await;
    let address = server.address();
    for (base_url, named) in [
        (
            format!("http://user:CANARY@{address}"),
            "user name or password",
        ),
        (format!("http://CANARY@{address}"), "user name or password"),
        (format!("http://{address}/?token=CANARY"), "`?` or `#`"),
        (format!("http://{address}/#CANARY"), "`?` or `#`"),
        (format!("ftp://{address}"), "not an http or https URL"),
        (address.to_string(), "not an http or https URL"),
        (String::new(), "not an http or https URL"),
        (
            "https://{subdomain}.zendesk.com".to_owned(),
            "{subdomain} is not filled in",
        ),
    ] {
        let error = builder(&base_url).build().unwrap_err();
        assert!(error.is_validation() && error.is_not_sent(), "{error}");
        assert!(error.to_string().contains(named), "{error}");
        assert!(!printed(&error).contains("CANARY"), "{error}");
    }
    server.assert_untouched().await;
}

#[test]
fn plain_http_is_for_loopback_only() {
    for host in [
        "acme.example",
        "10.0.0.1",
        "0.0.0.0",
        "[::2]",
        "localhost.acme.example",
    ] {
        let error = builder(&format!("http://{host}")).build().unwrap_err();
        assert!(error.is_validation() && error.is_not_sent(), "{error}");
        assert!(error.to_string().contains(host), "{error}");
    }
    for host in ["localhost", "127.0.0.1", "127.9.9.9", "[::1]"] {
        assert!(
            builder(&format!("http://{host}:1")).build().is_ok(),
            "{host}"
        );
    }
}

#[tokio::test]
async fn a_path_stem_stays_before_the_path_of_every_area() {
    for (asked, path) in [
        (Asked::Support, "/api/v2/oauth/clients/1"),
        (
            Asked::Zis,
            "/api/services/zis/connections/an_integration?name=a_connection",
        ),
        (Asked::Chat, "/api/v2/chat/oauth/tokens"),
    ] {
        for (stem, kept) in [
            ("", ""),
            ("/", ""),
            ("/a/stem", "/a/stem"),
            ("/a/stem//", "/a/stem"),
        ] {
            let server = Loopback::answering(answer(404, &[], "")).await;
            let client = client(&format!("{}{stem}", server.url()));
            asked.fails(&client).await;
            assert_eq!(server.requests()[0].target, format!("{kept}{path}"));
            assert_eq!(client.base_url(), format!("{}{kept}", server.url()));
        }
    }
}

#[tokio::test]
async fn each_area_sends_its_own_credentials() {
    let server = Loopback::answering(answer(404, &[], "")).await;
    let client = client(&server.url());
    for asked in Asked::ALL {
        asked.fails(&client).await;
    }
    let sent: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.header("authorization").unwrap().to_owned())
        .collect();
    assert_eq!(
        sent,
        [
            "Bearer CANARY-support",
            "Bearer CANARY-zis",
            "Bearer CANARY-chat"
        ]
    );
}

#[tokio::test]
async fn of_several_credentials_for_one_integration_the_last_count() {
    let server = Loopback::answering(answer(404, &[], "")).await;
    let client = builder(&server.url())
        .zis("an_integration", Credentials::bearer("CANARY-first"))
        .zis("another", Credentials::bearer("CANARY-other"))
        .zis("an_integration", Credentials::bearer("CANARY-last"))
        .build()
        .unwrap();
    Asked::Zis.fails(&client).await;
    assert_eq!(
        server.requests()[0].header("authorization"),
        Some("Bearer CANARY-last")
    );
}

#[tokio::test]
async fn credentials_of_one_area_are_never_sent_in_another() {
    let server = Silence::start().await;
    let client = Zendesk::at(&server.url())
        .support(Credentials::bearer("CANARY"))
        .zis("another", Credentials::bearer("CANARY"))
        .build()
        .unwrap();
    for asked in [Asked::Zis, Asked::Chat] {
        let error = asked.fails(&client).await;
        assert!(error.is_auth() && error.is_not_sent(), "{error}");
    }
    server.assert_untouched().await;
}

/// The environment of a process cannot be changed safely from within, so this runs itself again.
#[tokio::test]
async fn loopback_goes_around_the_proxy_of_the_environment() {
    const TARGET: &str = "ZENDESK_OAUTH_FACADE_TEST_TARGET";
    if let Ok(target) = std::env::var(TARGET) {
        let client = client(&target);
        for asked in Asked::ALL {
            assert!(asked.fails(&client).await.is_not_found());
        }
        return;
    }
    let server = Loopback::answering(answer(404, &[], "")).await;
    let proxy = Silence::start().await;
    let mut again = std::process::Command::new(std::env::current_exe().unwrap());
    again
        .args([
            "--exact",
            "bad_input::loopback_goes_around_the_proxy_of_the_environment",
        ])
        .env(TARGET, server.url());
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        again.env(name, proxy.url());
    }
    for name in ["NO_PROXY", "no_proxy"] {
        again.env_remove(name);
    }
    let child = tokio::task::spawn_blocking(move || again.output().unwrap());
    let output = child.await.unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    assert_eq!(server.requests().len(), 3);
    proxy.assert_untouched().await;
}
