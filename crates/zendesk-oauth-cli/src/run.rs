//! From the process's arguments to its exit code.

use std::ffi::OsString;
use std::process::ExitCode;
use std::time::Duration;

use clap::{ArgMatches, FromArgMatches as _};
use tokio::runtime::{Builder, Runtime};

use crate::arguments::{self, Arguments, Command};
use crate::failure::Failure;
use crate::interrupt::{self, Interrupt, Signal};
use crate::output::{self, Format};
use crate::refusal::{Refusal, refusal};
use crate::{
    account, api, audit, chat_tokens, clients, completions, config, connections, doctor,
    global_clients, grant, login, man, migrate, profile, revoke, rotate, sandbox, tokens, tour,
};

/// So long a refresh that is under way may take after Ctrl-C. A second Ctrl-C does not wait.
const LAST_WORDS: Duration = Duration::from_secs(10);

/// Runs the command that the process was started with.
///
/// The exit code is 0 when all is well, 1 when the command found something or failed, 2 when it could not run
/// as it was called, 3 when something is not there, 4 when credentials are missing or refused, 5 when Zendesk wants fewer
/// requests, 6 when nothing answered, 130 after Ctrl-C and 143 after SIGTERM.
#[must_use]
pub fn run() -> ExitCode {
    let argv: Vec<OsString> = std::env::args_os().collect();
    let as_json = Format::is_json_asked(argv.iter().cloned());
    let (command, has_server) = match parsed(&argv, as_json) {
        Ok(parsed) => parsed,
        Err(code) => return code,
    };
    let ended = match command {
        // These need nothing that takes time to start.
        Command::Completions(it) => completions::run(it),
        Command::Man(it) => man::run(it),
        command => started(command, has_server),
    };
    ended.unwrap_or_else(|failure| failure.exit(as_json))
}

/// The command, and whether a server runs beside it; or the exit code, if there is nothing to run.
fn parsed(argv: &[OsString], as_json: bool) -> Result<(Command, bool), ExitCode> {
    let mut root = arguments::command();
    let parsed = root.try_get_matches_from_mut(argv).and_then(|matches| {
        let arguments = Arguments::from_arg_matches(&matches)?;
        Ok((arguments.command, has_server(&matches)))
    });
    parsed.map_err(|error| {
        if !error.use_stderr() {
            let written = output::write(&error.render().to_string());
            return written.map_or_else(|failure| failure.exit(as_json), |()| ExitCode::SUCCESS);
        }
        let argv: Vec<String> = argv
            .iter()
            .map(|it| it.to_string_lossy().into_owned())
            .collect();
        match refusal(&error, &root, &argv, as_json) {
            Refusal::Text(text) => {
                output::talk(text.trim_end());
                ExitCode::from(2)
            }
            Refusal::Failure(failure) => failure.exit(as_json),
        }
    })
}

fn has_server(matches: &ArgMatches) -> bool {
    match matches.subcommand() {
        Some(("sandbox" | "tour", _)) => true,
        Some((_, below)) => has_server(below),
        None => matches!(matches.try_get_one::<bool>("sandbox"), Ok(Some(true))),
    }
}

fn started(command: Command, has_server: bool) -> Result<ExitCode, Failure> {
    let runtime = runtime(has_server)
        .map_err(|error| Failure::failed("threads cannot be started").because(error))?;
    let mut interrupt = Interrupt::watch();
    let ended = runtime.block_on(async {
        let settled = async {
            let ended = dispatch(command).await;
            // A command that failed halfway may have left a refresh under way.
            account::settle_all().await;
            ended
        };
        match interrupt.during(settled).await {
            // It came to its end all the same.
            Ok(ended) => ended.map(|code| interrupt::meanwhile().map_or(code, ExitCode::from)),
            Err(signal) => Ok(interrupted(signal).await),
        }
    });
    // Whatever still runs is not waited for.
    runtime.shutdown_background();
    ended
}

/// One thread is enough for a client, and starts sooner; a server beside it has threads of its own.
fn runtime(has_server: bool) -> std::io::Result<Runtime> {
    if has_server {
        Builder::new_multi_thread().enable_all().build()
    } else {
        Builder::new_current_thread().enable_all().build()
    }
}

/// After the command was dropped: a login whose refresh is under way is kept, or it would be lost.
async fn interrupted(signal: Signal) -> ExitCode {
    if account::is_refreshing() {
        output::complain("a refresh of the login is under way; another Ctrl-C may lose the login");
        interrupt::last_words(
            "the refresh of the login was broken off; `zendesk-oauth status` says whether the login holds",
        );
    }
    let settled = tokio::time::timeout(LAST_WORDS, account::settle_all()).await;
    if settled.is_err() {
        output::complain(
            "a refresh of the login did not end; `zendesk-oauth status` says whether it holds",
        );
    }
    signal.into()
}

async fn dispatch(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Login(it) => login::log_in(it).await,
        Command::Logout(it) => login::log_out(it).await,
        Command::Status(it) => login::status(it).await,
        Command::Profile(it) => profile::run(it).await,
        Command::Config(it) => config::run(it).await,
        Command::Clients(it) => clients::run(it).await,
        Command::Tokens(it) => tokens::run(it).await,
        Command::GlobalClients(it) => global_clients::run(it).await,
        Command::Grant(it) => grant::run(it).await,
        Command::Connections(it) => connections::run(it).await,
        Command::ChatTokens(it) => chat_tokens::run(it).await,
        Command::Api(it) => api::run(it).await,
        Command::Audit(it) => audit::run(it).await,
        Command::Revoke(it) => revoke::run(it).await,
        Command::Rotate(it) => rotate::run(it).await,
        Command::Migrate(it) => migrate::run(it).await,
        Command::Doctor(it) => doctor::run(it).await,
        Command::Sandbox(it) => sandbox::run(it).await,
        Command::Tour(it) => tour::run(&it).await,
        Command::Completions(it) => completions::run(it),
        Command::Man(it) => man::run(it),
    }
}
