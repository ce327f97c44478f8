//! `Heard`: what became of an intent, as long as the store may still have it.

use std::sync::Arc;

use crate::token::source::Shared;
use crate::token::{Intent, LoginEnd, Record, StoreError, Stored, Swap};

/// This process knows what became of a refresh, and could not write it down yet: an intent that is
/// left in the store says to everybody that nobody knows.
#[derive(Clone)]
pub(in crate::token) struct Heard {
    /// The record with the intent.
    begun: Record,
    /// The intent before it: of a refresh whose answer is still not known.
    left: Option<Intent>,
    /// The end that the answer was, if it was one. Else nothing was redeemed.
    end: Option<LoginEnd>,
}

impl Heard {
    pub(super) fn new(begun: &Record, before: &Record, end: Option<LoginEnd>) -> Self {
        Self {
            begun: begun.clone(),
            left: before.intent.clone(),
            end,
        }
    }

    /// What belongs in the place of what the store has; nothing if somebody has gone on.
    pub(super) fn instead_of(&self, stored: &Record) -> Option<Record> {
        let token = |record: &Record| {
            record
                .refresh_token
                .as_ref()
                .map(|it| it.expose().to_owned())
        };
        let is_it = stored.intent == self.begun.intent
            && stored.end.is_none()
            && stored.access_token.expose() == self.begun.access_token.expose()
            && token(stored) == token(&self.begun);
        is_it.then(|| Record {
            // The end is told of this answer; what was left before is its reason at most.
            intent: self.left.clone().filter(|_| self.end.is_none()),
            end: self.end.clone(),
            ..stored.clone()
        })
    }
}

/// Writes down what is known of an intent, if the store still has it. The version fences it, so that
/// it needs no lease.
pub(super) async fn tell(shared: &Arc<Shared>) -> Result<(), StoreError> {
    let Some(heard) = shared.heard() else {
        return Ok(());
    };
    let stored = shared.load().await?;
    let mine = shared.record();
    let told = match &stored {
        Some(Stored { version, record }) => match heard.instead_of(record) {
            Some(told) => {
                let swapping = shared.store.compare_and_swap(Some(*version), &told);
                matches!(swapping.await?, Swap::Done(_)).then_some(told)
            }
            None => None,
        },
        // It is not to come back with the intent either.
        None => mine.and_then(|mine| heard.instead_of(&mine)),
    };
    if let Some(told) = told {
        shared.saw(&told);
    }
    shared.told(&heard);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::LoginEndReason;
    use crate::token::testing::{noon, record};

    #[test]
    fn only_the_very_intent_is_taken_back() {
        let before = record(1);
        let begun = Record {
            intent: Some(Intent::first("process 1", noon())),
            ..record(1)
        };
        let heard = Heard::new(&begun, &before, None);
        assert!(heard.instead_of(&begun).unwrap().intent.is_none());
        let again = begun.intent.as_ref().map(Intent::again);
        let end = LoginEnd::new(LoginEndReason::Refused, noon());
        for other in [
            before.clone(),
            Record {
                intent: again,
                ..record(1)
            },
            Record {
                intent: begun.intent.clone(),
                ..record(2)
            },
            Record {
                end: Some(end.clone()),
                ..begun.clone()
            },
        ] {
            assert!(heard.instead_of(&other).is_none(), "{other:?}");
        }
        let ended = Heard::new(&begun, &before, Some(end.clone()));
        assert_eq!(ended.instead_of(&begun).unwrap().end, Some(end));
    }
}
