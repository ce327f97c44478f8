//! From text to a condition.

use std::str::FromStr;

use super::mistake::Mistake;
use super::words::{What, Word, words};
use super::{Comparison, Condition, Named, Span, Term};

/// How deep parentheses and `not` go at most.
const DEEPEST: usize = 100;

const BEGINNINGS: &str = "a term (idle>90d, never-used, age>365d, no-expiry, expired, refresh-expires<14d, \
                          scope=write, client=…, global-client=…, user=…, id=…), `not`, `(`";
const COMPARISONS: &str = "`>`, `>=`, `<`, `<=`";
const SPANS: &str = "a number with h, d or w behind it, such as 90d, of at most 40000 days";

impl FromStr for Condition {
    type Err = Mistake;

    fn from_str(text: &str) -> Result<Self, Mistake> {
        let words = words(text)?;
        let mut reader = Reader {
            words: &words,
            open: 0,
            depth: 0,
        };
        let condition = reader.any()?;
        let word = reader.next();
        match word.what {
            What::End => Ok(condition),
            _ => Err(reader.after_a_term(word)),
        }
    }
}

struct Reader<'a> {
    /// The last of them is the end.
    words: &'a [Word<'a>],
    /// How many parentheses are open.
    open: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Word<'a> {
        *self.words.first().expect("the end is never taken away")
    }

    fn next(&mut self) -> Word<'a> {
        let word = self.peek();
        if word.what != What::End {
            self.words = &self.words[1..];
        }
        word
    }

    fn takes(&mut self, keyword: &str) -> bool {
        let is_it =
            matches!(self.peek().what, What::Plain(text) if text.eq_ignore_ascii_case(keyword));
        if is_it {
            self.next();
        }
        is_it
    }

    fn after_a_term(&self, word: Word<'_>) -> Mistake {
        let closing = if self.open > 0 { ", `)`" } else { ", the end" };
        let allowed = format!("`and`, `or`{closing}");
        Mistake::new(word.place, format!("found {}", word.what.shown()), allowed)
    }

    fn any(&mut self) -> Result<Condition, Mistake> {
        let mut parts = vec![self.all()?];
        while self.takes("or") {
            parts.push(self.all()?);
        }
        Ok(joined(parts, Condition::Any))
    }

    fn all(&mut self) -> Result<Condition, Mistake> {
        let mut parts = vec![self.one()?];
        while self.takes("and") {
            parts.push(self.one()?);
        }
        Ok(joined(parts, Condition::All))
    }

    fn one(&mut self) -> Result<Condition, Mistake> {
        let place = self.peek().place;
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Mistake::new(
                place,
                format!("there are more than {DEEPEST} `not` and `(` within each other"),
                "fewer",
            ));
        }
        let one = if self.takes("not") {
            Condition::Not(Box::new(self.one()?))
        } else if self.peek().what == What::Sign("(") {
            self.next();
            self.open += 1;
            let inner = self.any()?;
            let word = self.next();
            if word.what != What::Sign(")") {
                return Err(self.after_a_term(word));
            }
            self.open -= 1;
            inner
        } else {
            Condition::Term(self.term()?)
        };
        self.depth -= 1;
        Ok(one)
    }

    fn term(&mut self) -> Result<Term, Mistake> {
        let word = self.next();
        let unfit = || {
            let found = format!("found {}", word.what.shown());
            Mistake::new(word.place, found, BEGINNINGS)
        };
        let What::Plain(name) = word.what else {
            return Err(unfit());
        };
        match name {
            "never-used" => Ok(Term::NeverUsed),
            "no-expiry" => Ok(Term::NoExpiry),
            "expired" => Ok(Term::Expired),
            "idle" => self.compared(Term::Idle),
            "age" => self.compared(Term::Age),
            "refresh-expires" => self.compared(Term::RefreshExpires),
            "scope" => Ok(Term::Scope(
                self.text_after_equals("a scope, such as write")?,
            )),
            "client" => Ok(Term::Client(
                self.named("the number or the identifier of a client")?,
            )),
            "global-client" => {
                self.equals()?;
                Ok(Term::GlobalClient(
                    self.number("the number of a global client")?,
                ))
            }
            "user" => Ok(Term::User(
                self.named("the number or the e-mail address of a user")?,
            )),
            "id" => {
                self.equals()?;
                let mut ids = vec![self.number("the number of a token")?];
                while self.peek().what == What::Sign(",") {
                    self.next();
                    ids.push(self.number("the number of a token")?);
                }
                Ok(Term::Id(ids))
            }
            _ => Err(unfit()),
        }
    }

    fn compared(&mut self, make: fn(Comparison, Span) -> Term) -> Result<Term, Mistake> {
        let sign = self.next();
        let comparison = match sign.what {
            What::Sign(text) => Comparison::parse(text),
            _ => None,
        };
        let Some(comparison) = comparison else {
            return Err(unexpected(sign, COMPARISONS));
        };
        let word = self.next();
        let span = match word.what {
            What::Plain(text) => Span::parse(text),
            _ => None,
        };
        let span = span.ok_or_else(|| unexpected(word, SPANS))?;
        Ok(make(comparison, span))
    }

    fn equals(&mut self) -> Result<(), Mistake> {
        let word = self.next();
        if word.what == What::Sign("=") {
            Ok(())
        } else {
            Err(unexpected(word, "`=`"))
        }
    }

    fn number(&mut self, what: &str) -> Result<i64, Mistake> {
        let word = self.next();
        let number = match word.what {
            What::Plain(text) if is_digits(text) => text.parse().ok(),
            _ => None,
        };
        number.ok_or_else(|| unexpected(word, what))
    }

    fn named(&mut self, what: &str) -> Result<Named, Mistake> {
        self.equals()?;
        if matches!(self.peek().what, What::Plain(text) if is_digits(text)) {
            return Ok(Named::Id(self.number(what)?));
        }
        Ok(Named::Name(self.text(what)?))
    }

    fn text_after_equals(&mut self, what: &str) -> Result<String, Mistake> {
        self.equals()?;
        self.text(what)
    }

    fn text(&mut self, what: &str) -> Result<String, Mistake> {
        let word = self.next();
        match word.what {
            What::Plain(text) => Ok(text.to_owned()),
            What::Quoted(text) if !text.is_empty() => Ok(text.to_owned()),
            _ => Err(unexpected(word, what)),
        }
    }
}

fn is_digits(text: &str) -> bool {
    text.chars().all(|it| it.is_ascii_digit())
}

fn unexpected(word: Word<'_>, allowed: &str) -> Mistake {
    Mistake::new(word.place, format!("found {}", word.what.shown()), allowed)
}

fn joined(mut parts: Vec<Condition>, join: fn(Vec<Condition>) -> Condition) -> Condition {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            join(parts)
        }
        None => join(parts),
    }
}
