//! The scopes that a new token is to have.

use crate::failure::Failure;

/// The documented ones: <https://developer.zendesk.com/api-reference/ticketing/oauth/oauth_tokens/>.
const DOCUMENTED: [&str; 34] = [
    "read",
    "write",
    "impersonate",
    "tickets:read",
    "tickets:write",
    "users:read",
    "users:write",
    "auditlogs:read",
    "organizations:read",
    "organizations:write",
    "hc:read",
    "hc:write",
    "apps:read",
    "apps:write",
    "triggers:read",
    "triggers:write",
    "automations:read",
    "automations:write",
    "targets:read",
    "targets:write",
    "webhooks:read",
    "webhooks:write",
    "macros:read",
    "macros:write",
    "requests:read",
    "requests:write",
    "satisfaction_ratings:read",
    "satisfaction_ratings:write",
    "dynamic_content:read",
    "dynamic_content:write",
    "any_channel:write",
    "web_widget:write",
    "security:read",
    "unrestricted",
];

/// Whether Zendesk's page has it.
pub(super) fn is_documented(scope: &str) -> bool {
    DOCUMENTED.contains(&scope)
}

/// Takes the scopes as they were written, each once. Zendesk drops an unknown one without a word, so it is refused here.
pub(super) fn checked(given: &[String]) -> Result<Vec<String>, Failure> {
    let mut scopes: Vec<String> = Vec::new();
    let words = given.iter().flat_map(|it| it.split([' ', ',']));
    for scope in words.filter(|it| !it.is_empty()) {
        if !is_documented(scope) {
            return Err(Failure::usage(format!(
                "--scope: {scope:?} is none that Zendesk documents; it knows {}",
                DOCUMENTED.join(", ")
            )));
        }
        if !scopes.iter().any(|it| it == scope) {
            scopes.push(scope.to_owned());
        }
    }
    if scopes.is_empty() {
        return Err(Failure::usage(
            "--scope is missing: name what the new token may do, as little as suffices, such as `--scope tickets:read`",
        ));
    }
    Ok(scopes)
}

/// Those that allow more than a script should need.
pub(crate) fn wide<S: AsRef<str>>(scopes: &[S]) -> Vec<&str> {
    let scopes = scopes.iter().map(AsRef::as_ref);
    scopes
        .filter(|it| matches!(*it, "write" | "impersonate" | "unrestricted"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(given: &[&str]) -> Vec<String> {
        given.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn scopes_are_taken_in_every_spelling_and_once() {
        let scopes = checked(&texts(&["tickets:read,users:read", "tickets:read hc:read"]));
        assert_eq!(
            scopes.expect("scopes"),
            ["tickets:read", "users:read", "hc:read"]
        );
    }

    #[test]
    fn an_unknown_scope_is_refused_with_the_list() {
        let refused = checked(&texts(&["ticket:read"])).expect_err("unknown");
        assert!(refused.to_string().contains("\"ticket:read\""), "{refused}");
        assert!(refused.to_string().contains("satisfaction_ratings:write"));
        assert!(checked(&[]).is_err() && checked(&texts(&[" "])).is_err());
    }

    #[test]
    fn the_list_is_that_of_the_document() {
        let document = include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../openapi/support-oauth-tokens.yaml"
        ));
        let (_, flow) = document.split_once("clientCredentials:").expect("a flow");
        let (_, scopes) = flow.split_once("scopes:\n").expect("scopes");
        let names: Vec<&str> = scopes
            .lines()
            .take_while(|line| line.starts_with("            "))
            .filter_map(|line| Some(line.trim().split_once(": ")?.0))
            .collect();
        assert_eq!(names, DOCUMENTED);
    }

    #[test]
    fn what_allows_much_is_wide() {
        let scopes = ["read", "write", "tickets:write", "impersonate"];
        assert_eq!(wide(&scopes), ["write", "impersonate"]);
    }
}
