//! Asks Zendesk how long a token is good.

use std::time::Duration;

use zendesk_oauth_core::{Credentials, RetryPolicy, Secret, Transport};
use zendesk_support_oauth_tokens::Client;

use super::current;
use crate::Error;
use crate::server_time::server_time;
use crate::token::Lifetime;

/// The time for the question. Who redeems a token for themselves waits for it.
const TIME: Duration = Duration::from_secs(5);

/// What `GET /api/v2/oauth/tokens/current` says of this token, of the account that `open` reaches.
/// It is asked once; whatever fails, nothing is known, and the token is as good as before.
pub(in crate::token::endpoint) async fn asked(
    token: &Secret,
    open: &Transport,
) -> Option<Lifetime> {
    match tokio::time::timeout(TIME, shown(token, open)).await {
        Ok(Ok(known)) => known,
        Ok(Err(error)) => {
            tracing::debug!(
                target: "zendesk_oauth::token",
                %error,
                "tokens/current does not say how long the token is good"
            );
            None
        }
        Err(_) => {
            tracing::debug!(
                target: "zendesk_oauth::token",
                "tokens/current did not say in time how long the token is good"
            );
            None
        }
    }
}

async fn shown(token: &Secret, open: &Transport) -> Result<Option<Lifetime>, Error> {
    let transport = Transport::builder(open.base_url())
        .http_client_of(open)
        .credentials(Credentials::bearer(token.expose()))
        .retry_policy(RetryPolicy::never())
        .timeout(TIME)
        .clock(open.clock().clone())
        .build()?;
    let client = Client::from_transport(transport);
    let shown = client.show_current_support_oauth_token().send().await?;
    let date = server_time(shown.headers(), open.clock());
    Ok(current::lifetime(shown.body(), date))
}
