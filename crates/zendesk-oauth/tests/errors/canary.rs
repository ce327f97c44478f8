//! A canary in every secret, and in everything that a server may send: whatever the types of this
//! crate print or trace, it appears nowhere.

use zendesk_oauth::support::{NewOAuthClient, OAuthClientChanges};
use zendesk_oauth::zis::{ConnectionName, IntegrationName};
use zendesk_oauth::{Call, Credentials, Error, Subdomain, Zendesk};
use zendesk_oauth_tests::{Closed, Loopback, Traces, answer, answer_claiming, printed};

use crate::clients::{builder, by_name, client};

fn assert_clean(place: &str, printed: &str) {
    if let Some((before, after)) = printed.split_once("CANARY") {
        let from = before.char_indices().rev().nth(200).map_or(0, |(at, _)| at);
        let after: String = after.chars().take(100).collect();
        panic!(
            "{place} prints a secret: …{}CANARY{after}…",
            &before[from..]
        );
    }
}

/// Sends a call, and looks at all that it prints; whether it succeeded.
async fn drive<T: std::fmt::Debug + Send + 'static>(place: &str, call: Call<T>) -> bool {
    assert_clean(place, &format!("{call:?} {call:#?}"));
    match call.with_response().await {
        Ok(value) => {
            assert_clean(place, &format!("{value:?} {value:#?}"));
            let value = value.into_inner();
            assert_clean(place, &format!("{value:?} {value:#?}"));
            true
        }
        Err(error) => {
            assert_clean(place, &printed(&error));
            let boxed: Box<dyn std::error::Error + Send + Sync> = error.into();
            assert_clean(place, &printed(&*boxed));
            false
        }
    }
}

/// Looks at all that the outcome of a flow or a list prints.
fn look<T: std::fmt::Debug>(place: &str, outcome: Result<T, Error>) {
    match outcome {
        Ok(value) => assert_clean(place, &format!("{value:?} {value:#?}")),
        Err(error) => assert_clean(place, &printed(&error)),
    }
}

/// Makes the flows and lists, each of one request or more.
async fn drive_flows(place: &str, client: &Zendesk) {
    let clients = client.oauth_clients();
    let new = NewOAuthClient::confidential("A client", "a_client");
    look(place, clients.register(new).await);
    look(place, clients.generate_secret(1).await);
    let list = clients.list();
    assert_clean(place, &format!("{list:?} {:?}", list.clone().pages()));
    look(place, list.clone().page().await);
    look(place, list.all(9).await);
    let by_offset = clients.list_by_offset();
    assert_clean(
        place,
        &format!("{by_offset:?} {:?}", by_offset.clone().pages()),
    );
    look(place, by_offset.page().await);
}

/// How many calls `drive_all` makes.
const CALLS: usize = 8;

/// Makes every call of every area; how many succeeded.
async fn drive_all(place: &str, client: &Zendesk) -> usize {
    let (clients, zis, chat) = (
        client.oauth_clients(),
        client.zis("an_integration"),
        client.chat(),
    );
    assert_clean(
        place,
        &format!("{client:?} {client:#?} {clients:?} {zis:?} {chat:?}"),
    );
    let new = NewOAuthClient::confidential("A client", "a_client");
    let outcomes: [bool; CALLS] = [
        drive(place, clients.create(new)).await,
        drive(place, clients.show(1)).await,
        drive(
            place,
            clients.update(1, OAuthClientChanges::new().name("B")),
        )
        .await,
        drive(place, clients.generate_oauth_client_secret(1)).await,
        drive(place, clients.delete(1)).await,
        drive(place, zis.show_oauth_connection(by_name("a_connection"))).await,
        drive(place, chat.list()).await,
        drive(place, chat.revoke(1)).await,
    ];
    outcomes.iter().filter(|succeeded| **succeeded).count()
}

const HEADERS: [(&str, &str); 4] = [
    (
        "location",
        "https://provider.example/authorize?state=CANARY-location",
    ),
    ("set-cookie", "session=CANARY-cookie"),
    ("www-authenticate", "Bearer error=\"CANARY\""),
    ("x-request-id", "abc-123"),
];

/// Of each area the answer of a success, with more than the documents name.
const SUCCESSES: [&str; 3] = [
    r#"{"client": {"id": 1, "name": "a", "identifier": "a", "user_id": 1, "secret": "CANARY-secret",
        "tomorrow": {"token": ["CANARY-unknown"]}}, "tomorrow": "CANARY-beside"}"#,
    r#"{"uuid": "1", "name": "a", "access_token": "CANARY-access", "refresh_token": "CANARY-refresh",
        "oauth_access_token_response_body": "{\"access_token\": \"CANARY-body\"}",
        "raw_callback_params": "code=CANARY-code", "tomorrow": "CANARY-unknown"}"#,
    r#"[{"id": 1, "access_token": "CANARY-access", "refresh_token": "CANARY-refresh",
        "tomorrow": {"token": "CANARY-unknown"}}]"#,
];

/// Lists of which nothing can be walked but the first page.
const LISTS: [&str; 2] = [
    r#"{"clients": [{"id": 1, "name": "a", "identifier": "a", "user_id": 1, "secret": "CANARY-secret",
        "tomorrow": "CANARY"}], "meta": {"has_more": true, "after_cursor": "CANARY-cursor"}}"#,
    r#"{"clients": [{"id": 1, "name": "a", "identifier": "a", "user_id": 1, "secret": "CANARY-secret"}],
        "next_page": "https://acme.zendesk.com/?CANARY-next", "count": 9, "tomorrow": "CANARY"}"#,
];

const FAILURES: [&str; 7] = [
    "CANARY-text",
    "<p>CANARY-html</p>",
    r#"{"error": "CANARY-error", "error_description": "CANARY-description"}"#,
    r#"{"error": "invalid_token", "error_description": "CANARY is expired", "description": "CANARY"}"#,
    r#"{"errors": [{"code": "CANARY-1", "title": "CANARY-2", "detail": "CANARY-3"}]}"#,
    r#"{"error": {"title": "CANARY-4", "message": "CANARY-5"}, "details": {"CANARY-6": [{"error": "CANARY-7"}]}}"#,
    r#"{"client": {"CANARY-8": 1, "secret": ["CANARY-9"], "id": "CANARY-10"}}"#,
];

#[tokio::test]
async fn no_secret_is_printed_or_traced() {
    let traces = Traces::of_the_process();
    let mut succeeded = 0;
    for body in SUCCESSES {
        for status in [200, 201, 204] {
            let server = Loopback::answering(answer(status, &HEADERS, body)).await;
            let client = client(&server.url());
            succeeded += drive_all(body, &client).await;
            drive_flows(body, &client).await;
        }
    }
    assert!(succeeded >= 8, "{succeeded}");
    let statuses = [200, 307, 400, 401, 403, 404, 409, 422, 429, 500, 503];
    for body in SUCCESSES.iter().chain(&FAILURES) {
        let broken = answer_claiming(401, &HEADERS, body, body.len() + 9);
        let whole = statuses.map(|status| answer(status, &HEADERS, body));
        let answers = whole.into_iter().chain([broken]);
        let in_turn = answers.flat_map(|answer| vec![answer; CALLS]);
        let server = Loopback::answering_in_turn(in_turn).await;
        let client = client(&server.url());
        for _ in 0..=statuses.len() {
            drive_all(body, &client).await;
        }
        assert_eq!(server.requests().len(), CALLS * (statuses.len() + 1));
    }
    for body in LISTS.iter().chain(&FAILURES) {
        for status in [200, 400, 401, 429] {
            let server = Loopback::answering(answer(status, &HEADERS, body)).await;
            drive_flows(body, &client(&server.url())).await;
        }
    }
    let closed = Closed::port();
    let refused = closed.url();
    drive_all("nobody listens", &client(&refused)).await;
    drive_all(
        "there are no credentials",
        &Zendesk::at(&refused).build().unwrap(),
    )
    .await;

    let traced = traces.text();
    assert!(
        traced.contains("list_chat_oauth_tokens"),
        "calls are traced"
    );
    assert!(traced.contains("abc-123"), "request ids are traced");
    assert_clean("a trace", &traced);
}

#[test]
fn secrets_in_the_wrong_place_are_not_printed() {
    let token = "CANARY-0123456789abcdef0123456789abcdef0123456789abcdef0123456789+=";
    for text in [
        token,
        &token.replace('-', "/"),
        &token.replacen('-', " ", 1),
        &format!(" {token} "),
        "user:CANARY@host",
    ] {
        let errors = [
            Subdomain::new(text).unwrap_err(),
            IntegrationName::new(text).unwrap_err(),
            ConnectionName::new(text).unwrap_err(),
        ];
        for error in errors {
            assert_clean(text, &printed(&error));
            assert_clean(text, &printed(&zendesk_oauth::Error::from(error)));
        }
    }
    for base_url in [
        token.to_owned(),
        format!("https://{token}"),
        format!("http://{token}/"),
        format!("https://user:{token}@acme.zendesk.com"),
        format!("https://acme.zendesk.com?{token}"),
        format!("http://acme.zendesk.com/{token}"),
    ] {
        let builder = Zendesk::at(&base_url);
        assert_clean(&base_url, &format!("{builder:?} {builder:#?}"));
        if let Err(error) = builder.build() {
            assert_clean(&base_url, &printed(&error));
        }
    }
    for credentials in [
        Credentials::bearer("CANARY\n"),
        Credentials::basic("CANARY:", "CANARY"),
        Credentials::api_token("CANARY\r", "CANARY"),
    ] {
        let builder = builder("http://127.0.0.1:1").support(credentials);
        assert_clean("credentials", &format!("{builder:?}"));
        assert_clean("credentials", &printed(&builder.build().unwrap_err()));
    }
    let agent = builder("http://127.0.0.1:1").user_agent("CANARY\n");
    assert_clean("a user agent", &printed(&agent.build().unwrap_err()));
}
