//! Texts that survive their way into Rust documentation.

use serde_json::Value;

use super::{Lint, Rule};
use crate::{openapi::walk, pointer, problem::steers};

const CHARACTERS: Rule = Rule {
    id: "text-characters",
    purpose: "texts have no control or bidirectional formatting characters: they hide what is written, and rustc refuses some",
    way_out: "remove the character, or name it in words",
};
const CODE_BLOCK: Rule = Rule {
    id: "code-block",
    purpose: "a code block in a description names its language: without one, or with four spaces, it becomes a Rust doctest",
    way_out: "open it with ```json, ```http, ```sh or ```text, and indent it by less than four spaces",
};

pub(super) const RULES: &[Rule] = &[CHARACTERS, CODE_BLOCK];

pub(super) fn check(lint: &mut Lint<'_>) {
    let mut found = Vec::new();
    walk(lint.root, "", &mut |pointer, value| {
        let Value::String(text) = value else {
            return;
        };
        if let Some(character) = text.chars().find(|character| is_hidden(*character)) {
            let reason = format!("the text has the character U+{:04X}", u32::from(character));
            found.push((&CHARACTERS, pointer.to_owned(), reason));
        }
        if pointer::last(pointer) == "description" && has_doctest(text) {
            let reason = "the description has a code block without a language".to_owned();
            found.push((&CODE_BLOCK, pointer.to_owned(), reason));
        }
    });
    for (rule, pointer, reason) in found {
        lint.refuse(rule, &pointer, reason);
    }
}

fn is_hidden(character: char) -> bool {
    steers(character) && character != '\t'
}

/// Whether rustdoc would see Rust code: a fence without a language, or an indented block.
fn has_doctest(description: &str) -> bool {
    let mut in_fence = false;
    for line in description.lines() {
        let trimmed = line.trim_start();
        let fence = trimmed.strip_prefix("```").or(trimmed.strip_prefix("~~~"));
        match fence {
            Some(language) if !in_fence => {
                if matches!(language.trim(), "" | "rust" | "rs") {
                    return true;
                }
                in_fence = true;
            }
            Some(_) => in_fence = false,
            None => {
                let is_indented = line.starts_with("    ") || line.starts_with('\t');
                if !in_fence && is_indented && !trimmed.is_empty() {
                    return true;
                }
            }
        }
    }
    false
}
