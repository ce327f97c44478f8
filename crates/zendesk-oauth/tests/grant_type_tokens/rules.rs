//! What is refused before anything is sent.

use std::time::Duration;

use zendesk_oauth::support::TokenRequest;

use crate::Account;

const URI: &str = "https://app.example.com/CANARY";

fn code(code: &str, redirect_uri: &str) -> TokenRequest {
    let request = TokenRequest::authorization_code("app", code, redirect_uri);
    request.client_secret("CANARY-secret").scopes(["read"])
}

fn refresh(token: &str) -> TokenRequest {
    TokenRequest::refresh_token("app", token)
}

fn own(client_id: &str, secret: &str) -> TokenRequest {
    TokenRequest::client_credentials(client_id, secret).scopes(["read"])
}

#[tokio::test]
async fn a_request_that_breaks_a_rule_of_zendesk_is_not_sent() {
    let account = Account::new().await;
    let no_scope = TokenRequest::client_credentials("app", "CANARY-secret");
    let unproved = TokenRequest::authorization_code("app", "CANARY-code", URI).scopes(["read"]);
    let no_scope_for_code = TokenRequest::authorization_code("app", "CANARY-code", URI);
    for (request, member) in [
        (own("", "CANARY"), "`client_id`"),
        (own("id\n", "CANARY"), "`client_id`"),
        (own("id", ""), "`client_secret`"),
        (own("id", "CANARY\r"), "`client_secret`"),
        (no_scope.clone(), "`scope`"),
        (no_scope.scopes(["", " "]), "`scope`"),
        (own("id", "CANARY").scopes(["CANARY\""]), "a scope"),
        (
            own("id", "CANARY").code_verifier("CANARY"),
            "`code_verifier`",
        ),
        (code("", URI), "`code`"),
        (code("CANARY\t", URI), "`code`"),
        (code("CANARY", ""), "`redirect_uri`"),
        (code("CANARY", "https://a.int/\n"), "`redirect_uri`"),
        (code("CANARY", URI).code_verifier(" "), "`code_verifier`"),
        (unproved, "`code_verifier`"),
        (no_scope_for_code.client_secret("CANARY"), "`scope`"),
        (refresh(""), "`refresh_token`"),
        (refresh("CANARY\0"), "`refresh_token`"),
        (refresh("CANARY").client_secret(""), "`client_secret`"),
        (refresh("CANARY").scopes(["CANARY\t"]), "a scope"),
        (refresh("CANARY").code_verifier("CANARY"), "`code_verifier`"),
        (
            refresh("CANARY").expires_in(Duration::from_secs(299)),
            "`expires_in`",
        ),
        (refresh("CANARY").expires_in(Duration::MAX), "`expires_in`"),
        (
            refresh("CANARY").refresh_token_expires_in(Duration::from_secs(7_776_001)),
            "`refresh_token_expires_in`",
        ),
    ] {
        let printed = format!("{request:?}");
        let error = account.tokens.create(request).await.expect_err(&printed);
        let text = error.to_string();
        assert!(error.is_validation() && error.is_not_sent(), "{text}");
        let operation = error.operation().map(|it| it.id);
        assert_eq!(operation, Some("create_token_for_grant_type"), "{text}");
        assert!(text.contains(member), "{text} is not about {member}");
        assert!(!text.contains("CANARY") && !text.contains('\n'), "{text}");
        assert!(text.ends_with("Nothing was sent."), "{text}");
    }
    assert_eq!(account.sandbox.journal().len(), 0);
}
