//! Rewrites of the prose that becomes rustdoc.

use serde_json::Value;

use super::{Lowered, answers::each_operation};
use crate::{
    openapi::{array, entries, text},
    roles::is_error,
};

/// Each operation's errors and security are said in its description, because progenitor's docs leave
/// them out and the next rewrite merges the errors into one.
pub(super) fn errors_in_docs(lowered: &mut Lowered) {
    each_operation(&mut lowered.root, |_, operation| {
        let mut guide = format!(
            "{}\n\n# Credentials\n\n",
            text(operation, "description").trim()
        );
        guide.push_str(&credentials(operation));
        guide.push_str("\n\n# Errors\n\n");
        for (status, response) in entries(operation, "responses") {
            if is_error(status) {
                let meaning = first_paragraph(text(response, "description"));
                guide.push_str(&format!("- `{status}`: {meaning}\n"));
            }
        }
        guide.push_str(
            "\nAnything else that keeps a typed answer from you is a variant of the same error, with status \
             and headers where there was an answer.",
        );
        operation["description"] = Value::from(guide);
    });
}

fn credentials(operation: &Value) -> String {
    let schemes: Vec<String> = array(operation, "security")
        .iter()
        .filter_map(Value::as_object)
        .flat_map(|requirement| requirement.keys())
        .map(|scheme| format!("`{scheme}`"))
        .collect();
    if schemes.is_empty() {
        "None are sent.".to_owned()
    } else {
        format!("One of {}.", schemes.join(", "))
    }
}

fn first_paragraph(text: &str) -> String {
    let paragraph = text.trim().split("\n\n").next().unwrap_or_default();
    paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::lower::tests::{at, lowered};

    #[test]
    fn the_docs_of_a_call_list_its_errors() {
        let mut lowered = lowered(
            json!({"description": "Lists things.", "security": [{"bearerAuth": []}],
                   "responses": {"200": {}, "404": {"description": "No such\nthing.\n\nMore."}}}),
            json!({}),
        );
        errors_in_docs(&mut lowered);
        let text = at(&lowered, "/paths/~1things/get/description")
            .as_str()
            .unwrap();
        assert!(
            text.starts_with("Lists things.\n\n# Credentials\n\nOne of `bearerAuth`."),
            "{text}"
        );
        assert!(
            text.contains("# Errors\n\n- `404`: No such thing.\n"),
            "{text}"
        );
    }
}
