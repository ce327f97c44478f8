//! Logging a person in: authorization code (RFC 6749, 4.1) with PKCE S256 (RFC 7636), for a program
//! on the person's machine (RFC 8252).

mod builder;
mod callback;
mod error;
mod lines;
mod loopback_uri;
mod opened;
mod paste;
mod paste_error;
mod started;

pub use builder::Login;
pub use error::LoginError;
pub use opened::OpenedLogin;
pub use paste_error::PasteError;
pub use started::StartedLogin;
