//! The call of the token endpoint, and the way of what it gives.

use std::process::ExitCode;

use zendesk_oauth::support::{TokenForGrantType, TokenRequest};

use crate::account::Account;
use crate::change::{ChangeFlags, Delivered, Sink, SinkFlags, show_request};
use crate::failure::Failure;
use crate::new_secret::{NewSecret, check_columns, failed, made};
use crate::output::{OutputFlags, Shape, talk};

use super::refresh_sink::RefreshSinkFlags;

/// What a table shows of a new token.
const SHAPE: Shape = Shape(&[
    "token_type",
    "scope",
    "expires_in",
    "refresh_token_expires_in",
]);

/// One grant.
pub(super) struct Issue<'a> {
    pub(super) sink: &'a SinkFlags,
    /// None if the grant gives no refresh token.
    pub(super) refresh_sink: Option<&'a RefreshSinkFlags>,
    pub(super) change: ChangeFlags,
    pub(super) output: &'a OutputFlags,
    /// What to know if no answer comes.
    pub(super) if_unanswered: &'a str,
}

impl Issue<'_> {
    /// Makes the request and puts the tokens where they go.
    pub(super) async fn run(
        self,
        account: &Account,
        request: TokenRequest,
    ) -> Result<ExitCode, Failure> {
        if self.change.dry_run {
            show_request(account, self.output, async |zendesk| {
                zendesk.grant_type_tokens().create(request).await
            })
            .await?;
            return Ok(ExitCode::SUCCESS);
        }
        check_columns(self.sink, self.output, &["access_token"])?;
        let access = self.sink.prepare(self.output)?;
        let refresh = match self.refresh_sink {
            Some(flags) => flags.prepare(self.sink, self.output)?,
            None => None,
        };
        made(self.if_unanswered, async {
            let created = account.zendesk().grant_type_tokens().create(request).await;
            let token = created.map_err(|error| failed(error, self.if_unanswered))?;
            self.hand_over(&token, &access, refresh.as_ref()).await
        })
        .await?;
        Ok(ExitCode::SUCCESS)
    }

    /// The refresh token first: with it, an access token that is lost can be had again. A failure of one does not keep
    /// the other from its place.
    async fn hand_over(
        &self,
        token: &TokenForGrantType,
        access: &Sink,
        refresh: Option<&Sink>,
    ) -> Result<(), Failure> {
        let refresh_secret = token.refresh_token.as_ref().map(|secret| NewSecret {
            name: "refresh_token",
            secret,
            if_lost: "a pair of tokens was issued; without its refresh token it ends with its access token, and a \
                      person has to grant access again",
        });
        let refreshed = match (&refresh_secret, refresh) {
            (Some(secret), Some(sink)) => Some(secret.deliver(sink).await),
            (Some(_), None) => {
                talk("a refresh token came, too, which was not kept");
                None
            }
            (None, Some(_)) => {
                talk("no refresh token came");
                None
            }
            (None, None) => None,
        };
        let if_lost = if matches!(refreshed, Some(Ok(Delivered::Kept | Delivered::Shown))) {
            "a pair of tokens was issued; if nobody has its access token, get another with `zendesk-oauth grant \
             refresh-token`"
        } else {
            "a token was issued; if nobody has it, find it with `zendesk-oauth tokens list --all --sort=-created_at` \
             and revoke it"
        };
        let new_secret = NewSecret {
            name: "access_token",
            secret: &token.access_token,
            if_lost,
        };
        let handed = new_secret
            .hand_over(access, token, SHAPE, self.output)
            .await;
        match (refreshed, handed) {
            (Some(Err(refresh)), Err(access)) => Err(refresh.during(access)),
            // It was to be in the same record, which did not get anywhere.
            (Some(Ok(Delivered::WithRecord)), Err(access)) => Err(match &refresh_secret {
                Some(secret) => secret.unread(&access),
                None => access,
            }),
            (Some(Err(refresh)), Ok(())) => Err(refresh),
            (_, handed) => handed,
        }
    }
}
