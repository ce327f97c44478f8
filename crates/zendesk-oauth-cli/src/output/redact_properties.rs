//! Whatever JSON it is in, and however deep: what is under a hidden name is gone.

use proptest::prelude::*;

use super::*;

const CANARY: &str = "CANARY";

/// Names of which nothing below is shown.
fn secret_name() -> impl Strategy<Value = String> {
    let words = proptest::sample::select(&LAST_WORDS[..]);
    let before = proptest::sample::select(&["", "x_", "client_", "X-My-", "data."][..]);
    let codes = proptest::sample::select(&CODES[..]).prop_map(|it| format!("{it}_code"));
    let keys = proptest::sample::select(&KEYS[..]).prop_map(|it| format!("{it}_key_pem"));
    let word = (before, words).prop_map(|(before, word)| format!("{before}{word}"));
    let form = (word.clone(), proptest::sample::select(&FORMS[..]))
        .prop_map(|(word, form)| format!("{word}_{form}"));
    prop_oneof![
        word.clone(),
        word.prop_map(|it| it.to_uppercase()),
        codes,
        keys,
        form
    ]
}

/// JSON with a canary in each text, and under each name.
fn full() -> impl Strategy<Value = Value> {
    let text = "[ -z|~]{0,6}".prop_map(|it| Value::from(format!("{CANARY}{it}")));
    let number = any::<i64>().prop_map(Value::from);
    let leaf = prop_oneof![text, number];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let name = prop_oneof![secret_name(), "[a-z_]{0,8}"];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((name, inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// How a record lies in another.
fn wrapped(record: Value, ways: &[u8]) -> Value {
    ways.iter().fold(record, |inner, way| match way % 4 {
        0 => Value::from(vec![Value::from(1), inner]),
        1 => serde_json::json!({ "name": "shown", "record": inner }),
        // JSON in a text.
        2 => serde_json::json!({ "payload": inner.to_string() }),
        _ => serde_json::json!({ "tokens": [inner] }),
    })
}

proptest! {
    #[test]
    fn a_value_under_a_hidden_name_survives_nowhere(
        name in secret_name(),
        value in full(),
        ways in prop::collection::vec(any::<u8>(), 0..5),
    ) {
        // The record of a token is shown, without what is secret in it.
        prop_assume!(name != ENVELOPE || !value.is_object());
        let mut members = Map::new();
        members.insert("id".to_owned(), Value::from(7));
        members.insert(name, value);
        let record = wrapped(Value::Object(members), &ways);
        let shown = without_secrets(&record).to_string();
        prop_assert!(!shown.contains(CANARY), "{record} is shown as {shown}");
        prop_assert!(shown.contains(REDACTED), "{shown}");
    }

    #[test]
    fn what_was_redacted_stays_as_it_is(value in full()) {
        let once = without_secrets(&value);
        prop_assert_eq!(without_secrets(&once), once);
    }
}
