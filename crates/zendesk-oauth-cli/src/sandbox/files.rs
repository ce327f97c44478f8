//! What the account begins with, where it is kept, and how it behaves.

use jiff::Timestamp;
use zendesk_oauth_sandbox::{Profile, Sandbox, SandboxBuilder, Seed};

use super::Arguments;
use super::arguments::Clock;
use crate::failure::Failure;

/// Reads the seed, and puts the switches of the command line on top of its own.
pub(super) fn with_files(
    mut builder: SandboxBuilder,
    arguments: &Arguments,
) -> Result<SandboxBuilder, Failure> {
    let seed = match &arguments.seed {
        Some(file) => Seed::read(file).map_err(|error| Failure::usage(error.to_string()))?,
        None => Seed::starter(),
    };
    let mut switches = seed.switches();
    for (name, value) in given(arguments) {
        switches.set(name, value).expect(WAS_SET);
    }
    if let Some(file) = &arguments.state {
        builder = builder.state_file(file);
    }
    Ok(builder.seed(seed).switches(switches))
}

/// Sets the clock of the command line once more: a state file that was there has its own. The machine's
/// time does not take a clock back that is ahead of it, as what has expired stays so.
pub(super) fn set_clock(sandbox: &Sandbox, arguments: &Arguments) {
    let clock = sandbox.clock();
    match arguments.clock.filter(|_| arguments.state.is_some()) {
        Some(Clock::At(instant)) => {
            clock.freeze();
            clock.set(instant);
        }
        Some(Clock::Real) => {
            clock.set(clock.now().max(Timestamp::now()));
            clock.resume();
        }
        None => {}
    }
}

/// Sets the switches of the command line once more: a state file that was there has its own.
pub(super) fn set_switches(sandbox: &Sandbox, arguments: &Arguments) {
    for (name, value) in given(arguments) {
        sandbox.set_switch(name, value).expect(WAS_SET);
    }
}

const WAS_SET: &str = "it was set when the arguments were parsed";

/// What profiles set, then single switches, whatever their order on the command line.
fn given(arguments: &Arguments) -> impl Iterator<Item = (&str, &str)> {
    let is_given = |profile: &&Profile| arguments.profiles.iter().any(|it| it == profile.name);
    let profiles = Profile::ALL.iter().filter(is_given);
    let of_profiles = profiles.flat_map(|profile| profile.sets.iter().copied());
    let singles = arguments.switches.iter();
    of_profiles.chain(singles.map(|it| (it.name.as_str(), it.value.as_str())))
}
