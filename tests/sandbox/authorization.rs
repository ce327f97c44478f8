//! The authorization page: who is asked, who is redirected, and who is told off.

use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::oauth::{CALLBACK, Client, code_request, form, redirected, refusal, with};
use crate::zendesk::{Answer, Zendesk, answered};

async fn shown(zendesk: &Zendesk, client: &Client, parameters: &[(&str, &str)]) -> Answer {
    let page = zendesk.page(client, parameters);
    answered(zendesk.request(Method::GET, page.as_str())).await
}

async fn posted(zendesk: &Zendesk, client: &Client, further: &[(&str, &str)]) -> Answer {
    let page = zendesk.page(client, &[]);
    let mut pairs: Vec<(String, String)> = page.query_pairs().into_owned().collect();
    let further = further
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    pairs.extend(further);
    answered(form(
        zendesk.request(Method::POST, "/oauth/authorizations"),
        &pairs,
    ))
    .await
}

#[tokio::test]
async fn a_person_is_asked_on_a_page_that_escapes_all_it_shows() {
    let zendesk = Zendesk::start().await;
    let client = zendesk.register("public").await;
    let page = shown(&zendesk, &client, &[]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.header("content-type").starts_with("text/html"));
    assert_eq!(page.header("x-frame-options"), "DENY");
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    let policy = page.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("form-action"));
    let text = &page.text;
    assert!(text.contains("App &lt;b&gt;&amp;&quot;&#39;") && !text.contains("<b>"));
    assert!(
        text.contains("value=\"CANARY-state &amp;&quot;\""),
        "{text}"
    );
    assert!(text.contains("Read everything that you can read"));
    assert!(text.contains("id=\"allow\"") && text.contains("id=\"deny\""));
    assert!(text.contains("<option value=\"29\" selected>"), "{text}");
    assert!(!text.contains("<script"));
}

#[tokio::test]
async fn the_form_leads_to_a_token_of_the_chosen_user() {
    let zendesk = Zendesk::start().await;
    let client = zendesk.register("public").await;
    let answer = posted(
        &zendesk,
        &client,
        &[("decision", "allow"), ("user_id", "30")],
    )
    .await;
    let location = answer.header("location").to_owned();
    assert!(
        location.starts_with(&format!("{CALLBACK}&code=")),
        "{location}"
    );
    assert_eq!(redirected(&answer, "state"), "CANARY-state &\"");
    let code = redirected(&answer, "code");
    assert!(code.len() == 41 && code.bytes().all(|it| it.is_ascii_alphanumeric()));
    let token = zendesk.ask(&code_request(&client, &code)).await.json();
    let token = token["access_token"].as_str().unwrap();
    let me = zendesk
        .request(Method::GET, "/api/v2/users/me")
        .bearer_auth(token);
    assert_eq!(answered(me).await.json()["user"]["id"], 30);
}

#[tokio::test]
async fn a_person_can_deny() {
    let zendesk = Zendesk::start().await;
    let client = zendesk.register("public").await;
    let answer = posted(
        &zendesk,
        &client,
        &[("decision", "deny"), ("user_id", "30")],
    )
    .await;
    assert_eq!(redirected(&answer, "error"), "access_denied");
    assert!(!redirected(&answer, "error_description").is_empty());
    assert_eq!(redirected(&answer, "state"), "CANARY-state &\"");
    assert_eq!(redirected(&answer, "code"), "");
}

#[tokio::test]
async fn a_form_that_the_page_did_not_make_is_refused() {
    let zendesk = Zendesk::start().await;
    let client = zendesk.register("public").await;
    for further in [
        &[("decision", "allow"), ("user_id", "999")][..],
        &[("decision", "allow"), ("user_id", "CANARY-x")],
        &[("decision", "allow")],
        &[("decision", "CANARY-perhaps"), ("user_id", "29")],
        &[("user_id", "29")],
        &[
            ("decision", "allow"),
            ("user_id", "29"),
            ("redirect_uri", "https://evil.example.com/"),
        ],
        &[
            ("decision", "deny"),
            ("user_id", "29"),
            ("client_id", "nobody"),
        ],
    ] {
        let answer = posted(&zendesk, &client, further).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{further:?}");
        assert_eq!(answer.header("location"), "");
        assert!(!answer.text.contains("CANARY"), "{}", answer.text);
    }
    let scope = [("decision", "allow"), ("user_id", "29"), ("scope", "")];
    let answer = posted(&zendesk, &client, &scope).await;
    assert_eq!(redirected(&answer, "error"), "invalid_request");
    let json = zendesk
        .request(Method::POST, "/oauth/authorizations")
        .json(&1);
    assert_eq!(answered(json).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn nobody_is_redirected_to_where_the_client_did_not_register() {
    for consent in ["ask", "approve", "deny"] {
        let zendesk = with("consent", consent).await;
        let client = zendesk.register("public").await;
        for parameters in [
            [("client_id", "CANARY-nobody")],
            [("client_id", "")],
            [("redirect_uri", "https://app.example.com/callback")],
            [(
                "redirect_uri",
                "https://app.example.com/callback?kept=1&more=1",
            )],
            [("redirect_uri", "")],
        ] {
            let answer = shown(&zendesk, &client, &parameters).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{parameters:?}");
            assert_eq!(answer.header("location"), "");
            assert!(answer.header("content-type").starts_with("text/html"));
            assert!(!answer.text.contains("CANARY"));
        }
    }
}

#[tokio::test]
async fn what_is_wrong_otherwise_is_told_to_the_client() {
    let zendesk = with("consent", "approve").await;
    let client = zendesk.register("public").await;
    for (parameters, error) in [
        (&[("response_type", "")][..], "invalid_request"),
        (&[("response_type", "token")], "unsupported_response_type"),
        (&[("scope", "")], "invalid_request"),
        (&[("scope", "bogus")], "invalid_scope"),
        (&[("code_challenge", "")], "invalid_request"),
        (&[("code_challenge", "short")], "invalid_request"),
        (&[("code_challenge_method", "S512")], "invalid_request"),
        (
            &[("code_challenge", ""), ("code_challenge_method", "")],
            "invalid_request",
        ),
    ] {
        let answer = shown(&zendesk, &client, parameters).await;
        assert_eq!(redirected(&answer, "error"), error, "{parameters:?}");
        assert_eq!(redirected(&answer, "state"), "CANARY-state &\"");
        assert!(!redirected(&answer, "error_description").is_empty());
        assert_eq!(redirected(&answer, "kept"), "1");
    }
    let confidential = zendesk.register("confidential").await;
    let without = [
        ("code_challenge", ""),
        ("code_challenge_method", ""),
        ("state", ""),
    ];
    let answer = shown(&zendesk, &confidential, &without).await;
    assert_eq!(redirected(&answer, "code").len(), 41);
    assert!(!answer.header("location").contains("state"));
}

#[tokio::test]
async fn nobody_is_asked_where_the_switch_says_so() {
    let zendesk = with("consent", "approve").await;
    let client = zendesk.register("public").await;
    let first = zendesk.code(&client, &[]).await;
    assert_ne!(first, zendesk.code(&client, &[]).await);
    zendesk.sandbox.set_switch("consent", "deny").unwrap();
    let answer = shown(&zendesk, &client, &[]).await;
    assert_eq!(redirected(&answer, "error"), "access_denied");
}

#[tokio::test]
async fn the_browser_that_is_signed_in_is_who_agrees() {
    let zendesk = with("consent", "approve").await;
    let client = zendesk.register("public").await;
    let page = zendesk.page(&client, &[]);
    let session = format!(
        "a=b; _zendesk_session={}",
        zendesk
            .sandbox
            .credentials()
            .admin_session
            .as_deref()
            .unwrap()
    );
    for cookie in [session.as_str(), "_zendesk_session=CANARY-unknown"] {
        let answer = zendesk
            .request(Method::GET, page.as_str())
            .header("cookie", cookie);
        assert_eq!(redirected(&answered(answer).await, "code").len(), 41);
    }
}

#[tokio::test]
async fn a_global_client_is_asked_for_as_any_other() {
    let zendesk = with("consent", "approve").await;
    let client = Client {
        id: 223_443,
        identifier: "zdg-stats_widget".to_owned(),
        secret: String::new(),
    };
    let callback = ("redirect_uri", "http://localhost/callback");
    let code = zendesk.code(&client, &[callback]).await;
    let mut request = code_request(&client, &code);
    request["redirect_uri"] = callback.1.into();
    let pair = zendesk.ask(&request).await.json();
    assert_eq!(pair["expires_in"], 1_800);
    let listed = zendesk
        .get("/api/v2/oauth/tokens?global_client_id=223443")
        .await
        .json();
    assert_eq!(
        (&listed["count"], &listed["tokens"][0]["client_id"]),
        (&1.into(), &client.id.into())
    );
    assert_eq!(zendesk.tried(&pair).await, StatusCode::OK);
    let summary = "/api/v2/oauth/global_clients/token_summary";
    let summed_up = json!([{
        "id": 223_443, "last_used_at": "2026-11-02T09:00:00Z", "tokens_count": 1,
    }]);
    assert_eq!(
        zendesk.get(summary).await.json()["global_clients"],
        summed_up
    );
    zendesk
        .sandbox
        .clock()
        .advance(SignedDuration::from_hours(1));
    let expired = zendesk
        .get(&format!("{summary}?include_expired=true"))
        .await;
    assert_eq!(expired.json()["global_clients"], summed_up);
    let rest = zendesk.get(summary).await.json();
    assert_eq!(rest["global_clients"][0]["tokens_count"], 0);
    // It has no secret here, so none is right.
    request["client_secret"] = "CANARY-secret".into();
    let answer = zendesk.ask(&request).await;
    assert_eq!(refusal(&answer), (401, "invalid_client".to_owned()));
}
