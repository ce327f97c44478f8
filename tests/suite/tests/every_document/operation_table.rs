//! The operations of each document, and what the generated table says of the secrets they send.

use serde_json::Value;
use xtask::{
    document::Document,
    openapi::{Operation, array, contents, operations},
};

use crate::documents::{documents, generated, snake};

fn table(document: &Document) -> String {
    // rustfmt decides where the rows break.
    let code: String = generated(document).split_whitespace().collect();
    let rows = operations(&document.root).into_iter().map(|operation| {
        let start = format!("Operation::new({:?},", operation.id());
        let row = code.split(&start).nth(1);
        let row = row.unwrap_or_else(|| panic!("{} is not in the generated table", operation.id()));
        let row = row.split("Operation::new(").next().unwrap_or(row);
        shown(&document.root, &operation, row.contains(".sends_secrets()"))
    });
    rows.collect::<Vec<_>>().join("\n\n")
}

fn shown(root: &Value, operation: &Operation<'_>, sends_secrets: bool) -> String {
    let (mut successes, mut errors) = (Vec::new(), Vec::new());
    for (status, pointer, response) in operation.responses(root) {
        let list = if status < "400" {
            &mut successes
        } else {
            &mut errors
        };
        let forms = contents(&pointer, response);
        if forms.is_empty() {
            list.push(format!("{status} empty"));
        }
        for (media_type, ..) in forms {
            let form = match media_type {
                "application/json" => "json",
                "text/plain" => "text",
                "text/html" => "html",
                other => other,
            };
            list.push(format!("{status} {form}"));
        }
    }
    let security = array(operation.value, "security")
        .iter()
        .filter_map(Value::as_object)
        .flat_map(|requirement| requirement.keys().map(String::as_str))
        .collect::<Vec<_>>();
    format!(
        "{}\n  {} {}\n  success: {}\n  errors:  {}\n  auth:    {}\n  repeat:  {}; secret in the request: {}",
        operation.id(),
        operation.method,
        operation.path,
        successes.join(", "),
        errors.join(", "),
        if security.is_empty() {
            "none".to_owned()
        } else {
            security.join(" or ")
        },
        if operation.value["x-idempotent"] == true {
            "harmless"
        } else {
            "not harmless"
        },
        if sends_secrets { "yes" } else { "no" },
    )
}

#[test]
fn each_document_has_its_table_of_operations() {
    for document in documents() {
        let text = table(&document);
        insta::assert_snapshot!(format!("operation_table_of_{}", snake(&document)), text);
    }
}
