//! Answers against their operation.

use super::{
    body::body_violations,
    exchange::{Exchange, header_values, media_type},
    operations::{Operation, Response},
};

/// What is wrong with the answer of the exchange.
pub(super) fn violations(operation: &Operation, exchange: &Exchange<'_>) -> Vec<String> {
    let Some(response) = operation.responses.get(&exchange.status) else {
        return vec!["status: not documented".to_owned()];
    };
    let mut violations = of_body(response, exchange);
    for header in &response.headers {
        let name = &header.name;
        let values = header_values(exchange.response_headers, name);
        if values.is_empty() && header.required {
            violations.push(format!("header {name}: required, and missing"));
        }
        // One that comes twice is two values, as Zendesk has sent it.
        for value in values {
            let broken = header.violations(&[value]);
            violations.extend(broken.iter().map(|it| format!("header {name}: {it}")));
        }
    }
    violations
}

fn of_body(response: &Response, exchange: &Exchange<'_>) -> Vec<String> {
    let (contents, body) = (&response.contents, exchange.response_body);
    let media_type = media_type(exchange.response_headers);
    if exchange.method == "HEAD" {
        let is_documented = |sent: &String| contents.iter().any(|it| it.media_type == *sent);
        let mut violations = Vec::new();
        if media_type.as_ref().is_some_and(|sent| !is_documented(sent)) {
            violations.push("content type: not documented".to_owned());
        }
        if !body.is_empty() {
            violations.push("body: sent in answer to HEAD".to_owned());
        }
        return violations;
    }
    if contents.is_empty() {
        let undocumented = (!body.is_empty()).then(|| "body: not documented".to_owned());
        return undocumented.into_iter().collect();
    }
    body_violations(contents, media_type.as_deref(), body)
}
