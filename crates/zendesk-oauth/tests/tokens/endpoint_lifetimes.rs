//! How long a token is good when the answer does not say so.

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use tokio::sync::oneshot;
use zendesk_oauth::token::{
    IssuedToken, Lifetime, LifetimeSource, MemoryStore, OAuthClientCredentials, Record,
    TokenEndpoint, TokenSource, TokenStore as _,
};
use zendesk_oauth::{Secret, Zendesk};
use zendesk_oauth_sandbox::{Fault, FaultRule};
use zendesk_oauth_tests::{Loopback, answer};

use crate::endpoint_account::Account;

/// `{"alg":"EdDSA","typ":"at+jwt"}` and a claim that ends at 2026-11-02T09:30:00Z.
const JWT: &str = "eyJhbGciOiJFZERTQSIsInR5cCI6ImF0K2p3dCJ9.eyJleHAiOjE3OTM2MTE4MDB9.c2lnbmF0dXJl";
const NINE: &str = "Mon, 02 Nov 2026 09:00:00 GMT";

/// What is issued by these answers, and how many requests that took.
async fn issued(answers: Vec<Vec<u8>>) -> (IssuedToken, usize) {
    let server = Loopback::answering_in_turn(answers).await;
    let zendesk = Zendesk::at(&server.url()).build().unwrap();
    let endpoint = TokenEndpoint::new(&zendesk, OAuthClientCredentials::public("app"));
    let issued = endpoint.refresh_token(&Secret::from("old")).await.unwrap();
    let requests = server.requests();
    if let Some(second) = requests.get(1) {
        assert_eq!(second.target, "/api/v2/oauth/tokens/current");
        let bearer = format!("Bearer {}", issued.access_token.expose());
        assert_eq!(second.header("authorization"), Some(bearer.as_str()));
    }
    (issued, requests.len())
}

fn token(date: &str, token: &str, expires_in: &Value) -> Vec<u8> {
    let body = json!({ "access_token": token, "refresh_token": "new", "expires_in": expires_in });
    json_answer(date, &body)
}

fn current(date: &str, token: &Value) -> Vec<u8> {
    json_answer(date, &json!({ "token": token }))
}

fn json_answer(date: &str, body: &Value) -> Vec<u8> {
    let headers = [("date", date), ("content-type", "application/json")];
    answer(200, &headers, body.to_string())
}

fn shown(expires_at: &Value) -> Value {
    json!({
        "client_id": 1, "created_at": "2026-11-02T09:00:00Z", "expires_at": expires_at, "id": 2,
        "scopes": ["read"], "token": "opaque", "url": "https://a.example/", "user_id": 3,
    })
}

fn limited(seconds: u64, source: LifetimeSource) -> Lifetime {
    Lifetime::limited(Duration::from_secs(seconds), source)
}

/// What says nothing about a lifetime.
fn unsaid() -> [Value; 7] {
    [
        json!(null),
        json!(0),
        json!(-1_800),
        json!(1e300),
        json!("1800"),
        json!([1_800]),
        json!(1_793_611_800),
    ]
}

#[tokio::test]
async fn the_claim_counts_by_the_date_of_the_answer_and_not_by_this_machine() {
    for odd in unsaid() {
        let (issued, requests) = issued(vec![token(NINE, JWT, &odd)]).await;
        let expected = limited(1_800, LifetimeSource::Claim);
        assert_eq!((issued.lifetime, requests), (expected, 1), "{odd}");
        assert_eq!(issued.refresh_token.unwrap().expose(), "new");
        // Whatever the server's clock shows, the token was received now.
        let since = SystemTime::now().duration_since(issued.received_at);
        assert!(since.unwrap() < Duration::from_secs(60));
    }
    // A server ten minutes ahead of the first.
    let later = "Mon, 02 Nov 2026 09:10:00 GMT";
    let (issued, _) = issued(vec![token(later, JWT, &json!(null))]).await;
    assert_eq!(issued.lifetime, limited(1_200, LifetimeSource::Claim));
}

#[tokio::test]
async fn else_zendesk_is_asked_by_its_own_date() {
    // Years behind this machine, and decades ahead of it.
    for (date, end) in [
        ("Tue, 02 Jan 2001 09:00:00 GMT", "2001-01-02T09:20:00Z"),
        ("Wed, 02 Jan 2075 09:00:00 GMT", "2075-01-02T09:20:00Z"),
    ] {
        let answers = vec![
            token(date, "opaque", &json!(null)),
            current(date, &shown(&json!(end))),
        ];
        let (issued, requests) = issued(answers).await;
        let expected = limited(1_200, LifetimeSource::CurrentToken);
        assert_eq!((issued.lifetime, requests), (expected, 2));
    }
    // So it is with a JWT that claims what cannot be.
    let past = "Mon, 02 Nov 2026 09:30:00 GMT";
    let answers = vec![
        token(past, JWT, &json!(null)),
        current(past, &shown(&json!("2026-11-02T10:00:00Z"))),
    ];
    let (issued, _) = issued(answers).await;
    assert_eq!(
        issued.lifetime,
        limited(1_800, LifetimeSource::CurrentToken)
    );
}

#[tokio::test]
async fn a_token_without_an_end_has_none() {
    let answers = vec![
        token(NINE, "opaque", &json!(null)),
        current(NINE, &shown(&json!(null))),
    ];
    let (issued, _) = issued(answers).await;
    assert_eq!(issued.lifetime, Lifetime::Unlimited);
}

#[tokio::test]
async fn when_that_fails_the_token_is_kept_for_the_shortest_time() {
    let ended = shown(&json!("2026-11-02T08:00:00Z"));
    let mut unnamed = shown(&json!(null));
    unnamed.as_object_mut().unwrap().remove("expires_at");
    for second in [
        Vec::new(),
        answer(500, &[], "<html>"),
        answer(401, &[], r#"{"error":"invalid_token"}"#),
        answer(
            429,
            &[("retry-after", "60")],
            "Number of allowed API requests",
        ),
        answer(200, &[("date", NINE)], "no JSON"),
        answer(200, &[("date", NINE)], "{}"),
        answer(302, &[("location", "/elsewhere")], ""),
        current(NINE, &ended),
        current(NINE, &unnamed),
        current(NINE, &shown(&json!("never"))),
    ] {
        let (issued, requests) = issued(vec![token(NINE, "opaque", &json!(null)), second]).await;
        assert_eq!(issued.lifetime, limited(300, LifetimeSource::Assumed));
        assert_eq!(issued.access_token.expose(), "opaque");
        assert_eq!(issued.refresh_token.unwrap().expose(), "new");
        assert_eq!(requests, 2);
    }
}

#[tokio::test]
async fn a_question_that_hangs_costs_the_token_nothing_but_seconds() {
    let server = Loopback::serving(2, |mut connection, number| async move {
        connection.request().await;
        if number == 0 {
            let sent = connection.send(&token(NINE, "opaque", &json!(null))).await;
            sent.unwrap();
            connection.close().await.unwrap();
        } else {
            connection.client_closes().await;
        }
    })
    .await;
    let zendesk = Zendesk::at(&server.url()).build().unwrap();
    let endpoint = TokenEndpoint::new(&zendesk, OAuthClientCredentials::public("app"));
    let begun = std::time::Instant::now();
    let issued = endpoint.refresh_token(&Secret::from("old")).await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(20));
    assert_eq!(issued.lifetime, limited(300, LifetimeSource::Assumed));
    assert_eq!(server.finished().await.len(), 2);
}

/// The source of a login that is over its time, at this server.
async fn due(server: &Loopback, store: MemoryStore) -> TokenSource {
    let zendesk = Zendesk::at(&server.url()).build().unwrap();
    let endpoint = TokenEndpoint::new(&zendesk, OAuthClientCredentials::public("app"));
    let source = TokenSource::builder(endpoint, store).build();
    let long_ago = SystemTime::now() - Duration::from_secs(3_600);
    let lifetime = limited(1_800, LifetimeSource::Answer);
    let issued = IssuedToken::new(Secret::from("old"), lifetime, long_ago);
    let issued = issued.refresh_token(Secret::from("old refresh"), None);
    source.log_in(&issued).await.unwrap();
    source
}

#[tokio::test]
async fn a_source_stores_and_serves_the_new_pair_before_zendesk_is_asked() {
    for (end, lasts) in [
        (json!(null), None),
        (json!("2026-11-02T09:30:00Z"), Some(1_800)),
    ] {
        let store = MemoryStore::new();
        let at_zendesk = store.clone();
        let (asked, mut question) = tokio::sync::mpsc::channel(1);
        let server = Loopback::serving(2, move |mut connection, number| {
            let (store, asked, end) = (at_zendesk.clone(), asked.clone(), end.clone());
            async move {
                let request = connection.request().await;
                let answer = if number == 0 {
                    token(NINE, "opaque", &json!(null))
                } else {
                    assert_eq!(request.target, "/api/v2/oauth/tokens/current");
                    let stored = store.load().await.unwrap().unwrap();
                    let (goes_on, wait) = oneshot::channel();
                    asked.send((stored.record, goes_on)).await.unwrap();
                    wait.await.unwrap();
                    current(NINE, &shown(&end))
                };
                connection.send(&answer).await.unwrap();
                connection.close().await.unwrap();
            }
        })
        .await;
        let source = due(&server, store.clone()).await;
        assert_eq!(source.access_token().await.unwrap().expose(), "opaque");
        let (record, goes_on) = question.recv().await.unwrap();
        // Zendesk is about to answer, and all is in safety.
        assert_eq!(record.access_token().expose(), "opaque");
        assert_eq!(record.refresh_token().unwrap().expose(), "new");
        assert!(record.intent().is_none());
        let lasts_now = |record: &Record| {
            let end = record.valid_until()?;
            Some(end.duration_since(record.obtained_at()).unwrap().as_secs())
        };
        assert_eq!(lasts_now(&record), Some(300));
        let mut watch = source.watch();
        goes_on.send(()).unwrap();
        while watch.current().valid_until == record.valid_until() {
            watch.changed().await;
        }
        server.finished().await;
        let mut stored = store.load().await.unwrap().unwrap();
        while lasts_now(&stored.record) == Some(300) {
            tokio::task::yield_now().await;
            stored = store.load().await.unwrap().unwrap();
        }
        assert_eq!(lasts_now(&stored.record), lasts);
        assert_eq!(stored.record.valid_until(), source.state().valid_until);
        assert_eq!(stored.record.generation(), 2);
    }
}

#[tokio::test]
async fn a_source_keeps_a_token_of_which_nothing_is_known_and_a_401_to_the_question_means_nothing()
{
    let refused = answer(401, &[], r#"{"error":"invalid_token"}"#);
    let answers = vec![token(NINE, "opaque", &json!(null)), refused];
    let server = Loopback::answering_in_turn(answers).await;
    let source = due(&server, MemoryStore::new()).await;
    assert_eq!(source.access_token().await.unwrap().expose(), "opaque");
    while server.requests().len() < 2 {
        tokio::task::yield_now().await;
    }
    assert_eq!(source.access_token().await.unwrap().expose(), "opaque");
    let state = source.state();
    assert!(
        state.is_usable && !state.is_rejected && state.failures == 0,
        "{state:?}"
    );
}

#[tokio::test]
async fn what_the_sandbox_says_of_its_own_token_is_taken() {
    for form in ["opaque", "jwt"] {
        let account = Account::new().await;
        account.sandbox.set_switch("access_token", form).unwrap();
        let real = account.logged_in().await;
        account.sandbox.clock().advance(Duration::from_secs(300));
        // The same token again, from an account that does not say how long it is good.
        let mute = Fault::status(200).with_body(json!({
            "access_token": real.access_token.expose(), "token_type": "bearer",
        }));
        let rule = FaultRule::on("create_token_for_grant_type", mute);
        account.sandbox.faults().add(rule).unwrap();
        let issued = account.server().client_credentials(["read"]).await.unwrap();
        let source = match form {
            "jwt" => LifetimeSource::Claim,
            _ => LifetimeSource::CurrentToken,
        };
        assert_eq!(issued.lifetime, limited(1_500, source), "{form}");
    }
}
