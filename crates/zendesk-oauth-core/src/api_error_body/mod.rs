//! What an error answer says, whichever of Zendesk's forms it has.

mod body;
mod entries;
pub(crate) mod printable;

pub use body::ApiErrorBody;
pub use entries::{ErrorDetail, ErrorEntry};
