//! The scopes of Support.
//!
//! Facts: <https://developer.zendesk.com/api-reference/ticketing/oauth/oauth_tokens/>. Documented
//! (<https://developer.zendesk.com/api-reference/ticketing/oauth/grant_type_tokens/>): a token is returned even
//! for an invalid scope, and each of its requests is forbidden. Observed: a name that is not in the list is
//! dropped in silence, and one outside the client's allowed scopes is refused.

/// Every scope, and what a person who is asked for it reads.
const KNOWN: &[(&str, &str)] = &[
    ("read", "Read everything that you can read"),
    ("write", "Change everything that you can change"),
    ("impersonate", "Make requests on behalf of end users"),
    ("tickets:read", "Read tickets"),
    ("tickets:write", "Change tickets"),
    ("users:read", "Read users"),
    ("users:write", "Change users"),
    ("auditlogs:read", "Read the audit log"),
    ("organizations:read", "Read organizations"),
    ("organizations:write", "Change organizations"),
    ("hc:read", "Read the help center"),
    ("hc:write", "Change the help center"),
    ("apps:read", "Read apps"),
    ("apps:write", "Change apps"),
    ("triggers:read", "Read triggers"),
    ("triggers:write", "Change triggers"),
    ("automations:read", "Read automations"),
    ("automations:write", "Change automations"),
    ("targets:read", "Read targets"),
    ("targets:write", "Change targets"),
    ("webhooks:read", "Read webhooks"),
    ("webhooks:write", "Change webhooks"),
    ("macros:read", "Read macros"),
    ("macros:write", "Change macros"),
    ("requests:read", "Read requests"),
    ("requests:write", "Change requests"),
    ("satisfaction_ratings:read", "Read satisfaction ratings"),
    ("satisfaction_ratings:write", "Change satisfaction ratings"),
    ("dynamic_content:read", "Read dynamic content"),
    ("dynamic_content:write", "Change dynamic content"),
    ("any_channel:write", "Write through channel integrations"),
    ("web_widget:write", "Write through the web widget"),
    ("security:read", "Read security settings"),
    (
        "unrestricted",
        "Do nothing here: Zendesk does not explain this scope",
    ),
];

/// What is wrong with the scope of a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ScopeDefect {
    Missing,
    NoneKnown,
    NotAllowed,
}

impl ScopeDefect {
    pub(super) fn description(self) -> &'static str {
        match self {
            Self::Missing => "You must specify a scope",
            Self::NoneKnown => "None of the requested scopes is known",
            Self::NotAllowed => "A requested scope is outside the allowed scopes",
        }
    }
}

/// Whether a scope exists. Documented: one without an access is for reading and writing.
pub(crate) fn is_known(scope: &str) -> bool {
    let is_it = |known: &str| known == scope || known.split(':').next() == Some(scope);
    KNOWN.iter().any(|(known, _)| is_it(known))
}

/// What a scope means, in words.
pub(super) fn in_words(scope: &str) -> &'static str {
    let found = KNOWN.iter().find(|(name, _)| *name == scope);
    found.map_or("", |(_, words)| words)
}

/// The scopes that a request asks for, each once, in its order. `allowed` is what the client may ask for
/// if the account limits it, or what was granted before.
///
/// Names that are all unknown leave no scope, which opens nothing, as documented for an invalid scope.
pub(super) fn asked(
    text: Option<&str>,
    allowed: Option<&[String]>,
) -> Result<Vec<String>, ScopeDefect> {
    let text = text.unwrap_or_default();
    let mut scopes: Vec<String> = Vec::new();
    let mut any = false;
    for name in text.split_ascii_whitespace() {
        any = true;
        let known = KNOWN.iter().any(|(known, _)| *known == name);
        if known && !scopes.iter().any(|it| it == name) {
            scopes.push(name.to_owned());
        }
    }
    if !any {
        return Err(ScopeDefect::Missing);
    }
    within(&scopes, allowed)?;
    Ok(scopes)
}

/// The scopes that a person is asked for. Inferred (RFC 6749, section 4.1.2.1): nobody is asked for nothing, so
/// names that are all unknown are refused here; what is documented of invalid scopes is about tokens.
pub(super) fn to_be_agreed(
    text: Option<&str>,
    allowed: Option<&[String]>,
) -> Result<Vec<String>, ScopeDefect> {
    let scopes = asked(text, allowed)?;
    if scopes.is_empty() {
        return Err(ScopeDefect::NoneKnown);
    }
    Ok(scopes)
}

/// Whether nothing is asked beyond what is allowed.
pub(super) fn within(scopes: &[String], allowed: Option<&[String]>) -> Result<(), ScopeDefect> {
    let Some(allowed) = allowed else {
        return Ok(());
    };
    let all = scopes.iter().all(|scope| allowed.contains(scope));
    if all {
        Ok(())
    } else {
        Err(ScopeDefect::NotAllowed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_known_with_its_access_and_without() {
        for known in ["read", "tickets:write", "tickets", "web_widget"] {
            assert!(is_known(known), "{known}");
        }
        for unknown in ["", "ticket", "tickets:", "tickets:delete", "no:such"] {
            assert!(!is_known(unknown), "{unknown}");
        }
    }

    #[test]
    fn unknown_names_and_repetitions_are_dropped() {
        let scopes = asked(Some(" read  bogus write read\n"), None);
        assert_eq!(scopes.unwrap(), ["read", "write"]);
    }

    #[test]
    fn nothing_is_refused_and_nothing_known_opens_nothing() {
        assert_eq!(asked(None, None), Err(ScopeDefect::Missing));
        assert_eq!(asked(Some("  "), None), Err(ScopeDefect::Missing));
        let allowed = ["read".to_owned()];
        for allowed in [None, Some(&allowed[..])] {
            assert_eq!(asked(Some("bogus"), allowed), Ok(Vec::new()));
            let agreed = to_be_agreed(Some("bogus"), allowed);
            assert_eq!(agreed, Err(ScopeDefect::NoneKnown));
        }
    }

    #[test]
    fn what_the_client_may_not_ask_for_is_refused() {
        let allowed = ["read".to_owned()];
        assert!(asked(Some("read bogus"), Some(&allowed)).is_ok());
        let refused = asked(Some("read write"), Some(&allowed));
        assert_eq!(refused, Err(ScopeDefect::NotAllowed));
    }

    #[test]
    fn a_scope_that_opens_nothing_here_promises_nothing() {
        assert!(in_words("unrestricted").starts_with("Do nothing here"));
    }

    #[test]
    fn every_scope_has_words() {
        assert!(KNOWN.iter().all(|(name, _)| !in_words(name).is_empty()));
    }
}
