//! Which tokens are meant: `idle>90d and not client=my_app`.
//!
//! ```text
//! condition := all ("or" all)*
//! all       := one ("and" one)*
//! one       := "not" one | "(" condition ")" | term
//! term      := "never-used" | "no-expiry" | "expired"
//!            | ("idle" | "age" | "refresh-expires") (">" | ">=" | "<" | "<=") NUMBER ("h" | "d" | "w")
//!            | "scope" "=" TEXT
//!            | "client" "=" (NUMBER | TEXT) | "global-client" "=" NUMBER
//!            | "user" "=" (NUMBER | TEXT)
//!            | "id" "=" NUMBER ("," NUMBER)*
//! ```
//!
//! A text may stand in double quotes. A number in quotes is a text.

mod evaluate;
mod explain;
mod facts;
mod mistake;
mod parse;
#[cfg(test)]
mod properties;
mod resolve;
mod span;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod unreadable_tests;
mod words;

pub(crate) use facts::{Facts, OfClient};
pub(crate) use resolve::{Directory, Resolved};
pub(crate) use span::{Comparison, Span};

use std::fmt;

/// What a person wrote, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Condition {
    /// One of them holds. There are two or more.
    Any(Vec<Self>),
    /// All of them hold. There are two or more.
    All(Vec<Self>),
    Not(Box<Self>),
    Term(Term),
}

/// Something that a single token is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Term {
    /// How long ago it was used, or made if it never was.
    Idle(Comparison, Span),
    NeverUsed,
    /// How long ago it was made.
    Age(Comparison, Span),
    NoExpiry,
    Expired,
    /// How long its refresh token lives.
    RefreshExpires(Comparison, Span),
    Scope(String),
    Client(Named),
    GlobalClient(i64),
    User(Named),
    Id(Vec<i64>),
}

/// A client or a user, as a person calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    Id(i64),
    /// An identifier, or an e-mail address.
    Name(String),
}

impl Condition {
    /// The terms, from left to right.
    pub(crate) fn terms(&self) -> Vec<&Term> {
        match self {
            Self::Any(parts) | Self::All(parts) => parts.iter().flat_map(Self::terms).collect(),
            Self::Not(part) => part.terms(),
            Self::Term(term) => vec![term],
        }
    }
}

/// What can be read again, and means the same.
impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, parts: &[Self], between: &str| {
            for (place, part) in parts.iter().enumerate() {
                if place > 0 {
                    write!(f, " {between} ")?;
                }
                match part {
                    Self::Any(_) | Self::All(_) => write!(f, "({part})")?,
                    Self::Not(_) | Self::Term(_) => write!(f, "{part}")?,
                }
            }
            Ok(())
        };
        match self {
            Self::Any(parts) => list(f, parts, "or"),
            Self::All(parts) => list(f, parts, "and"),
            Self::Not(part) => match **part {
                Self::Any(_) | Self::All(_) => write!(f, "not ({part})"),
                Self::Not(_) | Self::Term(_) => write!(f, "not {part}"),
            },
            Self::Term(term) => term.fmt(f),
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Idle(comparison, span) => write!(f, "idle{comparison}{span}"),
            Self::NeverUsed => f.write_str("never-used"),
            Self::Age(comparison, span) => write!(f, "age{comparison}{span}"),
            Self::NoExpiry => f.write_str("no-expiry"),
            Self::Expired => f.write_str("expired"),
            Self::RefreshExpires(comparison, span) => {
                write!(f, "refresh-expires{comparison}{span}")
            }
            Self::Scope(scope) => write!(f, "scope={}", Text(scope)),
            Self::Client(named) => write!(f, "client={named}"),
            Self::GlobalClient(id) => write!(f, "global-client={id}"),
            Self::User(named) => write!(f, "user={named}"),
            Self::Id(ids) => {
                let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
                write!(f, "id={}", ids.join(","))
            }
        }
    }
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => write!(f, "{id}"),
            Self::Name(name) => write!(f, "{}", Text(name)),
        }
    }
}

/// A text, in quotes if it needs them.
struct Text<'a>(&'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0;
        if words::is_plain(text) && !text.chars().all(|it| it.is_ascii_digit()) {
            f.write_str(text)
        } else {
            write!(f, "\"{text}\"")
        }
    }
}
