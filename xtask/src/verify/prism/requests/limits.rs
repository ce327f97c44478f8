//! Requests that show the limits of Prism.

use serde_json::Value;

use super::{
    Answer, Request, documented,
    target::{add_query, escaped},
};
use crate::openapi::{self, array, resolved, text};

/// Requests that show what Prism does not do: the id of the limit, and the wrong answer that it gives.
pub(in crate::verify::prism) fn limits(
    root: &Value,
) -> Result<Vec<(&'static str, Request)>, String> {
    let mut found = Vec::new();
    for operation in openapi::operations(root) {
        let Some(first) = documented(root, &operation)?.into_iter().next() else {
            continue;
        };
        for (_, parameter) in operation.parameters(root) {
            let (_, schema) = resolved(root, String::new(), &parameter["schema"]);
            if text(parameter, "name").contains('[') && schema["type"] == "integer" {
                let mut request = first.clone();
                let pair = format!("{}=notanumber", escaped(text(parameter, "name")));
                add_query(&mut request.target, &pair);
                found.push(("prism-bracketed-query", request));
            }
        }
        if let Some(stem) = stem(root) {
            let mut request = first;
            request.target = format!("{stem}{}", request.target);
            request.answer = Answer::status(&[404]);
            found.push(("prism-server-path", request));
        }
    }
    Ok(found)
}

/// The path of the first server, if it has one.
fn stem(root: &Value) -> Option<&str> {
    let server = text(array(root, "servers").first()?, "url");
    let (_, rest) = server.split_once("://")?;
    let path = &rest[rest.find('/')?..];
    (path.len() > 1).then(|| path.trim_end_matches('/'))
}
