//! Support's OAuth clients.

mod changes;
mod list;
mod list_by_offset;
mod list_source;
mod members;
mod new_oauth_client;
mod oauth_clients;
mod register;
mod registered;
mod secret_not_received;

pub use changes::OAuthClientChanges;
pub use list::ListOAuthClients;
pub use list_by_offset::ListOAuthClientsByOffset;
pub use new_oauth_client::NewOAuthClient;
pub use oauth_clients::OAuthClients;
pub use registered::RegisteredOAuthClient;
pub(crate) use secret_not_received::SecretNotReceived;
pub use zendesk_support_oauth_clients::types::{OAuthClient, OAuthClientKind};
