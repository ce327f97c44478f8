//! The commands. Each is a module that has its own arguments.

use std::fmt::Write as _;

use clap::{CommandFactory as _, Parser, Subcommand};

use crate::{
    api, audit, chat_tokens, clients, completions, config, connections, doctor, global_clients,
    grant, login, man, migrate, profile, revoke, rotate, sandbox, tokens, tour,
};

/// Commands by what they are for, as the help of all has them.
const GROUPS: [(&str, &[&str]); 5] = [
    (
        "Logins and settings",
        &["login", "logout", "status", "profile", "config"],
    ),
    (
        "OAuth of the account",
        &[
            "clients",
            "tokens",
            "global-clients",
            "grant",
            "connections",
            "chat-tokens",
            "api",
        ],
    ),
    (
        "Security",
        &["audit", "revoke", "rotate", "migrate", "doctor"],
    ),
    ("A local Zendesk", &["sandbox", "tour"]),
    ("Shell", &["completions", "man", "help"]),
];

const EXAMPLES: &str = "\
Examples:
  zendesk-oauth login --subdomain acme        Log in with the browser
  zendesk-oauth clients list                  Clients as a table
  zendesk-oauth tokens list -o ndjson         Tokens, one JSON value per line
  zendesk-oauth audit --fail-on high          Findings, and exit code 1 if one is high
  zendesk-oauth clients list --sandbox        Try it without an account";

const REFERENCE: &str = "\
Exit codes:
  0    All is well
  1    It found something, or failed
  2    It could not run as it was called: arguments, settings, input files, nobody to ask
  3    What it was asked about is not there
  4    Credentials are missing, refused, or do not suffice
  5    Zendesk wants fewer requests
  6    Nothing answered
  130  Ctrl-C
  143  SIGTERM

Environment:
  ZENDESK_URL, ZENDESK_SUBDOMAIN     The account: https://NAME.zendesk.com, or NAME
  ZENDESK_PROFILE                    Profile of the settings file
  ZENDESK_TOKEN                      Access token of Support
  ZENDESK_EMAIL, ZENDESK_API_TOKEN   Or an API token, with the e-mail address that it goes with
  ZENDESK_ZIS_TOKEN                  Access token of the ZIS integration
  ZENDESK_ZIS_INTEGRATION            The ZIS integration
  ZENDESK_CHAT_TOKEN                 Access token of Chat
  NO_COLOR                           No colours
  COLUMNS                            Width of the terminal
  XDG_CONFIG_HOME, XDG_STATE_HOME    Where settings, logins and journals are";

/// The tree of commands.
pub(crate) fn command() -> clap::Command {
    let root = Arguments::command();
    let groups = groups(&root);
    root.help_template(format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{groups}Options:\n{{options}}{{after-help}}"
    ))
    .after_help(EXAMPLES)
    .after_long_help(format!("{EXAMPLES}\n\n{REFERENCE}"))
}

fn groups(root: &clap::Command) -> String {
    let mut text = String::new();
    for (heading, names) in GROUPS {
        let _ = writeln!(text, "{heading}:");
        for name in names {
            let about = root
                .find_subcommand(name)
                .and_then(clap::Command::get_about);
            let about = about.map_or_else(
                || "Print this message or the help of a command".to_owned(),
                ToString::to_string,
            );
            let _ = writeln!(text, "  {name:<14}  {about}");
        }
        text.push('\n');
    }
    text
}

#[derive(Parser)]
#[command(
    name = "zendesk-oauth",
    version,
    max_term_width = 100,
    about = "Zendesk's OAuth from the command line: clients, tokens, connections, audit, and a local Zendesk"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Log in to an account, and keep the login
    Login(login::LoginArguments),
    /// Revoke the login's token, and forget it
    Logout(login::LogoutArguments),
    /// Say who is logged in where, and for how long
    Status(login::StatusArguments),
    /// Profiles: accounts that commands use by name
    Profile(profile::Arguments),
    /// Where settings come from
    Config(config::Arguments),
    /// OAuth clients of the account
    Clients(clients::Arguments),
    /// OAuth tokens of the account
    Tokens(tokens::Arguments),
    /// Global OAuth clients that the account uses
    GlobalClients(global_clients::Arguments),
    /// Get a token from the token endpoint
    Grant(grant::Arguments),
    /// OAuth connections of a ZIS integration
    Connections(connections::Arguments),
    /// OAuth tokens of Chat
    ChatTokens(chat_tokens::Arguments),
    /// Call any path of the account
    Api(api::Arguments),
    /// Look for access that is idle, endless, too wide or forgotten
    Audit(audit::Arguments),
    /// Revoke many tokens: plan, review, apply
    Revoke(revoke::Arguments),
    /// Give a client a new secret, and put it where it is needed
    #[command(long_about = rotate::ABOUT)]
    Rotate(rotate::Arguments),
    /// Go from an API token to OAuth while the API token still works
    Migrate(migrate::Arguments),
    /// Say what works, what does not, and what ends when
    Doctor(doctor::Arguments),
    /// Run a local Zendesk until Ctrl-C
    Sandbox(sandbox::Arguments),
    /// Call 25 operations against a local Zendesk, and check what comes back
    Tour(tour::Arguments),
    /// Print a script that completes commands in a shell
    Completions(completions::Arguments),
    /// Print or write manual pages
    Man(man::Arguments),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_in_one_group() {
        let root = Arguments::command();
        let mut commands: Vec<&str> = root
            .get_subcommands()
            .map(clap::Command::get_name)
            .collect();
        commands.push("help");
        let mut named: Vec<&str> = GROUPS
            .iter()
            .flat_map(|(_, names)| names.iter().copied())
            .collect();
        commands.sort_unstable();
        named.sort_unstable();
        assert_eq!(named, commands);
    }

    #[test]
    fn the_tree_is_sound() {
        command().debug_assert();
    }
}
