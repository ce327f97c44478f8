//! Whether a secret came whole.

use zendesk_oauth_core::Secret;

/// Zendesk's examples end a truncated secret with three dots
/// (<https://developer.zendesk.com/api-reference/ticketing/oauth/oauth_clients/>); some print the one
/// character for them. A token that is cut can begin with them (observed).
pub(super) fn is_whole(secret: &Secret) -> bool {
    let text = secret.expose().trim();
    let is_cut = |dots: &str| text.starts_with(dots) || text.ends_with(dots);
    !text.is_empty() && !is_cut("...") && !is_cut("\u{2026}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_blank_or_has_dots_at_an_end_is_not_whole() {
        assert!(is_whole(&Secret::from("CANARY-secret")));
        for cut in [
            "",
            "  ",
            "...",
            "af3t24tfj34h43s...",
            "af3t24tfj\u{2026}",
            "af3t24tfj... ",
            "...4h43sxyz01",
        ] {
            assert!(!is_whole(&Secret::from(cut)), "{cut}");
        }
    }
}
