//! Whose code does the work.

use std::sync::Arc;

use zendesk_oauth::{Credentials, Zendesk};

use super::{Failed, lapse::Lapse};
use crate::by_hand::ByHand;

/// Whose code does the work. A clone is cheap and shares its connections.
#[derive(Clone)]
pub(crate) enum Side {
    /// This project's client.
    Facade(Zendesk),
    /// reqwest and serde.
    ByHand(Arc<ByHand>),
    /// This project's client, with a token that refreshes itself.
    Lapse(Arc<Lapse>),
}

impl Side {
    pub(crate) fn of(name: &str, url: &str, token: &str) -> Result<Self, Failed> {
        Ok(match name {
            "facade" => Self::Facade(
                Zendesk::at(url)
                    .support(Credentials::bearer(token))
                    .build()?,
            ),
            "by-hand" => Self::ByHand(Arc::new(ByHand::new(url, token)?)),
            "lapse" => Self::Lapse(Arc::new(Lapse::new(url)?)),
            other => return Err(format!("there is no side `{other}`").into()),
        })
    }

    /// What it is called in results.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Facade(_) | Self::Lapse(_) => "zendesk-oauth",
            Self::ByHand(_) => "reqwest by hand",
        }
    }
}
