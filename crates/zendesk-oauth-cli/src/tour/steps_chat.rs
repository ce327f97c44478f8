//! Chat: a token is listed, and gone when it is revoked.

use super::drive::Tour;
use super::step::{Deviation, Request, expect};
use crate::failure::with_causes;
use crate::text::counted;

pub(super) async fn revoke_a_token(tour: &mut Tour) -> Option<()> {
    let own = tour.credentials.chat_token.clone().unwrap_or_default();
    let call = tour.chat.list_chat_oauth_tokens().send();
    let request = Request::of("list_chat_oauth_tokens");
    let listed = tour
        .steps
        .make(request, 200, call, |tokens| {
            expect(!tokens.is_empty(), "a token", "an empty list")?;
            Ok(counted(tokens.len(), "token"))
        })
        .await?;
    // Another than the one in use, if there is one.
    let is_own = |token: &&zendesk_chat_oauth_tokens::types::ChatOAuthToken| {
        let value = token.access_token.as_ref();
        value.is_some_and(|value| value.expose() == own)
    };
    let others = listed.iter().find(|token| !is_own(token));
    let revoked = others.or_else(|| listed.first())?;
    let (id, was_own) = (revoked.id, is_own(&revoked));

    let call = tour.chat.revoke_chat_oauth_token();
    let call = call.oauth_token_id(id).send();
    let request = Request::of("revoke_chat_oauth_token").path("oauth_token_id", id);
    let check = |(): &()| Ok(format!("token {id} is revoked"));
    tour.steps.make(request, 204, call, check).await?;

    let found = match tour.chat.list_chat_oauth_tokens().send().await {
        Ok(tokens) => {
            let is_gone = tokens.iter().all(|token| token.id != id);
            expect(is_gone, "a list without it", "one that has it")
                .map(|()| format!("{} left", tokens.len()))
        }
        Err(error) if was_own && error.is_unauthorized() => {
            Ok("the list now answers 401".to_owned())
        }
        Err(error) => Err(Deviation {
            expected: "the list, once more".to_owned(),
            came: with_causes(&error),
        }),
    };
    tour.steps.also("revoke_chat_oauth_token", found);
    Some(())
}
