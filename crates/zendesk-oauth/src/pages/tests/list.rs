//! A list in memory, in the place of a server.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex};

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use zendesk_oauth_core::Operation;
use zendesk_oauth_core::client::Response;

use crate::Error;
use crate::pages::{Answer, Ask, Cursor, Envelope, Meta, PagingError, PagingProblem, Position};

static OPERATION: Operation = Operation::new("list", "GET", "/list");

/// What happens before a page is answered.
#[derive(Clone, Debug)]
pub(super) enum Event {
    Deleted(u32),
    Created(u32),
    /// The page is empty, though there is more.
    EmptyPage,
    /// The call fails.
    Failure,
}

/// The numbers in it are the records.
#[derive(Clone, Default)]
pub(super) struct List(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    records: BTreeSet<u32>,
    page_size: usize,
    /// What happens before the first page, before the second, and so on.
    script: VecDeque<Vec<Event>>,
    asked: Vec<Position>,
}

impl List {
    pub(super) fn new(records: impl IntoIterator<Item = u32>, page_size: usize) -> Self {
        Self(Arc::new(Mutex::new(Inner {
            records: records.into_iter().collect(),
            page_size,
            ..Inner::default()
        })))
    }

    pub(super) fn script(self, script: impl IntoIterator<Item = Vec<Event>>) -> Self {
        self.0.lock().unwrap().script = script.into_iter().collect();
        self
    }

    /// The pages that were asked for.
    pub(super) fn asked(&self) -> Vec<Position> {
        self.0.lock().unwrap().asked.clone()
    }

    pub(super) fn records(&self) -> BTreeSet<u32> {
        self.0.lock().unwrap().records.clone()
    }

    /// How a page of it is asked for, with what `record` makes of each number.
    pub(super) fn ask<T: Send + 'static>(
        &self,
        record: impl Fn(u32) -> T + Send + Sync + 'static,
    ) -> Ask<T> {
        let list = self.clone();
        Ask::new("list", move |position| {
            let page = list.page(&position).map(|(numbers, envelope)| Answer {
                items: numbers.into_iter().map(&record).collect(),
                envelope,
                response: Response::new(&OPERATION, StatusCode::OK, HeaderMap::new(), ""),
            });
            Box::pin(async { page })
        })
    }

    fn page(&self, position: &Position) -> Result<(Vec<u32>, Envelope), Error> {
        let mut inner = self.0.lock().unwrap();
        inner.asked.push(position.clone());
        let serial = inner.asked.len();
        let (mut size, mut fails) = (inner.page_size, false);
        for event in inner.script.pop_front().unwrap_or_default() {
            match event {
                Event::Deleted(number) => drop(inner.records.remove(&number)),
                Event::Created(number) => drop(inner.records.insert(number)),
                Event::EmptyPage => size = 0,
                Event::Failure => fails = true,
            }
        }
        if fails {
            return Err(PagingError::new(PagingProblem::MissingMeta).into());
        }
        let place = |cursor: &Cursor| cursor.as_str().split('.').next().unwrap().parse::<u32>();
        // A cursor is a number that was given, and one more that makes it unlike all others.
        let cursor = |number: Option<u32>| number.map(|it| Cursor::new(format!("{it}.{serial}")));
        let (mut records, backwards): (Vec<u32>, bool) = match position {
            Position::First => (inner.records.iter().copied().collect(), false),
            Position::After(after) => {
                let after = place(after).unwrap();
                (inner.records.range(after + 1..).copied().collect(), false)
            }
            Position::Before(before) => {
                let before = place(before).unwrap();
                let records = inner.records.range(..before).rev();
                (records.copied().collect(), true)
            }
            Position::Number(number) => {
                let skipped = (*number as usize - 1) * size;
                let records: Vec<u32> = inner.records.iter().copied().skip(skipped).collect();
                let envelope = Envelope {
                    has_next_page: records.len() > size,
                    count: Some(0),
                    ..Envelope::default()
                };
                return Ok((records.into_iter().take(size).collect(), envelope));
            }
        };
        let has_more = records.len() > size;
        records.truncate(size);
        let asked = position.cursor().map_or(0, |cursor| place(cursor).unwrap());
        let last = records.last().copied().or(Some(asked));
        if backwards {
            records.reverse();
        }
        let meta = Meta {
            has_more,
            after: cursor(last).filter(|_| !backwards),
            before: cursor(last).filter(|_| backwards),
        };
        Ok((
            records,
            Envelope {
                meta: Some(meta),
                ..Envelope::default()
            },
        ))
    }
}
