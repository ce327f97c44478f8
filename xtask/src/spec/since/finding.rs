//! One difference between two revisions of a document, and what it does to those who use it.

/// What a change does to programs and generated clients that were written against the earlier revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Only what people read changed: descriptions, examples, order.
    Texts,
    /// Something is offered that was not, and what was there still serves.
    Compatible,
    /// What was written against the earlier revision may fail, or no longer compile.
    Breaking,
}

impl Effect {
    /// The word in the report.
    pub fn word(self) -> &'static str {
        match self {
            Self::Texts => "texts",
            Self::Compatible => "compatible",
            Self::Breaking => "breaking",
        }
    }
}

/// Which way a value goes, seen from the client. What is sent and what is received vary in opposite directions:
/// a server may come to accept more, and to answer with less surprise, but not the other way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Parameters and request bodies.
    Sent,
    /// Responses and their headers.
    Received,
    /// A component that no operation uses, or a schema under `not`: either way must hold.
    Both,
}

impl Side {
    /// The effect of a change that means one thing where a value is sent and another where it is received.
    pub fn pick(self, sent: Effect, received: Effect) -> Effect {
        match self {
            Self::Sent => sent,
            Self::Received => received,
            Self::Both => sent.max(received),
        }
    }
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it does.
    pub effect: Effect,
    /// JSON pointer, into the present document where the place is still there, else into the earlier one.
    pub pointer: String,
    /// The place in words: ``response 200, member `secret` ``.
    pub place: String,
    /// What was, and what is.
    pub what: String,
    /// Why that breaks, or why it does not.
    pub why: &'static str,
    /// Whether a rule of the comparison judged it. What no rule knows counts as breaking.
    pub known: bool,
}

/// The strongest effect, or `None` where nothing changed.
pub fn strongest<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Option<Effect> {
    findings.into_iter().map(|finding| finding.effect).max()
}
