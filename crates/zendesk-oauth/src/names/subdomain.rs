//! `Subdomain`: which Zendesk account.

use super::rule::{Broken, check};

/// The subdomain of a Zendesk account: `acme` of `https://acme.zendesk.com`. One label of a host
/// name (RFC 1123, 2.1): 1 to 63 letters, digits and hyphens, with no hyphen at either end.
///
/// ```
/// use zendesk_oauth::Subdomain;
///
/// assert!(Subdomain::new("acme").is_ok());
/// let error = Subdomain::new("acme.zendesk.com").unwrap_err();
/// assert!(error.to_string().contains("letters, digits and hyphens"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subdomain(String);

checked_name!(
    Subdomain,
    "subdomain",
    "1 to 63 letters, digits and hyphens, and no hyphen at either end, such as `acme` of \
     https://acme.zendesk.com",
    is_label
);

fn is_label(text: &str) -> Result<(), Broken> {
    check(text, 1..=63, |byte| {
        byte.is_ascii_alphanumeric() || byte == b'-'
    })?;
    if text.starts_with('-') || text.ends_with('-') {
        return Err(Broken::HyphenAtEnd);
    }
    Ok(())
}
