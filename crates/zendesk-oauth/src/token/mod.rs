//! Tokens that look after themselves: getting one, keeping it fresh, and where it lives.
//!
//! An access token of Support lives 30 minutes, and a refresh token is good once: with its first use
//! the old pair is dead, and Zendesk documents no time of grace.
//!
//! | for | see |
//! |---|---|
//! | logging a person in, with a browser or by pasting | [`Login`] |
//! | one token for a code, a client's secret or a refresh token | [`TokenEndpoint`] |
//! | credentials that refresh themselves | [`TokenSource`] |
//! | where the login lives | [`FileStore`], [`MemoryStore`], `RedisStore` (feature `redis`), or a [`TokenStore`] of one's own |
//! | health endpoints and metrics | [`TokenState`], [`StateWatch`] |
//! | why there is no token | [`TokenError`], [`LoginEnd`] |
//!
//! ```
//! use zendesk_oauth::Zendesk;
//! use zendesk_oauth::token::{MemoryStore, OAuthClientCredentials, TokenEndpoint, TokenSource};
//! use zendesk_oauth_sandbox::Sandbox;
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let sandbox = Sandbox::builder().start().await?;
//! let known = sandbox.credentials();
//! let app = OAuthClientCredentials::confidential(known.client_id(), known.client_secret());
//! let endpoint = TokenEndpoint::new(&Zendesk::at(sandbox.url()).build()?, app);
//! let source = TokenSource::builder(endpoint, MemoryStore::new())
//!     .client_credentials(["read"])
//!     .build();
//! let zendesk = Zendesk::at(sandbox.url())
//!     .support(source.credentials())
//!     .build()?;
//! let token = zendesk.oauth_tokens().show_current().await?; // mints a token first
//! assert_eq!(token.scopes.unwrap_or_default(), ["read"]);
//! # Ok(())
//! # }
//! ```
//!
//! # A refresh
//!
//! One at a time in the process, and one at a time among all who share a store: whoever holds the
//! store's lease. Inside the lease the store is read again, and what a sibling wrote is taken. Before
//! the refresh token is sent, that it is about to be is written down (the [`Intent`]); every write
//! changes only the version that was read, so that a process that held the lease and woke up late
//! overwrites nothing. After an answer was lost, the store is read again and the token sent once
//! more; if Zendesk had carried the first out, the login is over, and [`LoginEnd`] says when, by whom
//! and what to do. Anything else that fails passes: the token is served as long as it is good.
//!
//! [`STEPS`] names what happens in between, as it stands in the trace.

mod current;
mod endpoint;
mod error;
mod issued;
mod issuer;
mod lifetime;
mod login;
#[cfg(feature = "oauth2")]
mod oauth2_crate;
mod record;
mod refresh;
mod shown;
mod single_flight;
mod source;
mod state;
mod step;
mod store;
/// The primitives that [`single_flight`] stands on; its model puts others in their place.
mod sync;
#[cfg(test)]
mod testing;
mod who;

/// The crate whose client a [`RedisStore`] takes, in the version that it uses.
#[cfg(feature = "redis")]
pub use ::redis;
pub use endpoint::{OAuthClientCredentials, TokenEndpoint};
pub use error::TokenError;
pub use issued::IssuedToken;
pub use lifetime::{Lifetime, LifetimeSource};
pub use login::{Login, LoginError, OpenedLogin, PasteError, StartedLogin};
#[cfg(feature = "oauth2")]
pub use oauth2_crate::OAuth2HttpClient;
pub use record::{Intent, LoginEnd, LoginEndReason, Record, RecordError};
pub use source::{KeepFresh, TokenSource, TokenSourceBuilder};
pub use state::{StateWatch, TokenPhase, TokenState};
pub use step::STEPS;
pub use store::{
    FileStore, Lease, LeaseHolder, Leased, MemoryStore, StoreError, StoreErrorKind, StoreFuture,
    Stored, Swap, TokenStore, Version,
};
#[cfg(feature = "redis")]
pub use store::{RedisStore, StoreKey};
