//! Whole secrets: received once, or an error that says how to get one.

use serde_json::{Value, json};
use zendesk_oauth::reqwest::StatusCode;
use zendesk_oauth::support::{NewOAuthClient, OAuthClientChanges, OAuthClientKind};
use zendesk_oauth_sandbox::{Fault, FaultRule};
use zendesk_oauth_tests::printed;

use super::Account;

const CREATE: &str = "create_oauth_client";
const GENERATE: &str = "generate_oauth_client_secret";

fn new() -> NewOAuthClient {
    NewOAuthClient::confidential("Nightly", "nightly")
}

/// A call that takes place, and whose answer shows the client with that secret.
fn answering(status: u16, id: i64, secret: &Value) -> Fault {
    let mut fault = Fault::lost_answer();
    fault.status = Some(status);
    fault.with_body(json!({ "client": {
        "id": id, "identifier": "nightly", "name": "Nightly", "secret": secret,
    } }))
}

impl Account {
    fn befall(&self, operation: &str, fault: Fault) {
        let rule = FaultRule::on(operation, fault).times(1);
        self.sandbox.faults().add(rule).unwrap();
    }

    /// The id that the next client gets: the same calls give the same ids.
    async fn next_id(&self) -> i64 {
        let snapshot = self.sandbox.snapshot();
        let id = self.zendesk.oauth_clients().create(new()).await.unwrap().id;
        self.sandbox.restore(&snapshot).unwrap();
        id
    }

    /// Whether the secret gets a token.
    async fn is_good(&self, secret: &str) -> bool {
        let request = json!({
            "grant_type": "client_credentials", "client_id": "nightly", "client_secret": secret,
            "scope": "read",
        });
        self.token(&request).await.0 == StatusCode::OK
    }
}

#[tokio::test]
async fn a_registered_client_comes_with_a_secret_that_works_and_is_in_one_place() {
    let account = Account::new().await;
    let registered = account
        .zendesk
        .oauth_clients()
        .register(new())
        .await
        .unwrap();
    assert_eq!(account.called(), [CREATE]);
    assert!(!format!("{registered:?}").contains(registered.secret().expose()));
    let (client, secret) = registered.into_parts();
    assert!(client.secret.is_none());
    assert_eq!(client.kind, Some(OAuthClientKind::Confidential));
    assert!(account.is_good(secret.expose()).await);
}

#[tokio::test]
async fn a_truncated_or_missing_secret_is_replaced_by_a_generated_one() {
    for secret in [
        json!("af3t24tfj34h43s..."),
        json!("af3t24tfj\u{2026}"),
        json!(""),
        Value::Null,
    ] {
        let account = Account::new().await;
        let id = account.next_id().await;
        account.befall(CREATE, answering(201, id, &secret));
        let registered = account
            .zendesk
            .oauth_clients()
            .register(new())
            .await
            .unwrap();
        assert_eq!(account.called()[1..], [CREATE, GENERATE], "{secret}");
        assert_eq!(registered.client().id, id);
        assert!(
            account.is_good(registered.secret().expose()).await,
            "{secret}"
        );
    }
}

#[tokio::test]
async fn without_any_whole_secret_the_error_names_the_client_and_the_way_out() {
    let account = Account::new().await;
    let id = account.next_id().await;
    account.befall(CREATE, answering(201, id, &json!("CANARY-a...")));
    account.befall(GENERATE, answering(200, id, &json!("CANARY-b...")));
    let clients = account.zendesk.oauth_clients();
    let error = clients.register(new()).await.unwrap_err();
    assert_eq!(account.called()[1..], [CREATE, GENERATE]);
    let text = error.to_string();
    assert!(text.contains(&format!("client {id} was created")), "{text}");
    assert!(text.contains(&format!("`generate_secret({id})`")), "{text}");
    assert!(text.contains(&format!("`delete({id})`")), "{text}");
    assert!(!text.contains('\n'), "{text}");
    let client = error.oauth_client().unwrap();
    assert_eq!((client.id, client.identifier.as_str()), (id, "nightly"));
    assert!(client.secret.is_none() && error.status().is_none());
    assert_eq!(error.area(), Some(zendesk_oauth::Area::Support));
    assert!(!printed(&error).contains("CANARY"));
    // The way out is one.
    let secret = clients.generate_secret(id).await.unwrap();
    assert!(account.is_good(secret.expose()).await);
}

#[tokio::test]
async fn a_failed_generation_keeps_the_client_and_the_cause() {
    for (fault, status) in [(Fault::status(429), Some(429)), (Fault::reset(), None)] {
        let account = Account::new().await;
        let id = account.next_id().await;
        account.befall(CREATE, answering(201, id, &json!("CANARY-a...")));
        // Always, so that no retry gets by.
        account
            .sandbox
            .faults()
            .add(FaultRule::on(GENERATE, fault))
            .unwrap();
        let error = account
            .zendesk
            .oauth_clients()
            .register(new())
            .await
            .unwrap_err();
        assert_eq!(error.oauth_client().unwrap().id, id);
        assert_eq!(error.status().map(|it| it.as_u16()), status);
        assert_eq!(error.is_rate_limited(), status == Some(429));
        assert_eq!(error.operation().unwrap().id, GENERATE);
        let text = error.to_string();
        assert!(text.contains(GENERATE), "{text}");
        assert!(
            text.ends_with(&format!("`generate_secret({id})`, or `delete({id})`.")),
            "{text}"
        );
        assert!(!printed(&error).contains("CANARY"));
    }
}

#[tokio::test]
async fn a_creation_that_fails_leaves_no_client_to_name() {
    let account = Account::new().await;
    account.befall(
        CREATE,
        Fault::status(422).with_body(json!({ "error": "RecordInvalid" })),
    );
    let error = account
        .zendesk
        .oauth_clients()
        .register(new())
        .await
        .unwrap_err();
    assert!(error.oauth_client().is_none());
    assert_eq!(account.called(), [CREATE]);
}

#[tokio::test]
async fn a_public_client_and_a_wrong_one_are_not_registered() {
    let account = Account::new().await;
    let clients = account.zendesk.oauth_clients();
    let public = NewOAuthClient::public("App", "app", "https://app.example.com/");
    let error = clients.register(public).await.unwrap_err();
    assert!(error.to_string().contains("`create`"), "{error}");
    let wrong = NewOAuthClient::confidential("", "app");
    let wrong = clients.register(wrong).await.unwrap_err();
    for refused in [error, wrong] {
        let operation = refused.operation().map(|operation| operation.id);
        assert_eq!(operation, Some("create_oauth_client"));
        assert!(refused.is_not_sent());
    }
    assert_eq!(account.called(), [""; 0]);
}

#[tokio::test]
async fn a_generated_secret_is_whole_and_the_old_one_is_dead() {
    let account = Account::new().await;
    let clients = account.zendesk.oauth_clients();
    let (client, old) = clients.register(new()).await.unwrap().into_parts();
    let secret = clients.generate_secret(client.id).await.unwrap();
    assert!(account.is_good(secret.expose()).await);
    assert!(!account.is_good(old.expose()).await);
}

#[tokio::test]
async fn a_generated_secret_that_is_truncated_is_an_error_that_says_so() {
    let account = Account::new().await;
    let clients = account.zendesk.oauth_clients();
    let id = clients.create(new()).await.unwrap().id;
    account.befall(GENERATE, answering(200, id, &json!("CANARY-b...")));
    let error = clients.generate_secret(id).await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("the old one is dead"), "{text}");
    assert!(
        text.contains(&format!("`generate_secret({id})` again")),
        "{text}"
    );
    assert_eq!(error.oauth_client().unwrap().id, id);
    assert!(!printed(&error).contains("CANARY"));
    assert!(
        clients
            .generate_secret(404)
            .await
            .unwrap_err()
            .is_not_found()
    );
}

#[tokio::test]
async fn after_a_change_of_kind_a_generated_secret_is_the_way_to_a_whole_one() {
    let account = Account::new().await;
    let clients = account.zendesk.oauth_clients();
    let public = NewOAuthClient::public("Nightly", "nightly", "https://app.example.com/");
    let created = clients.create(public).await.unwrap();
    let changes = OAuthClientChanges::new().kind(OAuthClientKind::Confidential);
    let changed = clients.update(created.id, changes).await.unwrap();
    assert!(!account.is_good(created.secret.unwrap().expose()).await);
    assert!(!account.is_good(changed.secret.unwrap().expose()).await);
    let secret = clients.generate_secret(created.id).await.unwrap();
    assert!(account.is_good(secret.expose()).await);
}
