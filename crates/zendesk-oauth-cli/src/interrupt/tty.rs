//! The terminal as it was, for when a prompt is left that has hidden what is typed.

/// The terminal and its settings.
#[cfg(unix)]
pub(super) struct Tty {
    terminal: std::fs::File,
    settings: rustix::termios::Termios,
}

#[cfg(unix)]
impl Tty {
    /// The terminal of the process, if a person is at it.
    pub(super) fn now() -> Option<Self> {
        use std::io::IsTerminal as _;
        if !std::io::stdin().is_terminal() && !std::io::stderr().is_terminal() {
            return None;
        }
        let mut options = std::fs::OpenOptions::new();
        let terminal = options.read(true).write(true).open("/dev/tty").ok()?;
        let settings = rustix::termios::tcgetattr(&terminal).ok()?;
        Some(Self { terminal, settings })
    }

    /// Shows what is typed, and the cursor; what the shell prints next begins a line.
    pub(super) fn restore(&self) {
        use std::io::Write as _;
        let now = rustix::termios::OptionalActions::Now;
        let _ = rustix::termios::tcsetattr(&self.terminal, now, &self.settings);
        let _ = (&self.terminal).write_all(b"\x1b[?25h\n");
    }
}

/// Elsewhere a console keeps nothing of a process that has ended.
#[cfg(not(unix))]
pub(super) struct Tty;

#[cfg(not(unix))]
impl Tty {
    pub(super) fn now() -> Option<Self> {
        None
    }

    pub(super) fn restore(&self) {}
}
