//! Asking people for access in the browser: authorization URLs with PKCE, and their callbacks
//! (<https://developer.zendesk.com/documentation/api-basics/authentication/oauth-pkce/>).

mod callback;
mod callback_error;
mod pkce;
mod random;
pub(crate) mod redirect_uri;
mod request;

pub use callback::AuthorizationCode;
pub use callback_error::CallbackError;
pub use request::AuthorizationRequest;
