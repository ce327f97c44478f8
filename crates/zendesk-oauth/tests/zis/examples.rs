//! Each example, run against the sandbox.

use tokio::sync::oneshot;
use zendesk_oauth::zis::Refreshed;

use crate::account::Account;
use crate::browser;

#[allow(dead_code, reason = "its main is for a person")]
#[path = "../../examples/client_credentials_connection.rs"]
mod client_credentials_connection;
#[allow(dead_code, reason = "its main is for a person")]
#[path = "../../examples/connect.rs"]
mod connect;
#[allow(dead_code, reason = "its main is for a person")]
#[path = "../../examples/own_callback.rs"]
mod own_callback;
#[allow(dead_code, reason = "its main is for a person")]
#[path = "../../examples/refresh_near_expiry.rs"]
mod refresh_near_expiry;

#[tokio::test]
async fn connect_makes_a_connection() {
    let account = Account::agreeing().await;
    let client = account.sandbox.credentials().zis_oauth_client().to_owned();
    let (show, shown) = oneshot::channel();
    let show = |url: &str| show.send(url.to_owned()).unwrap();
    let browse = async { browser::open(&shown.await.unwrap()).await };
    let (connection, page) = tokio::join!(connect::run(&account.zis, &client, show), browse);
    assert!(connection.unwrap().refresh_token.is_some());
    assert_eq!(page.status, 200);
}

#[tokio::test]
async fn own_callback_makes_a_connection() {
    let account = Account::agreeing().await;
    let client = account.sandbox.credentials().zis_oauth_client().to_owned();
    let browse = async |url: String| Ok(browser::until_home(&url).await.to_string());
    let connection = own_callback::run(&account.zis, &client, browse).await;
    assert!(connection.unwrap().access_token.is_some());
}

#[tokio::test]
async fn own_callback_takes_no_code_of_another_session() {
    let account = Account::agreeing().await;
    let client = account.sandbox.credentials().zis_oauth_client().to_owned();
    let browse = async |url: String| {
        let mut home = browser::until_home(&url).await;
        home.set_path("/callback/00000000000000000000000000000000");
        Ok(home.to_string())
    };
    let refused = own_callback::run(&account.zis, &client, browse).await;
    let error = refused.unwrap_err().to_string();
    assert!(error.contains("not of this session"), "{error}");
    assert_eq!(account.count("exchange_verification_code"), 0);
}

#[tokio::test]
async fn client_credentials_connection_makes_a_connection() {
    let account = Account::agreeing().await;
    let client = account.sandbox.credentials().zis_oauth_client().to_owned();
    let connection = client_credentials_connection::run(&account.zis, &client).await;
    assert!(connection.unwrap().access_token.is_some());
    assert_eq!(account.sandbox.journal().len(), 2);
}

#[tokio::test]
async fn refresh_near_expiry_refreshes_after_an_hour() {
    let account = Account::agreeing().await;
    let client = account.sandbox.credentials().zis_oauth_client().to_owned();
    let made = client_credentials_connection::run(&account.zis, &client).await;
    let name = made.unwrap().name.unwrap();
    let run = async || refresh_near_expiry::run(&account.zis, &name).await.unwrap();
    assert!(matches!(run().await, Refreshed::NotNeeded(_)));
    let hour = std::time::Duration::from_secs(3_600);
    account.sandbox.clock().advance(hour);
    assert!(matches!(run().await, Refreshed::Done(_)));
}
