//! What the program is told.

use std::time::Duration;

use crate::Failure;

/// What is leaked on purpose, to see that it is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leak {
    Task,
    Descriptor,
    Connection,
    Memory,
    Login,
    Panic,
}

#[derive(Debug)]
pub(crate) struct Arguments {
    /// Whether this is the sandbox.
    pub(crate) serves: bool,
    pub(crate) time: Duration,
    pub(crate) seed: u64,
    /// How many call at once.
    pub(crate) callers: u64,
    /// Whether it goes on where nothing can be measured.
    pub(crate) unmeasured: bool,
    pub(crate) leak: Option<Leak>,
}

impl Arguments {
    pub(crate) fn read(arguments: impl Iterator<Item = String>) -> Result<Self, Failure> {
        let mut read = Self {
            serves: false,
            time: Duration::from_secs(120),
            seed: fastrand::u64(..1_000_000),
            callers: 6,
            unmeasured: false,
            leak: None,
        };
        let mut arguments = arguments;
        while let Some(argument) = arguments.next() {
            let mut value = || {
                let value = arguments.next();
                value.ok_or_else(|| format!("{argument} wants a value"))
            };
            match argument.as_str() {
                "--seconds" => {
                    let seconds: f64 = value()?.parse()?;
                    read.time = Duration::try_from_secs_f64(seconds)?;
                }
                "--seed" => read.seed = value()?.parse()?,
                "--callers" => read.callers = value()?.parse::<u64>()?.max(1),
                "--unmeasured" => read.unmeasured = true,
                // Both are for this program and its tests.
                "--sandbox" => read.serves = true,
                "--leak" => read.leak = Some(Leak::named(&value()?)?),
                other => {
                    let known = "--seconds N, --seed N, --callers N, --unmeasured";
                    return Err(format!("there is no argument {other}; there are {known}").into());
                }
            }
        }
        Ok(read)
    }
}

impl Leak {
    fn named(name: &str) -> Result<Self, Failure> {
        Ok(match name {
            "task" => Self::Task,
            "descriptor" => Self::Descriptor,
            "connection" => Self::Connection,
            "memory" => Self::Memory,
            "login" => Self::Login,
            "panic" => Self::Panic,
            other => return Err(format!("nothing is called {other} that could leak").into()),
        })
    }
}
