//! Ways to break a copy of a document. Each gives none where the document has no such place.

/// Replaces the first `from`.
fn replaced(text: &str, from: &str, to: &str) -> Option<String> {
    text.contains(from).then(|| text.replacen(from, to, 1))
}

/// Without the first line that begins so, indentation apart.
fn without_line(text: &str, begin: &str) -> Option<String> {
    let line = text
        .lines()
        .find(|line| line.trim_start().starts_with(begin))?;
    replaced(text, &format!("{line}\n"), "")
}

/// Components come last in a document, and schemas last in them.
fn with_schema(text: &str, schema: &str) -> Option<String> {
    Some(format!("{}\n    {schema}\n", text.trim_end()))
}

pub(super) fn duplicate_key(text: &str) -> Option<String> {
    Some(format!("{text}openapi: 3.0.3\n"))
}

pub(super) fn bare_yes(text: &str) -> Option<String> {
    replaced(text, "x-idempotent: true", "x-idempotent: yes")
        .or_else(|| replaced(text, "x-idempotent: false", "x-idempotent: no"))
}

pub(super) fn no_operation_id(text: &str) -> Option<String> {
    without_line(text, "operationId:")
}

pub(super) fn no_summary(text: &str) -> Option<String> {
    replaced(text, "\n      summary: ", "\n      x-summary: ")
}

pub(super) fn no_licence(text: &str) -> Option<String> {
    replaced(text, "\n  license:", "\n  x-license:")
}

pub(super) fn other_version(text: &str) -> Option<String> {
    // The bundle is written by a program, with quotes.
    replaced(text, "3.0.3", "3.0.2")
}

pub(super) fn unused_schema(text: &str) -> Option<String> {
    with_schema(
        text,
        "Unused: {type: string, description: Nothing refers to it., example: x}",
    )
}

pub(super) fn unknown_format(text: &str) -> Option<String> {
    replaced(text, "format: int64", "format: int46")
}

pub(super) fn example_of_another_type(text: &str) -> Option<String> {
    with_schema(
        text,
        "WrongExample: {type: string, description: Its example is a number., example: 1}",
    )
}

pub(super) fn broken_reference(text: &str) -> Option<String> {
    replaced(text, "#/components/responses/", "#/components/responses/No")
}

pub(super) fn undefined_required(text: &str) -> Option<String> {
    with_schema(
        text,
        "WrongRequired: {type: object, description: It lacks it., required: [missing], properties: {there: {type: string}}}",
    )
}

pub(super) fn unknown_type(text: &str) -> Option<String> {
    with_schema(
        text,
        "WrongType: {type: strnig, description: No such type., example: x}",
    )
}

pub(super) fn no_responses(text: &str) -> Option<String> {
    replaced(text, "\n      responses:", "\n      x-responses:")
}
