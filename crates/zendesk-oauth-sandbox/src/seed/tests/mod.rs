//! Seeds that are taken, and seeds that are not.

mod accounts;
mod mistakes;
mod texts;

use super::{Seed, SeedError};
use crate::origin::Origin;
use crate::state::State;

fn refused(text: &str) -> SeedError {
    match Seed::parse("seed.yaml", text) {
        Ok(_) => panic!("taken: {text}"),
        Err(error) => error,
    }
}

fn state(text: &str) -> State {
    let seed = Seed::parse("seed.yaml", text).expect("a seed");
    Origin::of(seed).begin().expect("a beginning").state
}

fn json(state: &State) -> String {
    serde_json::to_string(state).expect("JSON")
}

const PEOPLE: &str = "users: [{name: Ada, email: ada@example.com, role: admin}]
clients: [{identifier: shop, name: Shop, kind: confidential}]
";
