//! The rules of the documents, as refusals: where, why, and the way out.
//!
//! Two kinds: what a reader of the reference is owed (complete descriptions, examples, documented
//! errors, secrets marked as such), and what progenitor would panic on or get silently wrong.

mod completeness;
mod files;
mod names;
mod parameters;
mod paths;
mod references;
mod schemas;
mod secrets;
mod statuses;
mod structure;
mod texts;
mod typed;

pub(crate) use files::is_taken as is_file_taken;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    document::Document,
    openapi::{Operation, operations},
    pointer,
    problem::{Problem, Problems},
    roles::Roles,
};

/// A rule: its name, and for `cargo xtask lint --rules` what it is for.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Name, as in `error[name]`.
    pub id: &'static str,
    /// One sentence: what is asked, and why.
    pub purpose: &'static str,
    /// What to write instead.
    pub way_out: &'static str,
}

/// Every rule, in the order in which they are checked.
pub fn rules() -> Vec<Rule> {
    [
        structure::RULES,
        references::RULES,
        paths::RULES,
        texts::RULES,
        completeness::RULES,
        statuses::RULES,
        parameters::RULES,
        schemas::RULES,
        secrets::RULES,
        names::RULES,
        files::RULES,
        typed::RULES,
    ]
    .concat()
}

/// One document under examination.
pub(crate) struct Lint<'a> {
    pub(crate) root: &'a Value,
    pub(crate) operations: Vec<Operation<'a>>,
    pub(crate) roles: Roles,
    document: &'a Document,
    problems: Vec<Problem>,
}

impl Lint<'_> {
    /// Records that `rule` is broken at `pointer`.
    pub(crate) fn refuse(&mut self, rule: &Rule, pointer: &str, reason: impl Into<String>) {
        self.problems.push(Problem {
            file: self.document.file.clone(),
            position: self.document.position(pointer),
            rule: rule.id,
            pointer: pointer.to_owned(),
            reason: reason.into(),
            way_out: rule.way_out.to_owned(),
        });
    }
}

/// Checks one document on its own.
///
/// # Errors
/// Everything that is wrong with it, in the order of the text.
pub fn check(document: &Document) -> Result<(), Problems> {
    let root = &document.root;
    let mut lint = Lint {
        root,
        operations: operations(root),
        roles: Roles::of(root),
        document,
        problems: Vec::new(),
    };
    structure::check(&mut lint);
    references::check(&mut lint);
    paths::check(&mut lint);
    texts::check(&mut lint);
    // The other rules follow references.
    if !lint
        .problems
        .iter()
        .any(|problem| problem.rule == references::REFERENCE.id)
    {
        completeness::check(&mut lint);
        statuses::check(&mut lint);
        parameters::check(&mut lint);
        schemas::check(&mut lint);
        secrets::check(&mut lint);
        names::check(&mut lint);
    }
    // What a parser thinks of it is news only when we had nothing to say.
    if lint.problems.is_empty() {
        typed::check(&mut lint);
    }
    in_order_of_text(lint.problems)
}

/// Checks every document, and what must hold between them.
///
/// # Errors
/// Everything that is wrong, document by document.
pub fn check_all(documents: &[Document]) -> Result<(), Problems> {
    let mut problems: Vec<Problem> = documents
        .iter()
        .filter_map(|document| check(document).err())
        .flat_map(|Problems(problems)| problems)
        .collect();
    problems.extend(documents.iter().filter_map(files::taken));
    let mut seen: BTreeMap<String, &Document> = BTreeMap::new();
    for document in documents {
        for operation in operations(&document.root) {
            let first = *seen.entry(operation.id().to_owned()).or_insert(document);
            if first.name != document.name {
                let pointer = pointer::join(&operation.pointer, "operationId");
                problems.push(Problem {
                    file: document.file.clone(),
                    position: document.position(&pointer),
                    rule: structure::OPERATION_ID.id,
                    pointer,
                    reason: format!(
                        "`{}` is an operation of {} already; retry rules, spans and commands are keyed by it",
                        operation.id(),
                        first.file
                    ),
                    way_out: structure::OPERATION_ID.way_out.to_owned(),
                });
            }
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Problems(problems))
    }
}

fn in_order_of_text(mut problems: Vec<Problem>) -> Result<(), Problems> {
    if problems.is_empty() {
        return Ok(());
    }
    problems
        .sort_by(|a, b| (a.position, &a.pointer, a.rule).cmp(&(b.position, &b.pointer, b.rule)));
    problems.dedup_by(|a, b| a.pointer == b.pointer && a.rule == b.rule && a.reason == b.reason);
    Err(Problems(problems))
}
