//! A thread with a runtime of its own, for what goes on whatever becomes of the caller's runtime.

use tokio::runtime::{Builder, Handle};
use tracing::dispatcher;

use crate::token::refresh::Leaving;

/// Does this on a thread of its own, in a runtime that has timers and IO. The caller's runtime may be
/// driven only now and then meanwhile, and have neither. If it ends, it waits for this: it waits for
/// blocking tasks that have begun. What it drops has not begun. What is traced goes where the caller's
/// traces go.
pub(super) fn run<Work: Future<Output = ()>>(begin: impl FnOnce(Leaving) -> Work + Send + 'static) {
    let dispatch = dispatcher::get_default(Clone::clone);
    let does = move |leaving| dispatcher::with_default(&dispatch, || block_on(begin(leaving)));
    match Handle::try_current() {
        Ok(runtime) => {
            let leaving = Leaving::of(&runtime);
            drop(runtime.spawn_blocking(move || does(leaving)));
        }
        // One that cannot be had drops what it was to do.
        Err(_) => {
            let thread = std::thread::Builder::new().name("zendesk-oauth".to_owned());
            drop(thread.spawn(move || does(Leaving::never())));
        }
    }
}

fn block_on(work: impl Future<Output = ()>) {
    match Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => {
            runtime.block_on(work);
            // A file system that hangs is waited for by nobody.
            runtime.shutdown_background();
        }
        Err(error) => {
            tracing::warn!(target: "zendesk_oauth::token", %error, "there is no runtime to refresh in");
        }
    }
}
