//! Several processes that share one login.

mod account;
mod at_once;
mod crowd;
mod cuts;
mod early;
mod kills;
mod outages;
mod overtaken;
mod pauses;
mod places;
mod points;
mod questions;
mod refreshes;
mod restarts;
mod tenures;
mod worker;
