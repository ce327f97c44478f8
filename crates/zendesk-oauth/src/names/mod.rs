//! Names that are checked before anything is sent.

#[macro_use]
mod checked_name;
#[cfg(feature = "zis")]
mod connection;
#[cfg(feature = "zis")]
mod integration;
mod rule;
mod subdomain;
#[cfg(feature = "zis")]
mod uuid;

#[cfg(feature = "zis")]
pub use connection::ConnectionName;
#[cfg(feature = "zis")]
pub use integration::IntegrationName;
pub(crate) use rule::Broken;
pub use subdomain::Subdomain;
#[cfg(feature = "zis")]
pub use uuid::Uuid;
