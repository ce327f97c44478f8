//! Lines that are read without holding up a runtime.

use std::io::{BufRead, Read as _};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use tokio::sync::oneshot;

/// The longest line that is read, in bytes: longer than any address that a browser shows.
const LONGEST: u64 = 64 * 1024;

/// The lines of an input that blocks, such as standard input.
///
/// Each is read in a thread of its own, and not in the runtime's: what waits for a person who does
/// not type would keep a runtime from ending, and nothing can end it.
pub(super) struct Lines<R>(Arc<Mutex<R>>);

impl<R: BufRead + Send + 'static> Lines<R> {
    pub(super) fn of(input: R) -> Self {
        Self(Arc::new(Mutex::new(input)))
    }

    /// The next line; nothing at the end, or if the input fails. It is not read before this is
    /// called.
    pub(super) fn next(&self) -> impl Future<Output = Option<String>> + Send + use<R> {
        let input = Arc::clone(&self.0);
        let (sender, receiver) = oneshot::channel();
        let reading = thread::Builder::new().name("pasted line".to_owned());
        let reading = reading.spawn(move || {
            let line = read(&mut *input.lock().unwrap_or_else(PoisonError::into_inner));
            // The login may be over by now.
            let _ = sender.send(line);
        });
        async move {
            reading.ok()?;
            receiver.await.ok()?
        }
    }
}

/// What is no UTF-8 is replaced: no answer to a login has any.
fn read(input: &mut impl BufRead) -> Option<String> {
    let mut line = Vec::new();
    let read = input.take(LONGEST).read_until(b'\n', &mut line);
    read.is_ok_and(|count| count > 0)
        .then(|| String::from_utf8_lossy(&line).into_owned())
}

#[cfg(test)]
mod tests {
    use std::io::{self, BufReader, Cursor};

    use super::*;

    #[tokio::test]
    async fn lines_come_one_by_one_whatever_is_in_them() {
        let lines = Lines::of(Cursor::new(b"one\n\n\xff\r\nlast".to_vec()));
        assert_eq!(lines.next().await.as_deref(), Some("one\n"));
        assert_eq!(lines.next().await.as_deref(), Some("\n"));
        assert_eq!(lines.next().await.as_deref(), Some("\u{fffd}\r\n"));
        assert_eq!(lines.next().await.as_deref(), Some("last"));
        assert_eq!(lines.next().await, None);
    }

    #[tokio::test]
    async fn no_line_is_read_without_end() {
        let lines = Lines::of(BufReader::new(io::repeat(b'a')));
        assert_eq!(lines.next().await.unwrap().len() as u64, LONGEST);
    }
}
