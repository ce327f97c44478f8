//! `Chat`: the operations on Chat's OAuth tokens.

use zendesk_chat_oauth_tokens::Client;
use zendesk_oauth_core::Transport;

use super::ChatOAuthToken;
use crate::{Area, Call, Error};

/// The operations on Chat's OAuth tokens, from [`Zendesk::chat`](crate::Zendesk::chat). They are
/// for administrators (<https://developer.zendesk.com/api-reference/live-chat/chat-api/oauth_tokens/>).
#[derive(Clone, Debug)]
pub struct Chat {
    own: Option<Transport>,
}

impl Chat {
    pub(crate) fn new(own: Option<Transport>) -> Self {
        Self { own }
    }

    fn transport(&self) -> Result<Transport, Error> {
        Area::Chat.transport(self.own.as_ref())
    }

    /// All tokens of the agent whose token this is. Zendesk answers with whole tokens, in one list
    /// without pages.
    pub fn list_chat_oauth_tokens(&self) -> Call<Vec<ChatOAuthToken>> {
        Call::new(
            "list_chat_oauth_tokens",
            self.transport(),
            move |transport| async move {
                let client = Client::from_transport(transport);
                client.list_chat_oauth_tokens().send().await
            },
        )
    }

    /// Short for [`list_chat_oauth_tokens`](Self::list_chat_oauth_tokens).
    pub fn list(&self) -> Call<Vec<ChatOAuthToken>> {
        self.list_chat_oauth_tokens()
    }

    /// Revokes a token by its numeric id.
    pub fn revoke_chat_oauth_token(&self, id: i64) -> Call<()> {
        Call::new(
            "revoke_chat_oauth_token",
            self.transport(),
            move |transport| async move {
                let client = Client::from_transport(transport);
                client
                    .revoke_chat_oauth_token()
                    .oauth_token_id(id)
                    .send()
                    .await
            },
        )
    }

    /// Short for [`revoke_chat_oauth_token`](Self::revoke_chat_oauth_token).
    pub fn revoke(&self, id: i64) -> Call<()> {
        self.revoke_chat_oauth_token(id)
    }
}
