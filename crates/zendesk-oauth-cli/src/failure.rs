//! Why a command could not run.

use std::error::Error;
use std::fmt::{self, Write as _};
use std::process::ExitCode;

/// What was the matter, in words that a person can act on. Its text holds no secret.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl Failure {
    /// A failure that says all there is to say.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            source: None,
        }
    }

    /// A failure with its cause.
    pub(crate) fn because(
        message: impl Into<String>,
        source: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> Self {
        Self {
            message: message.into(),
            source: Some(source.into()),
        }
    }

    /// Prints the failure with its causes; what the process exits with then.
    pub(crate) fn exit(&self) -> ExitCode {
        crate::output::complain(self);
        ExitCode::from(2)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.source {
            Some(source) => f
                .write_str(": ")
                .and_then(|()| f.write_str(&with_causes(&**source))),
            None => Ok(()),
        }
    }
}

/// An error with its causes.
pub(crate) fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let _ = write!(text, ": {error}");
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_prints_its_causes() {
        let cause = std::io::Error::other("no such file");
        let failure = Failure::because("seed.json cannot be read", cause);
        assert_eq!(
            failure.to_string(),
            "seed.json cannot be read: no such file"
        );
    }
}
