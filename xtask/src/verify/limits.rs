//! What a tool is known not to do. A limit that is no longer there fails the run, as does one that is not listed.

use crate::verify::{job::Job, scenario::Shown};

/// One thing that a tool cannot do with our documents.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// Name of the tool, as in the table.
    pub tool: &'static str,
    /// The document in which it shows; none for each that has the step.
    pub document: Option<&'static str>,
    /// The step of the scenario, or of the tool.
    pub step: &'static str,
    /// The id that is printed.
    pub id: &'static str,
    /// What it is, for readers of the table.
    pub text: &'static str,
}

/// All of them, by tool and step.
pub const LIMITS: &[Limit] = &[
    Limit {
        tool: "openapi-typescript",
        document: None,
        step: "not-found",
        id: "int64-is-number",
        text: "A 64-bit id is a `number`, which is exact up to 2^53 - 1 only; a larger one has to be passed around the type.",
    },
    Limit {
        tool: "openapi-python-client",
        document: None,
        step: "unprocessable",
        id: "first-media-type",
        text: "Of a response with several media types the client reads the first, whatever comes: a text where JSON stands first, such as one of a 400, ends in a JSONDecodeError without the status. The documents put what was observed first.",
    },
    Limit {
        tool: "openapi-generator-ruby",
        document: Some("support-oauth-clients"),
        step: "create",
        id: "ruby-last-credential",
        text: "Of several credentials the client sends the last, set or not: here basic authentication without a user, whatever token it was given. The program overrides `auth_settings`; generating with `--openapi-normalizer SECURITY_SCHEMES_FILTER=key:supportBearer` avoids it.",
    },
    Limit {
        tool: "openapi-generator-ruby",
        document: None,
        step: "start",
        id: "ruby-cookie-credentials",
        text: "Where a document has a cookie among its credentials, `auth_settings` has no value for it, and every call with credentials ends in a NameError whose text shows the token (OpenAPITools/openapi-generator issue 6959). The program overrides `auth_settings`; generating with `--openapi-normalizer SECURITY_SCHEMES_FILTER=key:zisBearer` avoids it.",
    },
    Limit {
        tool: "openapi-generator-ruby",
        document: None,
        step: "redirect",
        id: "ruby-follows-redirects",
        text: "The client follows every redirect, and its option `follow_location` does not change that; a subclass of `ApiClient` does.",
    },
    Limit {
        tool: "openapi-generator-rust",
        document: None,
        step: "not-found",
        id: "first-error-variant",
        text: "The body of an error stands in the first variant that fits, `Status400`, not in that of its status; the status itself is right.",
    },
    Limit {
        tool: "openapi-generator-rust",
        document: None,
        step: "unprocessable",
        id: "first-error-variant",
        text: "As at `not-found`.",
    },
    Limit {
        tool: "openapi-generator-rust",
        document: None,
        step: "too-many-requests",
        id: "no-headers",
        text: "As at `redirect`, for `Retry-After`.",
    },
    Limit {
        tool: "openapi-generator-rust",
        document: None,
        step: "redirect",
        id: "no-headers",
        text: "The client gives the status of a response and not its headers; `Location` is read with the HTTP client that it is built on.",
    },
    Limit {
        tool: "prism",
        document: Some("chat-oauth-tokens"),
        step: "mock",
        id: "prism-server-path",
        text: "Prism serves the paths of a document without the path of its server: `/oauth/tokens`, not `/api/v2/chat/oauth/tokens`. The bundle has the whole path.",
    },
    Limit {
        tool: "prism",
        document: Some("support-oauth-clients"),
        step: "mock",
        id: "prism-bracketed-query",
        text: "Prism does not see query parameters with brackets: `page[size]=notanumber` passes.",
    },
    Limit {
        tool: "prism",
        document: Some("support-global-oauth-clients"),
        step: "mock",
        id: "prism-bracketed-query",
        text: "As in `support-oauth-clients`.",
    },
    Limit {
        tool: "prism",
        document: Some("support-oauth-tokens"),
        step: "mock",
        id: "prism-bracketed-query",
        text: "As in `support-oauth-clients`.",
    },
    Limit {
        tool: "prism",
        document: Some("zendesk-oauth"),
        step: "mock",
        id: "prism-bracketed-query",
        text: "As in `support-oauth-clients`.",
    },
];

/// Holds the limits that showed themselves against those that are listed. `steps` are what was done in this document.
///
/// # Errors
/// The first that is listed and did not show, or showed and is not listed.
pub fn compare(
    limits: &[Limit],
    tool: &str,
    job: &Job,
    steps: &[&str],
    shown: &[Shown],
) -> Result<(), String> {
    let listed: Vec<&Limit> = limits
        .iter()
        .filter(|limit| limit.tool == tool && steps.contains(&limit.step))
        .filter(|limit| {
            limit
                .document
                .is_none_or(|document| document == job.document)
        })
        .collect();
    for (step, id) in shown {
        if !listed
            .iter()
            .any(|limit| limit.step == step && limit.id == id)
        {
            return Err(format!(
                "limit `{id}` at {step} is not listed in xtask/src/verify/limits.rs"
            ));
        }
    }
    let is_shown = |limit: &Limit| {
        shown
            .iter()
            .any(|(step, id)| limit.step == step && limit.id == id)
    };
    match listed.iter().find(|limit| !is_shown(limit)) {
        Some(Limit { id, step, .. }) => Err(format!(
            "limit `{id}` at {step} no longer shows: take it out of xtask/src/verify/limits.rs and do the step as others do"
        )),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, path::Path};

    use super::*;
    use crate::{
        spec::Published,
        verify::{scenario::STEPS, tool},
    };

    #[test]
    fn each_limit_is_of_a_tool_a_document_and_a_step_that_are_there() {
        let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let published = Published::read(&top).unwrap();
        let tools = tool::all();
        let mut seen = BTreeSet::new();
        for limit in LIMITS {
            let tool = tools.iter().find(|tool| tool.name() == limit.tool);
            let tool = tool.unwrap_or_else(|| panic!("no tool {}", limit.tool));
            let is_step = tool.steps().contains(&limit.step)
                || STEPS.iter().any(|(_, step)| *step == limit.step);
            assert!(is_step, "no step {}", limit.step);
            let is_document = |name| {
                published
                    .documents
                    .iter()
                    .any(|document| document.name == name)
            };
            assert!(limit.document.is_none_or(is_document), "{limit:?}");
            assert!(
                seen.insert((limit.tool, limit.document, limit.step, limit.id)),
                "{limit:?} is listed twice"
            );
            assert!(!limit.text.contains('|'), "{limit:?} breaks the table");
        }
    }
}
