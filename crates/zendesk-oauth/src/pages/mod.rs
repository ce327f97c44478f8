//! Lists by page and by record: what every list operation has in common.

mod ask;
mod cursor;
mod fetching;
mod items;
mod list;
mod list_by_offset;
mod list_source;
mod page;
mod paging_error;
mod position;
mod seen;
mod stream;
mod walk;

#[cfg(test)]
mod tests;

pub(crate) use ask::{Answer, Ask};
pub use cursor::Cursor;
pub use items::Items;
pub use list::List;
pub use list_by_offset::ListByOffset;
pub(crate) use list_source::{ListSource, read_page, send_page};
pub use page::Page;
pub use paging_error::{PagingError, PagingProblem};
pub(crate) use position::Position;
pub use stream::Pages;
pub(crate) use walk::{Envelope, LARGEST_PAGE, LAST_PAGE, Meta};
