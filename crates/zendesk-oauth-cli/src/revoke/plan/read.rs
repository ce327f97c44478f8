//! A plan that a person may have changed, read for `apply`.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read as _};
use std::path::Path;

use serde::Deserialize;

use super::header::{FORMAT, KIND};
use super::summary::Summary;
use super::{Entry, Header};
use crate::failure::Failure;
use crate::revoke::condition::{Condition, OfClient, Resolved};
use crate::text::printable;

/// No line of ours is as long.
const LONGEST_LINE: u64 = 1024 * 1024;

/// A plan that is whole and is this program's.
pub(crate) struct Plan {
    pub(crate) header: Header,
    pub(crate) condition: Resolved,
    pub(crate) entries: Vec<Planned>,
    pub(crate) summary: Summary,
}

/// What `apply` needs of an entry. It is small, as there may be many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Planned {
    pub(crate) id: i64,
    pub(crate) client_id: Option<i64>,
    pub(crate) of_client: OfClient,
    pub(crate) user_id: Option<i64>,
}

/// What is looked at first, as the rest may be of another form.
#[derive(Deserialize)]
struct Kind {
    zendesk_oauth_plan: String,
    format: u32,
}

impl Plan {
    /// Reads it and looks at every line. Empty lines, and lines that begin with `#`, are left out.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let shown = path.display();
        let unread = |error: std::io::Error| {
            Failure::usage(format!("{shown} cannot be read")).because(error)
        };
        let is_file = std::fs::metadata(path).map_err(unread)?.is_file();
        if !is_file {
            return Err(Failure::usage(format!(
                "{shown} is no ordinary file, and a plan has to be one, as its journal lies beside it: write the plan to a \
                 file with `zendesk-oauth revoke plan --out FILE`"
            )));
        }
        let reader = BufReader::new(File::open(path).map_err(unread)?);
        Self::of(reader, path)
    }

    /// The plan that is in the file at `path`, from its bytes.
    pub(crate) fn of(mut reader: impl BufRead, path: &Path) -> Result<Self, Failure> {
        let shown = path.display();
        let unread = |error: std::io::Error| {
            Failure::usage(format!("{shown} cannot be read")).because(error)
        };
        let damaged = |line: usize, what: &str| {
            Failure::usage(format!(
                "{shown}, line {line}: {what}; nothing was revoked. Delete the line, or make the plan anew"
            ))
        };
        let mut plan: Option<Self> = None;
        let mut lines_of_ids: HashMap<i64, usize> = HashMap::new();
        let mut bytes = Vec::new();
        for number in 1.. {
            bytes.clear();
            let mut limited = reader.by_ref().take(LONGEST_LINE);
            if limited.read_until(b'\n', &mut bytes).map_err(unread)? == 0 {
                break;
            }
            let line = bytes.trim_ascii();
            if line.is_empty() || line.starts_with(b"#") {
                continue;
            }
            let Some(plan) = &mut plan else {
                plan =
                    Some(Self::beginning(line).map_err(|what| {
                        Failure::usage(format!("{shown}, line {number}: {what}"))
                    })?);
                continue;
            };
            let entry: Entry = serde_json::from_slice(line).map_err(|error| {
                let error = printable(&error.to_string());
                damaged(number, &format!("this is no token of a plan ({error})"))
            })?;
            if let Some(before) = lines_of_ids.insert(entry.id, number) {
                let what = format!("token {} is on line {before} already", entry.id);
                return Err(damaged(number, &what));
            }
            plan.summary.add(&entry);
            plan.entries.push(Planned {
                id: entry.id,
                client_id: entry.client_id,
                of_client: entry.of_client.into(),
                user_id: entry.user_id,
            });
        }
        plan.ok_or_else(|| {
            Failure::usage(format!(
                "{shown} is empty; make a plan with `zendesk-oauth revoke plan --where … --out {shown}`"
            ))
        })
    }

    fn beginning(line: &[u8]) -> Result<Self, String> {
        const NONE: &str = "this is not the header of a plan, which is the first line; make the plan anew with \
                            `zendesk-oauth revoke plan`";
        let kind: Kind = serde_json::from_slice(line).map_err(|_| NONE)?;
        if kind.zendesk_oauth_plan != KIND {
            return Err(NONE.to_owned());
        }
        if kind.format != FORMAT {
            return Err(format!(
                "the plan has the format {}, and this program knows {FORMAT}; make the plan anew with this program",
                kind.format
            ));
        }
        let header: Header = serde_json::from_slice(line).map_err(|error| {
            let error = printable(&error.to_string());
            format!("the header of the plan is damaged ({error}); make the plan anew")
        })?;
        let condition: Condition = header
            .condition
            .parse()
            .map_err(|mistake| format!("the condition of the plan is damaged: {mistake}"))?;
        let condition = Resolved::without_names(condition).ok_or(
            "the condition of the plan has names, and has to have numbers; make the plan anew",
        )?;
        Ok(Self {
            header,
            condition,
            entries: Vec::new(),
            summary: Summary::default(),
        })
    }
}
