//! Where settings and state lie: the XDG base directories on Unix, what the system has for it elsewhere.

use std::fs::DirBuilder;
use std::io;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;

use crate::failure::Failure;

/// The name of the folders.
const NAME: &str = "zendesk-oauth";

/// The two folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Paths {
    settings: PathBuf,
    state: PathBuf,
}

impl Paths {
    /// Those of this user; nothing for one who has no home.
    pub(crate) fn of_user() -> Option<Self> {
        #[cfg(not(windows))]
        let strategy = etcetera::base_strategy::Xdg::new().ok()?;
        #[cfg(windows)]
        let strategy = etcetera::base_strategy::Windows::new().ok()?;
        let state = strategy.state_dir().unwrap_or_else(|| strategy.data_dir());
        Some(Self {
            settings: strategy.config_dir().join(NAME),
            state: state.join(NAME),
        })
    }

    /// Those in a folder of one's own.
    pub(crate) fn within(folder: &Path) -> Self {
        Self {
            settings: folder.join("config"),
            state: folder.join("state"),
        }
    }

    /// Those of this user, for what cannot do without.
    pub(crate) fn required() -> Result<Self, Failure> {
        Self::of_user().ok_or_else(|| {
            Failure::usage(
                "there is no home folder, so that settings and logins have no place: set HOME",
            )
        })
    }

    /// The settings file.
    pub(crate) fn settings_file(&self) -> PathBuf {
        self.settings.join("config.toml")
    }

    /// The folder of settings.
    pub(crate) fn settings(&self) -> &Path {
        &self.settings
    }

    /// The folder of state: logins, journals.
    pub(crate) fn state(&self) -> &Path {
        &self.state
    }

    /// The folder of secrets that did not get to their places.
    pub(crate) fn rescued(&self) -> PathBuf {
        self.state.join("rescued")
    }

    /// The folder of a profile's login. The name of a profile is fit to be a file's.
    pub(crate) fn login(&self, profile: &str) -> PathBuf {
        self.state.join("logins").join(profile)
    }
}

/// Makes a folder, and those above it, that only this user can open. One that is there stays as it is.
pub(crate) fn make_private(folder: &Path) -> Result<(), Failure> {
    private(folder).map_err(|error| {
        let shown = folder.display();
        Failure::usage_because(format!("{shown}: the folder cannot be made"), error)
    })
}

fn private(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
