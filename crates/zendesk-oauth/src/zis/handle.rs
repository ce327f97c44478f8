//! `Zis`: one integration.

use zendesk_oauth_core::Transport;

use super::IntegrationName;
use crate::{Area, Error, NameError};

/// The OAuth connections of one ZIS integration, from [`Zendesk::zis`](crate::Zendesk::zis)
/// (<https://developer.zendesk.com/api-reference/integration-services/connections/oauth_connections/>).
///
/// | for | see |
/// |---|---|
/// | a connection in one call, by a browser on this machine | [`connect`](Self::connect) |
/// | a connection in steps, for a server with a callback of its own | [`start`](Self::start), [`VerificationCode::from_callback`](super::VerificationCode::from_callback), [`exchange`](Self::exchange) |
/// | its tokens | [`show`](Self::show), [`refresh_if_near_expiry`](Self::refresh_if_near_expiry), [`wait_until_ready`](Self::wait_until_ready) |
/// | the operations of the document | [`start_oauth_flow`](Self::start_oauth_flow) and its five siblings |
#[derive(Clone, Debug)]
pub struct Zis {
    own: Option<Transport>,
    /// For operations that take no credentials.
    open: Transport,
    integration: Result<IntegrationName, NameError>,
}

impl Zis {
    pub(crate) fn new(
        own: Option<Transport>,
        open: Transport,
        integration: Result<IntegrationName, NameError>,
    ) -> Self {
        Self {
            own,
            open,
            integration,
        }
    }

    /// The transport with the integration's credentials.
    pub(super) fn own(&self) -> Result<Transport, Error> {
        self.integration.clone()?;
        Area::Zis.transport(self.own.as_ref())
    }

    /// The transport for operations that take no credentials.
    pub(super) fn open(&self) -> Result<Transport, Error> {
        self.integration.clone()?;
        Ok(self.open.clone())
    }

    /// The integration's name; of a wrong one nothing, for then there is no transport either.
    pub(super) fn integration(&self) -> Option<&IntegrationName> {
        self.integration.as_ref().ok()
    }
}
