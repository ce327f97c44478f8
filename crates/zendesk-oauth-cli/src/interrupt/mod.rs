//! Ctrl-C and SIGTERM: the command is dropped, what must come to its end does, and the exit code says which it was.

mod signals;
mod tty;

use std::pin::pin;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, oneshot};

use signals::Signals;
use tty::Tty;

use crate::output::complain;

/// So long a command may take to notice.
const NOTICE: Duration = Duration::from_millis(500);

/// Whether the process waits for a person. It does not notice signals then, and nothing else runs.
static IS_AT_PROMPT: AtomicBool = AtomicBool::new(false);

/// Does what waits for a person. A signal ends the process at once, and sets the terminal back.
pub(crate) fn at_prompt<T>(ask: impl FnOnce() -> T) -> T {
    IS_AT_PROMPT.store(true, Ordering::SeqCst);
    let answer = ask();
    IS_AT_PROMPT.store(false, Ordering::SeqCst);
    answer
}

/// How much runs that a signal does not break off, one within the other.
static HELD: AtomicUsize = AtomicUsize::new(0);

/// Whether what runs says itself what a signal does to it.
static IS_QUIET: AtomicBool = AtomicBool::new(false);

/// The first signal, as its exit code; 0 for none.
static CAME: AtomicU8 = AtomicU8::new(0);

/// Told when it comes.
static HAS_COME: Notify = Notify::const_new();

/// Told when what is held has come to its end.
static IS_OVER: Notify = Notify::const_new();

/// What the process says if it is left before that.
static LAST_WORDS: Mutex<String> = Mutex::new(String::new());

/// Lets this come to its end after a signal, such as what brings a secret to its place that is shown once. A second
/// signal ends the process, with the [`last_words`]. Gives the signal that came meanwhile too: if the caller goes on to
/// wait, it is dropped; if it ends well, the process exits with the signal's code.
pub(crate) async fn to_its_end<T>(work: impl Future<Output = T>) -> (T, Option<Signal>) {
    struct Held;
    impl Drop for Held {
        fn drop(&mut self) {
            if HELD.fetch_sub(1, Ordering::SeqCst) == 1 {
                last_words("");
                IS_OVER.notify_one();
            }
        }
    }
    HELD.fetch_add(1, Ordering::SeqCst);
    let held = Held;
    let done = work.await;
    drop(held);
    (done, meanwhile())
}

/// For what ends itself once a signal is [`heeded`], and says nothing of it.
pub(crate) async fn ending_itself<T>(work: impl Future<Output = T>) -> T {
    IS_QUIET.store(true, Ordering::SeqCst);
    let (done, _) = to_its_end(work).await;
    IS_QUIET.store(false, Ordering::SeqCst);
    done
}

/// Returns once a signal has come, within [`ending_itself`]. It changes the exit code no more.
pub(crate) async fn heeded() {
    while CAME.swap(0, Ordering::SeqCst) == 0 {
        HAS_COME.notified().await;
    }
}

/// What is to be said if the process is left at once, by a second signal: what there is on the server, and what to do.
pub(crate) fn last_words(text: &str) {
    let mut words = LAST_WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    text.clone_into(&mut words);
}

/// The signal that came while the command went on to its end.
pub(crate) fn meanwhile() -> Option<Signal> {
    match CAME.load(Ordering::SeqCst) {
        130 => Some(Signal::Interrupt),
        143 => Some(Signal::Terminate),
        _ => None,
    }
}

/// What ends a command from outside. The numbers are the exit codes: 128, and the signal's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    /// Ctrl-C.
    Interrupt = 130,
    /// What service managers send.
    Terminate = 143,
}

impl From<Signal> for ExitCode {
    fn from(signal: Signal) -> Self {
        Self::from(signal as u8)
    }
}

/// Signals, awaited beside a command.
pub(crate) struct Interrupt {
    first: oneshot::Receiver<Signal>,
    is_noticed: Arc<AtomicBool>,
}

impl Interrupt {
    /// Catches signals from now on, on a thread of its own: a prompt blocks the one that the command runs on.
    pub(crate) fn watch() -> Self {
        let (sender, first) = oneshot::channel();
        let is_noticed = Arc::new(AtomicBool::new(false));
        let watched = Arc::clone(&is_noticed);
        let tty = Tty::now();
        // Without a thread, signals end the process as they do by default.
        let (catching, catches) = std::sync::mpsc::channel();
        let _ = std::thread::Builder::new()
            .name("signals".to_owned())
            .spawn(move || wait(sender, &watched, tty.as_ref(), &catching));
        // Else a signal could end the process at a prompt that hides, and leave the terminal so.
        let _ = catches.recv();
        Self { first, is_noticed }
    }

    /// Runs the command until it ends or a signal comes. Dropped, it takes back what it has half done.
    pub(crate) async fn during<T>(
        &mut self,
        command: impl Future<Output = T>,
    ) -> Result<T, Signal> {
        let signal = async {
            match (&mut self.first).await {
                Ok(signal) => signal,
                Err(_) => std::future::pending().await,
            }
        };
        let mut command = pin!(command);
        let signal = tokio::select! {
            ended = &mut command => return Ok(ended),
            signal = signal => signal,
        };
        self.is_noticed.store(true, Ordering::SeqCst);
        if HELD.load(Ordering::SeqCst) > 0 {
            if !IS_QUIET.load(Ordering::SeqCst) {
                complain(
                    "what is under way must come to its end first; another Ctrl-C ends it here and now",
                );
            }
            loop {
                tokio::select! {
                    biased;
                    ended = &mut command => return Ok(ended),
                    () = IS_OVER.notified() => {}
                }
                // Another one may have begun, or it was an earlier one that was told.
                if HELD.load(Ordering::SeqCst) == 0 {
                    break;
                }
            }
        }
        Err(signal)
    }
}

fn wait(
    sender: oneshot::Sender<Signal>,
    is_noticed: &AtomicBool,
    tty: Option<&Tty>,
    catching: &std::sync::mpsc::Sender<()>,
) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let Ok(runtime) = runtime else {
        return;
    };
    runtime.block_on(async {
        let Ok(mut signals) = Signals::new() else {
            return;
        };
        let _ = catching.send(());
        let first = signals.next().await;
        CAME.store(first as u8, Ordering::SeqCst);
        HAS_COME.notify_one();
        // If the command has ended already, so does the process.
        if sender.send(first).is_err() || IS_AT_PROMPT.load(Ordering::SeqCst) {
            leave(first, tty);
        }
        tokio::select! {
            second = signals.next() => leave(second, tty),
            () = tokio::time::sleep(NOTICE) => {}
        }
        // A slow disk may keep the command from noticing. What is held is worth to wait for it.
        if !is_noticed.load(Ordering::SeqCst) && HELD.load(Ordering::SeqCst) == 0 {
            leave(first, tty);
        }
        leave(signals.next().await, tty);
    });
}

/// Ends the process now.
fn leave(signal: Signal, tty: Option<&Tty>) -> ! {
    if let Some(tty) = tty {
        tty.restore();
    }
    let words = std::mem::take(&mut *LAST_WORDS.lock().unwrap_or_else(PoisonError::into_inner));
    if !words.is_empty() {
        complain(words);
    }
    crate::files::remove_drafts();
    std::process::exit(signal as i32);
}
