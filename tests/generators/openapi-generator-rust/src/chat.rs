//! OAuth tokens of Chat.

use zendesk::{
    apis::{
        chat_o_auth_tokens_api::{
            ListChatOauthTokensSuccess, list_chat_oauth_tokens, revoke_chat_oauth_token,
        },
        configuration::Configuration,
    },
    models::ChatOAuthToken,
};

use crate::scenario::{Report, Unmet, configuration, ensure, expect};

pub async fn run(report: &mut Report) {
    report.step("list", list().await);
    report.step("revoke", revoke().await);
}

async fn list() -> Result<(), Unmet> {
    let tokens = tokens(&configuration("ZENDESK_CHAT_TOKEN")?).await?;
    let ids: Vec<i64> = tokens.iter().map(|token| token.id).collect();
    expect("ids", ids, vec![38, 39])?;
    ensure(
        tokens.iter().all(|token| token.scopes.is_some()),
        "a token has no scopes",
    )
}

async fn revoke() -> Result<(), Unmet> {
    let client = configuration("ZENDESK_CHAT_TOKEN")?;
    let revoked = revoke_chat_oauth_token(&client, 39).await?;
    expect("status", revoked.status.as_u16(), 204)?;
    expect("tokens that are left", tokens(&client).await?.len(), 1)
}

async fn tokens(client: &Configuration) -> Result<Vec<ChatOAuthToken>, Unmet> {
    match list_chat_oauth_tokens(client).await?.entity {
        Some(ListChatOauthTokensSuccess::Status200(tokens)) => Ok(tokens),
        _ => Err("the body is not a list of tokens".into()),
    }
}
