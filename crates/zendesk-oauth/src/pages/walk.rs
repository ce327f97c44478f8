//! What comes after a page: decided from its envelope alone, without IO.
//!
//! Facts: <https://developer.zendesk.com/api-reference/introduction/pagination/>, the limit of
//! <https://support.zendesk.com/hc/en-us/articles/5591904358938>, and recorded answers.

use super::{Cursor, PagingProblem, Position, seen::Seen};

/// The most records that Zendesk puts on a page.
pub(crate) const LARGEST_PAGE: u32 = 100;
/// The last page that can be asked for by its number. With at most 100 records a page, this is the
/// limit of 10,000 records too.
pub(crate) const LAST_PAGE: u32 = 100;

/// What an answer says about where its page stands in the list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Envelope {
    /// By cursor: `meta`.
    pub(crate) meta: Option<Meta>,
    /// By offset: whether `next_page` is a URL.
    pub(crate) has_next_page: bool,
    /// By offset: `count`, which can be lower than the number of records (Zendesk's page).
    pub(crate) count: Option<i64>,
}

#[derive(Clone, Debug)]
pub(crate) struct Meta {
    pub(crate) has_more: bool,
    pub(crate) after: Option<Cursor>,
    pub(crate) before: Option<Cursor>,
}

/// What comes after a page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Another page.
    Next(Position),
    /// Nothing. What is added to the list later can be asked for from here.
    Last(Option<Position>),
    /// There is more, and no way to it. The page itself is good.
    Stuck(PagingProblem),
    /// The page may be another than was asked for, and must not be given.
    Unusable(PagingProblem),
}

/// One walk through a list.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    seen: Seen,
}

impl Walk {
    /// A walk that starts there.
    pub(crate) fn from(start: &Position) -> Self {
        let mut seen = Seen::default();
        if let Some(cursor) = start.cursor() {
            seen.note(cursor);
        }
        Self { seen }
    }

    /// What comes after the page that was asked for and has this envelope.
    pub(crate) fn decide(&mut self, asked: &Position, envelope: &Envelope) -> Decision {
        match asked {
            Position::Number(number) => after_number(*number, envelope),
            Position::First | Position::After(_) => {
                self.after_cursor(asked, envelope, |meta| meta.after.as_ref(), Position::After)
            }
            Position::Before(_) => self.after_cursor(
                asked,
                envelope,
                |meta| meta.before.as_ref(),
                Position::Before,
            ),
        }
    }

    fn after_cursor(
        &mut self,
        asked: &Position,
        envelope: &Envelope,
        cursor: impl FnOnce(&Meta) -> Option<&Cursor>,
        position: impl FnOnce(Cursor) -> Position,
    ) -> Decision {
        let Some(meta) = &envelope.meta else {
            return without_meta(asked, envelope);
        };
        let cursor = cursor(meta).filter(|cursor| !cursor.as_str().is_empty());
        // Recorded: the last page can carry cursors and links. Only `has_more` says that it is last.
        match (meta.has_more, cursor) {
            (false, cursor) => Decision::Last(cursor.cloned().map(position)),
            (true, None) => Decision::Stuck(PagingProblem::MissingCursor),
            (true, Some(cursor)) if self.seen.note(cursor) => {
                Decision::Next(position(cursor.clone()))
            }
            // A cursor names a record of its page: this page has been given before, at least in part.
            (true, Some(_)) => Decision::Unusable(PagingProblem::RepeatedCursor),
        }
    }
}

/// A server that ignores `page[size]` answers by offset, always with the first page. That is the
/// list, if it was asked for and says that it is all; otherwise records would be missing or twice.
fn without_meta(asked: &Position, envelope: &Envelope) -> Decision {
    if *asked == Position::First && envelope.count.is_some() && !envelope.has_next_page {
        Decision::Last(None)
    } else {
        Decision::Unusable(PagingProblem::MissingMeta)
    }
}

fn after_number(number: u32, envelope: &Envelope) -> Decision {
    if envelope.meta.as_ref().is_some_and(|meta| meta.has_more) {
        Decision::Unusable(PagingProblem::NotByOffset)
    } else if !envelope.has_next_page {
        Decision::Last(None)
    } else if number >= LAST_PAGE {
        Decision::Stuck(PagingProblem::TooDeep)
    } else {
        Decision::Next(Position::Number(number + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope(has_more: bool, after: Option<&str>, before: Option<&str>) -> Envelope {
        Envelope {
            meta: Some(Meta {
                has_more,
                after: after.map(Cursor::new),
                before: before.map(Cursor::new),
            }),
            ..Envelope::default()
        }
    }

    fn by_offset(has_next_page: bool, count: Option<i64>) -> Envelope {
        Envelope {
            has_next_page,
            count,
            ..Envelope::default()
        }
    }

    fn decided(asked: Position, envelope: &Envelope) -> Decision {
        Walk::from(&asked).decide(&asked, envelope)
    }

    fn after(cursor: &str) -> Position {
        Position::After(cursor.into())
    }

    #[test]
    fn has_more_alone_says_whether_there_is_more() {
        assert_eq!(
            decided(Position::First, &envelope(false, Some("a"), Some("b"))),
            Decision::Last(Some(after("a")))
        );
        assert_eq!(
            decided(after("a"), &envelope(false, None, None)),
            Decision::Last(None)
        );
        assert_eq!(
            decided(Position::First, &envelope(true, Some("a"), None)),
            Decision::Next(after("a"))
        );
    }

    #[test]
    fn more_without_a_cursor_is_an_error_after_the_page() {
        for cursor in [None, Some("")] {
            assert_eq!(
                decided(Position::First, &envelope(true, cursor, Some("b"))),
                Decision::Stuck(PagingProblem::MissingCursor)
            );
        }
    }

    #[test]
    fn the_cursor_that_was_asked_for_is_none_to_go_on_from() {
        assert_eq!(
            decided(after("a"), &envelope(true, Some("a"), None)),
            Decision::Unusable(PagingProblem::RepeatedCursor)
        );
    }

    #[test]
    fn backwards_goes_by_the_other_cursor() {
        assert_eq!(
            decided(
                Position::Before("c".into()),
                &envelope(true, Some("a"), Some("b"))
            ),
            Decision::Next(Position::Before("b".into()))
        );
    }

    #[test]
    fn an_answer_by_offset_is_taken_for_the_list_only_if_it_says_that_it_is_all() {
        let missing = Decision::Unusable(PagingProblem::MissingMeta);
        let whole = by_offset(false, Some(3));
        assert_eq!(decided(Position::First, &whole), Decision::Last(None));
        assert_eq!(decided(after("a"), &whole), missing);
        assert_eq!(
            decided(Position::First, &by_offset(true, Some(300))),
            missing
        );
        assert_eq!(decided(Position::First, &Envelope::default()), missing);
    }

    #[test]
    fn offset_goes_by_next_page_and_ends_at_page_100() {
        // The count is lower than what there is.
        let more = by_offset(true, Some(1));
        assert_eq!(
            decided(Position::Number(99), &more),
            Decision::Next(Position::Number(100))
        );
        assert_eq!(
            decided(Position::Number(100), &more),
            Decision::Stuck(PagingProblem::TooDeep)
        );
        assert_eq!(
            decided(Position::Number(7), &by_offset(false, Some(9_999))),
            Decision::Last(None)
        );
        assert_eq!(
            decided(Position::Number(1), &envelope(true, Some("a"), None)),
            Decision::Unusable(PagingProblem::NotByOffset)
        );
    }
}
