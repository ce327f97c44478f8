//! The arguments of `zendesk-oauth sandbox`.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;
use zendesk_oauth_sandbox::Switches;

use super::help;

/// Arguments of `zendesk-oauth sandbox`.
#[derive(Args)]
#[command(after_long_help = help::profiles_and_switches())]
pub(crate) struct Arguments {
    /// Port to listen on; 0 for one that is free
    #[arg(long, value_name = "N", default_value_t = 4567)]
    pub(crate) port: u16,
    /// Address to listen on; whoever can reach it can do everything
    #[arg(long, value_name = "ADDR", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub(crate) bind: IpAddr,
    /// YAML or JSON file that says what the account begins with
    ///
    /// Its records and faults are for a reset only if there is a state file already.
    #[arg(long, value_name = "FILE")]
    pub(crate) seed: Option<PathBuf>,
    /// File that keeps the account from one run to the next
    ///
    /// If it is there, the account goes on from it. --clock, --profile, --switch and the
    /// admin's token are applied to it; --seed (records and faults) and --random are not,
    /// before a reset.
    #[arg(long, value_name = "FILE", verbatim_doc_comment)]
    pub(crate) state: Option<PathBuf>,
    /// Several switches at once, before single ones; may be given again
    #[arg(long = "profile", value_name = "NAME", value_parser = profile)]
    pub(crate) profiles: Vec<String>,
    /// How this Zendesk behaves; may be given again
    #[arg(long = "switch", value_name = "NAME=VALUE", value_parser = switch)]
    pub(crate) switches: Vec<SwitchValue>,
    /// The machine's time, or one that stands still [default: real, or what the seed says]
    #[arg(long, value_name = "real|INSTANT", value_parser = clock)]
    pub(crate) clock: Option<Clock>,
    /// Where ids, tokens and secrets come from: the same number gives the same values
    ///
    /// If there is a state file already, it has no effect before a reset.
    #[arg(long, value_name = "N")]
    pub(crate) random: Option<u64>,
    /// File whose first line is the admin's token; or set ZENDESK_SANDBOX_TOKEN
    #[arg(long, value_name = "FILE")]
    pub(crate) token_file: Option<PathBuf>,
    /// Longest request body that is read [default: 1048576]
    #[arg(long, value_name = "BYTES")]
    pub(crate) body_limit: Option<usize>,
}

/// `NAME=VALUE`.
#[derive(Clone)]
pub(crate) struct SwitchValue {
    pub(crate) name: String,
    pub(crate) value: String,
}

/// What the clock shows.
#[derive(Clone, Copy)]
pub(crate) enum Clock {
    Real,
    At(Timestamp),
}

fn profile(text: &str) -> Result<String, String> {
    let applied = Switches::default().apply(text);
    applied.map_err(|error| error.to_string())?;
    Ok(text.to_owned())
}

fn switch(text: &str) -> Result<SwitchValue, String> {
    let (name, value) = text
        .split_once('=')
        .ok_or("it is written NAME=VALUE, such as consent=approve")?;
    let set = Switches::default().set(name, value);
    set.map_err(|error| error.to_string())?;
    Ok(SwitchValue {
        name: name.to_owned(),
        value: value.to_owned(),
    })
}

fn clock(text: &str) -> Result<Clock, String> {
    if text == "real" {
        return Ok(Clock::Real);
    }
    let wanted = "it is `real`, or an instant such as 2026-11-02T09:00:00Z";
    text.parse().map(Clock::At).map_err(|_| wanted.to_owned())
}
