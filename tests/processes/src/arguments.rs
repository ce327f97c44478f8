//! What the process is told to do.

use std::path::PathBuf;
use std::time::Duration;

use crate::Failure;

pub(crate) struct Arguments {
    pub(crate) base_url: String,
    pub(crate) client_id: String,
    pub(crate) place: Place,
    pub(crate) lease: Duration,
    pub(crate) at: Option<At>,
}

/// Where the login is.
pub(crate) enum Place {
    File(PathBuf),
    Redis { url: String, name: String },
}

/// What happens at a step, when it is reached for the nth time.
pub(crate) struct At {
    pub(crate) step: String,
    pub(crate) nth: usize,
    pub(crate) kills: bool,
}

impl Arguments {
    pub(crate) fn read() -> Result<Self, Failure> {
        let (mut base_url, mut client_id, mut file) = (None, None, None);
        let (mut redis, mut name, mut at) = (None, None, None);
        let mut lease = Duration::from_secs(30);
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            let value = arguments.next().ok_or("each argument has a value")?;
            match argument.as_str() {
                "--base-url" => base_url = Some(value),
                "--client-id" => client_id = Some(value),
                "--file" => file = Some(PathBuf::from(value)),
                "--redis" => redis = Some(value),
                "--name" => name = Some(value),
                "--lease-ms" => lease = Duration::from_millis(value.parse()?),
                "--stop-at" => at = Some(At::read(&value, false)?),
                "--kill-at" => at = Some(At::read(&value, true)?),
                other => return Err(format!("there is no argument {other}").into()),
            }
        }
        let place = match (file, redis, name) {
            (Some(path), None, None) => Place::File(path),
            (None, Some(url), Some(name)) => Place::Redis { url, name },
            _ => return Err("either --file, or --redis and --name".into()),
        };
        Ok(Self {
            base_url: base_url.ok_or("--base-url is missing")?,
            client_id: client_id.ok_or("--client-id is missing")?,
            place,
            lease,
            at,
        })
    }
}

impl At {
    /// Reads `STEP#NTH`.
    fn read(text: &str, kills: bool) -> Result<Self, Failure> {
        let (step, nth) = text.split_once('#').ok_or("a step is given as STEP#NTH")?;
        Ok(Self {
            step: step.to_owned(),
            nth: nth.parse()?,
            kills,
        })
    }
}
