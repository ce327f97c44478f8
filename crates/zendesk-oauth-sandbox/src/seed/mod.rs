//! What an account begins with, from a file that people write.

mod admin;
mod check;
mod document;
mod error;
mod furnish;
mod moment;
mod node;
mod path;
mod reading;
mod surrogates;
mod yaml;

use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::sync::Arc;

use crate::faults::FaultRule;
use crate::state::State;
use crate::switches::Switches;

pub(crate) use admin::{TokenIsTaken, ensure_token};
use document::Document;
pub use error::SeedError;
use error::{Defect, Place};
use furnish::EARLIER;
pub(crate) use moment::ClockSetting;
use path::Path;

/// What an account begins with: users, clients, tokens, how it behaves and what goes wrong.
///
/// It is read from YAML, or from JSON, which YAML includes. [`Seed::STARTER`] shows every section. What
/// a seed leaves out is invented, the same each time. Its Debug form shows its name only.
#[derive(Clone)]
pub struct Seed {
    name: Arc<str>,
    document: Arc<Document>,
}

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Seed").field(&self.name).finish()
    }
}

impl Seed {
    /// The text of the seed that is taken when there is no other. Copy it to begin one of your own.
    pub const STARTER: &'static str = include_str!("starter.yaml");

    /// The longest seed that is read, in bytes: 64 MiB.
    pub(crate) const LONGEST: usize = 64 * 1024 * 1024;

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// If it cannot be read, is longer than 64 MiB, or is no seed.
    pub fn read(path: impl AsRef<std::path::Path>) -> Result<Self, SeedError> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let unread = |error: io::Error| {
            let reason = format!("the seed file cannot be read: {error}");
            let defect = Defect::new(Path::default(), reason, "name a file that can be read");
            SeedError::new(&name, None, defect)
        };
        let mut bytes = Vec::new();
        let file = File::open(path).map_err(unread)?;
        let mut limited = file.take(Self::LONGEST as u64 + 1);
        limited.read_to_end(&mut bytes).map_err(unread)?;
        let text = str::from_utf8(&bytes).map_err(|error| {
            let place = place_after(&bytes[..error.valid_up_to()]);
            let defect = Defect::new(
                Path::default(),
                "the file is not UTF-8 from here on",
                "save it as UTF-8",
            );
            SeedError::new(&name, Some(place), defect)
        })?;
        Self::parse(&name, text)
    }

    /// Reads a text; `name` is what errors call it.
    ///
    /// # Errors
    ///
    /// If it is longer than 64 MiB, or is no seed.
    pub fn parse(name: &str, text: &str) -> Result<Self, SeedError> {
        if text.len() > Self::LONGEST {
            let reason = format!(
                "the file is longer than {} MiB",
                Self::LONGEST / 1024 / 1024
            );
            let way_out = "let `generate` invent records that are there for size";
            let defect = Defect::new(Path::default(), reason, way_out);
            return Err(SeedError::new(name, None, defect));
        }
        let failed = |place, defect| SeedError::new(name, Some(place), defect);
        let root = yaml::parse(&surrogates::joined(text)).map_err(|defect| {
            let start = Place { line: 1, column: 1 };
            failed(defect.place.unwrap_or(start), defect)
        })?;
        let located = |defect: Defect| {
            let place = defect.place.unwrap_or_else(|| root.place_of(&defect.path));
            failed(place, defect)
        };
        let document: Document = reading::read(&root).map_err(located)?;
        check::check(&document).map_err(located)?;
        Ok(Self {
            name: name.into(),
            document: Arc::new(document),
        })
    }

    /// The seed that is taken when there is no other.
    #[must_use]
    pub fn starter() -> Self {
        Self::parse("starter.yaml", Self::STARTER).expect("the starter seed is tested")
    }

    /// Where the clock stands, if the seed says it.
    pub(crate) fn clock(&self) -> Option<ClockSetting> {
        self.document.clock
    }

    /// Where invented values come from, if the seed says it.
    pub(crate) fn random(&self) -> Option<u64> {
        self.document.random
    }

    /// How this Zendesk behaves by the seed: its profiles in their order, and its single switches on top.
    #[must_use]
    pub fn switches(&self) -> Switches {
        let mut switches = Switches::default();
        for profile in &self.document.profiles {
            // The names and values were checked; a switch that does not exist stays out.
            let _ = switches.apply(profile);
        }
        for (name, value) in self.document.switches() {
            let _ = switches.set(name, value);
        }
        switches
    }

    pub(crate) fn faults(&self) -> &[FaultRule] {
        &self.document.faults
    }

    /// Adds to an empty account what the seed says.
    pub(crate) fn furnish(&self, state: &mut State) {
        furnish::furnish(&self.document, state);
    }

    /// The refusal of a seed in which another holds the token that is fixed for the admin.
    pub(crate) fn token_is_taken(&self) -> SeedError {
        let defect = Defect::new(
            Path::of("tokens"),
            "a token has the value that is fixed for the admin, and is no admin's token with the scopes \
             read and write that never expires",
            "change the token, or fix another value",
        );
        SeedError::new(&self.name, None, defect)
    }
}

/// Whether a text can be a bearer token as it is.
pub(crate) fn is_bearer_token(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= crate::support::rules::LONGEST
        && text.bytes().all(check::is_visible)
}

fn place_after(bytes: &[u8]) -> Place {
    let text = String::from_utf8_lossy(bytes);
    let last = text.rsplit('\n').next().unwrap_or_default();
    Place {
        line: text.matches('\n').count() + 1,
        column: last.chars().count() + 1,
    }
}

#[cfg(test)]
mod tests;
