//! Credentials for each way in which a document lets a request authenticate. Prism takes any.

use serde_json::Value;

use crate::openapi::{Operation, array, text};

/// A security scheme and its header; none where no credentials are sent.
pub(super) type Credentials = (String, Option<(String, String)>);

/// Each alternative of an operation's security.
pub(super) fn credentials(
    root: &Value,
    operation: &Operation<'_>,
) -> Result<Vec<Credentials>, String> {
    let mut found = Vec::new();
    for alternative in array(operation.value, "security") {
        for (scheme, _) in alternative.as_object().into_iter().flatten() {
            let value = &root["components"]["securitySchemes"][scheme];
            let header = match (
                text(value, "type"),
                text(value, "scheme"),
                text(value, "in"),
            ) {
                ("http", "bearer", _) | ("oauth2", ..) => {
                    ("Authorization", "Bearer any".to_owned())
                }
                // any:any
                ("http", "basic", _) => ("Authorization", "Basic YW55OmFueQ==".to_owned()),
                ("apiKey", _, "cookie") => ("Cookie", format!("{}=any", text(value, "name"))),
                ("apiKey", _, "header") => (text(value, "name"), "any".to_owned()),
                _ => return Err(format!("no request is made for security scheme `{scheme}`")),
            };
            found.push((scheme.clone(), Some((header.0.to_owned(), header.1))));
        }
    }
    if found.is_empty() {
        found.push(("no credentials".to_owned(), None));
    }
    Ok(found)
}
