//! Why a sandbox does not start.

use std::error::Error;
use std::fmt;
use std::io;
use std::net::SocketAddr;

use crate::seed::SeedError;
use crate::store::StateFileError;

/// Why a sandbox did not start: what happened, on what, and what to do.
#[derive(Debug)]
pub struct StartError(Kind);

#[derive(Debug)]
enum Kind {
    Address {
        address: SocketAddr,
        source: io::Error,
    },
    Seed(SeedError),
    StateFile(StateFileError),
    AdminToken,
    Interrupted,
}

impl StartError {
    pub(crate) fn address(address: SocketAddr, source: io::Error) -> Self {
        Self(Kind::Address { address, source })
    }

    pub(crate) fn admin_token() -> Self {
        Self(Kind::AdminToken)
    }

    pub(crate) fn interrupted() -> Self {
        Self(Kind::Interrupted)
    }

    /// Whether another program listens on the address.
    #[must_use]
    pub fn is_address_in_use(&self) -> bool {
        matches!(&self.0, Kind::Address { source, .. } if source.kind() == io::ErrorKind::AddrInUse)
    }
}

impl From<SeedError> for StartError {
    fn from(error: SeedError) -> Self {
        Self(Kind::Seed(error))
    }
}

impl From<StateFileError> for StartError {
    fn from(error: StateFileError) -> Self {
        Self(Kind::StateFile(error))
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Address { address, .. } if self.is_address_in_use() => {
                write!(
                    f,
                    "{address} is in use; choose another port, or port 0 for one that is free"
                )
            }
            Kind::Address { address, source } => write!(
                f,
                "{address} cannot be listened on ({source}); choose an address of this machine"
            ),
            Kind::Seed(error) => write!(f, "{error}"),
            Kind::StateFile(error) => write!(f, "{error}"),
            Kind::AdminToken => f.write_str(
                "the admin's token cannot be sent in a header; choose visible ASCII characters without spaces",
            ),
            Kind::Interrupted => {
                f.write_str("the sandbox was interrupted while it started; start it again")
            }
        }
    }
}

/// Its text says the cause, between what happened and what to do; a source would say it twice.
impl Error for StartError {}
