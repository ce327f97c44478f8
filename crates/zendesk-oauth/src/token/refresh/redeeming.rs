//! Redeeming a refresh token inside the lease, and minting.

use std::sync::Arc;
use std::time::SystemTime;

use super::answer::{Answer, asked_to_wait};
use super::flight::{Flight, Turn};
use super::heard::Heard;
use super::holding::Holding;
use super::saving;
use crate::Error;
use crate::token::step::step;
use crate::token::{
    Intent, IssuedToken, LoginEnd, LoginEndReason, Record, Stored, Swap, TokenError, Version,
};

/// A refresh that was begun.
struct Begun {
    /// The record before the intent.
    before: Record,
    /// The one with it.
    begun: Record,
    version: Version,
}

impl Flight<'_> {
    /// Writes the intent, sends the refresh token once, and writes what came of it.
    pub(super) async fn redeem(
        &self,
        holding: &mut Holding<'_>,
        stored: Stored,
    ) -> Result<Turn, TokenError> {
        let shared = self.shared;
        let Some(refresh_token) = stored.record.refresh_token.clone() else {
            return Ok(Turn::Conflict);
        };
        let intent = match &stored.record.intent {
            Some(left) => {
                shared.answer_was_lost();
                left.again()
            }
            None => Intent::first(shared.who.clone(), shared.clock.system_time()),
        };
        let begun = Record {
            intent: Some(intent),
            ..stored.record.clone()
        };
        step!("intent_to_write");
        let unsent = Heard::new(&begun, &stored.record, None);
        let store = &shared.store;
        let swapping = store.compare_and_swap(Some(stored.version), &begun);
        let version = match swapping.await {
            Ok(Swap::Done(version)) => version,
            Ok(Swap::Conflict) => return Ok(Turn::Conflict),
            Err(error) => {
                if error.is_unclear() {
                    shared.hear(Some(unsent));
                }
                return Err(error.into());
            }
        };
        step!("intent_written");
        shared.saw(&begun);
        let renewed = holding.renew().await;
        step!("refresh_to_send");
        // Nothing is waited for between this look at the clock and the call: until then nothing is
        // sent.
        if !matches!(renewed, Ok(true)) || !holding.is_ours() {
            shared.hear(Some(unsent));
            self.take_back(version, &stored.record).await;
            renewed?;
            return Ok(Turn::NotOurs);
        }
        let answer = holding.during(shared.issuer.refresh(&refresh_token)).await;
        self.note_sent(&answer);
        match answer {
            Ok(issued) => {
                // Before anything is waited for, and before any step: nothing of it is lost then
                // that this process can keep.
                let next = begun.succeeded_by(&issued);
                shared.arrived(&issued);
                let header = shared.received(&next, refresh_token);
                step!("answer_received");
                step!("token_adopted");
                step!("answer_to_write");
                // What cannot be stored now is once this flight has landed.
                if let Err(error) = saving::save(shared, Some(version)).await {
                    saving::not_yet(&error);
                }
                let header = header?;
                Ok(Turn::Done(shared.good_header().unwrap_or(header)))
            }
            Err(error) => {
                step!("answer_received");
                let refresh = Begun {
                    before: stored.record,
                    begun,
                    version,
                };
                self.refused(holding, &refresh, error).await
            }
        }
    }

    async fn refused(
        &self,
        holding: &mut Holding<'_>,
        refresh: &Begun,
        error: Error,
    ) -> Result<Turn, TokenError> {
        let shared = self.shared;
        let now = shared.clock.system_time();
        shared.asked_to_wait(asked_to_wait(&error, now));
        let heard = |end| Some(Heard::new(&refresh.begun, &refresh.before, end));
        match Answer::of(&error) {
            Answer::NotRedeemed => {
                shared.hear(heard(None));
                self.take_back(refresh.version, &refresh.before).await;
                Err(TokenError::Refused(Arc::new(error)))
            }
            Answer::Lost => {
                shared.answer_was_lost();
                Ok(Turn::Lost(error))
            }
            Answer::InvalidGrant => {
                let end = LoginEnd::new(reason(&refresh.before, now), now);
                shared.hear(heard(Some(end.clone())));
                self.declare_the_end(holding, refresh.version, end).await
            }
        }
    }

    /// Back to the record before the intent. If that cannot be now, it is done later.
    async fn take_back(&self, version: Version, before: &Record) {
        let shared = self.shared;
        match shared.store.compare_and_swap(Some(version), before).await {
            Ok(Swap::Done(_)) => {
                shared.saw(before);
                shared.hear(None);
            }
            Ok(Swap::Conflict) => shared.hear(None),
            Err(error) => {
                tracing::debug!(target: "zendesk_oauth::token", %error, "the intent was not taken back");
            }
        }
    }

    /// After `invalid_grant`: the login is over, unless somebody has written since, or may be about
    /// to. If that cannot be written now, it is done later.
    async fn declare_the_end(
        &self,
        holding: &mut Holding<'_>,
        version: Version,
        end: LoginEnd,
    ) -> Result<Turn, TokenError> {
        let shared = self.shared;
        let stored = shared.load().await?;
        let Some(stored) = stored.filter(|stored| stored.version == version) else {
            return Ok(Turn::Conflict);
        };
        if !holding.renew().await? {
            return Ok(Turn::NotOurs);
        }
        let ended = Record {
            intent: None,
            end: Some(end.clone()),
            ..stored.record.clone()
        };
        let swapping = shared.store.compare_and_swap(Some(version), &ended);
        match swapping.await? {
            Swap::Done(_) => {
                shared.hear(None);
                shared.saw(&ended);
                Err(TokenError::Ended(end))
            }
            Swap::Conflict => Ok(Turn::Conflict),
        }
    }

    /// A token by client_credentials.
    pub(super) async fn mint(
        &self,
        holding: &mut Holding<'_>,
        stored: Option<Stored>,
    ) -> Result<Turn, TokenError> {
        let shared = self.shared;
        if !holding.renew().await? {
            return Ok(Turn::NotOurs);
        }
        let scopes = shared.settings.minted_scopes.as_deref().unwrap_or_default();
        let minting = shared.issuer.mint(scopes);
        step!("refresh_to_send");
        let minted = holding.during(minting).await;
        self.note_sent(&minted);
        let issued = match minted {
            Ok(issued) => issued,
            Err(error) => {
                let now = shared.clock.system_time();
                shared.asked_to_wait(asked_to_wait(&error, now));
                return Err(TokenError::Refused(Arc::new(error)));
            }
        };
        step!("answer_received");
        let next = self.minted(stored.as_ref(), &issued);
        shared.arrived(&issued);
        let header = shared.adopt(&next);
        step!("token_adopted");
        step!("answer_to_write");
        // What is minted costs nothing: what cannot be stored is minted again by others.
        let version = stored.map(|stored| stored.version);
        match shared.store.compare_and_swap(version, &next).await {
            Ok(Swap::Done(_)) => step!("answer_written"),
            Ok(Swap::Conflict) => {}
            Err(error) => {
                tracing::debug!(target: "zendesk_oauth::token", %error, "a minted token was not stored");
            }
        }
        header.map(Turn::Done)
    }

    fn minted(&self, stored: Option<&Stored>, issued: &IssuedToken) -> Record {
        let shared = self.shared;
        let last = stored.map(|stored| stored.record.generation);
        let last = last.max(shared.record().map(|record| record.generation));
        Record {
            generation: last.map_or(1, |last| last.saturating_add(1)),
            ..Record::new(shared.issuer.client_id(), shared.issuer.base_url(), issued)
        }
    }
}

/// Why `invalid_grant` was answered, as far as the record before the refresh tells.
fn reason(before: &Record, now: SystemTime) -> LoginEndReason {
    let is_expired = before.refresh_valid_until.is_some_and(|until| until <= now);
    match &before.intent {
        Some(left) => LoginEndReason::AnswerLost {
            who: left.who.clone(),
            sent_at: left.began_at,
            is_expired,
        },
        None if is_expired => LoginEndReason::RefreshTokenExpired,
        None => LoginEndReason::Refused,
    }
}
