//! What is stored is read back.

use serde_json::{Value, json};
use zendesk_oauth::token::{Record, TokenStore};

use super::{Pair, members, put, stored};

/// Texts on which something that quotes, cuts or replaces goes wrong.
const ODD: &[&str] = &[
    "",
    " ",
    "\"quoted\" \\ and {\"braces\": [1]}",
    "line\nbreak\r\n\ttab\u{0}nul\u{1b}[31m",
    "Grüße, 日本語, \u{1f980}, e\u{301}, \u{202e}back",
    "%20&a=b;c'd`e$(f)",
];

/// A record with each of its members as none, usual, and odd.
fn records() -> Vec<Value> {
    let mut records = vec![members("CANARY-access")];
    let mut with = |name: &str, value: Value| {
        let mut record = members("CANARY-access");
        record[name] = value;
        records.push(record);
    };
    for name in [
        "valid_until",
        "refresh_token",
        "refresh_valid_until",
        "scope",
    ] {
        with(name, Value::Null);
    }
    for name in [
        "client_id",
        "base_url",
        "access_token",
        "refresh_token",
        "scope",
    ] {
        for odd in ODD {
            with(name, json!(odd));
        }
        with(name, json!("long ".repeat(3_000)));
    }
    for number in [0, 2, u64::MAX] {
        with("generation", json!(number));
    }
    for time in ["1970-01-01T00:00:00Z", "2100-02-28T23:59:59.999999999Z"] {
        with("obtained_at", json!(time));
        with("valid_until", json!(time));
    }
    let at = "2026-11-22T12:00:00.000000001Z";
    for who in ODD {
        with("intent", json!({ "who": who, "began_at": at, "times": 3 }));
        let reason = json!({ "reason": "answer_lost", "who": who, "sent_at": at, "since": at });
        with("end", reason);
    }
    for reason in ["refused", "refresh_token_expired", "no_refresh_token"] {
        with("end", json!({ "reason": reason, "since": at }));
    }
    records
}

pub(crate) async fn what_was_stored_is_read_back_whole(pair: Pair<impl TokenStore>) {
    let mut last = None;
    for record in records() {
        let record = Record::from_json(&record.to_string()).unwrap();
        last = Some(put(&*pair.one, last, &record).await);
        let read = stored(&*pair.other).await.unwrap().record;
        assert_eq!(read.to_json().expose(), record.to_json().expose());
    }
}
