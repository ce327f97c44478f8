//! A person's consent.

use super::{ChangeFlags, terminal};
use crate::failure::Failure;
use crate::text::printable;

/// Says on standard error what is about to happen, and has the person type `name`. With --yes it asks nothing; without
/// a terminal and without --yes it refuses.
///
/// `what` begins a sentence: `Delete the client «my_app» and revoke its tokens`.
pub(crate) fn confirm(flags: ChangeFlags, what: &str, name: &str) -> Result<(), Failure> {
    if flags.yes {
        return Ok(());
    }
    let (what, name) = (printable(what), printable(name));
    if !terminal::is_there() {
        return Err(Failure::usage(format!(
            "{what}: nobody can be asked here, so nothing was sent; say --yes if that is wanted, or --dry-run to see the request"
        )));
    }
    let question = format!("{what}. This cannot be undone.\nType {name} to go on: ");
    let answer = terminal::ask(&question, false)?;
    is_consent(answer.as_deref(), &name)
}

/// Whether the answer is the name. Blanks around it are a slip.
fn is_consent(answer: Option<&str>, name: &str) -> Result<(), Failure> {
    match answer.map(str::trim) {
        Some(answer) if answer == name.trim() => Ok(()),
        Some("") | None => Err(Failure::failed("nothing was typed, so nothing was changed")),
        Some(_) => Err(Failure::failed(format!(
            "that is not {name}, so nothing was changed"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_name_is_consent() {
        assert!(is_consent(Some(" my_app "), "my_app").is_ok());
        for answer in [None, Some(""), Some("y"), Some("yes"), Some("MY_APP")] {
            let failure = is_consent(answer, "my_app").unwrap_err();
            assert!(
                failure.to_string().ends_with("nothing was changed"),
                "{failure}"
            );
            assert_eq!(failure.kind(), crate::failure::Kind::Failed);
        }
    }
}
