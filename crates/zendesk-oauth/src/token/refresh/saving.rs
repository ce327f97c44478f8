//! Saving an answer that the store did not take at once: the new tokens are with nobody else.

use std::sync::Arc;
use std::time::Duration;

use zendesk_oauth_core::Secret;

use super::{Leaving, back_off, heard};
use crate::race::race;
use crate::token::source::Shared;
use crate::token::step::step;
use crate::token::{Record, StoreError, StoreErrorKind, Stored, Swap, Version};

/// How often somebody may come in between: each turn but the last is one of somebody else's.
const TURNS: u32 = 16;

/// For how long attempts go on while a runtime waits for them at its end.
const AT_THE_END: Duration = Duration::from_secs(10);

/// An answer that is not stored yet.
#[derive(Clone)]
pub(in crate::token) struct Unsaved {
    /// What is to be stored.
    pub(in crate::token) record: Record,
    /// The refresh token that it was given for.
    pub(in crate::token) redeemed: Secret,
}

/// What to do with it when the store was read.
#[derive(Debug, PartialEq, Eq)]
enum Save {
    /// Put it there.
    Over(Option<Version>),
    /// It is there.
    IsThere,
    /// There is something newer.
    GiveWay,
}

/// Decides. What still has the refresh token that was redeemed is what the answer replaces, whatever
/// intent or end it has by now: an end was declared in error then.
fn decide(stored: Option<&Stored>, unsaved: &Unsaved) -> Save {
    let Some(Stored { version, record }) = stored else {
        return Save::Over(None);
    };
    let redeems = |token: &Secret| token.expose() == unsaved.redeemed.expose();
    if record.access_token.expose() == unsaved.record.access_token.expose() {
        Save::IsThere
    } else if record.refresh_token.as_ref().is_some_and(redeems)
        && record.generation < unsaved.record.generation
    {
        Save::Over(Some(*version))
    } else if record.generation >= unsaved.record.generation
        || record.obtained_at > unsaved.record.obtained_at
        || record.client_id != unsaved.record.client_id
        || record.base_url != unsaved.record.base_url
    {
        Save::GiveWay
    } else {
        Save::Over(Some(*version))
    }
}

/// Stores the answer that is not stored yet, if there is one; `expected`: it was just received, and
/// belongs over this version.
pub(in crate::token) async fn save(
    shared: &Arc<Shared>,
    mut expected: Option<Version>,
) -> Result<(), StoreError> {
    for _ in 0..TURNS {
        let Some(unsaved) = shared.unsaved() else {
            return Ok(());
        };
        let over = match expected.take() {
            Some(version) => Save::Over(Some(version)),
            None => {
                let stored = shared.store.load().await?;
                let save = decide(stored.as_ref(), &unsaved);
                if let (Save::GiveWay, Some(stored)) = (&save, &stored) {
                    shared.gave_way(&unsaved.record, &stored.record);
                }
                save
            }
        };
        let is_saved = match over {
            Save::Over(version) => {
                let swap = shared.store.compare_and_swap(version, &unsaved.record);
                matches!(swap.await?, Swap::Done(_))
            }
            Save::IsThere => true,
            Save::GiveWay => continue,
        };
        if is_saved {
            step!("answer_written");
            shared.saved(&unsaved.record);
        }
    }
    match shared.unsaved() {
        Some(_) => Err(StoreError::new(
            StoreErrorKind::Unavailable,
            shared.store.name(),
            "somebody changed it each time that the new tokens were to be stored. Another attempt \
             follows.",
        )),
        None => Ok(()),
    }
}

/// Goes on until all that answers brought is stored, with growing waits. It outlives the source: nobody
/// else has these tokens, or knows of these ends. A runtime that is about to end is kept from it for a time.
pub(in crate::token) async fn save_on_and_on(shared: Arc<Shared>, leaving: Leaving) {
    if shared.unsaved().is_none() && shared.heard().is_none() {
        return;
    }
    let Some(_turn) = shared.begin_saving() else {
        return;
    };
    for failures in 1.. {
        let wait = shared
            .clock
            .sleep(back_off(failures, None, shared.random()));
        race(leaving.begins(), wait).await;
        if leaving.is_now() {
            break;
        }
        match settle(&shared).await {
            Ok(()) => return,
            Err(error) => not_yet(&error),
        }
    }
    let began = shared.clock.instant();
    while let Err(error) = settle(&shared).await {
        not_yet(&error);
        let waited = shared.clock.instant().saturating_duration_since(began);
        if waited >= AT_THE_END {
            return;
        }
        shared.clock.sleep(back_off(1, None, shared.random())).await;
    }
}

/// Says that what came of an answer is not stored.
pub(super) fn not_yet(error: &StoreError) {
    tracing::warn!(
        target: "zendesk_oauth::token",
        %error,
        "what an answer brought is not stored yet; another attempt follows"
    );
}

async fn settle(shared: &Arc<Shared>) -> Result<(), StoreError> {
    save(shared, None).await?;
    heard::tell(shared).await
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::token::testing::{issued, noon, record};
    use crate::token::{Intent, LoginEnd, LoginEndReason};

    fn unsaved() -> Unsaved {
        Unsaved {
            record: record(1).succeeded_by(&issued(2, noon())),
            redeemed: Secret::from("CANARY-refresh-1"),
        }
    }

    fn decided(record: Record) -> Save {
        let version = Version::new(7);
        decide(Some(&Stored { version, record }), &unsaved())
    }

    #[test]
    fn an_answer_replaces_what_it_was_given_for() {
        let over = Save::Over(Some(Version::new(7)));
        let plain = record(1);
        // The clock was ahead when the first pair came.
        let ahead = Record {
            obtained_at: noon() + Duration::from_secs(60),
            ..record(1)
        };
        let begun = Record {
            intent: Some(Intent::first("process 1", noon())),
            ..record(1)
        };
        let ended = Record {
            end: Some(LoginEnd::new(LoginEndReason::Refused, noon())),
            ..record(1)
        };
        for before in [plain, ahead, begun, ended] {
            assert_eq!(decided(before), over);
        }
        assert_eq!(decide(None, &unsaved()), Save::Over(None));
    }

    #[test]
    fn an_answer_gives_way_to_what_is_newer_and_to_others() {
        let anew = Record {
            obtained_at: noon() + Duration::from_secs(60),
            ..Record::new("my_app", "https://acme.zendesk.com", &issued(50, noon()))
        };
        let other = Record {
            client_id: "other".to_owned(),
            ..Record::new("", "https://acme.zendesk.com", &issued(50, noon()))
        };
        for newer in [record(3), anew, other] {
            assert_eq!(decided(newer), Save::GiveWay);
        }
        assert_eq!(decided(record(2)), Save::IsThere);
    }

    #[test]
    fn an_answer_gives_way_to_one_for_the_same_refresh_token() {
        // Zendesk did not rotate it, and a sibling was quicker.
        let sibling = Record {
            access_token: Secret::from("CANARY-sibling"),
            generation: 2,
            ..record(1)
        };
        assert_eq!(decided(sibling), Save::GiveWay);
    }

    #[test]
    fn an_answer_replaces_what_is_older_and_of_the_same_login_alone() {
        let older = Record {
            refresh_token: Some(Secret::from("CANARY-older")),
            ..record(1)
        };
        let elsewhere = Record {
            base_url: "https://other.zendesk.com".to_owned(),
            ..older.clone()
        };
        let of_another = Record {
            client_id: "other".to_owned(),
            ..older.clone()
        };
        assert_eq!(decided(older), Save::Over(Some(Version::new(7))));
        for other in [elsewhere, of_another] {
            assert_eq!(decided(other), Save::GiveWay);
        }
    }

    #[test]
    fn what_is_not_stored_yet_is_warned_of() {
        #[derive(Clone, Default)]
        struct Text(Arc<std::sync::Mutex<Vec<u8>>>);

        impl std::io::Write for Text {
            fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
                self.0.lock().unwrap().extend_from_slice(bytes);
                Ok(bytes.len())
            }

            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }

        let text = Text::default();
        let writer = text.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        tracing::subscriber::with_default(subscriber, || {
            let kind = StoreErrorKind::Unavailable;
            not_yet(&StoreError::new(kind, "the store", "it is full."));
        });
        let text = String::from_utf8(text.0.lock().unwrap().clone()).unwrap();
        assert!(
            text.contains("WARN") && text.contains("the store: it is full."),
            "{text}"
        );
    }
}
