//! Where the journals are: a folder per account, in it a file per client.

use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::config::Paths;
use crate::failure::Failure;

/// The folder of all journals.
pub(in crate::rotate) struct Shelf {
    root: PathBuf,
    // Of an account that ends with the command; so does what is kept of it.
    _short_lived: Option<TempDir>,
}

impl Shelf {
    /// That of this user.
    pub(in crate::rotate) fn of_user() -> Result<Self, Failure> {
        Ok(Self {
            root: Paths::required()?.state().join("rotations"),
            _short_lived: None,
        })
    }

    /// One that ends with the command.
    pub(in crate::rotate) fn short_lived() -> Result<Self, Failure> {
        let folder = TempDir::new().map_err(|error| {
            Failure::failed("a folder for the journal cannot be made").because(error)
        })?;
        Ok(Self {
            root: folder.path().to_owned(),
            _short_lived: Some(folder),
        })
    }

    /// The folder of an account. It need not be there.
    pub(super) fn folder(&self, account: &str) -> PathBuf {
        self.root.join(folder_name(account))
    }

    /// The files of all journals there are, sorted.
    pub(in crate::rotate) fn files(&self) -> io::Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        for account in entries(&self.root)? {
            if account.is_dir() {
                let journals = entries(&account)?.into_iter();
                files.extend(journals.filter(|it| it.extension().is_some_and(|it| it == "json")));
            }
        }
        files.sort();
        Ok(files)
    }
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    match std::fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| Ok(entry?.path())).collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// The account's address, as a name that every file system takes.
fn folder_name(account: &str) -> String {
    let name = account.strip_prefix("https://").unwrap_or(account);
    let name = name.trim_end_matches('/').to_ascii_lowercase();
    name.replace(
        |it: char| !(it.is_ascii_alphanumeric() || matches!(it, '.' | '-')),
        "_",
    )
}

#[cfg(test)]
mod tests {
    use super::folder_name;

    #[test]
    fn the_name_of_a_folder_steps_out_of_none() {
        assert_eq!(folder_name("https://acme.zendesk.com"), "acme.zendesk.com");
        assert_eq!(folder_name("http://127.0.0.1:80/"), "http___127.0.0.1_80");
        assert_eq!(folder_name("https://a/../b"), "a_.._b");
    }
}
