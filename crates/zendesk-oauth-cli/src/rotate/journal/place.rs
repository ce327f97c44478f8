//! Where a new secret goes, as a journal keeps it: enough to find it again, and no command line, which may hold
//! what nobody should read.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::change::SinkFlags;
use crate::failure::Failure;

/// A place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(in crate::rotate) enum Place {
    File { path: PathBuf },
    EnvFile { path: PathBuf, name: String },
    Command,
    Printed,
}

impl Place {
    /// The place that arguments name.
    pub(in crate::rotate) fn of(flags: &SinkFlags) -> Result<Self, Failure> {
        let place = match flags {
            SinkFlags {
                secret_file: Some(path),
                ..
            } => Self::File { path: whole(path)? },
            SinkFlags {
                env_file: Some(path),
                env_name: Some(name),
                ..
            } => Self::EnvFile {
                path: whole(path)?,
                name: name.clone(),
            },
            SinkFlags {
                secret_command: Some(_),
                ..
            } => Self::Command,
            _ => Self::Printed,
        };
        Ok(place)
    }

    /// Arguments that name the place, if it can be found again.
    pub(in crate::rotate) fn flags(&self) -> Option<SinkFlags> {
        let none = SinkFlags::default();
        match self {
            Self::File { path } => Some(SinkFlags {
                secret_file: Some(path.clone()),
                ..none
            }),
            Self::EnvFile { path, name } => Some(SinkFlags {
                env_file: Some(path.clone()),
                env_name: Some(name.clone()),
                ..none
            }),
            Self::Command | Self::Printed => None,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path } => write!(f, "the file {}", path.display()),
            Self::EnvFile { path, name } => write!(f, "{name} in {}", path.display()),
            Self::Command => f.write_str("the command of --secret-command"),
            Self::Printed => f.write_str("standard output"),
        }
    }
}

/// The path from the root, so that it is found from any folder. It has to be text to be kept.
fn whole(path: &Path) -> Result<PathBuf, Failure> {
    let shown = path.display();
    let whole = std::path::absolute(path)
        .map_err(|error| Failure::usage_because(format!("{shown} is no path"), error))?;
    if whole.to_str().is_none() {
        return Err(Failure::usage(format!(
            "{shown}: its name is not UTF-8, which the journal of a rotation cannot keep; name another file"
        )));
    }
    Ok(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_again_by_the_arguments_that_it_gives() {
        let file = SinkFlags {
            secret_file: Some("secret.txt".into()),
            ..SinkFlags::default()
        };
        let line = SinkFlags {
            env_file: Some("app.env".into()),
            env_name: Some("SECRET".into()),
            ..SinkFlags::default()
        };
        for flags in [file, line] {
            let place = Place::of(&flags).unwrap();
            assert_eq!(Place::of(&place.flags().unwrap()).unwrap(), place);
        }
    }

    #[test]
    fn a_command_line_is_not_kept() {
        let flags = SinkFlags {
            secret_command: Some("vault CANARY-password".into()),
            ..SinkFlags::default()
        };
        let place = Place::of(&flags).unwrap();
        let kept = serde_json::to_string(&place).unwrap();
        assert!(!kept.contains("CANARY") && place.flags().is_none());
    }
}
