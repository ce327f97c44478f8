//! The steps for a server with a callback of its own.

use zendesk_oauth::zis::{VerificationCode, ZisGrantType};

use crate::account::Account;
use crate::browser;

#[tokio::test]
async fn both_parameters_of_the_callback_are_read() {
    for parameter in ["verification_code", "verification_token"] {
        let account = Account::agreeing().await;
        account
            .sandbox
            .set_switch("zis_callback", parameter)
            .unwrap();
        let request = account
            .request()
            .origin_oauth_redirect_url("https://client.int/callback?from=us");
        let started = account.zis.start(request).await.unwrap();
        let home = browser::until_home(started.browser_url().expose()).await;
        assert!(home.query().unwrap().contains(&format!("&{parameter}=")));
        let code = VerificationCode::from_callback(home.as_str()).unwrap();
        let connection = account.zis.exchange(code).await.unwrap();
        assert_eq!(connection.name.as_deref(), Some("my_connection"));
    }
}

#[tokio::test]
async fn client_credentials_have_their_code_at_once() {
    let account = Account::agreeing().await;
    let request = account
        .request()
        .grant_type(ZisGrantType::ClientCredentials);
    let started = account.zis.start(request).await.unwrap();
    let code = started.verification_code().expect("a code");
    let connection = account.zis.exchange(code.clone()).await.unwrap();
    assert!(connection.access_token.is_some());

    // A code works once, and the second attempt is an error of the call.
    let error = account.zis.exchange(code).await.unwrap_err();
    assert_eq!(error.status().map(|it| it.as_u16()), Some(400));
    assert_eq!(account.count("exchange_verification_code"), 2);
}

#[tokio::test]
async fn a_denial_is_told_from_other_errors() {
    let account = Account::agreeing().await;
    account
        .sandbox
        .set_switch("provider_consent", "deny")
        .unwrap();
    let request = account
        .request()
        .origin_oauth_redirect_url("https://client.int/callback");
    let started = account.zis.start(request).await.unwrap();
    let home = browser::until_home(started.browser_url().expose()).await;
    let error = VerificationCode::from_callback(home.as_str()).unwrap_err();
    assert!(error.is_denied(), "{error}");
    let error = zendesk_oauth::Error::from(error);
    assert!(error.is_denied() && !error.is_timeout() && !error.is_not_sent());
}
