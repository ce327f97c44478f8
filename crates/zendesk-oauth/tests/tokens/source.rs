//! A source over the sandbox: the whole way, from the login to a call that is repeated.

use std::time::Duration;

use zendesk_oauth::token::{
    FileStore, LoginEndReason, MemoryStore, OAuthClientCredentials, TokenEndpoint, TokenError,
    TokenPhase, TokenSource,
};
use zendesk_oauth::{Error, Zendesk};

use crate::endpoint_account::Account;

const HALF_AN_HOUR: Duration = Duration::from_secs(1_800);

/// The source of a person who logged in, in this store.
async fn logged_in(account: &Account, store: MemoryStore) -> TokenSource {
    let issued = account.logged_in().await;
    let source = TokenSource::builder(account.app(), store).build();
    source.log_in(&issued).await.unwrap();
    source
}

/// How often a refresh token was sent.
fn refreshes(account: &Account) -> usize {
    let sent = account.sent();
    let is_refresh = |body: &serde_json::Value| body["grant_type"] == "refresh_token";
    sent.iter().filter(|sent| is_refresh(&sent.body)).count()
}

/// Support, as the source's token has it.
fn support(account: &Account, source: &TokenSource) -> Zendesk {
    let builder = Zendesk::at(account.sandbox.url());
    builder.support(source.credentials()).build().unwrap()
}

#[tokio::test]
async fn a_call_whose_token_the_server_refuses_is_made_again_with_a_fresh_one() {
    let account = Account::new().await;
    let source = logged_in(&account, MemoryStore::new()).await;
    let zendesk = support(&account, &source);
    zendesk.oauth_clients().list().all(100).await.unwrap();
    assert_eq!(refreshes(&account), 0);
    // For the server it is over; for this machine's clock it is not.
    account.sandbox.clock().advance(HALF_AN_HOUR);
    let calls = (0..16).map(|_| {
        let clients = zendesk.oauth_clients();
        tokio::spawn(async move { clients.list().all(100).await.map(drop) })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    assert_eq!(refreshes(&account), 1);
    assert_eq!(source.state().generation, 2);
}

#[tokio::test]
async fn a_rotation_whose_answer_is_lost_is_reported_with_the_way_back() {
    let account = Account::new().await;
    let store = MemoryStore::new();
    let source = logged_in(&account, store.clone()).await;
    account.sandbox.set_switch("refresh_reply", "lost").unwrap();
    let error = source.refresh().await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("no answer arrived") && text.contains("Log in again"),
        "{text}"
    );
    let TokenError::Ended(end) = error else {
        panic!("{text}")
    };
    assert!(
        matches!(end.reason, LoginEndReason::AnswerLost { .. }),
        "{text}"
    );
    assert_eq!(source.state().phase(), TokenPhase::Ended);
    // Who begins with this store is told the same.
    let sibling = TokenSource::builder(account.app(), store).build();
    let error = Error::from(sibling.refresh().await.unwrap_err());
    assert!(error.is_auth() && error.to_string() == text, "{error}");
    // What was issued is not lost.
    account.sandbox.set_switch("refresh_reply", "sent").unwrap();
    let issued = account.logged_in().await;
    sibling.log_in(&issued).await.unwrap();
    support(&account, &sibling)
        .oauth_clients()
        .list()
        .all(100)
        .await
        .unwrap();
}

#[tokio::test]
async fn client_credentials_need_no_login() {
    let account = Account::new().await;
    let builder = TokenSource::builder(account.server(), MemoryStore::new());
    let source = builder.client_credentials(["read"]).build();
    support(&account, &source)
        .oauth_clients()
        .list()
        .all(100)
        .await
        .unwrap();
    account.sandbox.clock().advance(HALF_AN_HOUR);
    support(&account, &source)
        .oauth_clients()
        .list()
        .all(100)
        .await
        .unwrap();
    assert_eq!(account.sent().len(), 2);
}

#[tokio::test]
async fn sources_over_one_folder_redeem_a_refresh_token_once() {
    let account = Account::new().await;
    let folder = tempfile::tempdir().unwrap();
    let mut issued = account.logged_in().await;
    // It was received half an hour ago.
    issued.received_at -= HALF_AN_HOUR;
    let of_process =
        || TokenSource::builder(account.app(), FileStore::new(folder.path().join("login"))).build();
    of_process().log_in(&issued).await.unwrap();
    let tasks: Vec<_> = (0..16)
        .map(|_| {
            let source = of_process();
            tokio::spawn(async move { source.access_token().await.unwrap().expose().to_owned() })
        })
        .collect();
    let mut tokens = Vec::new();
    for task in tasks {
        tokens.push(task.await.unwrap());
    }
    tokens.dedup();
    assert_eq!((tokens.len(), refreshes(&account)), (1, 1));
}

#[tokio::test]
async fn a_call_without_a_login_says_so_and_is_not_sent() {
    let account = Account::new().await;
    let source = TokenSource::builder(account.app(), MemoryStore::new()).build();
    let error = support(&account, &source)
        .oauth_clients()
        .list()
        .all(100)
        .await;
    let error = error.unwrap_err();
    assert!(
        error.is_auth() && error.is_not_sent() && !error.is_transient(),
        "{error}"
    );
    assert!(
        matches!(error.token(), Some(TokenError::NoLogin { .. })),
        "{error}"
    );
    // Where people look.
    let why = error.token().unwrap().to_string();
    for text in [error.to_string(), format!("{error:?}")] {
        assert!(text.ends_with(&why) && text.lines().count() == 1, "{text}");
        assert!(text.starts_with("list_oauth_clients"), "{text}");
    }
}

#[tokio::test]
async fn mistakes_that_never_change_are_said_to_need_other_settings() {
    let account = Account::new().await;
    let wrong_secret = OAuthClientCredentials::confidential("server", "CANARY-wrong");
    let zendesk = Zendesk::at(account.sandbox.url()).build().unwrap();
    let wrong = TokenEndpoint::new(&zendesk, wrong_secret);
    let nobody = TokenEndpoint::new(&zendesk, OAuthClientCredentials::confidential("", "CANARY"));
    for endpoint in [account.app(), wrong, nobody] {
        let builder = TokenSource::builder(endpoint, MemoryStore::new());
        let source = builder.client_credentials(["read"]).build();
        let text = source.access_token().await.unwrap_err().to_string();
        assert!(text.contains("before the settings are changed"), "{text}");
        assert!(!text.contains("another attempt"), "{text}");
        assert!(!text.contains("CANARY") && text.lines().count() == 1);
    }
}

#[tokio::test]
async fn a_place_that_cannot_be_written_is_known_before_a_person_logs_in() {
    let account = Account::new().await;
    let folder = tempfile::tempdir().unwrap();
    let nowhere = FileStore::new(folder.path().join("no/parent"));
    let source = TokenSource::builder(account.app(), nowhere).build();
    // An empty place and one that cannot be are the same to who reads.
    let error = source.access_token().await.unwrap_err();
    assert!(matches!(error, TokenError::NoLogin { .. }), "{error}");
    let error = source.check_store().await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("Create the folder that it is in"), "{text}");
    let login = account.logged_in().await;
    let error = source.log_in(&login).await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("the new login is not stored"), "{text}");
    assert!(text.contains("Create the folder that it is in"), "{text}");
}

/// All that an error says, with what caused it.
fn whole_text(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str(" / ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

#[tokio::test]
async fn a_call_whose_rejected_token_has_no_successor_says_why_and_the_way_back() {
    let account = Account::new().await;
    let store = MemoryStore::new();
    logged_in(&account, store.clone()).await;
    account.sandbox.set_switch("refresh_reply", "lost").unwrap();
    account.sandbox.clock().advance(HALF_AN_HOUR);
    for _ in 0..3 {
        // A program that makes one call each time it is run: by its clock the token is good.
        let source = TokenSource::builder(account.app(), store.clone()).build();
        let zendesk = support(&account, &source);
        let error = zendesk.oauth_clients().list().all(100).await.unwrap_err();
        let text = whole_text(&error);
        assert!(
            text.contains("401") && text.contains("Log in again"),
            "{text}"
        );
        assert!(error.is_auth() && !error.is_not_sent(), "{text}");
        assert_eq!(error.status().unwrap(), 401);
        assert!(
            matches!(error.token(), Some(TokenError::Ended(_))),
            "{text}"
        );
    }
}
