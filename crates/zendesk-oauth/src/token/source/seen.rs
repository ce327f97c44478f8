//! What becomes known of a login later: its intent, its end, how long its token is good.

use std::sync::Arc;

use zendesk_oauth_core::Secret;

use super::Shared;
use super::shared::Known;
use crate::token::refresh::Heard;
use crate::token::{IssuedToken, Lifetime, Record};

impl Shared {
    /// The record of the same login was seen, or written: its intent or end may have changed, and
    /// somebody may have learned that its token is good for longer.
    pub(in crate::token) fn saw(&self, record: &Record) {
        self.take(&mut self.known(), record.clone());
    }

    /// This became of an intent that the store may still have; nothing: it is written down, or not
    /// known.
    pub(in crate::token) fn hear(&self, heard: Option<Heard>) {
        self.known().heard = heard.map(Arc::new);
    }

    /// This is written down, or of no use any more.
    pub(in crate::token) fn told(&self, told: &Arc<Heard>) {
        let heard = &mut self.known().heard;
        heard.take_if(|heard| Arc::ptr_eq(heard, told));
    }

    pub(in crate::token) fn heard(&self) -> Option<Arc<Heard>> {
        self.known().heard.clone()
    }

    /// A token has arrived: whether it has to be asked how long it is good.
    pub(in crate::token) fn arrived(&self, issued: &IssuedToken) {
        let is_assumed = issued.lifetime.is_assumed();
        self.known().assumed = is_assumed.then(|| issued.clone());
    }

    /// The token of which it is to be asked how long it is good, if it is still the one in use.
    pub(in crate::token) fn take_assumed(&self) -> Option<IssuedToken> {
        let mut known = self.known();
        let issued = known.assumed.take()?;
        let mine = known.record.as_ref()?;
        is_same(&mine.access_token, &issued.access_token).then_some(issued)
    }

    /// This token is good for so long. The record with that, if it is still the one in use.
    pub(in crate::token) fn learned(
        &self,
        issued: &IssuedToken,
        lifetime: Lifetime,
    ) -> Option<Record> {
        let mut known = self.known();
        let is_it = |record: &Record| is_same(&record.access_token, &issued.access_token);
        let mine = known.record.clone().filter(is_it)?;
        let learned = mine.lasting(lifetime);
        if let Some(unsaved) = &mut known.unsaved
            && is_it(&unsaved.record)
        {
            unsaved.record = unsaved.record.lasting(lifetime);
        }
        self.replace(&mut known, learned.clone());
        Some(learned)
    }

    /// Takes what was seen of the login in use. Of two ends of its token the later one counts: the
    /// other was assumed.
    fn take(&self, known: &mut Known, mut record: Record) {
        let Some(mine) = &known.record else {
            return;
        };
        if !is_same(&mine.access_token, &record.access_token) {
            return;
        }
        record.valid_until = match (mine.valid_until, record.valid_until) {
            (Some(mine), Some(seen)) => Some(mine.max(seen)),
            (None, _) | (_, None) => None,
        };
        self.replace(known, record);
    }

    /// Puts this in the place of what is known of the same token. One that was rejected stays so.
    fn replace(&self, known: &mut Known, record: Record) {
        let until = known.record.as_ref().map(|mine| mine.valid_until);
        if until != Some(record.valid_until) && !known.is_rejected {
            // An unsendable token is found out by the next call.
            let _ = self.serve(known, &record);
        }
        let is_unsaved = known.unsaved.is_some();
        self.publish(|state| state.take(&record, is_unsaved));
        known.record = Some(record);
    }
}

fn is_same(one: &Secret, other: &Secret) -> bool {
    one.expose() == other.expose()
}
