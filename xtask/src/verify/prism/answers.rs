//! Sends a request and holds the answer against what is documented.

use std::time::Duration;

use serde_json::Value;
use ureq::{Agent, http};

use super::requests::{Answer, Request};

/// A client that shows every answer as it is.
pub(super) fn agent() -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .timeout_global(Some(Duration::from_secs(60)))
        .build()
        .into()
}

/// Sends the request to the server at `address`.
///
/// # Errors
/// Which request got which answer instead of the documented one.
pub(super) fn expect(agent: &Agent, address: &str, request: &Request) -> Result<(), String> {
    let failed = |said: String| {
        format!(
            "{}: {} {}: {said}",
            request.name, request.method, request.target
        )
    };
    let mut answer = send(agent, address, request).map_err(|error| failed(error.to_string()))?;
    let body = answer
        .body_mut()
        .read_to_string()
        .map_err(|error| failed(error.to_string()))?;
    compare(
        &request.answer,
        answer.status().as_u16(),
        answer.headers(),
        &body,
    )
    .map_err(failed)
}

fn send(
    agent: &Agent,
    address: &str,
    request: &Request,
) -> Result<http::Response<ureq::Body>, ureq::Error> {
    let mut builder = http::Request::builder()
        .method(request.method.as_str())
        .uri(format!("{address}{}", request.target));
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    match &request.body {
        Some(body) => agent.run(builder.body(body.clone())?),
        None => agent.run(builder.body(())?),
    }
}

fn compare(
    documented: &Answer,
    status: u16,
    headers: &http::HeaderMap,
    body: &str,
) -> Result<(), String> {
    if !documented.statuses.contains(&status) {
        return Err(format!(
            "{status} instead of {:?}: {body}",
            documented.statuses
        ));
    }
    for (name, value) in &documented.headers {
        let there = headers.get(name).and_then(|there| there.to_str().ok());
        if there != Some(value) {
            return Err(format!("header {name} is {there:?} instead of `{value}`"));
        }
    }
    let Some(bodies) = &documented.bodies else {
        return Ok(());
    };
    if bodies.is_empty() {
        return match body {
            "" => Ok(()),
            _ => Err(format!("a body where none is documented: {body}")),
        };
    }
    match serde_json::from_str::<Value>(body) {
        Ok(body) if bodies.contains(&body) => Ok(()),
        _ => Err(format!(
            "the body is none of the documented examples: {body}"
        )),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn documented(bodies: &[Value]) -> Answer {
        Answer {
            statuses: vec![200],
            bodies: Some(bodies.to_vec()),
            headers: vec![("Location".to_owned(), "https://example.com/".to_owned())],
        }
    }

    #[test]
    fn only_the_documented_answer_is_right() {
        let mut headers = http::HeaderMap::new();
        headers.insert(
            "location",
            http::HeaderValue::from_static("https://example.com/"),
        );
        let one = documented(&[json!({"a": 1}), json!([])]);
        assert_eq!(compare(&one, 200, &headers, "[]"), Ok(()));
        assert!(
            compare(&one, 201, &headers, "[]")
                .unwrap_err()
                .starts_with("201 instead of [200]")
        );
        assert!(
            compare(&one, 200, &headers, "{\"a\": 2}")
                .unwrap_err()
                .contains("none of the documented")
        );
        assert!(
            compare(&one, 200, &headers, "")
                .unwrap_err()
                .contains("none of the documented")
        );
        assert!(
            compare(&one, 200, &http::HeaderMap::new(), "[]")
                .unwrap_err()
                .contains("Location")
        );
        let none = documented(&[]);
        assert_eq!(compare(&none, 200, &headers, ""), Ok(()));
        assert!(
            compare(&none, 200, &headers, "null")
                .unwrap_err()
                .contains("none is documented")
        );
    }
}
