//! `NameError`: a name that breaks its rule.

use std::convert::Infallible;
use std::error::Error;
use std::fmt;

use zendesk_oauth_core::printable_input;

use crate::names::Broken;

/// No token of Zendesk is as short as this.
const LONGEST_SHOWN: usize = 24;

/// A name that breaks its rule. `Display` says the rule, and what breaks it.
///
/// The input itself is shown if it has at most 24 characters, with what cannot be printed escaped,
/// or if it is an address without a long part: else it may be a token that was pasted by mistake.
#[derive(Clone, PartialEq, Eq)]
pub struct NameError(Box<Parts>);

#[derive(Clone, PartialEq, Eq)]
struct Parts {
    what: &'static str,
    rule: &'static str,
    broken: Broken,
    shown: String,
}

impl NameError {
    pub(crate) fn new(what: &'static str, rule: &'static str, broken: Broken, input: &str) -> Self {
        let is_address = input.contains("://") || input.ends_with(".zendesk.com");
        let shown = if input.contains('@') {
            "[not shown]".to_owned()
        } else if input.chars().count() <= LONGEST_SHOWN {
            format!("`{}`", escaped(input))
        } else if is_address {
            printable_input(input)
        } else {
            "[not shown]".to_owned()
        };
        Self(Box::new(Parts {
            what,
            rule,
            broken,
            shown,
        }))
    }
}

/// In one line of printable ASCII, so that it looks like what it is.
fn escaped(input: &str) -> String {
    let visible = |c: char| c == ' ' || c.is_ascii_graphic();
    let mut text = String::new();
    for character in input.chars() {
        if visible(character) {
            text.push(character);
        } else {
            text.extend(character.escape_default());
        }
    }
    text
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Parts {
            what,
            rule,
            broken,
            shown,
        } = self.0.as_ref();
        write!(
            f,
            "{shown} is no {what}, because {broken}. Nothing was sent. Give {rule}."
        )
    }
}

impl fmt::Debug for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for NameError {}

/// So that a checked name can be given where a text is.
impl From<Infallible> for NameError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}
