//! A sandbox, a home of its own, and the binary.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use assert_cmd::assert::OutputAssertExt as _;
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use zendesk_oauth_sandbox::{Sandbox, SandboxBuilder, Seed, StarterCredentials};

/// Where a test takes place.
pub(crate) struct Stage {
    /// The account.
    pub(crate) sandbox: Sandbox,
    /// What the sandbox began with.
    pub(crate) starter: StarterCredentials,
    home: TempDir,
    // Dropped last: the sandbox runs in it.
    runtime: Runtime,
}

impl Stage {
    /// A sandbox as it is when nobody says otherwise.
    pub(crate) fn new() -> Self {
        Self::built(Sandbox::builder())
    }

    /// A sandbox that begins with this seed, in YAML.
    pub(crate) fn seeded(yaml: &str) -> Self {
        let seed = Seed::parse("test.yaml", yaml).expect("a seed");
        Self::built(Sandbox::builder().seed(seed))
    }

    /// A sandbox that was built with care.
    pub(crate) fn built(builder: SandboxBuilder) -> Self {
        let runtime = Runtime::new().expect("threads");
        let sandbox = runtime.block_on(builder.start()).expect("a sandbox");
        Self {
            starter: sandbox.credentials(),
            sandbox,
            home: TempDir::new().expect("a folder"),
            runtime,
        }
    }

    /// Runs something beside the sandbox.
    pub(crate) fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(future)
    }

    /// A folder that no other test has. It is also HOME.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// The binary with an empty environment but for HOME, the account and all its credentials.
    pub(crate) fn command<I: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = I>,
    ) -> Command {
        let mut command = self.bare(arguments);
        command
            .env("ZENDESK_URL", self.sandbox.url())
            .env("ZENDESK_TOKEN", &self.starter.admin_token);
        let others = [
            ("ZENDESK_ZIS_TOKEN", &self.starter.zis_token),
            ("ZENDESK_ZIS_INTEGRATION", &self.starter.integration),
            ("ZENDESK_CHAT_TOKEN", &self.starter.chat_token),
        ];
        for (name, value) in others {
            if let Some(value) = value {
                command.env(name, value);
            }
        }
        command
    }

    /// The binary with an empty environment but for HOME.
    pub(crate) fn bare<I: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = I>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zendesk-oauth"));
        command
            .args(arguments)
            .env_clear()
            .env("HOME", self.home())
            .current_dir(self.home())
            .stdin(Stdio::null());
        command
    }

    /// Runs [`command`](Self::command) of the words of a line, and looks for secrets in what it prints.
    pub(crate) fn run(&self, line: &str) -> Ran {
        self.ran(self.command(line.split_whitespace()))
    }

    /// Runs a command, and looks for secrets in what it prints.
    pub(crate) fn ran(&self, command: Command) -> Ran {
        let ran = self.ran_revealing(command);
        self.assert_no_secret(&ran);
        ran
    }

    /// Runs a command that was asked to reveal secrets.
    pub(crate) fn ran_revealing(&self, mut command: Command) -> Ran {
        Ran::of(command.assert().get_output().clone())
    }

    /// Fails if a secret that the sandbox began with, or a canary, was printed.
    pub(crate) fn assert_no_secret(&self, ran: &Ran) {
        let it = &self.starter;
        let secrets = [
            Some(&it.admin_token),
            it.read_only_token.as_ref(),
            it.expired_token.as_ref(),
            it.agent_token.as_ref(),
            it.client_secret.as_ref(),
            it.api_token.as_ref(),
            it.admin_session.as_ref(),
            it.zis_token.as_ref(),
            it.other_zis_token.as_ref(),
            it.chat_token.as_ref(),
        ];
        for text in [&ran.stdout, &ran.stderr] {
            assert!(!text.contains("CANARY"), "a canary was printed: {text}");
            for secret in secrets.into_iter().flatten() {
                assert!(!text.contains(secret), "a secret was printed: {text}");
            }
        }
    }
}

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Ran {
    /// The exit code; none if a signal ended it.
    pub(crate) code: Option<i32>,
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
}

impl Ran {
    /// Of an output.
    pub(crate) fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Self {
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// Fails unless it exited with this code.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }

    /// Standard output as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }

    /// The error on standard error, as JSON.
    #[track_caller]
    pub(crate) fn error(&self) -> Value {
        let value: Value =
            serde_json::from_str(&self.stderr).unwrap_or_else(|error| panic!("{error}: {self:#?}"));
        value["error"].clone()
    }
}
