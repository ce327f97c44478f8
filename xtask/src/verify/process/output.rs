//! What a program says on one of its outputs.

use std::{
    io::Read,
    mem,
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

/// How long an output is read after the program and its group have ended. What is in the pipe is there at once; only a
/// program that left the group can keep the pipe open.
pub(super) const GRACE: Duration = Duration::from_secs(2);

/// An output that is read on a thread of its own, so that the program never waits for its reader.
pub(super) struct Output(Arc<(Mutex<Said>, Condvar)>);

#[derive(Default)]
struct Said {
    bytes: Vec<u8>,
    is_closed: bool,
}

impl Output {
    pub(super) fn read(output: Option<impl Read + Send + 'static>) -> Self {
        let shared = Arc::new((Mutex::new(Said::default()), Condvar::new()));
        let of_thread = Arc::clone(&shared);
        thread::spawn(move || {
            let (said, closed) = &*of_thread;
            let mut part = [0; 8192];
            if let Some(mut output) = output {
                // What was read before an error still tells something.
                while let Ok(length @ 1..) = output.read(&mut part) {
                    let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
                    said.bytes.extend_from_slice(&part[..length]);
                }
            }
            let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
            said.is_closed = true;
            closed.notify_all();
        });
        Self(shared)
    }

    /// What was said until the output was closed, or until now where it stays open beyond `last`.
    pub(super) fn until(self, last: Instant) -> String {
        let (said, closed) = &*self.0;
        let said = said.lock().unwrap_or_else(PoisonError::into_inner);
        let left = last.saturating_duration_since(Instant::now());
        let (mut said, _) = closed
            .wait_timeout_while(said, left, |said| !said.is_closed)
            .unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&mem::take(&mut said.bytes)).into_owned()
    }
}
