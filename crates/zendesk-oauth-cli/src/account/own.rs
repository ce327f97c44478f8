//! Which tokens of lists are those that the command itself runs with.

use zendesk_oauth::Secret;
use zendesk_oauth::chat::ChatOAuthToken;
use zendesk_oauth::support::SupportOAuthToken;

use super::Account;
use crate::config::Access;

/// Zendesk shows the first ten characters. Fewer say too little.
const SHORTEST: usize = 8;

/// A token of another area than Support, as it was given.
#[derive(Clone, Debug, Default)]
pub(crate) struct Own(Option<Secret>);

impl Account {
    /// The ZIS token of this run. It is an OAuth token of Support, of the integration's own client.
    pub(crate) fn own_zis_token(&self) -> Own {
        Own::of(self.settings.resolved.zis.as_ref().map(|it| &it.value))
    }

    /// The Chat token of this run.
    pub(crate) fn own_chat_token(&self) -> Own {
        Own::of(self.settings.resolved.chat.as_ref().map(|it| &it.value))
    }
}

impl Own {
    fn of(access: Option<&Access>) -> Self {
        Self(match access {
            Some(Access::Token(token)) => Some(token.clone()),
            _ => None,
        })
    }

    /// Whether there is one.
    pub(crate) fn is_there(&self) -> bool {
        self.0.is_some()
    }

    /// Whether it is this token of Support, which is shown cut. Another that begins alike is taken for it, too.
    pub(crate) fn is_support(&self, token: &SupportOAuthToken) -> bool {
        let (Some(own), Some(shown)) = (&self.0, &token.token) else {
            return false;
        };
        begins(own.expose(), shown.expose())
    }

    /// Whether it is this token of Chat, which is shown in full.
    pub(crate) fn is_chat(&self, token: &ChatOAuthToken) -> bool {
        let (Some(own), Some(shown)) = (&self.0, &token.access_token) else {
            return false;
        };
        begins(own.expose(), shown.expose())
    }
}

fn begins(own: &str, shown: &str) -> bool {
    shown.len() >= SHORTEST && own.starts_with(shown)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_token_is_known_by_what_is_shown_of_it() {
        let own = Own(Some(Secret::from("CANARY-0123456789")));
        let shown = |text: &str| {
            let record = json!({ "id": 1, "token": text });
            serde_json::from_value::<SupportOAuthToken>(record).unwrap()
        };
        assert!(own.is_support(&shown("CANARY-012")));
        assert!(!own.is_support(&shown("CANARY-112")));
        assert!(!own.is_support(&shown("CAN")));
        assert!(!own.is_support(&shown("")));
        assert!(!Own(None).is_support(&shown("CANARY-012")));
        let chat = json!({ "id": 1, "access_token": "CANARY-0123456789" });
        assert!(own.is_chat(&serde_json::from_value(chat).unwrap()));
    }
}
