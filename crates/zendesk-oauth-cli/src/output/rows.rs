//! Records and lists of them, in the form that was asked for.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;
use zendesk_oauth_core::Redacted;

use super::members::{Picked, cell, find, harmless, note_names};
use super::short::short;
use super::terminal::Terminal;
use super::{Format, OutputFlags, Shape, table, talk, write};
use crate::failure::Failure;

/// So many records are looked at before the first is printed, if one of the columns is in none of them.
const HELD_BACK: usize = 100;

/// A list on its way out. JSON is written as it comes; if the list breaks off, the array stays open, so that
/// nobody takes a part for the whole.
pub(crate) struct Rows<'a> {
    flags: &'a OutputFlags,
    shape: Shape,
    /// The cells of a table.
    table: Vec<Vec<String>>,
    /// JSON that waits until it is known that the columns are there.
    held: Option<Vec<String>>,
    /// Columns that no record has had yet.
    missing: Vec<String>,
    known: BTreeSet<String>,
    count: usize,
}

impl OutputFlags {
    /// Begins a list.
    pub(crate) fn rows(&self, shape: Shape) -> Rows<'_> {
        let is_known = |name: &String| shape.0.contains(&name.as_str());
        let names = self.columns.iter().filter(|name| !is_known(name));
        Rows {
            flags: self,
            shape,
            table: Vec::new(),
            held: Some(Vec::new()),
            missing: names.cloned().collect(),
            known: BTreeSet::new(),
            count: 0,
        }
    }

    /// Writes one record.
    pub(crate) fn item<T: Serialize>(&self, record: &T, shape: Shape) -> Result<(), Failure> {
        let record = &self.value(record)?;
        let mut missing = self.columns.clone();
        missing.retain(|name| find(record, name).is_none() && !shape.0.contains(&name.as_str()));
        if record.is_object() && !missing.is_empty() {
            let mut known: BTreeSet<String> = shape.0.iter().map(|it| (*it).to_owned()).collect();
            note_names(&mut known, record);
            // What was done is done: the record is of use without them.
            talk(unknown(&missing, &known));
        }
        if self.format == Format::Table {
            let names = named(record, &self.columns, shape);
            let members = names.into_iter().map(|name| {
                let value = cell(find(record, &name));
                (crate::text::printable(&name), value)
            });
            let members: Vec<_> = members.collect();
            if members.is_empty() {
                return write(&format!("{}\n", cell(Some(record))));
            }
            return write(&table::record(
                &members,
                &Terminal::of_stdout(self.no_color),
            ));
        }
        let picked = Picked {
            record,
            names: &self.columns,
        };
        let text = match self.format {
            Format::Ndjson => serde_json::to_string(&picked),
            _ => serde_json::to_string_pretty(&picked),
        };
        write(&format!("{}\n", harmless(text.map_err(unwritable)?)))
    }

    /// The record as JSON, without secrets unless they are to be revealed.
    pub(crate) fn value<T: Serialize + ?Sized>(&self, record: &T) -> Result<Value, Failure> {
        let value = if self.reveal {
            serde_json::to_value(record)
        } else {
            serde_json::to_value(Redacted(record))
        };
        value.map_err(unwritable)
    }
}

/// The names of a record's lines: those asked for, or all, the most telling first.
fn named(record: &Value, asked: &[String], shape: Shape) -> Vec<String> {
    let Some(members) = record.as_object() else {
        return Vec::new();
    };
    if !asked.is_empty() {
        return asked.to_vec();
    }
    let first = shape.0.iter().filter(|name| find(record, name).is_some());
    let mut names: Vec<String> = first.map(|name| (*name).to_owned()).collect();
    let others = members
        .keys()
        .filter(|name| !shape.0.contains(&name.as_str()));
    names.extend(others.cloned());
    names
}

impl Rows<'_> {
    /// Adds a record.
    pub(crate) fn push<T: Serialize + ?Sized>(&mut self, record: &T) -> Result<(), Failure> {
        let record = &self.flags.value(record)?;
        self.count += 1;
        if !self.missing.is_empty() {
            if record.is_object() {
                self.missing.retain(|name| find(record, name).is_none());
            } else {
                self.missing.clear();
            }
            note_names(&mut self.known, record);
        }
        if self.flags.format == Format::Table {
            let cells = self.columns();
            let cells = cells.iter().map(|name| match record {
                Value::Object(_) => short(cell(find(record, name))),
                other => cell(Some(other)),
            });
            let cells = cells.collect();
            self.table.push(cells);
            return Ok(());
        }
        let picked = Picked {
            record,
            names: &self.flags.columns,
        };
        let text = harmless(serde_json::to_string(&picked).map_err(unwritable)?);
        let text = match self.flags.format {
            Format::Ndjson => format!("{text}\n"),
            _ if self.count == 1 => format!("[\n{text}"),
            _ => format!(",\n{text}"),
        };
        match &mut self.held {
            Some(held) => {
                held.push(text);
                if self.missing.is_empty() || held.len() >= HELD_BACK {
                    self.let_go()?;
                }
                Ok(())
            }
            None => write(&text),
        }
    }

    /// Writes what is left to write.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        if self.count > 0 && !self.missing.is_empty() {
            self.known
                .extend(self.shape.0.iter().map(|it| (*it).to_owned()));
            return Err(unknown(&self.missing, &self.known));
        }
        self.let_go()?;
        match self.flags.format {
            Format::Table if self.count == 0 => {
                talk("nothing to show");
                Ok(())
            }
            Format::Table => {
                let header = self.columns();
                let terminal = Terminal::of_stdout(self.flags.no_color);
                write(&table::table(
                    &header,
                    std::mem::take(&mut self.table),
                    &terminal,
                ))
            }
            Format::Json if self.count == 0 => write("[]\n"),
            Format::Json => write("\n]\n"),
            Format::Ndjson => Ok(()),
        }
    }

    fn columns(&self) -> Vec<String> {
        if self.flags.columns.is_empty() {
            self.shape.0.iter().map(|it| (*it).to_owned()).collect()
        } else {
            self.flags.columns.clone()
        }
    }

    fn let_go(&mut self) -> Result<(), Failure> {
        match self.held.take() {
            Some(held) if !held.is_empty() => write(&held.concat()),
            _ => Ok(()),
        }
    }
}

fn unwritable(error: serde_json::Error) -> Failure {
    Failure::failed("the answer cannot be written as JSON").because(error)
}

fn unknown(names: &[String], known: &BTreeSet<String>) -> Failure {
    let shown: Vec<String> = names.iter().map(|it| crate::text::printable(it)).collect();
    let known: Vec<String> = known.iter().map(|it| crate::text::printable(it)).collect();
    Failure::usage(format!(
        "--columns {}: no record has such a member",
        shown.join(",")
    ))
    .advise(format!("there are {}", known.join(", ")))
}
