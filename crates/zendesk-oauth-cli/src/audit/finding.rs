//! What a rule found.

use jiff::Timestamp;
use serde::{Serialize, Serializer};

use super::rules::Rule;
use super::tokens::Tally;

/// What a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Subject {
    /// `client`, `global-client`, `user`, `chat-token`, `connection`, `credentials`, `name`.
    pub(super) kind: &'static str,
    pub(super) id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
}

impl Subject {
    pub(super) fn new(kind: &'static str, id: impl ToString, name: Option<&str>) -> Self {
        let id = id.to_string();
        let name = name.map(str::to_owned);
        Self { kind, id, name }
    }
}

/// One finding. Nothing in it is secret: ids, names, counts, times.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Finding {
    #[serde(serialize_with = "id_of")]
    pub(super) rule: &'static Rule,
    pub(super) subject: Subject,
    /// What is the matter, on one line.
    pub(super) what: String,
    /// Which tokens, where the finding is about some.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) tokens: Option<Tally>,
    /// The command to run next. As it stands it changes nothing that works without asking: what takes a decision is in
    /// the rule's `mend`, and the command only shows what the decision is about.
    pub(super) command: String,
    /// Whether the baseline had it not; nothing without a baseline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) new: Option<bool>,
}

fn id_of<S: Serializer>(rule: &&'static Rule, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(rule.id)
}

impl Finding {
    pub(super) fn new(
        rule: &'static Rule,
        subject: Subject,
        what: impl Into<String>,
        command: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            subject,
            what: what.into(),
            tokens: None,
            command: command.into(),
            new: None,
        }
    }

    pub(super) fn with_tokens(self, tokens: &Tally) -> Self {
        Self {
            tokens: Some(tokens.clone()),
            ..self
        }
    }

    /// The same in every run for as long as the matter is the same.
    pub(super) fn fingerprint(&self) -> String {
        let Subject { kind, id, .. } = &self.subject;
        format!("{}/{kind}/{id}", self.rule.id)
    }
}

/// A word of a shell's command line.
pub(super) fn quoted(word: &str) -> String {
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || b"_-./:@".contains(&it);
    if !word.is_empty() && !word.starts_with('-') && word.bytes().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// The command that plans the revocation of tokens, for a person to review.
pub(super) fn revocation(condition: &str) -> String {
    let condition = condition.replace('\'', r"'\''");
    format!("zendesk-oauth revoke plan --where '{condition}' --out plan.jsonl")
}

/// How long ago, in whole days.
pub(super) fn ago(then: Timestamp, now: Timestamp) -> String {
    match days(then, now) {
        0 => "less than a day ago".to_owned(),
        1 => "1 day ago".to_owned(),
        days => format!("{days} days ago"),
    }
}

/// Whole days from the one to the other; none if that is not later.
pub(super) fn days(then: Timestamp, now: Timestamp) -> i64 {
    (now.as_second() - then.as_second()).max(0) / 86_400
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{ago, quoted};

    #[test]
    fn ages_are_whole_days() {
        let now = Timestamp::constant(1_800_000_000, 0);
        let before = |seconds: i64| {
            ago(
                Timestamp::from_second(1_800_000_000 - seconds).expect("a time"),
                now,
            )
        };
        assert_eq!(before(-5), "less than a day ago");
        assert_eq!(before(86_399), "less than a day ago");
        assert_eq!(before(86_400), "1 day ago");
        assert_eq!(before(200_000), "2 days ago");
    }

    #[test]
    fn a_shell_takes_a_word_as_one_word() {
        assert_eq!(quoted("my_connection-1"), "my_connection-1");
        assert_eq!(quoted("a b'; rm"), r"'a b'\''; rm'");
        assert_eq!(quoted(""), "''");
        assert_eq!(quoted("-f"), "'-f'");
    }
}
