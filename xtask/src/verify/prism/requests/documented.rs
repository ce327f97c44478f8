//! The requests of an operation that its documentation allows, and those that it must refuse.

use serde_json::Value;

use super::{
    Answer, Request,
    examples::{bodies, has_required_members, named_examples, success},
    request::set_body,
    target::{add_query, pair, target},
};
use crate::{
    openapi::{Operation, text},
    verify::prism::credentials::credentials,
};

/// Every request of an operation that its documentation allows: with each of its credentials, each example of its
/// body, and each of its optional parameters; and those that it must refuse, without credentials or body.
pub(in crate::verify::prism) fn documented(
    root: &Value,
    operation: &Operation<'_>,
) -> Result<Vec<Request>, String> {
    let parameters = operation.parameters(root);
    let base = Request {
        name: operation.id().to_owned(),
        method: operation.method.clone(),
        target: target(operation.path, &parameters)?,
        headers: vec![],
        body: None,
        answer: success(root, operation)?,
    };
    let credentials = credentials(root, operation)?;
    let bodies = bodies(root, operation);
    let mut requests = Vec::new();
    for (scheme, header) in &credentials {
        let mut request = base.clone();
        request.name.push_str(&format!(" with {scheme}"));
        request.headers.extend(header.clone());
        if let Some((media_type, body)) = bodies.first() {
            set_body(&mut request, media_type, body);
        }
        requests.push(request);
    }
    let first = requests.first().cloned().unwrap_or(base);
    for (media_type, body) in bodies.iter().skip(1) {
        let mut request = first.clone();
        request.name.push_str(" and another body");
        request.headers.retain(|(name, _)| name != "Content-Type");
        set_body(&mut request, media_type, body);
        requests.push(request);
    }
    for (_, parameter) in &parameters {
        if text(parameter, "in") == "query" && parameter["required"] != true {
            let mut request = first.clone();
            let pair = pair(parameter)?;
            request
                .name
                .push_str(&format!(" and {}", text(parameter, "name")));
            add_query(&mut request.target, &pair);
            requests.push(request);
        }
    }
    for (status, name, example) in named_examples(root, operation) {
        let mut request = first.clone();
        request.name.push_str(&format!(" and example {name}"));
        // Of several successes Prism looks at the first only, unless it is told which.
        let preferred = format!("code={status}, example={name}");
        request.headers.push(("Prefer".to_owned(), preferred));
        request.answer.statuses = vec![status];
        request.answer.bodies = Some(vec![example]);
        requests.push(request);
    }
    if credentials.iter().any(|(_, header)| header.is_some()) {
        let mut request = first.clone();
        request.name = format!("{} without credentials", operation.id());
        request.headers.retain(|(name, _)| name == "Content-Type");
        request.answer = Answer::status(&[401]);
        requests.push(request);
    }
    if first.body.is_some() {
        let mut request = first;
        request.name = format!("{} without a body", operation.id());
        request.body = Some("{}".to_owned());
        request.answer = Answer::status(&[400, 422]);
        // Where no member is required, an empty body is right.
        if has_required_members(root, operation) {
            requests.push(request);
        }
    }
    Ok(requests)
}
