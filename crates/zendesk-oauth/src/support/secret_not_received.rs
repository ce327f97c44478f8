//! `SecretNotReceived`: a client exists, and its secret is known to nobody.

use std::fmt;

use super::OAuthClient;
use crate::Error;

/// A client was created, or its secret replaced, and no whole secret came back.
pub(crate) struct SecretNotReceived {
    /// Without its secret.
    pub(crate) client: OAuthClient,
    /// What is known of the client beforehand.
    pub(crate) after: After,
    /// Why generating a secret failed, if it did.
    pub(crate) cause: Option<Error>,
}

/// What went before.
#[derive(Clone, Copy)]
pub(crate) enum After {
    /// The client is new.
    Create,
    /// The client was there, and its old secret is dead.
    Generate,
}

impl fmt::Display for SecretNotReceived {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.client.id;
        match self.after {
            After::Create => write!(
                f,
                "the OAuth client {id} was created, but no whole secret of it came back"
            )?,
            After::Generate => write!(
                f,
                "the OAuth client {id} got a new secret and the old one is dead, but the new one did \
                 not come back whole"
            )?,
        }
        match &self.cause {
            Some(cause) => write!(f, ", and generating one failed: {}", cause.summary()),
            None => Ok(()),
        }
    }
}

impl SecretNotReceived {
    /// What to do next, which the text does not say.
    pub(crate) fn advice(&self) -> String {
        let id = self.client.id;
        let own = match self.after {
            After::Create => {
                format!("Do not create it again: call `generate_secret({id})`, or `delete({id})`.")
            }
            After::Generate => format!("Call `generate_secret({id})` again."),
        };
        match self.cause.as_ref().and_then(Error::advice) {
            Some(of_cause) => format!("{of_cause} {own}"),
            None => own,
        }
    }
}
