//! What the library says, as the command line says it.

use zendesk_oauth::Zendesk;

use super::super::Failure;
use super::super::advice::speaks_rust;

#[tokio::test]
async fn who_has_no_credentials_is_told_which_command_to_run() {
    let zendesk = Zendesk::at("http://127.0.0.1:9").build().expect("a client");
    let support = zendesk.oauth_clients().list().items().next().await;
    let failures = [
        (
            Failure::from(support.expect("an item").expect_err("it has no token")),
            "zendesk-oauth login",
        ),
        (
            Failure::from(zendesk.chat().list().await.expect_err("it has no token")),
            "ZENDESK_CHAT_TOKEN",
        ),
    ];
    for (failure, told) in failures {
        let error = failure.to_json()["error"].clone();
        let advice = error["advice"].as_str().unwrap_or_default();
        assert!(advice.contains(told), "{error}");
        assert!(!speaks_rust(&failure.to_string()), "{failure}");
    }
}
