//! For those who use the `oauth2` crate.

mod http_client;
mod issued;
mod plain;

pub use http_client::OAuth2HttpClient;
