//! `Leaving`: whether the runtime that a flight began on is about to end.

use std::future::pending;

use tokio::runtime::Handle;
use tokio::sync::watch;

/// Tells that a runtime is shutting down: its program is about to end, and waits for what it began.
#[derive(Clone)]
pub(in crate::token) struct Leaving(Option<watch::Receiver<()>>);

impl Leaving {
    /// Of this runtime. The task that tells of it lasts as long as this does.
    pub(in crate::token) fn of(runtime: &Handle) -> Self {
        let (stays, leaving) = watch::channel(());
        // A runtime that ends drops its tasks.
        runtime.spawn(async move { stays.closed().await });
        Self(Some(leaving))
    }

    /// Of none.
    pub(in crate::token) fn never() -> Self {
        Self(None)
    }

    pub(in crate::token) fn is_now(&self) -> bool {
        let leaving = self.0.as_ref();
        leaving.is_some_and(|leaving| leaving.has_changed().is_err())
    }

    /// Waits until it is.
    pub(in crate::token) async fn begins(&self) {
        let Some(mut leaving) = self.0.clone() else {
            return pending().await;
        };
        while leaving.changed().await.is_ok() {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_runtime_that_ends_is_told_of() {
        let runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = { runtime }.build().unwrap();
        let leaving = Leaving::of(runtime.handle());
        runtime.block_on(tokio::task::yield_now());
        assert!(!leaving.is_now() && !Leaving::never().is_now());
        drop(runtime);
        assert!(leaving.is_now());
        let other = tokio::runtime::Builder::new_current_thread();
        { other }.build().unwrap().block_on(leaving.begins());
    }
}
