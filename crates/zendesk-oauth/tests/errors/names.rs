//! Names: any text is accepted by exactly the documented rule, or refused in one clean line.

use proptest::prelude::*;
use zendesk_oauth::zis::{ConnectionKey, ConnectionName, IntegrationName};
use zendesk_oauth::{NameError, Subdomain, Zendesk};
use zendesk_oauth_tests::{Loopback, answer};

use crate::clients::{builder, by_name};

/// The documented rules, in words of their own.
fn is_subdomain(text: &str) -> bool {
    let bytes = text.as_bytes();
    matches!(bytes.len(), 1..=63)
        && bytes[0] != b'-'
        && bytes[bytes.len() - 1] != b'-'
        && text
            .chars()
            .all(|it| matches!(it, 'a'..='z' | 'A'..='Z' | '0'..='9' | '-'))
}

fn is_integration(text: &str) -> bool {
    matches!(text.len(), 1..=64)
        && text
            .chars()
            .all(|it| matches!(it, 'a'..='z' | '0'..='9' | '-' | '_'))
}

fn is_connection(text: &str) -> bool {
    matches!(text.len(), 3..=64)
        && text
            .chars()
            .all(|it| matches!(it, 'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_'))
}

fn assert_follows(
    text: &str,
    is_valid: bool,
    outcome: Result<String, NameError>,
) -> Result<(), TestCaseError> {
    match outcome {
        Ok(name) => {
            prop_assert!(is_valid, "{text:?} is accepted");
            prop_assert_eq!(name, text);
        }
        Err(error) => {
            prop_assert!(!is_valid, "{text:?} is refused");
            let said = format!("{error}{error:?}");
            prop_assert!(
                !said.chars().any(char::is_control) && said.is_ascii(),
                "{said:?}"
            );
            prop_assert!(said.len() < 800, "{said}");
        }
    }
    Ok(())
}

/// Any text, and many that are nearly names.
fn texts() -> impl Strategy<Value = String> {
    let byte = prop_oneof![
        8 => prop::char::range('a', 'z'),
        2 => prop::char::range('A', 'Z'),
        2 => prop::char::range('0', '9'),
        2 => prop::sample::select(vec!['-', '_']),
    ];
    let near = prop::collection::vec(byte, 0..70).prop_map(String::from_iter);
    let spoiled = (near.clone(), any::<char>(), any::<prop::sample::Index>()).prop_map(
        |(mut text, char, index)| {
            let at = index.index(text.len() + 1);
            text.insert(at, char);
            text
        },
    );
    prop_oneof![near, spoiled, any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_follows_the_rules(text in texts()) {
        let name = Subdomain::new(text.as_str()).map(|name| name.to_string());
        assert_follows(&text, is_subdomain(&text), name)?;
        let name = IntegrationName::new(text.as_str()).map(|name| name.to_string());
        assert_follows(&text, is_integration(&text), name)?;
        let name = ConnectionName::new(text.as_str()).map(|name| name.to_string());
        assert_follows(&text, is_connection(&text), name)?;
    }

    #[test]
    fn an_accepted_subdomain_is_the_first_label_of_the_host(text in texts()) {
        if let Ok(builder) = Zendesk::for_subdomain(text.as_str()) {
            // Hosts are written in lower case (RFC 9110, 4.2.3).
            let host = text.to_ascii_lowercase();
            match builder.build() {
                Ok(client) => prop_assert_eq!(client.base_url(), format!("https://{host}.zendesk.com")),
                // A label that claims to be an internationalised one, and is none (RFC 5891, 4.2.3.1).
                Err(error) => {
                    prop_assert!(host.starts_with("xn--"), "{error}");
                    prop_assert!(error.is_validation() && error.is_not_sent());
                }
            }
        }
    }

    #[test]
    fn every_long_token_is_hidden(text in "[a-z0-9]{65,200}|(zendesk|sk_live)[.][0-9a-f]{17,90}|[a-z]{3}([.][0-9a-f]{20}){2,4}|[A-Za-z0-9_-]{8,200}[=+ ]{1,2}") {
        for error in [
            Subdomain::new(text.as_str()).unwrap_err(),
            IntegrationName::new(text.as_str()).unwrap_err(),
            ConnectionName::new(text.as_str()).unwrap_err(),
        ] {
            let shows = text.len() <= 24 && error.to_string().starts_with(&format!("`{text}`"));
            prop_assert!(shows || error.to_string().starts_with("[not shown]"), "{error}");
        }
    }
}

#[tokio::test]
async fn accepted_names_arrive_as_they_are() {
    let longest = "a-_9".repeat(16);
    for (integration, connection) in [
        ("a", "abc"),
        ("-", "---"),
        ("_", "___"),
        ("a-b_c", "A-b_C"),
        (longest.as_str(), longest.as_str()),
        ("0", "zendesk"),
    ] {
        let server = Loopback::answering(answer(404, &[], "")).await;
        let token = zendesk_oauth::Credentials::bearer("CANARY");
        let client = builder(&server.url())
            .zis(integration, token)
            .build()
            .unwrap();
        let call = client
            .zis(integration)
            .show_oauth_connection(by_name(connection));
        assert!(call.await.unwrap_err().is_not_found());
        let expected = format!("/api/services/zis/connections/{integration}?name={connection}");
        assert_eq!(server.requests()[0].target, expected);
    }
}

#[tokio::test]
async fn a_name_that_breaks_its_rule_sends_nothing() {
    let server = Loopback::answering(answer(200, &[], "{}")).await;
    let client = builder(&server.url()).build().unwrap();
    let long = "a".repeat(65);
    for name in [
        "",
        ".",
        "..",
        "a/b",
        "A",
        "a b",
        "a\r\nb",
        "a\0",
        "%61",
        "é",
        "a?b",
        long.as_str(),
    ] {
        let key = ConnectionKey::uuid("ac10a230-0c43-45f8-b221-9e085ce90418").unwrap();
        let error = client
            .zis(name)
            .show_oauth_connection(key)
            .await
            .unwrap_err();
        assert!(
            error.is_validation() && error.is_not_sent(),
            "{name:?}: {error}"
        );
        assert_eq!(error.operation().unwrap().id, "show_oauth_connection");
    }
    assert_eq!(server.requests(), []);
}
