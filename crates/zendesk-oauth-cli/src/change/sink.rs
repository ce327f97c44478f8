//! Where a secret that was just made goes. Zendesk shows it once: the place is found before the request is sent, and
//! the secret is there, synced, before success is reported.

use std::fs;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use clap::Args;
use zendesk_oauth::Secret;

use super::{env_file, rescue, secret_command};
use crate::config::Paths;
use crate::failure::Failure;
use crate::files::{self, Draft};
use crate::output::{self, Format, OutputFlags};

/// A file that holds more is no file of one secret.
const MAX_SECRET_FILE: u64 = 64 * 1024;

/// Arguments of every command that makes a secret.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Secret")]
pub(crate) struct SinkFlags {
    /// Write the secret to this file, which nobody else can read
    ///
    /// A file of one line is replaced, so that a new secret takes the place of the old one. Anything else that
    /// is there already is refused.
    #[arg(long, value_name = "FILE", group = "sink")]
    pub(crate) secret_file: Option<PathBuf>,
    /// Set a variable in this file of lines NAME=VALUE; the rest of it stays
    #[arg(long, value_name = "FILE", group = "sink", requires = "env_name")]
    pub(crate) env_file: Option<PathBuf>,
    /// The variable's name
    #[arg(long, value_name = "NAME", requires = "env_file")]
    pub(crate) env_name: Option<String>,
    /// Run this command with the secret on its standard input
    ///
    /// A shell runs it. It gets the secret without a line end, and has to exit with 0. What it prints goes to
    /// standard error.
    #[arg(long, value_name = "COMMAND", group = "sink")]
    pub(crate) secret_command: Option<String>,
}

/// A place that was found and can be written to.
#[derive(Debug)]
pub(crate) struct Sink(Place);

#[derive(Debug)]
enum Place {
    /// --reveal: in the record, and in a table, which may leave it out, on a line before it.
    Output(Format),
    /// Shown once, since a person is there to see it.
    Terminal,
    File(Held),
    EnvFile {
        held: Held,
        name: String,
    },
    Command(String),
}

/// A file that is about to be replaced.
#[derive(Debug)]
struct Held {
    /// As the person wrote it.
    shown: String,
    /// With links followed.
    target: PathBuf,
    /// Taken when the secret goes there.
    draft: Mutex<Option<Draft>>,
}

/// Where a delivered secret is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delivered {
    /// Where it was to be kept.
    Kept,
    /// Only on the screen, now.
    Shown,
    /// In the record that is to be printed.
    WithRecord,
}

impl SinkFlags {
    /// Finds the place, and makes sure that it can be written to, before anything is sent.
    pub(crate) fn prepare(&self, output: &OutputFlags) -> Result<Sink, Failure> {
        let place = if let Some(path) = &self.secret_file {
            Place::File(secret_file(path)?)
        } else if let (Some(path), Some(name)) = (&self.env_file, &self.env_name) {
            if !env_file::is_name(name) {
                return Err(Failure::usage(format!(
                    "--env-name {name:?}: a variable's name has letters, digits and `_`, and begins with no digit"
                )));
            }
            Place::EnvFile {
                held: env_file_to_change(path, name)?,
                name: name.clone(),
            }
        } else if let Some(command) = &self.secret_command {
            if command.trim().is_empty() {
                return Err(Failure::usage("--secret-command: it is empty"));
            }
            Place::Command(command.clone())
        } else if output.reveal {
            Place::Output(output.format)
        } else if io::stdout().is_terminal() {
            Place::Terminal
        } else {
            return Err(Failure::usage(
                "the secret would be shown once and lost, so nothing was sent: say where it goes, with --secret-file \
                 FILE, --env-file FILE --env-name NAME, --secret-command COMMAND, or --reveal",
            ));
        };
        Ok(Sink(place))
    }
}

impl Sink {
    /// Puts the secret there, synced. `what` is the member that it is, such as `client_secret`. A file takes
    /// one secret.
    ///
    /// If that fails, the secret is kept in the state folder, else shown to a person who is there, else lost; the
    /// failure says which.
    pub(crate) async fn deliver(&self, what: &str, secret: &Secret) -> Result<Delivered, Failure> {
        let folder = Paths::of_user().map(|paths| paths.rescued());
        self.deliver_or(what, secret, folder.as_deref()).await
    }

    /// [`deliver`](Self::deliver) with the folder for what does not get to its place.
    pub(super) async fn deliver_or(
        &self,
        what: &str,
        secret: &Secret,
        folder: Option<&Path>,
    ) -> Result<Delivered, Failure> {
        let written = |it: Result<(), Failure>| it.map_err(|failure| failure.to_string());
        let (delivered, done) = match &self.0 {
            Place::Output(Format::Table) => {
                let line = output::write(&format!("{}\n", secret.expose()));
                (Delivered::WithRecord, written(line))
            }
            Place::Output(_) => (Delivered::WithRecord, Ok(())),
            Place::Terminal => (Delivered::Shown, written(show(what, secret))),
            Place::File(_) | Place::EnvFile { .. } | Place::Command(_) => {
                let kept = self.keep(secret).await;
                (Delivered::Kept, kept.map_err(|error| error.to_string()))
            }
        };
        let Err(cause) = done else {
            return Ok(delivered);
        };
        let consequence = match rescue::keep(what, secret, folder) {
            Ok(kept) => kept,
            Err(_) if delivered == Delivered::Kept && is_shown(what, secret) => {
                "it was shown here instead".to_owned()
            }
            Err(lost) => lost,
        };
        let place = self.name();
        Err(Failure::failed(format!(
            "the new {what} was made, but did not get to {place} ({cause}), so {consequence}"
        )))
    }

    /// Puts the secret where it is kept, synced, for a caller that knows what to do if that fails. Nothing is printed,
    /// and a place that only shows secrets does nothing.
    pub(crate) async fn keep(&self, secret: &Secret) -> io::Result<()> {
        match &self.0 {
            Place::Output(_) | Place::Terminal => Ok(()),
            Place::File(held) => held.publish(format!("{}\n", secret.expose()).as_bytes(), None),
            Place::EnvFile { held, name } => held.set(name, secret),
            Place::Command(command) => secret_command::run(command, secret).await,
        }
    }

    /// What the place is called in messages: `the file secret.txt`.
    pub(crate) fn name(&self) -> String {
        match &self.0 {
            Place::Output(_) => "standard output".to_owned(),
            Place::Terminal => "the terminal".to_owned(),
            Place::File(held) => format!("the file {}", held.shown),
            Place::EnvFile { held, name } => format!("{name} in the file {}", held.shown),
            Place::Command(_) => "the command of --secret-command".to_owned(),
        }
    }
}

/// Whether a person is there who sees it now.
fn is_shown(what: &str, secret: &Secret) -> bool {
    io::stdout().is_terminal() && show(what, secret).is_ok()
}

/// Once, to a person.
fn show(what: &str, secret: &Secret) -> Result<(), Failure> {
    output::complain(format_args!(
        "this is the only time that the {what} is shown; it stays in the terminal's history"
    ));
    output::write(&format!("{}\n", secret.expose()))
}

impl Held {
    fn new(shown: &Path, target: PathBuf) -> io::Result<Self> {
        let draft = Draft::of(&target)?;
        Ok(Self {
            shown: shown.display().to_string(),
            target,
            draft: Mutex::new(Some(draft)),
        })
    }

    /// Writes the file, with the mode and owner of `like` if there was one.
    fn publish(&self, bytes: &[u8], like: Option<&fs::Metadata>) -> io::Result<()> {
        let mut draft = self.draft.lock().unwrap_or_else(PoisonError::into_inner);
        let draft = draft
            .take()
            .ok_or_else(|| io::Error::other("another secret is in it already"))?;
        if let Some(like) = like {
            draft.take_after(like)?;
        }
        draft.publish(bytes)
    }

    /// Reads the file again: somebody may have changed it meanwhile.
    fn set(&self, name: &str, secret: &Secret) -> io::Result<()> {
        let (text, like) = read_env_file(&self.target)?;
        let text = env_file::with(&text, name, secret.expose());
        let text = text.map_err(|problem| io::Error::new(io::ErrorKind::InvalidData, problem))?;
        self.publish(text.as_bytes(), like.as_ref())
    }
}

/// The file of --secret-file, if it may be put there.
fn secret_file(path: &Path) -> Result<Held, Failure> {
    let refuse = |why: &str| Failure::usage(format!("--secret-file {}: {why}", path.display()));
    match fs::symlink_metadata(path) {
        Ok(there) if there.is_symlink() => {
            return Err(refuse(
                "it is a symbolic link: name the file that it leads to, or another one",
            ));
        }
        Ok(there) if there.is_dir() => return Err(refuse("it is a folder: name a file in it")),
        Ok(there) if !there.is_file() => {
            return Err(refuse(
                "it is no ordinary file: name one that does not exist yet",
            ));
        }
        Ok(there) => {
            let text = if there.len() > MAX_SECRET_FILE {
                None
            } else {
                let read = fs::read(path);
                Some(read.map_err(|error| refuse("what is there cannot be read").because(error))?)
            };
            let holds_one_line = text.is_some_and(|text| {
                let text = text.strip_suffix(b"\n").unwrap_or(&text);
                !text.contains(&b'\n')
            });
            if !holds_one_line {
                return Err(refuse(
                    "it holds more than one line, so it is not replaced: name another file, or remove this one",
                ));
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(refuse("it cannot be looked at").because(error)),
    }
    held(path, path.to_owned(), "--secret-file")
}

/// The file of --env-file, if the variable can be set in it.
fn env_file_to_change(path: &Path, name: &str) -> Result<Held, Failure> {
    let refuse = |why: &str| Failure::usage(format!("--env-file {}: {why}", path.display()));
    let target = match path.canonicalize() {
        Ok(target) if target.is_dir() => {
            return Err(refuse("it is a folder: name a file in it"));
        }
        Ok(target) if !target.is_file() => return Err(refuse("it is no ordinary file")),
        Ok(target) => target,
        Err(_) if path.is_symlink() => {
            return Err(refuse("it is a symbolic link that leads nowhere"));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
        Err(error) => return Err(refuse("it cannot be looked at").because(error)),
    };
    let (text, like) =
        read_env_file(&target).map_err(|error| refuse("it cannot be read").because(error))?;
    env_file::with(&text, name, "").map_err(refuse)?;
    let held = held(path, target, "--env-file")?;
    if let Some(like) = &like {
        // It is the person's file, so its mode stays.
        files::warn_if_others_can_read(like, path);
        let draft = held.draft.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = draft
            .as_ref()
            .map_or(Ok(()), |draft| draft.take_after(like));
        taken.map_err(|error| refuse("its owner cannot be kept").because(error))?;
    }
    Ok(held)
}

fn held(path: &Path, target: PathBuf, flag: &str) -> Result<Held, Failure> {
    Held::new(path, target).map_err(|error| {
        let folder = files::folder_of(path).display();
        let why = if error.kind() == io::ErrorKind::NotFound {
            format!("the folder {folder} does not exist: make it first")
        } else {
            format!("nothing can be written in the folder {folder}")
        };
        Failure::usage(format!("{flag} {}: {why}", path.display())).because(error)
    })
}

/// The text, and what the file is like; both empty if it does not exist.
fn read_env_file(path: &Path) -> io::Result<(String, Option<fs::Metadata>)> {
    let there = match fs::metadata(path) {
        Ok(there) => there,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((String::new(), None)),
        Err(error) => return Err(error),
    };
    Ok((fs::read_to_string(path)?, Some(there)))
}
