//! The secrets that a grant is asked for with.

use std::path::{Path, PathBuf};

use clap::Args;
use zendesk_oauth::Secret;

use crate::change::{SecretInput, read_secret};
use crate::failure::Failure;

/// The proof of a client that may have none.
#[derive(Args, Clone, Debug)]
pub(super) struct ClientProof {
    /// File whose first line is the client's secret; `-` reads standard input [env: ZENDESK_CLIENT_SECRET]
    #[arg(long, value_name = "FILE")]
    pub(super) client_secret_file: Option<PathBuf>,
    /// The client is public: it has no secret
    #[arg(long, conflicts_with = "client_secret_file")]
    pub(super) public: bool,
}

impl ClientProof {
    /// The client's secret, unless the client is public.
    pub(super) fn read(&self) -> Result<Option<Secret>, Failure> {
        if self.public {
            return Ok(None);
        }
        client_secret(self.client_secret_file.as_deref()).map(Some)
    }
}

pub(super) fn client_secret(file: Option<&Path>) -> Result<Secret, Failure> {
    read_secret(&SecretInput {
        what: "the client's secret",
        flag: "--client-secret-file",
        file,
        variable: "ZENDESK_CLIENT_SECRET",
    })
}

/// Whether the variable of the environment is there.
pub(super) fn is_set(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| !value.is_empty())
}

/// Refuses to read two secrets from standard input, of which only one could be the first line.
pub(super) fn check_standard_input(files: &[Option<&Path>]) -> Result<(), Failure> {
    let of_input = files
        .iter()
        .flatten()
        .filter(|file| **file == Path::new("-"));
    if of_input.count() > 1 {
        return Err(Failure::usage(
            "standard input can give one secret: put the others into files",
        ));
    }
    Ok(())
}
