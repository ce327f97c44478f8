//! How this Zendesk behaves.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Controlled;
use super::refusal::Refusal;
use super::sent::Sent;
use crate::http::shown_name;
use crate::switches::{Profile, SwitchError, Switches};

pub(super) async fn list(State(shared): State<Controlled>) -> Json<Value> {
    Json(listed(shared.world().state.switches))
}

fn listed(switches: Switches) -> Value {
    let values = switches.values();
    let switches = Switches::ALL
        .iter()
        .zip(values)
        .map(|(switch, (_, value))| {
            json!({
                "name": switch.name,
                "about": switch.about.trim(),
                "values": switch.values,
                "value": value,
            })
        });
    let profiles = Profile::ALL.iter().map(|profile| {
        let sets: BTreeMap<_, _> = profile.sets.iter().copied().collect();
        json!({ "name": profile.name, "about": profile.about, "sets": sets })
    });
    json!({
        "switches": switches.collect::<Vec<_>>(),
        "profiles": profiles.collect::<Vec<_>>(),
    })
}

/// Sets switches: all that were sent, or none.
pub(super) async fn change(
    State(shared): State<Controlled>,
    Sent(values): Sent<BTreeMap<String, Value>>,
) -> Result<Json<Value>, Refusal> {
    let mut texts = Vec::new();
    for (name, value) in values {
        let text = match value {
            Value::String(text) => text,
            // 201 is written with and without quotation marks.
            Value::Number(number) => number.to_string(),
            // So is the null that a switch can have.
            Value::Null => "null".to_owned(),
            _ => {
                let name = shown_name(&name);
                let error = format!("the switch {name} takes a string; nothing was changed");
                return Err(Refusal::bad_request(error));
            }
        };
        texts.push((name, text));
    }
    let set = |switches: &mut Switches| {
        let mut texts = texts.iter();
        texts.try_for_each(|(name, text)| switches.set(name, text))
    };
    applied(&shared, StatusCode::BAD_REQUEST, set).await
}

/// Sets what a profile sets.
pub(super) async fn apply(
    State(shared): State<Controlled>,
    name: Result<Path<String>, PathRejection>,
) -> Result<Json<Value>, Refusal> {
    let name = name.map_or_else(|_| String::new(), |Path(name)| name);
    let set = |switches: &mut Switches| switches.apply(&name);
    applied(&shared, StatusCode::NOT_FOUND, set).await
}

async fn applied(
    shared: &Controlled,
    refusal: StatusCode,
    set: impl Fn(&mut Switches) -> Result<(), SwitchError>,
) -> Result<Json<Value>, Refusal> {
    let (version, switches) = {
        let mut world = shared.world();
        let mut switches = world.state.switches;
        set(&mut switches)
            .map_err(|error| Refusal::new(refusal, format!("{error}; nothing was changed")))?;
        world.state.switches = switches;
        (world.changed(), switches)
    };
    let stored = shared.stored(version).await;
    stored.map_err(|_| Refusal::not_stored())?;
    Ok(Json(listed(switches)))
}
