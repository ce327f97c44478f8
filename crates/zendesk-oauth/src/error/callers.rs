//! `Callers`: who may call an operation of Support.

use zendesk_oauth_core::Operation;

/// Whom Zendesk allows an operation of Support, as "Allowed for" of its pages says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Callers {
    Administrators,
    /// Agents too, with the permission `manage_api_credentials` where it is enabled.
    KeepersOfCredentials,
    /// Every user, end users included; inferred: tokens of others are for administrators.
    Everyone,
    /// The same, of the token that the call is made with.
    EveryoneWithItself,
}

impl Callers {
    pub(super) fn of(operation: &Operation) -> Self {
        match operation.id {
            "show_current_support_oauth_token" | "revoke_current_support_oauth_token" => {
                Self::EveryoneWithItself
            }
            "show_support_oauth_token" | "revoke_support_oauth_token" => Self::Everyone,
            "list_global_oauth_clients"
            | "list_global_oauth_client_token_summaries"
            | "show_global_oauth_client" => Self::KeepersOfCredentials,
            _ => Self::Administrators,
        }
    }

    /// Whose token it has to be, as a sentence; nothing where anybody's will do.
    pub(super) fn needed(self) -> &'static str {
        match self {
            Self::Administrators => " This operation is for administrators.",
            Self::KeepersOfCredentials => {
                " This operation is for administrators, and for agents with the permission \
                 `manage_api_credentials` where it is enabled."
            }
            Self::Everyone | Self::EveryoneWithItself => "",
        }
    }

    /// What to do about a refusal (403).
    pub(super) fn forbidden(self) -> &'static str {
        match self {
            Self::Administrators => {
                "The user of the token has to be an administrator, and the token has to have the \
                 scope `read`, or `write` to change something."
            }
            Self::KeepersOfCredentials => {
                "The user of the token has to be an administrator, or an agent with the permission \
                 `manage_api_credentials` where it is enabled, and the token has to have the scope \
                 `read`."
            }
            Self::Everyone => {
                "Every user may do this with tokens of their own, and probably only administrators \
                 with those of others; the token of the call has to have the scope `read`, or \
                 `write` to revoke."
            }
            Self::EveryoneWithItself => {
                "Every user may do this, but a token whose scopes Zendesk does not know opens \
                 nothing at all: get one with the scopes that you need."
            }
        }
    }
}

/// Whether an operation of Support takes an access token and no API token.
pub(super) fn takes_bearer_only(operation: &Operation) -> bool {
    !operation.security.contains(&"supportApiToken")
}

#[cfg(all(
    test,
    feature = "support",
    feature = "oauth-tokens",
    feature = "global-oauth-clients"
))]
mod tests {
    use super::*;

    #[test]
    fn each_operation_has_the_callers_of_its_page() {
        let of = |operations: &'static [Operation]| -> Vec<Callers> {
            operations.iter().map(Callers::of).collect()
        };
        let clients = of(zendesk_support_oauth_clients::OPERATIONS);
        assert!(clients.iter().all(|it| *it == Callers::Administrators));
        let global = of(zendesk_support_global_oauth_clients::OPERATIONS);
        assert!(global.iter().all(|it| *it == Callers::KeepersOfCredentials));
        for operation in zendesk_support_oauth_tokens::OPERATIONS {
            let itself = operation.path == "/api/v2/oauth/tokens/current";
            let one = operation.path == "/api/v2/oauth/tokens/{oauth_token_id}";
            let expected = match (itself, one) {
                (true, _) => Callers::EveryoneWithItself,
                (_, true) => Callers::Everyone,
                _ => Callers::Administrators,
            };
            assert_eq!(Callers::of(operation), expected, "{operation}");
            assert_eq!(takes_bearer_only(operation), itself, "{operation}");
        }
    }
}
