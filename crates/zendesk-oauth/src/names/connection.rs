//! `ConnectionName`: which connection of an integration.

use super::rule::{Broken, check};

/// The name of a connection: 3 to 64 of `A`-`Z`, `a`-`z`, `0`-`9`, `_` and `-`, unique over all
/// connections of an integration. `zendesk` is reserved for the connection to Zendesk itself
/// (<https://developer.zendesk.com/api-reference/integration-services/connections/oauth_connections/>).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionName(String);

checked_name!(
    ConnectionName,
    "connection name",
    "3 to 64 of A-Z, a-z, 0-9, `_` and `-`",
    is_connection_name
);

fn is_connection_name(text: &str) -> Result<(), Broken> {
    check(text, 3..=64, |byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
    })
}
