//! `IntegrationName`: which ZIS integration.

use super::rule::{Broken, check};

/// The name of a ZIS integration: 1 to 64 of `a`-`z`, `0`-`9`, `-` and `_`. It is unique over all
/// Zendesk accounts (<https://developer.zendesk.com/api-reference/integration-services/registry/integrations/>).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IntegrationName(String);

checked_name!(
    IntegrationName,
    "integration name",
    "1 to 64 of a-z, 0-9, `-` and `_`",
    is_integration_name
);

fn is_integration_name(text: &str) -> Result<(), Broken> {
    check(text, 1..=64, |byte| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_')
    })
}
