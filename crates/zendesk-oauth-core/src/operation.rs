//! `Operation`: what the document says about one operation.

use std::fmt;

/// One operation of a document. Each generated crate holds a static table of these, written by
/// `cargo xtask gen`.
///
/// ```
/// use zendesk_oauth_core::Operation;
///
/// static OPERATIONS: &[Operation] =
///     &[Operation::new("list_tokens", "GET", "/tokens").secured_by(&["bearerAuth"]).idempotent()];
/// assert!(OPERATIONS[0].idempotent && !OPERATIONS[0].sends_secrets);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// The operationId, unique over all documents.
    pub id: &'static str,
    /// The HTTP method, in capitals.
    pub method: &'static str,
    /// The path template below the base URL, such as `/oauth/tokens/{oauth_token_id}`. `{+path}` at its end
    /// stands for any further segments: for calls that no document describes.
    pub path: &'static str,
    /// The names of the security schemes, one of which the call needs; empty when it is called
    /// without credentials.
    pub security: &'static [&'static str],
    /// Whether sending it twice is harmless.
    pub idempotent: bool,
    /// Whether its parameters or body carry secrets, so that it must not travel unencrypted even
    /// without credentials.
    pub sends_secrets: bool,
}

impl Operation {
    /// An operation that needs no credentials, is not idempotent and sends no secrets.
    #[must_use]
    pub const fn new(id: &'static str, method: &'static str, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            security: &[],
            idempotent: false,
            sends_secrets: false,
        }
    }

    /// The same operation, callable with credentials of one of these security schemes.
    #[must_use]
    pub const fn secured_by(mut self, schemes: &'static [&'static str]) -> Self {
        self.security = schemes;
        self
    }

    /// The same operation, harmless to send twice.
    #[must_use]
    pub const fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    /// The same operation, with secrets in its parameters or body.
    #[must_use]
    pub const fn sends_secrets(mut self) -> Self {
        self.sends_secrets = true;
        self
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} {})", self.id, self.method, self.path)
    }
}
