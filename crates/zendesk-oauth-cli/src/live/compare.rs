//! An answer against its document.

use serde_json::Value;
use zendesk_oauth_core::client::Response;

use super::contract::{Answer, Contract};
use super::headers::is_ordinary;
use super::outcome::Difference;
use super::schema;

/// Everything in which the answer differs.
pub(super) fn compared(contract: &Contract, answer: &Response) -> Vec<Difference> {
    let operation = answer.operation().id;
    let status = answer.status().as_u16();
    let Some(documented) = contract.answer(operation, status) else {
        let what = format!(
            "{status} is not in the document, which has {}",
            contract.statuses(operation)
        );
        return vec![Difference::new("status", what)];
    };
    let mut differences = headers(contract, answer);
    differences.extend(body(contract, &documented, answer));
    differences.sort();
    differences.dedup();
    differences
}

fn headers(contract: &Contract, answer: &Response) -> Vec<Difference> {
    let operation = answer.operation().id;
    let names = answer
        .headers()
        .keys()
        .map(reqwest::header::HeaderName::as_str);
    let unknown = names.filter(|name| !is_ordinary(name) && !contract.has_header(operation, name));
    unknown
        .map(|name| Difference::new("header", format!("{name} is not in the document")))
        .collect()
}

fn body(contract: &Contract, documented: &Answer<'_>, answer: &Response) -> Vec<Difference> {
    let body = answer.body();
    let known: Vec<&str> = documented.content().map(|(name, _)| name).collect();
    if body.is_empty() || known.is_empty() {
        let what = match (body.is_empty(), known.is_empty()) {
            (true, false) => "expected a body, got none",
            (false, true) => "expected no body, got one",
            _ => return Vec::new(),
        };
        return vec![Difference::new("body", what)];
    }
    let value = answer.headers().get(reqwest::header::CONTENT_TYPE);
    let media_type = value.and_then(|it| it.to_str().ok()).unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    let mut content = documented.content();
    let found = content.find(|(name, _)| name.eq_ignore_ascii_case(media_type));
    let Some((name, wanted)) = found else {
        let what = format!("expected {}, got {}", known.join(" or "), named(media_type));
        return vec![Difference::new("content-type", what)];
    };
    if name != "application/json" {
        return Vec::new();
    }
    match serde_json::from_slice::<Value>(body) {
        Ok(value) => schema::differences(contract, wanted, &value),
        Err(_) => vec![Difference::new(
            "body",
            "expected JSON, got what is not JSON",
        )],
    }
}

/// The media type if it is a common one: any other text may hold anything.
fn named(media_type: &str) -> &str {
    const COMMON: [&str; 8] = [
        "application/json",
        "application/octet-stream",
        "application/problem+json",
        "application/xml",
        "text/css",
        "text/html",
        "text/plain",
        "text/xml",
    ];
    let mut common = COMMON.into_iter();
    let found = common.find(|known| known.eq_ignore_ascii_case(media_type));
    found.unwrap_or(if media_type.is_empty() {
        "none"
    } else {
        "another"
    })
}
