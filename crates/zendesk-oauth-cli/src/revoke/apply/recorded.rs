//! What a journal tells: one JSON object per line, the plan's own facts first, then what became of tokens.

use std::collections::HashMap;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::outcome::Outcome;
use crate::failure::Failure;
use crate::revoke::plan::Header;

/// The first line: of which plan it is.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct OfPlan {
    zendesk_oauth_journal: String,
    format: u32,
    account: String,
    made_at: String,
    condition: String,
}

impl OfPlan {
    pub(super) fn new(header: &Header) -> Self {
        Self {
            zendesk_oauth_journal: "revoke".to_owned(),
            format: 1,
            account: header.account.clone(),
            made_at: header.made_at.clone(),
            condition: header.condition.clone(),
        }
    }
}

/// Any other line.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Line {
    pub(super) id: i64,
    pub(super) state: State,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) why: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum State {
    /// The request to revoke it is sent next.
    Begun,
    Revoked,
    Gone,
    Skipped,
    Failed,
}

/// A pipe would be waited for, and a device keeps nothing.
pub(super) fn refuse_other_than_files(path: &Path) -> Result<(), Failure> {
    match std::fs::metadata(path) {
        Ok(found) if !found.is_file() => Err(Failure::usage(format!(
            "{}, where the journal of the plan belongs, is no ordinary file: move it away",
            path.display()
        ))),
        _ => Ok(()),
    }
}

/// The tokens that a journal tells of.
#[derive(Debug, Default)]
pub(crate) struct Recorded {
    begun: std::collections::HashSet<i64>,
    ended: HashMap<i64, Outcome>,
}

impl Recorded {
    /// Reads a journal and changes nothing. If there is none, nothing was recorded.
    pub(super) fn read(path: &Path, header: &Header) -> Result<Self, Failure> {
        refuse_other_than_files(path)?;
        match File::open(path) {
            Ok(mut file) => Ok(Self::of(&mut file, path, header)?.0),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(unreadable(path, error)),
        }
    }

    /// Reads it from its beginning. The number is how many bytes of it are whole lines: the last one may have been
    /// torn by a power cut, and was never acted upon then.
    pub(crate) fn of(
        file: &mut impl Read,
        path: &Path,
        header: &Header,
    ) -> Result<(Self, u64), Failure> {
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)
            .map_err(|error| unreadable(path, error))?;
        let whole = bytes
            .iter()
            .rposition(|it| *it == b'\n')
            .map_or(0, |it| it + 1);
        let mut recorded = Self::default();
        let lines = bytes[..whole].split_inclusive(|it| *it == b'\n');
        for (number, line) in (1..).zip(lines) {
            let understood = if number == 1 {
                is_of(line, header, path)?
            } else {
                recorded.add(line)
            };
            if !understood {
                let path = path.display();
                return Err(Failure::usage(format!(
                    "{path}, line {number}: the journal is damaged; nothing was revoked. If you move it away, the plan \
                     begins anew, and every token is looked at again"
                )));
            }
        }
        Ok((recorded, u64::try_from(whole).unwrap_or(u64::MAX)))
    }

    fn add(&mut self, line: &[u8]) -> bool {
        let Ok(Line { id, state, why }) = serde_json::from_slice(line) else {
            return false;
        };
        let why = why.unwrap_or_default();
        let outcome = match state {
            State::Begun => {
                self.begun.insert(id);
                return true;
            }
            State::Revoked => Outcome::Revoked,
            State::Gone => Outcome::Gone,
            State::Skipped => Outcome::Skipped(why),
            State::Failed => Outcome::Failed(why),
        };
        self.begun.remove(&id);
        self.ended.insert(id, outcome);
        true
    }

    /// Whether an earlier run was about to revoke it and did not come to write more. If it is gone now, that run
    /// revoked it.
    pub(super) fn is_begun(&self, id: i64) -> bool {
        self.begun.contains(&id)
    }

    /// Whether there is nothing left to do for it.
    pub(crate) fn is_done(&self, id: i64) -> bool {
        self.done(id).is_some()
    }

    /// What became of it, if there is nothing left to do.
    pub(super) fn done(&self, id: i64) -> Option<&Outcome> {
        let outcome = self.ended.get(&id)?;
        (!matches!(outcome, Outcome::Failed(_))).then_some(outcome)
    }
}

/// Whether the line is a journal's first; it fails if it is another plan's.
fn is_of(line: &[u8], header: &Header, path: &Path) -> Result<bool, Failure> {
    let Ok(of) = serde_json::from_slice::<OfPlan>(line) else {
        return Ok(false);
    };
    if of == OfPlan::new(header) {
        return Ok(true);
    }
    let path = path.display();
    Err(Failure::usage(format!(
        "{path} is the journal of another plan; move it away, and this plan begins anew"
    )))
}

pub(super) fn unreadable(path: &Path, error: std::io::Error) -> Failure {
    let path = path.display();
    Failure::usage(format!("{path}, the journal of the plan, cannot be read")).because(error)
}
