//! A record as JSON.

use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use zendesk_oauth_core::Secret;

use super::{Intent, LoginEnd, LoginEndReason, Record, RecordError, moment};

/// The format that is written.
const FORMAT: u64 = 1;

#[derive(Serialize, Deserialize)]
struct Written {
    format: u64,
    client_id: String,
    base_url: String,
    generation: u64,
    access_token: Secret,
    valid_until: Option<String>,
    refresh_token: Option<Secret>,
    refresh_valid_until: Option<String>,
    scope: Option<String>,
    obtained_at: String,
    intent: Option<WrittenIntent>,
    end: Option<WrittenEnd>,
}

/// What is looked at first.
#[derive(Deserialize)]
struct Head {
    format: u64,
}

#[derive(Serialize, Deserialize)]
struct WrittenIntent {
    who: String,
    began_at: String,
    times: u32,
}

#[derive(Serialize, Deserialize)]
struct WrittenEnd {
    since: String,
    #[serde(flatten)]
    reason: WrittenReason,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
enum WrittenReason {
    Refused,
    AnswerLost {
        who: String,
        sent_at: String,
        #[serde(default)]
        is_expired: bool,
    },
    RefreshTokenExpired,
    NoRefreshToken,
    LoggedOut,
}

pub(super) fn to_json(record: &Record) -> Secret {
    let written = Written {
        format: FORMAT,
        client_id: record.client_id.clone(),
        base_url: record.base_url.clone(),
        generation: record.generation,
        access_token: record.access_token.clone(),
        valid_until: record.valid_until.map(moment::text),
        refresh_token: record.refresh_token.clone(),
        refresh_valid_until: record.refresh_valid_until.map(moment::text),
        scope: record.scope.clone(),
        obtained_at: moment::text(record.obtained_at),
        intent: record.intent.as_ref().map(|intent| WrittenIntent {
            who: intent.who.clone(),
            began_at: moment::text(intent.began_at),
            times: intent.times,
        }),
        end: record.end.as_ref().map(|end| WrittenEnd {
            since: moment::text(end.since),
            reason: reason(&end.reason),
        }),
    };
    let text = serde_json::to_string_pretty(&written);
    Secret::from(text.expect("texts and numbers are JSON"))
}

fn reason(reason: &LoginEndReason) -> WrittenReason {
    match reason {
        LoginEndReason::Refused => WrittenReason::Refused,
        LoginEndReason::AnswerLost {
            who,
            sent_at,
            is_expired,
        } => WrittenReason::AnswerLost {
            who: who.clone(),
            sent_at: moment::text(*sent_at),
            is_expired: *is_expired,
        },
        LoginEndReason::RefreshTokenExpired => WrittenReason::RefreshTokenExpired,
        LoginEndReason::NoRefreshToken => WrittenReason::NoRefreshToken,
        LoginEndReason::LoggedOut => WrittenReason::LoggedOut,
    }
}

pub(super) fn from_json(text: &str) -> Result<Record, RecordError> {
    let head: Head = serde_json::from_str(text).map_err(not_a_record)?;
    if head.format != FORMAT {
        let format = head.format;
        return Err(RecordError::LaterFormat { format });
    }
    let written: Written = serde_json::from_str(text).map_err(not_a_record)?;
    Ok(Record {
        client_id: written.client_id,
        base_url: written.base_url,
        access_token: written.access_token,
        valid_until: maybe("valid_until", written.valid_until)?,
        refresh_token: written.refresh_token,
        refresh_valid_until: maybe("refresh_valid_until", written.refresh_valid_until)?,
        scope: written.scope,
        obtained_at: time("obtained_at", &written.obtained_at)?,
        generation: written.generation,
        intent: written.intent.map(intent).transpose()?,
        end: written.end.map(end).transpose()?,
    })
}

fn intent(written: WrittenIntent) -> Result<Intent, RecordError> {
    Ok(Intent {
        began_at: time("intent.began_at", &written.began_at)?,
        who: written.who,
        times: written.times,
    })
}

fn end(written: WrittenEnd) -> Result<LoginEnd, RecordError> {
    let since = time("end.since", &written.since)?;
    let reason = match written.reason {
        WrittenReason::Refused => LoginEndReason::Refused,
        WrittenReason::AnswerLost {
            who,
            sent_at,
            is_expired,
        } => LoginEndReason::AnswerLost {
            sent_at: time("end.sent_at", &sent_at)?,
            who,
            is_expired,
        },
        WrittenReason::RefreshTokenExpired => LoginEndReason::RefreshTokenExpired,
        WrittenReason::NoRefreshToken => LoginEndReason::NoRefreshToken,
        WrittenReason::LoggedOut => LoginEndReason::LoggedOut,
    };
    Ok(LoginEnd { reason, since })
}

fn maybe(member: &'static str, text: Option<String>) -> Result<Option<SystemTime>, RecordError> {
    text.map(|text| time(member, &text)).transpose()
}

fn time(member: &'static str, text: &str) -> Result<SystemTime, RecordError> {
    moment::parse(text).ok_or(RecordError::NoTime { member })
}

/// Only the place: the error's own text may quote what is there.
fn not_a_record(error: serde_json::Error) -> RecordError {
    RecordError::NotARecord {
        line: error.line(),
        column: error.column(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;
    use crate::token::{IssuedToken, Lifetime, LifetimeSource};

    fn record() -> Record {
        let at = UNIX_EPOCH + Duration::from_millis(1_800_000_000_123);
        let lifetime = Lifetime::limited(Duration::from_secs(1_800), LifetimeSource::Answer);
        let issued = IssuedToken::new(Secret::from("CANARY-access"), lifetime, at)
            .refresh_token(
                Secret::from("CANARY-refresh"),
                Some(Duration::from_secs(2_592_000)),
            )
            .scope("read");
        Record::new("my_app", "https://acme.zendesk.com", &issued)
    }

    #[test]
    fn what_is_written_is_read_back() {
        let plain = record();
        let who = "process 1 on here";
        let sent_at = plain.obtained_at;
        let begun = Record {
            intent: Some(Intent::first(who, sent_at).again()),
            ..plain.clone()
        };
        let ends = [
            LoginEndReason::Refused,
            LoginEndReason::AnswerLost {
                who: who.to_owned(),
                sent_at,
                is_expired: true,
            },
            LoginEndReason::RefreshTokenExpired,
            LoginEndReason::NoRefreshToken,
            LoginEndReason::LoggedOut,
        ];
        let ended = ends.map(|reason| Record {
            end: Some(LoginEnd::new(reason, sent_at)),
            refresh_token: None,
            valid_until: None,
            ..plain.clone()
        });
        for record in [plain, begun].iter().chain(&ended) {
            let text = record.to_json();
            let read = Record::from_json(text.expose()).unwrap();
            assert_eq!(read.to_json().expose(), text.expose());
            assert_eq!(format!("{read:?}"), format!("{record:?}"));
            assert!(!format!("{record:?}").contains("CANARY"), "{record:?}");
        }
    }

    #[test]
    fn any_cut_and_any_other_text_is_an_error_without_the_text() {
        let text = record().to_json();
        let text = text.expose();
        for end in 0..text.len() {
            let error = Record::from_json(&text[..end]).unwrap_err();
            let printed = format!("{error} {error:?}");
            assert!(
                !printed.contains("CANARY") && !printed.contains('\n'),
                "{printed}"
            );
        }
        for (from, to) in [("\"format\": 1", "\"format\": 2"), ("Z\"", "CANARY\"")] {
            let error = Record::from_json(&text.replace(from, to)).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("CANARY"));
        }
    }
}
