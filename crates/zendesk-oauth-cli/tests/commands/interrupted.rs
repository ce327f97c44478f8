//! A signal while the answer is under way: the secret that comes with it gets to its place all the same.
#![cfg(unix)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};

use crate::common::{Ran, Stage};
use crate::config::{settings, write_settings};
use crate::records::{client, file};

/// Between a command and the sandbox: what is sent waits here until it is let through.
struct Gate {
    listener: TcpListener,
    /// Where the sandbox listens.
    beyond: String,
}

/// A request that has not got to the sandbox yet.
struct Waiting {
    begun: Vec<u8>,
    near: TcpStream,
}

impl Gate {
    fn before(stage: &Stage) -> Self {
        let url = stage.sandbox.url().to_owned();
        Self {
            listener: TcpListener::bind("127.0.0.1:0").expect("a free port"),
            beyond: url.trim_start_matches("http://").to_owned(),
        }
    }

    fn url(&self) -> String {
        let address = self.listener.local_addr().expect("it has an address");
        format!("http://{address}")
    }

    /// The command with the account's credentials, on the near side.
    fn command(&self, stage: &Stage, line: &str) -> Command {
        let mut command = stage.command(line.split_whitespace());
        command.env("ZENDESK_URL", self.url());
        command
    }

    /// The next connection, once something was sent on it.
    fn wait(&self) -> Waiting {
        let (mut near, _) = self.listener.accept().expect("a connection");
        let mut begun = vec![0; 1];
        near.read_exact(&mut begun).expect("a request");
        Waiting { begun, near }
    }

    /// Lets it through, and all that follows on its connection.
    fn open(&self, waiting: Waiting) {
        let Waiting { begun, near } = waiting;
        let mut far = TcpStream::connect(&self.beyond).expect("the sandbox");
        far.write_all(&begun).expect("it is sent");
        let (mut from, mut to) = (near.try_clone(), far.try_clone());
        std::thread::spawn(move || {
            if let (Ok(from), Ok(to)) = (&mut from, &mut to) {
                let _ = std::io::copy(from, to);
            }
        });
        std::thread::spawn(move || {
            let (mut far, mut near) = (far, near);
            let _ = std::io::copy(&mut far, &mut near);
        });
    }
}

fn send(signal: &str, process: u32) {
    let script = format!("kill -{signal} {process}");
    let sent = Command::new("sh").args(["-c", &script]).status();
    assert!(sent.expect("a shell").success());
}

/// What becomes of a command that gets signals before its request got to the sandbox; it is let through after the first.
fn signalled(gate: &Gate, mut command: Command, first: &str, is_left: bool) -> Ran {
    let mut process = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let waiting = gate.wait();
    send(first, process.id());
    let mut stderr = BufReader::new(process.stderr.take().expect("a pipe"));
    let mut said = String::new();
    stderr.read_line(&mut said).expect("it says something");
    assert!(said.contains("another Ctrl-C"), "{said}");
    let _kept = if is_left {
        send("INT", process.id());
        Some(waiting)
    } else {
        gate.open(waiting);
        None
    };
    stderr.read_to_string(&mut said).expect("UTF-8");
    let mut ran = Ran::of(process.wait_with_output().expect("it ends"));
    ran.stderr = said;
    ran
}

/// The sandbox's own client gets a token with the secret in that file.
fn mints(stage: &Stage, identifier: &str, name: &str) {
    let line = format!(
        "grant client-credentials --client-id {identifier} --scope read --secret-file tried"
    );
    let mut command = stage.bare(line.split_whitespace());
    command
        .env("ZENDESK_URL", stage.sandbox.url())
        .env("ZENDESK_CLIENT_SECRET", file(stage, name).trim());
    stage.ran(command).exits(0);
}

#[test]
fn a_secret_on_its_way_gets_to_its_file() {
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let stage = Stage::new();
        let gate = Gate::before(&stage);
        let id = client(&stage, "sandbox_app");
        let generate = format!("clients generate-secret {id} --yes --secret-file secret -o json");
        let command = gate.command(&stage, &generate);
        let ran = signalled(&gate, command, signal, false).exits(code);
        assert_eq!(ran.json()["id"], id);
        mints(&stage, "sandbox_app", "secret");

        let create = "clients create --name N --identifier nightly --kind confidential --secret-file nightly";
        let command = gate.command(&stage, create);
        signalled(&gate, command, signal, false).exits(code);
        mints(&stage, "nightly", "nightly");

        let create = format!("tokens create --client-id {id} --scope read --secret-file token");
        let command = gate.command(&stage, &create);
        signalled(&gate, command, signal, false).exits(code);
        let mut current = stage.bare(["tokens", "current"]);
        current
            .env("ZENDESK_URL", stage.sandbox.url())
            .env("ZENDESK_TOKEN", file(&stage, "token").trim());
        stage.ran(current).exits(0);

        let update = format!("clients update {id} --kind public --yes");
        let command = gate.command(&stage, &update);
        let ran = signalled(&gate, command, signal, false).exits(code);
        assert!(ran.stderr.contains("its old secret is dead"), "{ran:#?}");
    }
}

#[test]
fn a_grant_on_its_way_gets_to_its_file() {
    let stage = Stage::new();
    let gate = Gate::before(&stage);
    let mint = "grant client-credentials --client-id sandbox_app --scope read --secret-file access";
    let mut command = stage.bare(mint.split_whitespace());
    let secret = stage.starter.client_secret.as_ref().expect("a secret");
    command
        .env("ZENDESK_URL", gate.url())
        .env("ZENDESK_CLIENT_SECRET", secret);
    signalled(&gate, command, "INT", false).exits(130);
    assert!(!file(&stage, "access").trim().is_empty());
}

#[test]
fn a_refresh_of_a_login_is_waited_for_and_told() {
    let stage = Stage::new();
    let gate = Gate::before(&stage);
    let line = "login --client-credentials --client-id sandbox_app --scope read --profile acme";
    let mut login = stage.bare(line.split(' '));
    let secret = stage.starter.client_secret.as_ref().expect("a secret");
    login
        .env("ZENDESK_URL", stage.sandbox.url())
        .env("ZENDESK_CLIENT_SECRET", secret);
    stage.ran(login).exits(0);
    let there = settings(&stage).replace(stage.sandbox.url(), &gate.url());
    write_settings(&stage, &there);
    let folder = stage.home().join(".local/state/zendesk-oauth/logins/acme");
    std::fs::remove_dir_all(&folder).expect("a login");
    let command = stage.bare(["tokens", "current", "--profile", "acme"]);
    let ran = signalled(&gate, command, "INT", false).exits(130);
    assert!(ran.stderr.contains("may lose the login"), "{ran:#?}");
    assert!(folder.exists());
}

#[test]
fn a_second_signal_leaves_at_once_and_says_what_there_may_be() {
    let stage = Stage::new();
    let gate = Gate::before(&stage);
    let id = client(&stage, "sandbox_app");
    let generate = format!("clients generate-secret {id} --yes --secret-file secret");
    let command = gate.command(&stage, &generate);
    let ran = signalled(&gate, command, "TERM", true).exits(130);
    assert!(
        ran.stderr.contains("the old secret may be dead"),
        "{ran:#?}"
    );
    assert!(!stage.home().join("secret").exists());
}
