//! `zendesk-oauth completions`.

use std::process::ExitCode;

use clap::Args;
use clap_complete::Shell;

use crate::failure::Failure;
use crate::output::write;

/// Arguments of `zendesk-oauth completions`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  bash        zendesk-oauth completions bash > ~/.local/share/bash-completion/completions/zendesk-oauth
  zsh         zendesk-oauth completions zsh > \"${fpath[1]}/_zendesk-oauth\"
  fish        zendesk-oauth completions fish > ~/.config/fish/completions/zendesk-oauth.fish
  powershell  zendesk-oauth completions powershell >> $PROFILE
  elvish      zendesk-oauth completions elvish >> ~/.config/elvish/rc.elv")]
pub(crate) struct Arguments {
    /// The shell
    shell: Shell,
}

pub(crate) fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    let mut command = crate::arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "zendesk-oauth", &mut script);
    write(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}
