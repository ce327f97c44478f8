//! `zendesk-oauth man`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Command};
use clap_mangen::Man;

use crate::failure::Failure;
use crate::output::{talk, write};
use crate::text::counted;

/// Arguments of `zendesk-oauth man`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  zendesk-oauth man | man -l -
  zendesk-oauth man --out ~/.local/share/man/man1")]
pub(crate) struct Arguments {
    /// Write a page per command into this folder, which is made if it is not there
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

pub(crate) fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let mut command = crate::arguments::command().disable_help_subcommand(true);
    command.build();
    match arguments.out {
        None => {
            let (_, page) = page(command)?;
            write(&page)?;
        }
        Some(folder) => {
            fs::create_dir_all(&folder).map_err(|error| unwritable(&folder, error))?;
            let count = write_pages(&command, &folder)?;
            talk(format_args!(
                "{}: {}",
                folder.display(),
                counted(count, "page")
            ));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The pages of the command and of all below it; how many they are.
fn write_pages(command: &Command, folder: &Path) -> Result<usize, Failure> {
    let (name, text) = page(command.clone())?;
    let file = folder.join(name);
    fs::write(&file, text).map_err(|error| unwritable(&file, error))?;
    let below = command.get_subcommands().filter(|it| !it.is_hide_set());
    below
        .map(|command| write_pages(command, folder))
        .try_fold(1, |sum, count| Ok(sum + count?))
}

/// The name of the file, and the page.
fn page(command: Command) -> Result<(String, String), Failure> {
    let page = Man::new(command);
    let mut text = Vec::new();
    page.render(&mut text)
        .map_err(|error| Failure::failed("the page cannot be made").because(error))?;
    Ok((
        page.get_filename(),
        String::from_utf8_lossy(&text).into_owned(),
    ))
}

fn unwritable(path: &Path, error: std::io::Error) -> Failure {
    Failure::usage(format!("{} cannot be written", path.display())).because(error)
}
