//! File work away from the threads that run tasks, and bounded in time.

use std::sync::Arc;
use std::time::Duration;

use tracing::{Span, dispatcher};

use super::folder::Folder;
use crate::token::{StoreError, StoreErrorKind};

/// How long one call may take. A file system that needs longer hangs.
const LIMIT: Duration = Duration::from_secs(10);

/// Reads something in the folder.
pub(super) async fn read<T: Send + 'static>(
    folder: &Arc<Folder>,
    does: impl FnOnce(&Folder) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    within(LIMIT, folder, does).await?
}

/// Changes something in the folder. What was begun goes on when nobody waits any more.
pub(super) async fn change<T: Send + 'static>(
    folder: &Arc<Folder>,
    does: impl FnOnce(&Folder) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let done = within(LIMIT, folder, does).await;
    done.map_err(StoreError::unclear)?
}

/// What came of it, on a thread where it may block; an error if that is not known in time. What is
/// traced there goes where the caller's traces go.
async fn within<T: Send + 'static>(
    limit: Duration,
    folder: &Arc<Folder>,
    does: impl FnOnce(&Folder) -> Result<T, StoreError> + Send + 'static,
) -> Result<Result<T, StoreError>, StoreError> {
    let here = Arc::clone(folder);
    let (dispatch, span) = (dispatcher::get_default(Clone::clone), Span::current());
    let task = tokio::task::spawn_blocking(move || {
        dispatcher::with_default(&dispatch, || span.in_scope(|| does(&here)))
    });
    let what = match tokio::time::timeout(limit, task).await {
        Ok(Ok(outcome)) => return Ok(outcome),
        Ok(Err(_)) => "the runtime ended before its files were dealt with".to_owned(),
        Err(_) => {
            format!("the file system did not answer within {limit:?}. Look after its disk")
        }
    };
    Err(folder.error(StoreErrorKind::Unavailable, what))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn a_file_system_that_hangs_is_an_error_in_time() {
        let folder = Arc::new(Folder::new("/mnt/far/login".into()));
        let (wakes, hangs) = mpsc::channel::<()>();
        let limit = Duration::from_millis(20);
        let outcome = within(limit, &folder, move |_| {
            let _ = hangs.recv();
            Ok(())
        });
        let error = outcome.await.unwrap_err();
        drop(wakes);
        assert_eq!(error.kind(), StoreErrorKind::Unavailable);
        assert!(error.to_string().contains("/mnt/far/login"), "{error}");
    }
}
