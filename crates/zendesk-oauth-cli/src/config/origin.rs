//! Where a value comes from.

use std::fmt;
use std::path::PathBuf;

/// Where a value comes from. Levels that come first win.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// An argument, such as `--url`.
    Flag(&'static str),
    /// A variable of the environment.
    Variable(&'static str),
    /// A line of the settings file.
    File {
        path: PathBuf,
        line: usize,
        profile: Option<String>,
    },
}

impl Origin {
    /// Its level.
    pub(crate) fn level(&self) -> &'static str {
        match self {
            Self::Flag(_) => "argument",
            Self::Variable(_) => "environment",
            Self::File { .. } => "profile",
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) => write!(f, "flag {name}"),
            Self::Variable(name) => write!(f, "variable {name}"),
            Self::File {
                path,
                line,
                profile,
            } => {
                write!(f, "file {}:{line}", path.display())?;
                match profile {
                    Some(name) => write!(f, " profile {name}"),
                    None => Ok(()),
                }
            }
        }
    }
}
