//! A terminal that the binary runs at.

use std::process::Stdio;
use std::time::Duration;

use expectrl::process::unix::WaitStatus;
use expectrl::{ControlCode, Eof, Expect as _, Regex, Session};

use crate::common::Stage;

/// One command at a terminal of 100 columns. Everything it shows is searched for canaries at the end.
pub(super) struct Terminal {
    session: expectrl::session::OsSession,
    shown: String,
}

impl Terminal {
    /// Starts the command.
    pub(super) fn new(stage: &Stage, arguments: &[&str]) -> Self {
        let mut command = stage.command(arguments);
        command.stdin(Stdio::inherit());
        command.env("TERM", "xterm-256color");
        let mut session = Session::spawn(command).expect("a terminal");
        session.set_expect_timeout(Some(Duration::from_secs(30)));
        let process = session.get_process_mut();
        process.set_window_size(100, 40).expect("a size");
        Self {
            session,
            shown: String::new(),
        }
    }

    /// Waits until this is shown.
    #[track_caller]
    pub(super) fn expect(&mut self, text: &str) {
        match self.session.expect(text) {
            Ok(found) => {
                let shown = [found.before(), found.as_bytes()].concat();
                self.shown.push_str(&String::from_utf8_lossy(&shown));
            }
            Err(error) => panic!("{error}: {text:?} was not shown, but {}", self.shown),
        }
    }

    /// Whether this was among what was shown before what was waited for.
    pub(super) fn has_shown(&self, text: &str) -> bool {
        self.shown.contains(text)
    }

    /// Waits for a line with this, and gives the word that has it.
    #[track_caller]
    pub(super) fn line_with(&mut self, text: &str) -> String {
        let pattern = format!("\\S*{}\\S*", text.replace('.', "\\."));
        let found = self.session.expect(Regex(pattern)).expect("it is shown");
        let word = found.get(0).expect("a match");
        String::from_utf8_lossy(word).into_owned()
    }

    /// Types a line.
    pub(super) fn type_line(&mut self, text: &str) {
        self.session
            .send_line(text)
            .expect("a terminal that listens");
    }

    /// Types Ctrl-C.
    pub(super) fn interrupt(&mut self) {
        self.session
            .send(ControlCode::EndOfText)
            .expect("a terminal that listens");
    }

    /// Waits for the end, and gives the exit code.
    #[track_caller]
    pub(super) fn ends(mut self) -> i32 {
        if let Ok(rest) = self.session.expect(Eof) {
            self.shown
                .push_str(&String::from_utf8_lossy(rest.as_bytes()));
        }
        assert!(!self.shown.contains("CANARY"), "{}", self.shown);
        match self.session.get_process().wait().expect("it ends") {
            WaitStatus::Exited(_, code) => code,
            other => panic!("{other:?}: {}", self.shown),
        }
    }
}
