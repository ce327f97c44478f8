//! The operations, joined from what the documents say and what the generated tables hold.

use zendesk_oauth_core::Operation;

use crate::support::documents::operations;

fn tables() -> Vec<&'static Operation> {
    [
        zendesk_support_oauth_clients::OPERATIONS,
        zendesk_zis_oauth_connections::OPERATIONS,
        zendesk_chat_oauth_tokens::OPERATIONS,
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[test]
fn operation_table() {
    let rows = tables();
    let documented = operations();
    assert_eq!((rows.len(), documented.len()), (15, 15));
    let mut text = String::new();
    for operation in documented {
        let row = rows
            .iter()
            .find(|row| row.id == operation.id)
            .expect("a row for each operation");
        assert_eq!(
            (row.method, row.path),
            (operation.method.as_str(), operation.path.as_str())
        );
        assert_eq!(row.security, operation.security);
        assert_eq!(row.idempotent, operation.idempotent);
        let (mut successes, mut errors) = (Vec::new(), Vec::new());
        for answer in &operation.answers {
            let list = if answer.status < 400 {
                &mut successes
            } else {
                &mut errors
            };
            let form = match answer.media_type.as_str() {
                "" => "empty",
                "application/json" => "json",
                "text/plain" => "text",
                "text/html" => "html",
                other => other,
            };
            list.push(format!("{} {form}", answer.status));
        }
        text.push_str(&format!(
            "{}\n  {} {}\n  success: {}\n  errors:  {}\n  auth:    {}\n  repeat:  {}; secret in the request: {}\n\n",
            row.id,
            row.method,
            row.path,
            successes.join(", "),
            errors.join(", "),
            if row.security.is_empty() { "none".to_owned() } else { row.security.join(" or ") },
            if row.idempotent { "harmless" } else { "not harmless" },
            if row.sends_secrets { "yes" } else { "no" },
        ));
    }
    insta::assert_snapshot!(text.trim_end());
}

#[test]
fn servers_are_those_of_the_documents() {
    assert_eq!(
        zendesk_support_oauth_clients::SERVERS,
        ["https://{subdomain}.zendesk.com"]
    );
    assert_eq!(
        zendesk_zis_oauth_connections::SERVERS,
        ["https://{subdomain}.zendesk.com"]
    );
    assert_eq!(
        zendesk_chat_oauth_tokens::SERVERS,
        [
            "https://{subdomain}.zendesk.com/api/v2/chat",
            "https://www.zopim.com/api/v2"
        ]
    );
}
