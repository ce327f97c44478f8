//! What an OAuth client may look like. Zendesk's texts for these refusals are unknown; ours say the rule.

use super::errors::Defects;
use crate::state::{ClientKind, Role, State};

/// The longest name, identifier, company, description or redirect URI.
pub(crate) const LONGEST: usize = 2_048;

/// The most redirect URIs.
const MOST_REDIRECTS: usize = 100;

/// A text that must say something.
pub(crate) fn filled(defects: &mut Defects, member: &'static str, label: &str, text: &str) {
    if text.trim().is_empty() {
        defects.add(member, "BlankValue", &format!("{label}: cannot be blank"));
    }
    not_too_long(defects, member, label, text);
}

/// A text that may be empty.
pub(crate) fn not_too_long(defects: &mut Defects, member: &'static str, label: &str, text: &str) {
    if text.len() > LONGEST {
        let text = format!("{label}: is too long (at most {LONGEST} bytes)");
        defects.add(member, "ValueTooLong", &text);
    }
}

/// The identifier is what OAuth calls `client_id`: no other client of the account may have it.
pub(crate) fn identifier_is_free(
    defects: &mut Defects,
    state: &State,
    identifier: &str,
    own_id: Option<i64>,
) {
    let holder = state
        .client_by_identifier(identifier)
        .map(|client| client.id);
    let global = state.global_clients.by_name(identifier).is_some();
    if global || holder.is_some_and(|id| Some(id) != own_id) {
        let text = "Identifier: has already been taken";
        defects.add("identifier", "DuplicateValue", text);
    }
}

/// `public` or `confidential`.
pub(crate) fn kind(defects: &mut Defects, kind: &str) -> Option<ClientKind> {
    let known = ClientKind::parse(kind);
    if known.is_none() {
        let text = "Kind: must be public or confidential";
        defects.add("kind", "InvalidValue", text);
    }
    known
}

/// An owner must be an admin of the account.
pub(crate) fn owner(defects: &mut Defects, state: &State, user_id: i64) {
    let is_admin = state
        .users
        .get(&user_id)
        .is_some_and(|user| user.role == Role::Admin);
    if !is_admin {
        defects.add(
            "user_id",
            "InvalidValue",
            "User: must be an admin of the account",
        );
    }
}

/// Absolute and https, unless the host is this machine:
/// <https://support.zendesk.com/hc/en-us/articles/4408845965210>.
pub(crate) fn redirect_uris(defects: &mut Defects, uris: &[String]) {
    if uris.len() > MOST_REDIRECTS {
        let text = format!("Redirect URI: at most {MOST_REDIRECTS} can be given");
        defects.add("redirect_uri", "TooManyValues", &text);
    }
    for uri in uris {
        not_too_long(defects, "redirect_uri", "Redirect URI", uri);
        if !is_redirect_uri(uri) {
            let text = "Redirect URI: must be absolute, have no fragment and use https, unless its host is localhost \
                        or 127.0.0.1";
            defects.add("redirect_uri", "InvalidValue", text);
            return;
        }
    }
}

/// Without a fragment: RFC 6749, section 3.1.2.
pub(crate) fn is_redirect_uri(text: &str) -> bool {
    // `Uri` drops a fragment in silence.
    if text.contains('#') {
        return false;
    }
    let Ok(uri) = text.parse::<axum::http::Uri>() else {
        return false;
    };
    let Some(host) = uri.host() else {
        return false;
    };
    match uri.scheme_str() {
        Some("https") => true,
        Some("http") => host == "localhost" || host == "127.0.0.1",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_redirect_uri;

    #[test]
    fn redirects_go_to_https_or_to_this_machine() {
        for good in [
            "https://example.com/callback",
            "https://example.com",
            "http://localhost:3000/cb",
            "http://127.0.0.1/cb",
        ] {
            assert!(is_redirect_uri(good), "{good}");
        }
        for bad in [
            "",
            "example.com/callback",
            "/callback",
            "http://example.com/",
            "http://localhost.example.com/",
            "ftp://example.com/",
            "https://",
            "urn:ietf:wg:oauth:2.0:oob",
            "https://exa mple.com/",
            "https://example.com/callback#",
            "https://example.com/callback?x=1#fragment",
            "http://localhost#fragment",
        ] {
            assert!(!is_redirect_uri(bad), "{bad}");
        }
    }
}
