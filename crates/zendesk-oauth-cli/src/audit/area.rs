//! The parts of an account that an audit looks at.

use clap::ValueEnum;
use serde::Serialize;

/// One part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Area {
    /// What the audit itself signs in with
    Credentials,
    /// OAuth clients of the account, and their owners
    Clients,
    /// Support's OAuth tokens, and their owners
    Tokens,
    /// Global clients that the account uses
    GlobalClients,
    /// Chat's OAuth tokens
    Chat,
    /// OAuth connections of the ZIS integration
    Connections,
}

impl Area {
    pub(super) const ALL: [Self; 6] = [
        Self::Credentials,
        Self::Clients,
        Self::Tokens,
        Self::GlobalClients,
        Self::Chat,
        Self::Connections,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Credentials => "credentials",
            Self::Clients => "clients",
            Self::Tokens => "tokens",
            Self::GlobalClients => "global-clients",
            Self::Chat => "chat",
            Self::Connections => "connections",
        }
    }
}
