//! `Lifetime`: how long an access token is good, and how that is known.

use std::time::Duration;

/// How long an access token is good from when it was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Lifetime {
    /// For so long.
    #[non_exhaustive]
    Limited {
        /// From when it was received.
        lasts: Duration,
        /// Where that is from.
        known_from: LifetimeSource,
    },
    /// Until it is revoked: `tokens/current` said that it has no end (a client made before
    /// 2026-04-30).
    Unlimited,
}

/// Where the lifetime of an access token is known from, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LifetimeSource {
    /// `expires_in` of the answer.
    Answer,
    /// The claim `exp` of a token that is a JWT.
    Claim,
    /// `expires_at` of `GET /api/v2/oauth/tokens/current`.
    CurrentToken,
    /// Nothing said it: the shortest that Zendesk documents, 5 minutes.
    Assumed,
}

impl Lifetime {
    /// So long, and from there.
    #[must_use]
    pub const fn limited(lasts: Duration, known_from: LifetimeSource) -> Self {
        Self::Limited { lasts, known_from }
    }

    /// How long, unless it has no end.
    #[must_use]
    pub const fn lasts(self) -> Option<Duration> {
        match self {
            Self::Limited { lasts, .. } => Some(lasts),
            Self::Unlimited => None,
        }
    }

    /// Whether nobody said it.
    pub(crate) const fn is_assumed(self) -> bool {
        matches!(
            self,
            Self::Limited {
                known_from: LifetimeSource::Assumed,
                ..
            }
        )
    }
}
