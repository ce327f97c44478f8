//! Where the refresh token of a new pair goes.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::change::{Sink, SinkFlags};
use crate::failure::Failure;
use crate::new_secret::check_columns;
use crate::output::OutputFlags;

/// Arguments of the grants that give a refresh token.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Secret")]
pub(super) struct RefreshSinkFlags {
    /// Write the refresh token to this file, which nobody else can read
    #[arg(long, value_name = "FILE")]
    refresh_token_file: Option<PathBuf>,
    /// Do without the refresh token: it is not kept
    #[arg(long, conflicts_with = "refresh_token_file")]
    no_refresh_token: bool,
}

impl RefreshSinkFlags {
    /// Finds the place before anything is sent; none if the refresh token is not wanted.
    pub(super) fn prepare(
        &self,
        access: &SinkFlags,
        output: &OutputFlags,
    ) -> Result<Option<Sink>, Failure> {
        if self.no_refresh_token {
            return Ok(None);
        }
        let Some(file) = &self.refresh_token_file else {
            let none = SinkFlags::default();
            check_columns(&none, output, &["refresh_token"])?;
            let sink = none.prepare(output);
            return sink.map(Some).map_err(|_| {
                Failure::usage(
                    "a refresh token comes, too, and would be lost: say where it goes, with --refresh-token-file \
                     FILE or --reveal, or that it is not wanted, with --no-refresh-token",
                )
            });
        };
        let others = [&access.secret_file, &access.env_file];
        if others
            .into_iter()
            .flatten()
            .any(|other| is_same(other, file))
        {
            return Err(Failure::usage(format!(
                "{}: the access token and the refresh token cannot be in the same file",
                file.display()
            )));
        }
        let flags = SinkFlags {
            secret_file: Some(file.clone()),
            ..SinkFlags::default()
        };
        let context = format!("--refresh-token-file {}", file.display());
        let sink = flags.prepare(output);
        sink.map(Some).map_err(|failure| failure.during(context))
    }
}

/// Whether both names lead to one file, as far as can be told before it exists.
fn is_same(one: &Path, other: &Path) -> bool {
    match (std::path::absolute(one), std::path::absolute(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => one == other,
    }
}
