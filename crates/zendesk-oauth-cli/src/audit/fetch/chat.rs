//! Chat's tokens. The list has the tokens themselves in clear: they are dropped here.

use super::times::Times;
use crate::account::Account;
use crate::audit::inventory::{ChatToken, Inventory};
use crate::failure::Failure;

pub(super) async fn tokens(
    account: &Account,
    times: &mut Times,
    inventory: &mut Inventory,
) -> Result<(), Failure> {
    let answer = account.zendesk().chat().list().with_response().await;
    let answer = answer.map_err(|error| Failure::from(error).during("the tokens of Chat"))?;
    times.note(answer.headers());
    let tokens = answer.into_inner().into_iter().map(|token| {
        let end = token.expire_date.filter(|it| !it.is_empty());
        let end = end.map(zendesk_oauth::Timestamp::from);
        let whose = format_args!("expire_date of Chat's token {}", token.id);
        let scopes = token.scopes.unwrap_or_default();
        ChatToken {
            id: token.id,
            client: token.client_identifier,
            scopes: scopes.split_whitespace().map(str::to_owned).collect(),
            expires: end.is_some(),
            expires_at: times.read(end.as_ref(), whose).at(),
        }
    });
    inventory.chat_tokens = tokens.collect();
    Ok(())
}
