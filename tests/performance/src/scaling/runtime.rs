//! The runtimes that callers live in.

use tokio::runtime::{Builder, Runtime};

use super::Failed;

/// `current`: one thread, which is the caller's. `two`: two workers.
pub(crate) fn of(threads: &str) -> Result<Runtime, Failed> {
    let mut builder = match threads {
        "current" => Builder::new_current_thread(),
        "two" => Builder::new_multi_thread(),
        other => return Err(format!("`{other}` is neither `current` nor `two`").into()),
    };
    if threads == "two" {
        builder.worker_threads(2);
    }
    Ok(builder.enable_all().build()?)
}
