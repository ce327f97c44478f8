//! What breaks a rule is not sent.

use zendesk_oauth::Secret;
use zendesk_oauth::zis::{CreateZisOAuthToken, OAuthClientRef, StartOAuthFlow};

use crate::account::Account;

#[tokio::test]
async fn what_breaks_a_rule_is_not_sent_and_the_error_names_the_member() {
    let account = Account::agreeing().await;
    let zis = &account.zis;
    let stranger = account.stranger();
    let token = |id: &str, secret: &str| {
        stranger.create_token(CreateZisOAuthToken::client_credentials(id, secret.into()))
    };
    let code = |code: &str, uri: &str| {
        let secret = Secret::from("CANARY-s");
        let request = CreateZisOAuthToken::authorization_code("id", secret, code.into(), uri);
        stranger.create_token(request)
    };
    let odd_scope = CreateZisOAuthToken::client_credentials("id", "CANARY-s".into());
    let odd_scope = odd_scope.scopes(["a\tCANARY"]);
    let start = || account.request();
    let scopes = start().permission_scopes(["a", "CANARY\nb"]);
    let origin = start().origin_oauth_redirect_url("http://client.int/CANARY");
    let subdomain = start().oauth_url_subdomain("CANARY/");
    let empty = start().oauth_url_subdomain("");
    let connect = zis.connect(empty, |_| unreachable!("nothing is started"));
    let exchange = "exchange_verification_code";
    let (redirect, create) = ("start_oauth_redirect", "create_zis_oauth_token");
    let https = "https://client.int/";
    for (refused, operation, member) in [
        (zis.exchange("").await.err(), exchange, "verification_code"),
        (
            zis.exchange("CANARY\n").await.err(),
            exchange,
            "verification_code",
        ),
        (zis.redirect("").await.err(), redirect, "flow_token"),
        (zis.redirect("CANARY\0").await.err(), redirect, "flow_token"),
        (token("", "CANARY").await.err(), create, "client_id"),
        (token("id\n", "CANARY").await.err(), create, "client_id"),
        (token("id", "").await.err(), create, "client_secret"),
        (token("id", "CANARY\r").await.err(), create, "client_secret"),
        (code("", https).await.err(), create, "`code`"),
        (code("CANARY\t", https).await.err(), create, "`code`"),
        (code("CANARY", "").await.err(), create, "redirect_uri"),
        (
            code("CANARY", "https://a.int/\n").await.err(),
            create,
            "redirect_uri",
        ),
        (
            stranger.create_token(odd_scope).await.err(),
            create,
            "`scope`",
        ),
        (
            zis.start(scopes).await.err(),
            "start_oauth_flow",
            "permission_scopes",
        ),
        (
            zis.start(origin).await.err(),
            "start_oauth_flow",
            "origin_oauth_redirect_url",
        ),
        (
            zis.start_oauth_flow(subdomain).await.err(),
            "start_oauth_flow",
            "oauth_url_subdomain",
        ),
        (
            connect.await.err(),
            "start_oauth_flow",
            "oauth_url_subdomain",
        ),
    ] {
        let error = refused.expect(member);
        let text = error.to_string();
        assert!(error.is_validation() && error.is_not_sent(), "{text}");
        assert_eq!(error.operation().map(|it| it.id), Some(operation), "{text}");
        assert!(text.contains(member) && !text.contains("CANARY"), "{text}");
        assert!(text.ends_with("Nothing was sent."), "{text}");
    }
    let odd = StartOAuthFlow::new("my_connection", OAuthClientRef::name("my\nclient"));
    let text = odd.unwrap_err().to_string();
    assert!(
        text.contains("its character 3") && !text.contains('\n'),
        "{text}"
    );
    assert_eq!(account.sandbox.journal().len(), 0);
}
