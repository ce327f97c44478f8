//! The kinds of clients, as arguments.

use clap::ValueEnum;
use zendesk_oauth::support::OAuthClientKind;

/// Whether a client can keep a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    /// It can, such as a server
    Confidential,
    /// It cannot, such as an app on a phone; it has to use PKCE
    Public,
}

impl From<Kind> for OAuthClientKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Confidential => Self::Confidential,
            Kind::Public => Self::Public,
        }
    }
}
