//! How fast the client is, beside the same work by hand with reqwest and serde, in the same run and
//! by turns. See the README of this folder.
//!
//! `cargo bench -p zendesk-oauth --bench speed [-- PART]`, where PART is a part of a row's name.

#[path = "../common/by_hand.rs"]
mod by_hand;
#[path = "../common/canned.rs"]
mod canned;
#[path = "../common/facade.rs"]
mod facade;
mod loopback;
mod no_socket;
#[path = "../common/raw.rs"]
mod raw;
mod reading_ahead;
mod rounds;
#[path = "../common/server.rs"]
mod server;
#[path = "../common/spread.rs"]
mod spread;
mod table;
mod taken;

use table::Table;

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> Outcome {
    let mut table = Table::from_args(std::env::args().skip(1));
    loopback::show(&mut table)?;
    loopback::list(&mut table)?;
    no_socket::build_a_request(&mut table)?;
    no_socket::parse_a_client(&mut table)?;
    no_socket::parse_a_page(&mut table)?;
    reading_ahead::reading_ahead(&mut table)?;
    Ok(())
}
