//! What is wrong with a value, without the value: it can be a secret.

use jsonschema::{ValidationError, Validator, error::ValidationErrorKind};
use serde_json::Value;
use xtask::pointer;

/// Each violation as the keyword and the JSON pointer of the place, as in `type at #/client/id`.
pub(super) fn violations(validator: &Validator, value: &Value) -> Vec<String> {
    let errors = validator.iter_errors(value);
    let mut violations: Vec<String> = errors.flat_map(|error| texts(&error)).collect();
    // By no order of the library's own.
    violations.sort();
    violations
}

fn texts(error: &ValidationError<'_>) -> Vec<String> {
    let at = error.instance_path().as_str();
    let keyword = error.kind().keyword();
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected }
        | ValidationErrorKind::UnevaluatedProperties { unexpected } => unexpected
            .iter()
            .map(|key| format!("unknown key at #{}", pointer::join(at, key)))
            .collect(),
        // The name stands in the document.
        ValidationErrorKind::Required { property } => {
            vec![format!("required at #{at}: {property} is missing")]
        }
        ValidationErrorKind::FalseSchema => {
            vec![format!(
                "member of the other direction at #{at} (readOnly or writeOnly)"
            )]
        }
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            let each = context.iter().map(|errors| {
                let texts: Vec<String> = errors.iter().flat_map(texts).collect();
                texts.join(", ")
            });
            let each: Vec<String> = each.collect();
            vec![format!(
                "{keyword} at #{at} (either {})",
                each.join("; or ")
            )]
        }
        _ => vec![format!("{keyword} at #{at}")],
    }
}
