//! Lists of Support: which part of them, as arguments, and their way from pages to rows.

use clap::Args;
use serde::Serialize;
use zendesk_oauth::pages::{Cursor, List, ListByOffset, Page, Pages};

use crate::failure::Failure;
use crate::output::{OutputFlags, Rows, Shape, talk};

/// The most records that Zendesk puts into one page.
const LARGEST_PAGE: u32 = 100;

/// Arguments of every command that lists records of Support.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "List")]
pub(crate) struct ListFlags {
    /// Sort by this member, such as `name`; a minus sign before it sorts downwards: --sort=-created_at
    #[arg(long, value_name = "MEMBER", allow_hyphen_values = true)]
    sort: Option<String>,
    /// Stop after so many records
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    limit: Option<u64>,
    /// Ask for so many records at a time
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(LARGEST_PAGE)))]
    page_size: Option<u32>,
    /// Begin behind this place of the list, which an earlier run named
    #[arg(long, value_name = "CURSOR", conflicts_with = "before")]
    after: Option<String>,
    /// Begin before this place of the list, and go towards its beginning
    #[arg(long, value_name = "CURSOR")]
    before: Option<String>,
    /// Begin with the page of this number, and go by numbers: 100 pages at most, and no sort order
    #[arg(long, value_name = "N", conflicts_with_all = ["sort", "after", "before"], value_parser = clap::value_parser!(u32).range(1..=100))]
    page: Option<u32>,
}

/// A list, in both ways that Zendesk has to page it.
pub(crate) struct Listing<T> {
    pub(crate) by_cursor: List<T>,
    pub(crate) by_offset: ListByOffset<T>,
}

fn is_about_a_cursor(error: &zendesk_oauth::Error) -> bool {
    let texts = [error.code(), error.message()];
    error.is_validation()
        && texts
            .into_iter()
            .flatten()
            .any(|it| it.to_lowercase().contains("cursor"))
}

impl ListFlags {
    /// Prints the part of the list that was asked for, each record as it comes.
    pub(crate) async fn print<T: Serialize + Send + 'static>(
        &self,
        list: Listing<T>,
        output: &OutputFlags,
        shape: Shape,
    ) -> Result<(), Failure> {
        let mut pages = self.pages(list);
        let mut rows = output.rows(shape);
        let mut left = self.limit.unwrap_or(u64::MAX);
        let mut came = false;
        while left > 0 {
            let from = self.place(&pages);
            let Some(page) = pages.next().await else {
                break;
            };
            let page = page.inspect_err(|error| {
                // A place that is refused is none to go on from, and the one that was given is known.
                let is_place = came && !is_about_a_cursor(error);
                if let Some(place) = from.as_ref().filter(|_| is_place) {
                    talk(format_args!("the list broke off; go on with {place}"));
                }
            })?;
            came = true;
            let (more, held) = (page.has_more(), page.items().len());
            left = self.push(page, left, &mut rows)?;
            if left == 0 {
                rows.finish()?;
                self.tell_the_rest(more, held, from, self.place(&pages));
                return Ok(());
            }
        }
        rows.finish()
    }

    /// Adds records until none is left to be added.
    fn push<T: Serialize>(
        &self,
        page: Page<T>,
        mut left: u64,
        rows: &mut Rows<'_>,
    ) -> Result<u64, Failure> {
        let mut items = page.into_items();
        if self.before.is_some() {
            // Such a page comes in the order of the list, and the pages come backwards.
            items.reverse();
        }
        for item in &items {
            if left == 0 {
                break;
            }
            rows.push(item)?;
            left -= 1;
        }
        Ok(left)
    }

    fn pages<T: Send + 'static>(&self, list: Listing<T>) -> Pages<T> {
        let size = self.page_size.unwrap_or_else(|| self.fitting_page());
        // Beyond a limit there is nothing to read.
        let ahead = self.limit.is_none();
        if let Some(number) = self.page {
            let list = list.by_offset.from_page(number);
            return list.per_page(size).read_ahead(ahead).pages();
        }
        let mut list = list.by_cursor.page_size(size).read_ahead(ahead);
        if let Some(member) = &self.sort {
            list = list.sort(member);
        }
        if let Some(cursor) = &self.after {
            list = list.after(Cursor::new(cursor));
        }
        if let Some(cursor) = &self.before {
            list = list.before(Cursor::new(cursor));
        }
        list.pages()
    }

    /// No more than is wanted, so that a limit ends with a page, where the list can go on.
    fn fitting_page(&self) -> u32 {
        let wanted = self.limit.and_then(|limit| u32::try_from(limit).ok());
        wanted.map_or(LARGEST_PAGE, |wanted| wanted.min(LARGEST_PAGE))
    }

    /// Where the list goes on, as arguments. Nothing is its beginning.
    fn place<T: Send + 'static>(&self, pages: &Pages<T>) -> Option<String> {
        if let Some(number) = pages.page_number() {
            return Some(format!("--page {number}"));
        }
        let name = if self.before.is_some() {
            "before"
        } else {
            "after"
        };
        pages.cursor().map(|cursor| {
            let cursor = crate::text::printable(cursor.as_str());
            format!("--{name} {cursor}")
        })
    }

    /// Says where a list that was cut short goes on.
    fn tell_the_rest(
        &self,
        has_more: bool,
        held: usize,
        from: Option<String>,
        next: Option<String>,
    ) {
        let limit = self.limit.unwrap_or_default();
        let size = u64::from(self.page_size.unwrap_or_else(|| self.fitting_page()));
        let of_page = (limit - 1) % size + 1;
        if of_page < held as u64 {
            let place = from.unwrap_or_else(|| "the same arguments".to_owned());
            talk(format_args!(
                "there are more; {place} begins with the page of which {of_page} were printed"
            ));
        } else if let Some(place) = next.filter(|_| has_more) {
            talk(format_args!("there are more; go on with {place}"));
        }
    }
}
