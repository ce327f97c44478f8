//! What errors say, word for word.

use zendesk_oauth::{Credentials, Zendesk};
use zendesk_oauth_tests::{Closed, Loopback, Silence, answer, printed};

use crate::clients::{Asked, answered, answered_each, builder, client, without_names, without_tls};

const SUPPORT: &str = "show_oauth_client (GET /api/v2/oauth/clients/{oauth_client_id})";
const ZIS: &str = "show_oauth_connection (GET /api/services/zis/connections/{integration})";
const CHAT: &str = "list_chat_oauth_tokens (GET /oauth/tokens)";

const ZIS_NEEDS: &str = "ZIS needs a token of the integration's own OAuth client, not an API token: \
    create one for the client `zis_{integration}`, which registering the integration returned, with \
    POST /api/v2/oauth/tokens, and give it with `zis(integration, Credentials::bearer(token))`.";
const CHAT_NEEDS: &str = "Chat needs a Chat access token, and one of Support does not work: make an \
    API client in the Chat dashboard (Settings > Account > API), get a token with it, and give it \
    with `chat(Credentials::bearer(token))`.";
const SUPPORT_NEEDS: &str = "Support needs an OAuth access token: make an OAuth client in Admin Center \
    (Apps and integrations > APIs > OAuth clients), and give a `TokenSource` that gets tokens with it \
    and refreshes them, with `support(source.credentials())`, or one token, with \
    `support(Credentials::bearer(token))`. This operation is for administrators.";
const EXPIRED: &str = "The access token is expired, revoked or malformed: get a new one.";

#[tokio::test]
async fn refused_credentials_say_what_the_area_needs() {
    use Asked::{Chat, Support, Zis};
    let invalid = r#"{"error": "invalid_token", "error_description": "CANARY"}"#;
    let scopes = r#"{"error": "Forbidden", "error_description": "Missing the following required scopes: read"}"#;
    let wants_scopes =
        "Get an access token with these scopes; those of an existing token cannot be changed.";
    let mismatch = "Authorization failed due to integration mismatch";
    let no_api_token = "API token is not supported";
    let table = [
        (
            Support,
            401,
            "",
            format!("{SUPPORT}: 401 Unauthorized, no body. {SUPPORT_NEEDS}"),
        ),
        (
            Support,
            401,
            "CANARY",
            format!("{SUPPORT}: 401 Unauthorized, a body that is not printed. {SUPPORT_NEEDS}"),
        ),
        (
            Support,
            401,
            invalid,
            format!("{SUPPORT}: 401 Unauthorized, invalid_token. {EXPIRED}"),
        ),
        (
            Support,
            401,
            r#"{"error": "Couldn't authenticate you"}"#,
            format!(
                "{SUPPORT}: 401 Unauthorized, Couldn't authenticate you. Zendesk does not take these credentials: check subdomain, email and token. API tokens stop on 2027-04-30; OAuth access tokens stay."
            ),
        ),
        (
            Support,
            403,
            r#"{"error": {"title": "Forbidden", "message": "CANARY"}}"#,
            format!(
                "{SUPPORT}: 403 Forbidden, Forbidden. The user of the token has to be an administrator, and the token has to have the scope `read`, or `write` to change something."
            ),
        ),
        (
            Support,
            403,
            scopes,
            format!(
                "{SUPPORT}: 403 Forbidden, Forbidden: Missing the following required scopes: read. {wants_scopes}"
            ),
        ),
        (
            Zis,
            401,
            "",
            format!("{ZIS}: 401 Unauthorized, no body. {ZIS_NEEDS}"),
        ),
        (
            Zis,
            403,
            "",
            format!("{ZIS}: 403 Forbidden, no body. {ZIS_NEEDS}"),
        ),
        (
            Zis,
            401,
            mismatch,
            format!("{ZIS}: 401 Unauthorized, {mismatch}. {ZIS_NEEDS}"),
        ),
        (
            Zis,
            401,
            no_api_token,
            format!("{ZIS}: 401 Unauthorized, {no_api_token}. {ZIS_NEEDS}"),
        ),
        (
            Zis,
            401,
            r#"{"errors": [{"code": "1200", "detail": "Unauthorized"}]}"#,
            format!("{ZIS}: 401 Unauthorized, 1200: Unauthorized. {ZIS_NEEDS}"),
        ),
        (
            Zis,
            401,
            invalid,
            format!("{ZIS}: 401 Unauthorized, invalid_token. {EXPIRED} {ZIS_NEEDS}"),
        ),
        (
            Zis,
            403,
            scopes,
            format!(
                "{ZIS}: 403 Forbidden, Forbidden: Missing the following required scopes: read. {wants_scopes}"
            ),
        ),
        (
            Chat,
            401,
            "Unauthorized",
            format!("{CHAT}: 401 Unauthorized, Unauthorized. {CHAT_NEEDS}"),
        ),
        (
            Chat,
            403,
            "",
            format!(
                "{CHAT}: 403 Forbidden, no body. The agent of the Chat access token has to be an administrator, and the token has to have the scope `read`, or `write` to revoke; a token of Support does not work."
            ),
        ),
        (
            Chat,
            401,
            invalid,
            format!("{CHAT}: 401 Unauthorized, invalid_token. {EXPIRED} {CHAT_NEEDS}"),
        ),
    ];
    for (asked, status, body, expected) in table {
        let error = answered(asked, status, &[], body).await;
        assert_eq!(error.to_string(), expected);
        assert_eq!(format!("{error:?}"), expected);
    }
}

#[cfg(all(feature = "oauth-tokens", feature = "global-oauth-clients"))]
#[tokio::test]
async fn what_others_than_administrators_may_call_does_not_ask_for_one() {
    let invalid = answer(401, &[], r#"{"error": "invalid_token"}"#);
    let answers = vec![
        invalid.clone(),
        invalid,
        answer(403, &[], ""),
        answer(403, &[], ""),
        answer(403, &[], ""),
    ];
    let server = Loopback::answering_in_turn(answers).await;
    let client = client(&server.url());
    let tokens = client.oauth_tokens();
    let show_current = tokens.show_current_support_oauth_token();
    let error = show_current.await.unwrap_err().to_string();
    assert!(error.contains("takes a bearer token only"), "{error}");
    let revoke_current = tokens.revoke_current_support_oauth_token();
    let error = revoke_current.await.unwrap_err().to_string();
    assert!(error.contains("takes a bearer token only"), "{error}");
    let error = tokens.show(1).await.unwrap_err().to_string();
    assert!(error.contains("Every user may do this"), "{error}");
    let error = tokens.revoke(1).await.unwrap_err().to_string();
    assert!(error.contains("Every user may do this"), "{error}");
    let error = client.global_oauth_clients().show(1).await.unwrap_err();
    let error = error.to_string();
    assert!(error.contains("or an agent with the permission"), "{error}");

    let bare = Zendesk::at(&server.url()).build().unwrap();
    let error = bare.oauth_tokens().show(1).await.unwrap_err().to_string();
    assert!(error.contains("a `TokenSource`"), "{error}");
    assert!(!error.contains("administrator"), "{error}");
}

#[tokio::test]
async fn other_answers_say_what_to_do_next() {
    let id = [("x-request-id", "r-1")];
    let not_found = r#"{"error": "RecordNotFound", "description": "Not found"}"#;
    let invalid = r#"{"error": "RecordInvalid", "details": {"name": [{"error": "BlankValue"}]}}"#;
    let table = [
        (
            404,
            not_found,
            "404 Not Found, RecordNotFound: Not found [request id r-1]. There is no such thing, or these credentials may not see it.",
        ),
        (
            422,
            invalid,
            "422 Unprocessable Entity, RecordInvalid; name: BlankValue [request id r-1]. Change the request: api_error() has what the server said, per field where it says so.",
        ),
        (
            429,
            "Too many requests",
            "429 Too Many Requests, Too many requests [request id r-1]. The rate limit is reached: wait as long as retry_after() says, or ten seconds, and repeat.",
        ),
        (
            503,
            "",
            "503 Service Unavailable, no body [request id r-1]. The server is unavailable for now: wait as long as retry_after() says, and repeat if that is harmless.",
        ),
        (
            200,
            r#"{"client": 1}"#,
            "200 OK, but the answer does not decode: a value has another type than documented (at `client`) [request id r-1]. The server and the document disagree: body_text() has the answer. Please report the place to this crate.",
        ),
    ];
    for (status, body, expected) in table {
        let error = answered(Asked::Support, status, &id, body).await;
        assert_eq!(error.to_string(), format!("{SUPPORT}: {expected}"));
    }
}

#[tokio::test]
async fn input_that_is_refused_is_named_with_its_rule() {
    let server = Silence::start().await;
    let bare = Zendesk::at(&server.url()).build().unwrap();
    let error = Asked::Support.fails(&bare).await;
    assert_eq!(
        error.to_string(),
        format!(
            "{SUPPORT}: there are no credentials for Support. Nothing was sent. {SUPPORT_NEEDS}"
        )
    );
    let error = Asked::Zis.fails(&bare).await;
    assert_eq!(
        error.to_string(),
        format!("{ZIS}: there are no credentials for ZIS. Nothing was sent. {ZIS_NEEDS}")
    );
    let error = Asked::Chat.fails(&bare).await;
    assert_eq!(
        error.to_string(),
        format!("{CHAT}: there are no credentials for Chat. Nothing was sent. {CHAT_NEEDS}")
    );

    let error = Zendesk::for_subdomain("acme.zendesk.com").unwrap_err();
    assert_eq!(
        error.to_string(),
        "`acme.zendesk.com` is no subdomain, because its character 5 is `.`. Nothing was sent. Give 1 \
         to 63 letters, digits and hyphens, and no hyphen at either end, such as `acme` of \
         https://acme.zendesk.com."
    );
    let call = client(&server.url()).zis("My Integration");
    let error = call
        .show_oauth_connection(crate::clients::by_name("abc"))
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "{ZIS}: `My Integration` is no integration name, because its character 1 is `M`. Nothing was sent. Give 1 to 64 of a-z, 0-9, `-` and `_`."
        )
    );
    let error = zendesk_oauth::zis::ConnectionName::new("ab").unwrap_err();
    assert_eq!(
        error.to_string(),
        "`ab` is no connection name, because it is 2 characters long. Nothing was sent. Give 3 to 64 \
         of A-Z, a-z, 0-9, `_` and `-`."
    );
    let error = Zendesk::at("http://acme.example/x").build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "`http://acme.example/x` cannot be the base URL: secrets would travel over unencrypted http \
         to another machine. Nothing was sent. Use https; plain http is for loopback (localhost, \
         127.0.0.0/8, [::1]) only."
    );
    let token = Credentials::bearer("CANARY\n");
    let error = Zendesk::at(&server.url()).chat(token).build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the credentials cannot be sent: the access token has a character that cannot be sent. Trim line \
         ends and spaces, and give a token without the word `Bearer`."
    );
    server.assert_untouched().await;
}

#[tokio::test]
async fn failures_of_the_network_name_the_server_and_what_to_check() {
    let closed = Closed::port();
    let refused = closed.url();
    let plain = without_tls().await;
    let no_tls = plain.url().replace("http://", "https://");
    let table = [
        (refused.clone(), format!("could not connect to `{refused}`. Check the host of the base URL, the network and the proxy.")),
        (no_tls.clone(), format!("could not connect securely to `{no_tls}`. Check the host of the base URL, the clock, and whether a proxy puts its own certificate in between.")),
        ("https://acme.invalid/stem".to_owned(), "could not connect to `https://acme.invalid`. Check the host of the base URL, the network and the proxy.".to_owned()),
    ];
    for (base_url, expected) in table {
        let client = builder(&base_url)
            .http_client_builder(without_names())
            .build()
            .unwrap();
        let error = Asked::Support.fails(&client).await;
        assert_eq!(error.to_string(), format!("{SUPPORT}: {expected}"));
    }
}

#[tokio::test]
async fn a_message_is_one_line_whatever_the_server_sends() {
    let bodies = [
        r#"{"error": "a\nb", "description": "c\r\nd"}"#,
        r#"{"error": {"title": "a\u2028b", "message": "\u0085"}, "details": {"a\nb": [{"error": "c\nd", "description": "\n"}]}}"#,
        r#"{"errors": [{"code": "1\n2", "title": "\n", "detail": "\u001b[31m"}]}"#,
        "Not found\nNot found",
        "\n\n",
        "<p>\n</p>",
        "{\"client\": {\"a\\nb\": 1, \"id\": \"x\\ny\"}}",
    ];
    let statuses = [302, 400, 401, 403, 404, 422, 429, 500, 503];
    let id = [("x-request-id", "a\tb")];
    for asked in Asked::ALL {
        let answers = statuses
            .iter()
            .flat_map(|status| bodies.map(|body| answer(*status, &id, body)));
        for error in answered_each(asked, answers.collect()).await {
            let text = printed(&error);
            // Four lines for each error of the chain: one for each way of printing it.
            let first: &dyn std::error::Error = &error;
            let chain = std::iter::successors(Some(first), |error| error.source());
            assert_eq!(text.lines().count(), 4 * chain.count(), "{text}");
            let is_clean = |char: char| char == '\n' || (char.is_ascii() && !char.is_control());
            assert!(text.chars().all(is_clean), "{text:?}");
        }
    }
}
