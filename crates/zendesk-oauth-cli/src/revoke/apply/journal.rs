//! The journal of a plan: what was begun, and what became of it, on the disk before anything follows from it.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use fs4::{FileExt, TryLockError};
use serde::Serialize;

use super::outcome::Outcome;
use super::recorded::{Line, OfPlan, Recorded, State, refuse_other_than_files, unreadable};
use crate::failure::Failure;
use crate::files::sync_folder;
use crate::revoke::plan::Header;

/// A journal that no other process writes to.
pub(super) struct Journal {
    path: PathBuf,
    file: File,
    /// How many lines were written.
    written: Mutex<u64>,
    /// How many of them are on the disk for sure.
    synced: Mutex<u64>,
}

impl Journal {
    /// Opens it for this process alone, and reads what it tells.
    pub(super) fn open(path: &Path, header: &Header) -> Result<(Self, Recorded), Failure> {
        let shown = path.display();
        let unwritten = |error: io::Error| {
            Failure::usage(format!(
                "{shown}, the journal of the plan, cannot be written"
            ))
            .because(error)
        };
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        refuse_other_than_files(path)?;
        let mut file = options.open(path).map_err(unwritten)?;
        match FileExt::try_lock(&file) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Failure::usage(format!(
                    "another command applies this plan right now ({shown} is locked); wait for it to end"
                )));
            }
            Err(TryLockError::Error(error)) => return Err(unwritten(error)),
        }
        let (recorded, whole) = Recorded::of(&mut file, path, header)?;
        let length = file
            .metadata()
            .map_err(|error| unreadable(path, error))?
            .len();
        if length > whole {
            file.set_len(whole).map_err(unwritten)?;
        }
        let journal = Self {
            path: path.to_owned(),
            file,
            written: Mutex::new(0),
            synced: Mutex::new(0),
        };
        if whole == 0 {
            journal.append(&OfPlan::new(header))?;
            journal.sync()?;
            let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
            sync_folder(folder.unwrap_or(Path::new("."))).map_err(unwritten)?;
        }
        Ok((journal, recorded))
    }

    /// The request to revoke this token is sent next. When this returns, it is on the disk, and so is everything
    /// that was written before.
    pub(super) fn begin(&self, id: i64) -> Result<(), Failure> {
        self.append(&Line {
            id,
            state: State::Begun,
            why: None,
        })?;
        self.sync()
    }

    /// What became of a token. It is on the disk when the next one is begun, or at the end.
    pub(super) fn end(&self, id: i64, outcome: &Outcome) -> Result<(), Failure> {
        let state = match outcome {
            Outcome::Revoked => State::Revoked,
            Outcome::Gone => State::Gone,
            Outcome::Skipped(_) => State::Skipped,
            Outcome::Failed(_) => State::Failed,
        };
        let why = outcome.why().map(str::to_owned);
        self.append(&Line { id, state, why })
    }

    /// Waits until everything is on the disk. Those who wait at the same time share one wait.
    pub(super) fn sync(&self) -> Result<(), Failure> {
        let wanted = *lock(&self.written);
        let mut synced = lock(&self.synced);
        if *synced >= wanted {
            return Ok(());
        }
        let covers = *lock(&self.written);
        self.file
            .sync_data()
            .map_err(|error| self.unwritten(error))?;
        *synced = covers;
        Ok(())
    }

    fn append(&self, line: &impl Serialize) -> Result<(), Failure> {
        let mut bytes = serde_json::to_vec(line).map_err(|error| self.unwritten(error.into()))?;
        bytes.push(b'\n');
        let mut written = lock(&self.written);
        (&self.file)
            .write_all(&bytes)
            .map_err(|error| self.unwritten(error))?;
        *written += 1;
        Ok(())
    }

    fn unwritten(&self, error: io::Error) -> Failure {
        let path = self.path.display();
        Failure::failed(format!(
            "{path}, the journal of the plan, cannot be written, so no more tokens are revoked"
        ))
        .because(error)
    }
}

/// A number is never half changed.
fn lock(number: &Mutex<u64>) -> MutexGuard<'_, u64> {
    number.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use serde_json::json;

    use super::*;

    fn header() -> Header {
        serde_json::from_value(json!({
            "zendesk_oauth_plan": "revoke", "format": 1, "account": "https://x", "made_at": "now",
            "where": "expired", "condition": "expired", "looked_at": 1, "picked": 1,
        }))
        .unwrap()
    }

    #[test]
    fn what_was_written_is_told_at_the_next_opening() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("p.journal");
        let (journal, recorded) = Journal::open(&path, &header()).unwrap();
        assert!(recorded.done(1).is_none());
        journal.begin(1).unwrap();
        journal.end(1, &Outcome::Revoked).unwrap();
        journal.begin(2).unwrap();
        journal.end(3, &Outcome::Skipped("why".to_owned())).unwrap();
        journal.end(4, &Outcome::Failed("why".to_owned())).unwrap();
        drop(journal);
        let (_journal, recorded) = Journal::open(&path, &header()).unwrap();
        assert_eq!(recorded.done(1), Some(&Outcome::Revoked));
        assert!(!recorded.is_begun(1) && recorded.is_begun(2));
        assert!(recorded.is_done(3) && !recorded.is_done(4));
    }

    #[test]
    fn a_journal_torn_anywhere_is_gone_on_with() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("p.journal");
        let (journal, _) = Journal::open(&path, &header()).unwrap();
        journal.begin(1).unwrap();
        journal.end(1, &Outcome::Gone).unwrap();
        drop(journal);
        let whole = fs::read(&path).unwrap();
        for length in 0..whole.len() {
            fs::write(&path, &whole[..length]).unwrap();
            let (journal, recorded) = Journal::open(&path, &header()).unwrap();
            assert!(!recorded.is_done(1), "{length}");
            journal.end(1, &Outcome::Gone).unwrap();
            drop(journal);
            let (_, recorded) = Journal::open(&path, &header()).unwrap();
            assert!(recorded.is_done(1), "{length}");
        }
    }

    #[test]
    fn two_at_once_another_plan_s_and_a_damaged_one_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("p.journal");
        let refusal = |header: &Header| match Journal::open(&path, header) {
            Ok(_) => panic!("it is opened"),
            Err(failure) => failure.to_string(),
        };
        let (journal, _) = Journal::open(&path, &header()).unwrap();
        assert!(refusal(&header()).contains("right now"));
        drop(journal);
        let other = Header {
            condition: "no-expiry".to_owned(),
            ..header()
        };
        assert!(refusal(&other).contains("another plan"));
        let mut text = fs::read_to_string(&path).unwrap();
        text.push_str("{\"id\":1}\n{\"id\":1,\"state\":\"gone\"}\n");
        fs::write(&path, text).unwrap();
        assert!(refusal(&header()).contains("line 2"));
    }
}
