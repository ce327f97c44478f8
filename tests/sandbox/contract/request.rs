//! Requests against their operation.

use super::{
    body::body_violations,
    exchange::{Exchange, header_values, media_type},
    operations::Operation,
    parameters::{Parameter, Place},
    paths::Captures,
    texts::{decoded, pairs},
};

/// What is wrong with the request of the exchange.
pub(super) fn violations(
    operation: &Operation,
    captures: &Captures<'_>,
    exchange: &Exchange<'_>,
) -> Vec<String> {
    let mut violations = of_path(operation, captures);
    violations.extend(of_query(operation, exchange.query()));
    for parameter in at(operation, Place::Header) {
        let sent = header_values(exchange.request_headers, &parameter.name);
        violations.extend(of_parameter(parameter, "header", &sent));
    }
    violations.extend(of_body(operation, exchange));
    let credentials = operation.security.violation(exchange);
    violations.extend(credentials.map(str::to_owned));
    violations
}

fn of_path(operation: &Operation, captures: &Captures<'_>) -> Vec<String> {
    let mut violations = Vec::new();
    for (name, sent) in captures {
        let Some(parameter) = at(operation, Place::Path).find(|it| it.name == *name) else {
            violations.push(format!(
                "path {name}: the document declares no such parameter"
            ));
            continue;
        };
        match decoded(sent) {
            Some(text) => {
                violations.extend(of_parameter(parameter, "path", &[&text]));
            }
            None => violations.push(format!("path {name}: not UTF-8")),
        }
    }
    violations
}

fn of_query(operation: &Operation, query: &str) -> Vec<String> {
    let pairs = match pairs(query) {
        Ok(pairs) => pairs,
        Err(broken) => return vec![format!("query: {broken}")],
    };
    let mut violations = Vec::new();
    for (index, (name, _)) in pairs.iter().enumerate() {
        if !at(operation, Place::Query).any(|it| it.name == *name) {
            // Not by its name: a value that went astray can stand there.
            let which = format!("query: name {} of {}", index + 1, pairs.len());
            violations.push(format!("{which} is not documented"));
        }
    }
    for parameter in at(operation, Place::Query) {
        let same = pairs.iter().filter(|(name, _)| *name == parameter.name);
        let texts: Vec<&str> = same.map(|(_, text)| text.as_str()).collect();
        violations.extend(of_parameter(parameter, "query", &texts));
    }
    violations
}

fn of_body(operation: &Operation, exchange: &Exchange<'_>) -> Vec<String> {
    let body = exchange.request_body;
    match &operation.body {
        None if body.is_empty() => Vec::new(),
        None => vec!["body: not documented".to_owned()],
        Some(documented) if body.is_empty() && documented.required => {
            vec!["body: required, and missing".to_owned()]
        }
        Some(_) if body.is_empty() => Vec::new(),
        Some(documented) => {
            let media_type = media_type(exchange.request_headers);
            body_violations(&documented.contents, media_type.as_deref(), body)
        }
    }
}

fn at(operation: &Operation, place: Place) -> impl Iterator<Item = &Parameter> {
    let parameters = operation.parameters.iter();
    parameters.filter(move |parameter| parameter.place == place)
}

fn of_parameter(parameter: &Parameter, place: &str, texts: &[&str]) -> Vec<String> {
    let name = &parameter.name;
    if texts.is_empty() {
        let missing = format!("{place} {name}: required, and missing");
        return parameter.required.then_some(missing).into_iter().collect();
    }
    let broken = parameter.violations(texts);
    broken
        .iter()
        .map(|it| format!("{place} {name}: {it}"))
        .collect()
}
