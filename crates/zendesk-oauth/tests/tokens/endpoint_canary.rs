//! A canary in every secret: nothing of what is printed or traced has it.

use zendesk_oauth::authorization::{AuthorizationCode, AuthorizationRequest};
use zendesk_oauth::token::{OAuthClientCredentials, TokenEndpoint};
use zendesk_oauth::{Secret, Zendesk};
use zendesk_oauth_tests::{Loopback, Traces, answer, answer_claiming, printed};

const GOOD: &str = r#"{"access_token":"CANARY-access","refresh_token":"CANARY-refresh",
    "token_type":"CANARY-type","tomorrow":"CANARY-unknown"}"#;

#[tokio::test]
async fn no_secret_is_printed_or_traced() {
    let traces = Traces::of_the_process();
    let refusal = r#"{"error":"invalid_grant","error_description":"CANARY-description"}"#;
    let answers = [
        answer(200, &[("set-cookie", "CANARY-cookie")], GOOD),
        answer(201, &[("x-request-id", "r-1")], GOOD),
        answer(400, &[], refusal),
        answer(401, &[], r#"{"error":"CANARY-error"}"#),
        answer(429, &[], "CANARY-text"),
        answer(500, &[], "<html>CANARY</html>"),
        answer(200, &[], "CANARY"),
        answer(200, &[], r#"{"access_token":"CANARY with a space"}"#),
        answer(
            302,
            &[("location", "https://a.example/?t=CANARY-location")],
            "",
        ),
        answer_claiming(200, &[], GOOD, 9_999),
        Vec::new(),
    ];
    let mut text = String::new();
    for bytes in answers {
        // tokens/current is answered the same, so that it fails too.
        let server = Loopback::answering(bytes).await;
        let zendesk = Zendesk::at(&server.url()).build().unwrap();
        let client = OAuthClientCredentials::confidential("app", "CANARY-secret");
        let endpoint = TokenEndpoint::new(&zendesk, client);
        text += &format!("{endpoint:?} {endpoint:#?} {:?}", endpoint.client());
        let uri = "https://app.example.com/CANARY-path?CANARY=1";
        let request = AuthorizationRequest::new("app", uri, ["read"]).unwrap();
        let callback = format!("?code=CANARY-code&state={}", request.state().expose());
        let code = AuthorizationCode::from_callback(&callback, request.state()).unwrap();
        for outcome in [
            endpoint.authorization_code(&request, code).await,
            endpoint.client_credentials(["read"]).await,
            endpoint.refresh_token(&Secret::from("CANARY-old")).await,
        ] {
            match outcome {
                Ok(issued) => text += &format!("{issued:?} {issued:#?}"),
                Err(error) => text += &printed(&error),
            }
        }
        for request in server.requests() {
            assert!(request.to_string().contains("CANARY"));
        }
    }
    let traced = traces.text();
    for (place, text) in [("output", text), ("trace", traced)] {
        assert!(text.len() > 1_000, "{place} was not looked at");
        if let Some((before, _)) = text.split_once("CANARY") {
            let from = before.char_indices().rev().nth(300).map_or(0, |(at, _)| at);
            panic!("the {place} has a secret after: {}", &before[from..]);
        }
    }
}
