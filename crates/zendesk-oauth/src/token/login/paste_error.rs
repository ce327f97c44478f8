//! `PasteError`: what was pasted is not what a login waits for.

use std::error::Error;
use std::fmt;

use crate::authorization::CallbackError;

/// Why what a person pasted brings no code. The login goes on, and the person may paste again.
///
/// `Display`, which `Debug` repeats, is one line for that person, and prints nothing of what was
/// pasted.
#[derive(Clone, PartialEq, Eq)]
pub struct PasteError(CallbackError);

impl PasteError {
    pub(super) fn new(error: CallbackError) -> Self {
        Self(error)
    }

    /// What is wrong with it as a callback.
    #[must_use]
    pub fn callback(&self) -> &CallbackError {
        &self.0
    }
}

impl fmt::Display for PasteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            CallbackError::StateMismatch => {
                "what was pasted is not the address to which the browser was sent at the end of this \
                 login."
            }
            CallbackError::NoCode => {
                "what was pasted belongs to this login, but has no code in it: it may be the address \
                 with which the login began, or a part of the right one."
            }
            _ => "what was pasted belongs to this login, but was changed on the way.",
        })?;
        f.write_str(
            " Copy the whole address from the browser once it is there, and paste it again.",
        )
    }
}

impl fmt::Debug for PasteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for PasteError {}
