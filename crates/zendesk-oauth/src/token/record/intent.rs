//! `Intent`: a refresh that was begun.

use std::time::SystemTime;

/// A refresh that was begun, written down before the refresh token was sent. It goes when an answer
/// is written; so one that is still there says that the answer was lost, or the process.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Intent {
    /// Who began it, such as `process 4711 on build-7`.
    pub who: String,
    /// When the refresh token was first to be sent.
    pub began_at: SystemTime,
    /// How often it was to be sent since, this intent included.
    pub times: u32,
}

impl Intent {
    /// A first one.
    #[must_use]
    pub fn first(who: impl Into<String>, began_at: SystemTime) -> Self {
        Self {
            who: who.into(),
            began_at,
            times: 1,
        }
    }

    /// The same refresh token once more.
    #[must_use]
    pub fn again(&self) -> Self {
        Self {
            times: self.times.saturating_add(1),
            ..self.clone()
        }
    }
}
