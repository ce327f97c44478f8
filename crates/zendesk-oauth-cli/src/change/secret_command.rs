//! A command that takes a secret on its standard input.

use std::io;
use std::process::Stdio;

use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;
use zendesk_oauth::Secret;

/// Runs the command in a shell. It gets the secret without a line end, and then the end of its input. What it prints goes
/// to standard error, since standard output is data of ours. It has to read all and to exit with 0.
pub(super) async fn run(command: &str, secret: &Secret) -> io::Result<()> {
    let mut child = shell(command)
        .stdin(Stdio::piped())
        .stdout(Stdio::from(io::stderr()))
        .spawn()?;
    let mut stdin = child.stdin.take().expect("its input is a pipe");
    let written = async {
        stdin.write_all(secret.expose().as_bytes()).await?;
        stdin.shutdown().await
    };
    let written = written.await;
    drop(stdin);
    let status = child.wait().await?;
    if !status.success() {
        return Err(io::Error::other(status.to_string()));
    }
    written
}

#[cfg(unix)]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", command]);
    shell
}

#[cfg(not(unix))]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("cmd");
    shell.args(["/C", command]);
    shell
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_command_gets_the_secret_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("got");
        let command = format!("cat > '{}'", file.display());
        run(&command, &Secret::from("CANARY-1")).await.unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), b"CANARY-1");
    }

    #[tokio::test]
    async fn a_command_that_fails_or_does_not_read_is_a_failure() {
        let secret = Secret::from("CANARY-1".repeat(100_000));
        for (command, said) in [
            ("cat > /dev/null; exit 3", "3"),
            ("cat > /dev/full", "1"),
            ("no-such-command-here", "127"),
            ("exit 0", "pipe"),
        ] {
            let error = run(command, &secret).await.unwrap_err().to_string();
            assert!(error.to_lowercase().contains(said), "{command}: {error}");
            assert!(!error.contains("CANARY"), "{error}");
        }
    }
}
