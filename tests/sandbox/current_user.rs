//! `/api/v2/users/me`.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::zendesk::{Zendesk, answered};

#[tokio::test]
async fn who_has_no_credentials_is_the_anonymous_user() {
    let zendesk = Zendesk::start().await;
    let credentials = zendesk.credentials();
    let (email, api_token) = (&credentials.admin_email, &credentials.api_token);
    for path in ["/api/v2/users/me", "/api/v2/users/me.json"] {
        let me = || zendesk.request(Method::GET, path);
        for anonymous in [me(), me().basic_auth(email, Some("CANARY-password"))] {
            let answer = answered(anonymous).await;
            assert_eq!(answer.status, StatusCode::OK);
            assert_eq!(answer.json()["user"]["name"], "Anonymous user");
        }
        let user = format!("{email}/token");
        let known = answered(me().basic_auth(&user, Some(api_token)))
            .await
            .json();
        assert_eq!(known["user"]["id"], 29);
        let wrong = answered(me().basic_auth(&user, Some("CANARY"))).await;
        assert_eq!(
            wrong.json(),
            json!({ "error": "Couldn't authenticate you" })
        );
        let wrong = answered(me().bearer_auth("CANARY")).await;
        assert_eq!(wrong.json()["error"], "invalid_token");
    }
    let elsewhere = zendesk
        .request(Method::GET, "/api/v2/oauth/tokens")
        .basic_auth(email, Some("CANARY"));
    assert_eq!(answered(elsewhere).await.status, StatusCode::UNAUTHORIZED);
}
