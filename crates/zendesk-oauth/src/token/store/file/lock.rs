//! The lease: lock files, of which the highest counts.

use std::fs::File;
use std::time::{Duration, Instant};

use fs4::{FileExt, TryLockError};

use super::draft::{Draft, Linked, clear};
use super::folder::Folder;
use super::listing::{Listing, Series};
use super::private;
use super::signature::{Now, Signature};
use crate::token::step::step;
use crate::token::store::lease::most;
use crate::token::who::who;
use crate::token::{Lease, LeaseHolder, Leased, StoreError, StoreErrorKind};

/// How often is begun anew what another process came in between of.
const ATTEMPTS: usize = 16;

/// The lock file of a lease, locked until it is dropped.
pub(super) struct HeldLock {
    file: File,
    number: u64,
}

/// Which lock file a lease has.
pub(super) struct Held(u64);

/// How the highest lock file stands.
enum Standing {
    /// Nobody locks it.
    Free,
    /// It ran out, and is locked all the same: its process is stopped.
    RanOut,
    Taken(Option<Signature>),
    /// It is gone: others took the lease meanwhile.
    Gone,
}

impl HeldLock {
    pub(super) fn what(&self) -> Held {
        Held(self.number)
    }
}

impl Drop for HeldLock {
    fn drop(&mut self) {
        // Closing it does the same, but not while this process is starting another one, which has
        // the file too until it runs its program. If it fails, closing has to do.
        let _ = FileExt::unlock(&self.file);
    }
}

/// Takes the lease, unless somebody has it.
pub(super) fn lease(folder: &Folder, time: Duration) -> Result<Leased, StoreError> {
    let time = most(time);
    let owner = owner(folder)?;
    folder.create()?;
    for _ in 0..ATTEMPTS {
        let highest = Listing::of(folder)?.highest(Series::Locks);
        if let Some(number) = highest {
            match standing(folder, number)? {
                Standing::Free | Standing::RanOut => {}
                Standing::Taken(signature) => return Ok(Leased::Elsewhere(seen(signature))),
                Standing::Gone => continue,
            }
        }
        // Read before the time that others see, so that it ends for its holder first.
        let ends = Instant::now() + time;
        let signature = Signature::new(owner.clone(), who(), Now::read(), time);
        let next = highest.unwrap_or_default().saturating_add(1);
        if let Some(lock) = sign(folder, next, &signature)? {
            return Ok(Leased::Held(Lease::new(owner, ends).holding(lock)));
        }
    }
    // Whoever came in between each time has it.
    Ok(Leased::Elsewhere(LeaseHolder::unknown()))
}

/// Makes the lease of this owner last so long from now; nothing if somebody else has it.
pub(super) fn renew(
    folder: &Folder,
    owner: &str,
    held: &Held,
    time: Duration,
) -> Result<Option<(Instant, HeldLock)>, StoreError> {
    let time = most(time);
    for _ in 0..ATTEMPTS {
        let Some(highest) = Listing::of(folder)?.highest(Series::Locks) else {
            return Ok(None);
        };
        let signature = signature(folder, highest)?;
        let ends = Instant::now() + time;
        let now = Now::read();
        // The number is another, and the owner the same, when an earlier renewal was made and
        // nobody waited for it.
        let signature = match signature {
            Some(signature) if signature.owner == owner => signature.renewed(now, time),
            None if highest == held.0 => Signature::new(owner.to_owned(), who(), now, time),
            _ => return Ok(None),
        };
        let next = highest.saturating_add(1);
        if let Some(lock) = sign(folder, next, &signature)? {
            return Ok(Some((ends, lock)));
        }
    }
    Ok(None)
}

/// Who has the lease.
pub(super) fn holder(folder: &Folder) -> Result<Option<LeaseHolder>, StoreError> {
    if !folder.is_there()? {
        return Ok(None);
    }
    for _ in 0..ATTEMPTS {
        let Some(number) = Listing::of(folder)?.highest(Series::Locks) else {
            return Ok(None);
        };
        match standing(folder, number)? {
            Standing::Free | Standing::RanOut => return Ok(None),
            Standing::Taken(signature) => return Ok(Some(seen(signature))),
            Standing::Gone => {}
        }
    }
    Ok(Some(LeaseHolder::unknown()))
}

/// Makes a signed and locked file the lock file with this number; nothing if somebody else did.
fn sign(folder: &Folder, number: u64, line: &Signature) -> Result<Option<HeldLock>, StoreError> {
    let draft = Draft::create(folder, Series::Locks, number)?;
    step!("file_lock_opened");
    if !draft.lock(folder)? {
        return Ok(None);
    }
    step!("file_lock_held");
    draft.write(folder, line.line().as_bytes())?;
    step!("file_lock_signed");
    publish(folder, number, draft)
}

/// Gives a signed and locked draft this number; nothing if somebody else has it, or had it.
pub(super) fn publish(
    folder: &Folder,
    number: u64,
    draft: Draft,
) -> Result<Option<HeldLock>, StoreError> {
    if draft.link(folder, Series::Locks, number)? != Linked::Done {
        return Ok(None);
    }
    step!("file_lock_linked");
    // Others may have made and removed this number before.
    let is_last = Listing::of(folder)?.highest(Series::Locks) == Some(number);
    let file = draft.into_file();
    step!("file_lock_draft_removed");
    clear(folder, Series::Locks);
    step!("file_old_lock_removed");
    Ok(is_last.then_some(HeldLock { file, number }))
}

fn standing(folder: &Folder, number: u64) -> Result<Standing, StoreError> {
    let path = Series::Locks.path(folder, number);
    let Some(file) = private::open(folder, &path)? else {
        return Ok(Standing::Gone);
    };
    // Shared, so that those who look do not hinder each other.
    match FileExt::try_lock_shared(&file) {
        Ok(()) => return Ok(Standing::Free),
        Err(TryLockError::WouldBlock) => {}
        Err(TryLockError::Error(error)) => return Err(folder.lacks("advisory locks", error)),
    }
    let signature = signature(folder, number)?;
    let ran_out = signature
        .as_ref()
        .is_some_and(|it| it.left(Now::read().machine).is_none());
    Ok(if ran_out {
        Standing::RanOut
    } else {
        Standing::Taken(signature)
    })
}

/// The line of a lock file, if there is one to read. Its holder wrote it before the file had its
/// number, so without one somebody tampered with it, or the system lets nobody read a locked file:
/// then the lease lasts as long as its process.
fn signature(folder: &Folder, number: u64) -> Result<Option<Signature>, StoreError> {
    let path = Series::Locks.path(folder, number);
    let Some(file) = private::open(folder, &path)? else {
        return Ok(None);
    };
    let line = private::read(folder, &path, &file).ok();
    Ok(line.and_then(|line| Signature::parse(&line)))
}

fn seen(signature: Option<Signature>) -> LeaseHolder {
    match signature {
        Some(signature) => signature.holder(Now::read().machine),
        None => LeaseHolder::unknown(),
    }
}

fn owner(folder: &Folder) -> Result<String, StoreError> {
    let random = (getrandom::u64(), getrandom::u64());
    let (Ok(first), Ok(second)) = random else {
        let what = "the system has no random numbers to give. Try again".to_owned();
        return Err(folder.error(StoreErrorKind::Unavailable, what));
    };
    Ok(format!("{first:016x}{second:016x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A process that was just started has the file too, until it runs its program.
    #[test]
    fn a_lease_that_is_dropped_is_free_although_another_has_its_file_open() {
        let kept = tempfile::TempDir::new().unwrap();
        let folder = Folder::new(kept.path().join("login"));
        let time = Duration::from_secs(600);
        let Ok(Leased::Held(lease)) = lease(&folder, time) else {
            panic!("nobody has it");
        };
        let _other = lease.held::<HeldLock>().unwrap().file.try_clone().unwrap();
        drop(lease);
        let leased = super::lease(&folder, time).unwrap();
        assert!(matches!(leased, Leased::Held(_)), "{leased:?}");
    }
}
