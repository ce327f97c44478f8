//! What is sent of new clients and of changes, and what is not sent at all.

use serde_json::json;
use zendesk_oauth::support::{NewOAuthClient, OAuthClientChanges, OAuthClientKind};

use super::Account;

const CALLBACK: &str = "https://app.example.com/callback";

#[tokio::test]
async fn every_member_of_a_new_client_is_sent() {
    let account = Account::new().await;
    let new = NewOAuthClient::public("App", "app", "http://localhost:1/old")
        .company("Acme")
        .description("Shows tickets")
        .redirect_uris([CALLBACK, "http://localhost:8080/callback"])
        .user_id(29);
    let created = account.zendesk.oauth_clients().create(new).await.unwrap();
    assert_eq!(created.company.as_deref(), Some("Acme"));
    let sent = account.sandbox.journal().pop().unwrap().body.unwrap();
    assert_eq!(
        sent["client"]
            .as_object()
            .unwrap()
            .keys()
            .collect::<Vec<_>>(),
        [
            "company",
            "description",
            "identifier",
            "kind",
            "name",
            "redirect_uri",
            "user_id"
        ],
    );
    let shown = account
        .zendesk
        .oauth_clients()
        .show(created.id)
        .await
        .unwrap();
    assert_eq!(shown.name, "App");
    assert_eq!(shown.identifier, "app");
    assert_eq!(shown.kind, Some(OAuthClientKind::Public));
    assert_eq!(shown.company.as_deref(), Some("Acme"));
    assert_eq!(shown.description.as_deref(), Some("Shows tickets"));
    assert_eq!(shown.user_id, Some(29));
    let uris = [CALLBACK, "http://localhost:8080/callback"].map(str::to_owned);
    assert_eq!(shown.redirect_uri, Some(uris.to_vec()));
}

#[tokio::test]
async fn a_confidential_client_sends_what_the_document_s_example_sends() {
    let account = Account::new().await;
    let new = NewOAuthClient::confidential("Test Client", "unique_id");
    account.zendesk.oauth_clients().create(new).await.unwrap();
    let sent = account.sandbox.journal().pop().unwrap().body.unwrap();
    let names: Vec<_> = sent["client"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["identifier", "kind", "name"]);
}

#[tokio::test]
async fn every_change_is_sent_alone_and_the_rest_stays() {
    let account = Account::new().await;
    let clients = account.zendesk.oauth_clients();
    let new = NewOAuthClient::confidential("App", "app").redirect_uris([CALLBACK]);
    let id = clients.create(new).await.unwrap().id;
    let change = OAuthClientChanges::new;
    for (member, changes, value) in [
        ("name", change().name("B"), json!("B")),
        ("identifier", change().identifier("b"), json!("b")),
        ("company", change().company("Acme"), json!("Acme")),
        ("description", change().description("D"), json!("D")),
        (
            "redirect_uri",
            change().redirect_uris(["https://b.example.com/"]),
            json!(["https://b.example.com/"]),
        ),
        ("user_id", change().user_id(29), json!(29)),
        (
            "kind",
            change().kind(OAuthClientKind::Public),
            json!("public"),
        ),
    ] {
        let before = clients.show(id).await.unwrap();
        assert!(!changes.is_empty());
        let after = clients.update(id, changes).await.unwrap();
        let sent = account.sandbox.journal().pop().unwrap().body.unwrap();
        let names: Vec<_> = sent["client"].as_object().unwrap().keys().collect();
        assert_eq!(names, [member]);
        let mut expected = serde_json::to_value(before).unwrap();
        let mut after = serde_json::to_value(after).unwrap();
        expected[member] = value;
        for object in [&mut expected, &mut after] {
            let object = object.as_object_mut().unwrap();
            // Another kind is another secret.
            object.remove("secret");
            object.remove("updated_at");
        }
        assert_eq!(after, expected, "{member}");
    }
}

#[tokio::test]
async fn what_breaks_a_rule_is_not_sent_and_the_error_says_the_rule() {
    let account = Account::new().await;
    let clients = account.zendesk.oauth_clients();
    let new = NewOAuthClient::confidential;
    let change = OAuthClientChanges::new;
    for (new, member) in [
        (new("", "app"), "name"),
        (new(" \t", "app"), "name"),
        (new("App", ""), "identifier"),
        (new("App", "app").redirect_uris(["/callback"]), "redirect"),
        (
            new("App", "app").redirect_uris([CALLBACK, "http://a.example/"]),
            "https",
        ),
        (NewOAuthClient::public("App", "app", ""), "redirect"),
        (
            NewOAuthClient::public("App", "app", "javascript:alert(1)"),
            "redirect",
        ),
        (
            new("App", "app").redirect_uris(["data:text/html,x"]),
            "redirect",
        ),
        (
            NewOAuthClient::public("App", "app", CALLBACK).redirect_uris([""; 0]),
            "a public client has no redirect URI",
        ),
        (new("A\npp", "app"), "`name`"),
        (new("App", "app\0"), "`identifier`"),
        (new("App", "app").company("A\u{7f}"), "`company`"),
        (
            new("App", "app").description("a\u{1b}[31m"),
            "`description`",
        ),
        // A later correction of the URIs does not take an earlier mistake back.
        (new("", "app").redirect_uris([CALLBACK]), "name"),
    ] {
        let error = clients.create(new).await.unwrap_err();
        let text = error.to_string();
        assert!(text.contains(member), "{text}");
        assert!(text.ends_with("Nothing was sent."), "{text}");
    }
    for (changes, member) in [
        (change(), "nothing to change"),
        (change().name(""), "name"),
        (change().name("a\nb"), "`name`"),
        (change().identifier("a\t"), "`identifier`"),
        (change().company("a\r"), "`company`"),
        (change().description("a\0"), "`description`"),
        (change().company("A").identifier(" "), "identifier"),
        (change().redirect_uris(["app.example.com"]), "redirect"),
    ] {
        let error = clients.update(1, changes).await.unwrap_err();
        let text = error.to_string();
        assert!(text.contains(member), "{text}");
        assert!(text.ends_with("Nothing was sent."), "{text}");
    }
    assert_eq!(account.called(), [""; 0]);
}

#[tokio::test]
async fn texts_that_people_see_can_be_emptied() {
    let account = Account::new().await;
    let clients = account.zendesk.oauth_clients();
    let new = NewOAuthClient::confidential("App", "app").company("Acme");
    let new = new.description("Two\nlines, and a\ttab");
    let id = clients.create(new).await.unwrap().id;
    let changes = OAuthClientChanges::new().company("").redirect_uris([""; 0]);
    let after = clients.update(id, changes).await.unwrap();
    assert_eq!(after.company.unwrap_or_default(), "");
    assert_eq!(after.redirect_uri.unwrap_or_default(), [""; 0]);
}
