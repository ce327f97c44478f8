//! One token: another look, the decision, the request.

use zendesk_oauth::{Error, Zendesk};

use super::decision::{Decision, decide};
use super::journal::Journal;
use super::outcome::Outcome;
use crate::account::Own;
use crate::account::time::account_time;
use crate::failure::{Failure, Kind};
use crate::revoke::condition::{Facts, Resolved};
use crate::revoke::plan::Planned;
use crate::revoke::run_token::RunToken;

/// What every attempt needs.
pub(super) struct Attempts {
    zendesk: Zendesk,
    condition: Resolved,
    run_token: RunToken,
    own_zis: Own,
    journal: Journal,
}

impl Attempts {
    pub(super) fn new(
        zendesk: Zendesk,
        condition: Resolved,
        run_token: RunToken,
        own_zis: Own,
        journal: Journal,
    ) -> Self {
        Self {
            zendesk,
            condition,
            run_token,
            own_zis,
            journal,
        }
    }

    /// Brings one token to its end, and has it in the journal. A failure is one that concerns the others too.
    pub(super) async fn make(
        &self,
        planned: &Planned,
        was_begun: bool,
    ) -> Result<Outcome, Failure> {
        let outcome = self.outcome(planned, was_begun).await?;
        self.journal.end(planned.id, &outcome)?;
        Ok(outcome)
    }

    async fn outcome(&self, planned: &Planned, was_begun: bool) -> Result<Outcome, Failure> {
        let id = planned.id;
        let shown = self.zendesk.oauth_tokens().show(id).with_response().await;
        let shown = match shown {
            Ok(shown) => shown,
            // Between the entry in the journal and the one that was to follow, an earlier run was killed.
            Err(error) if error.is_not_found() && was_begun => return Ok(Outcome::Revoked),
            Err(error) if error.is_not_found() => return Ok(Outcome::Gone),
            Err(error) => return failed(error),
        };
        let now = account_time(shown.headers()).into();
        // Asked after the token was seen: a refresh from now on makes a token that is another than this one.
        let own = self.run_token.id(&self.zendesk).await?;
        let facts = Facts {
            token: &shown,
            of_client: planned.of_client,
            now,
        };
        let condition = self.condition.condition();
        if let Decision::Leave(why) = decide(planned, &facts, condition, own, &self.own_zis) {
            return Ok(Outcome::Skipped(why));
        }
        self.journal.begin(id)?;
        match self.zendesk.oauth_tokens().revoke(id).await {
            Ok(()) => Ok(Outcome::Revoked),
            // It was there an instant ago: the answer to a first attempt was lost.
            Err(error) if error.is_not_found() => Ok(Outcome::Revoked),
            Err(error) => failed(error),
        }
    }

    pub(super) fn sync(&self) -> Result<(), Failure> {
        self.journal.sync()
    }
}

/// A refusal is about this token; anything else would befall the next one as well.
fn failed(error: Error) -> Result<Outcome, Failure> {
    if error.is_forbidden() {
        return Ok(Outcome::Failed(error.to_string()));
    }
    let failure = Failure::from(error);
    match failure.kind() {
        // A missing right of the whole run is told by a 401.
        Kind::Auth | Kind::RateLimited | Kind::Network | Kind::Failed => Err(failure),
        Kind::Usage | Kind::NotFound => Ok(Outcome::Failed(failure.to_string())),
    }
}
