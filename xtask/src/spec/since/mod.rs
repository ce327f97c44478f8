//! `cargo xtask spec --since REV`: what changed, operation by operation, and whether versions tell it.
//!
//! [`git`] reads the documents of then, [`mod@compare`] finds what differs and what that does ([`finding`]), [`versions`]
//! is the rule on `info.version`, [`set`] applies both to all documents and the bundle, [`report`] prints it.

pub mod compare;
pub mod finding;
pub mod git;
pub mod report;
pub mod set;
pub mod versions;

use std::path::Path;

use self::git::Revision;
use super::{bundle, introduction};
use crate::{
    document::Document,
    outputs::{self, Failure},
    problem::Problems,
};

/// Compares the documents, and the bundle of them, with those of `revision`.
///
/// # Errors
/// A revision that git does not know; or the verdict that a version was not raised as it must be.
pub fn run(top: &Path, revision: &str) -> Result<(), Failure> {
    let mut earlier = Revision::read(top, revision)?;
    let mut documents = outputs::read_documents(top)?;
    let merged = bundle::bundle(&documents, &introduction(top)?).map_err(Failure::Documents)?;
    documents.push(merged);
    if let Some(bundle) = earlier_bundle(&earlier)? {
        earlier.documents.push(bundle);
    }
    let changes = set::compare(&earlier.documents, &documents);
    print!("{}", report::report(revision, &earlier.commit, &changes));
    let refused: Vec<String> = changes
        .iter()
        .filter_map(|change| {
            Some(format!(
                "{}: the version {}",
                change.name,
                change.refusal()?
            ))
        })
        .collect();
    if refused.is_empty() {
        return Ok(());
    }
    Err(Failure::Verdict(format!(
        "{}\n`info.version` does not tell what changed: raise it in the document (of the bundle: in \
         openapi/publish/bundle.yaml)",
        refused.join("\n")
    )))
}

/// The bundle as it would be built today of what was there: what differs then is what documents say, not how they are
/// merged. None where there was no bundle yet.
fn earlier_bundle(earlier: &Revision) -> Result<Option<Document>, Failure> {
    let Some(introduction) = &earlier.introduction else {
        return Ok(None);
    };
    bundle::bundle(&earlier.documents, introduction)
        .map(Some)
        .map_err(|Problems(problems)| {
            let reason = problems
                .first()
                .map_or("", |problem| problem.reason.as_str());
            Failure::refused(
                format!("the bundle of `{}` cannot be built: {reason}", earlier.name),
                "name a revision whose documents can be merged",
            )
        })
}
