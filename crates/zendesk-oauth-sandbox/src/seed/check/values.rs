//! Single values, and that none is there twice.

use std::collections::HashSet;

use super::Checked;
use crate::seed::error::Defect;
use crate::seed::path::Path;
use crate::support::rules;

pub(super) fn id(id: Option<i64>, path: &Path) -> Checked {
    if id.is_some_and(|id| id < 1) {
        let way_out = "write a number from 1 on, or leave it out";
        return Err(Defect::new(
            path.clone().key("id"),
            "this is no id",
            way_out,
        ));
    }
    Ok(())
}

pub(super) fn unique_id(given: Option<i64>, taken: &mut HashSet<i64>, path: &Path) -> Checked {
    id(given, path)?;
    match given {
        Some(given) => unique(taken, given, path.clone().key("id")),
        None => Ok(()),
    }
}

pub(super) fn unique<T: Eq + std::hash::Hash>(
    taken: &mut HashSet<T>,
    value: T,
    path: Path,
) -> Checked {
    if taken.insert(value) {
        return Ok(());
    }
    let reason = "another entry above has the same";
    Err(Defect::new(path, reason, "write another value"))
}

/// A list of scope tokens of RFC 6749, section 3.3. Zendesk gives tokens with scopes that mean nothing
/// to it, so unknown names are no mistake.
pub(super) fn scopes(scopes: &[String], path: &Path) -> Checked {
    if scopes.is_empty() {
        let way_out = "write a list such as [read, write]";
        return Err(Defect::new(path.clone(), "no scope is listed", way_out));
    }
    let mut seen = HashSet::new();
    for (index, scope) in scopes.iter().enumerate() {
        let path = path.clone().index(index);
        let legal = |byte: u8| is_visible(byte) && byte != b'"' && byte != b'\\';
        if scope.is_empty() || scope.len() > 100 || !scope.bytes().all(legal) {
            let way_out = "write one scope per entry, such as read or tickets:write";
            return Err(Defect::new(path, "this is no scope", way_out));
        }
        unique(&mut seen, scope, path)?;
    }
    Ok(())
}

pub(super) fn filled(text: &str, path: Path) -> Checked {
    if text.trim().is_empty() {
        return Err(Defect::new(path, "this cannot be blank", "write a text"));
    }
    not_too_long(text, path)
}

pub(super) fn not_too_long(text: &str, path: Path) -> Checked {
    if text.len() > rules::LONGEST {
        let way_out = format!("write at most {} bytes", rules::LONGEST);
        return Err(Defect::new(path, "this is too long", way_out));
    }
    Ok(())
}

pub(super) fn secret<'a>(
    value: Option<&'a str>,
    taken: &mut HashSet<&'a str>,
    path: Path,
) -> Checked {
    match value {
        Some(value) => {
            visible(value, path.clone())?;
            unique(taken, value, path)
        }
        None => Ok(()),
    }
}

/// What can be sent in a header as it is.
pub(super) fn visible(text: &str, path: Path) -> Checked {
    not_too_long(text, path.clone())?;
    if text.is_empty() || !text.bytes().all(is_visible) {
        let reason = "this cannot be sent in a header";
        let way_out = "write visible ASCII characters without spaces, or leave it out";
        return Err(Defect::new(path, reason, way_out));
    }
    Ok(())
}

pub(in super::super) fn is_visible(byte: u8) -> bool {
    (0x21..=0x7e).contains(&byte)
}
