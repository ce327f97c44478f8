//! `POST /oauth/tokens`.

mod code;
mod lifetimes;
mod refresh;
mod secret;

use serde_json::Value;

/// The members of an answer.
fn keys(answer: &Value) -> Vec<&String> {
    answer.as_object().expect("an object").keys().collect()
}
