//! Chat's OAuth tokens.

mod handle;

pub use handle::Chat;
pub use zendesk_chat_oauth_tokens::types::ChatOAuthToken;
