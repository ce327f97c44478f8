//! What a document shows of an operation's bodies and answers.

use serde_json::Value;

use super::{Answer, target::plain};
use crate::openapi::{Operation, array, contents, entries, resolved};

/// The documented success: its status, the examples of its body, and its headers.
pub(super) fn success(root: &Value, operation: &Operation<'_>) -> Result<Answer, String> {
    let responses = operation.responses(root);
    let of_kind = |kind: char| {
        responses
            .iter()
            .find(|(status, ..)| status.starts_with(kind))
    };
    let Some((status, pointer, response)) = of_kind('2').or_else(|| of_kind('3')) else {
        return Err(format!("{} documents no success", operation.id()));
    };
    // Prism prefers the example of the schema to those of the response.
    let bodies = contents(pointer, response)
        .into_iter()
        .flat_map(|(_, _, media)| {
            let (_, schema) = resolved(root, String::new(), &media["schema"]);
            examples(media)
                .into_iter()
                .chain(schema.get("example").cloned())
        })
        .collect();
    let headers = entries(response, "headers")
        .map(|(name, header)| (name, resolved(root, String::new(), header).1))
        .filter(|(_, header)| header["required"] == true)
        .map(|(name, header)| (name.clone(), plain(&header["example"])))
        .collect();
    let status = status
        .parse()
        .map_err(|_| format!("{status} is no status"))?;
    Ok(Answer {
        statuses: vec![status],
        bodies: Some(bodies),
        headers,
    })
}

/// The examples of a media type object.
fn examples(media: &Value) -> Vec<Value> {
    let named = entries(media, "examples").map(|(_, example)| example["value"].clone());
    media
        .get("example")
        .cloned()
        .into_iter()
        .chain(named)
        .collect()
}

/// The examples of the successes that can be asked for by status and name.
pub(super) fn named_examples(root: &Value, operation: &Operation<'_>) -> Vec<(u16, String, Value)> {
    let mut found = Vec::new();
    for (status, pointer, response) in operation.responses(root) {
        let Some(status) = status.parse().ok().filter(|it| (200..300).contains(it)) else {
            continue;
        };
        for (_, _, media) in contents(&pointer, response) {
            let examples = entries(media, "examples");
            found.extend(
                examples.map(|(name, example)| (status, name.clone(), example["value"].clone())),
            );
        }
    }
    found
}

/// Every body that the document shows, with its media type.
pub(super) fn bodies(root: &Value, operation: &Operation<'_>) -> Vec<(String, Value)> {
    let Some((pointer, body)) = operation.request_body(root) else {
        return vec![];
    };
    contents(&pointer, body)
        .into_iter()
        .flat_map(|(media_type, _, media)| {
            examples(media)
                .into_iter()
                .map(|example| (media_type.to_owned(), example))
        })
        .collect()
}

pub(super) fn has_required_members(root: &Value, operation: &Operation<'_>) -> bool {
    let Some((pointer, body)) = operation.request_body(root) else {
        return false;
    };
    contents(&pointer, body).iter().any(|(_, _, media)| {
        let (_, schema) = resolved(root, String::new(), &media["schema"]);
        !array(schema, "required").is_empty()
    })
}
