//! What becomes of a token.

/// How it ended with one token of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Revoked,
    /// Somebody else had revoked it, or it is one of those that Zendesk does not keep.
    Gone,
    /// It is not as the plan says any more, or must not be revoked.
    Skipped(String),
    /// Zendesk refused. The next run tries again.
    Failed(String),
}

impl Outcome {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Revoked => "revoked",
            Self::Gone => "gone",
            Self::Skipped(_) => "skipped",
            Self::Failed(_) => "failed",
        }
    }

    pub(super) fn why(&self) -> Option<&str> {
        match self {
            Self::Revoked | Self::Gone => None,
            Self::Skipped(why) | Self::Failed(why) => Some(why),
        }
    }
}
