//! What goes in and out, apart from sockets.

mod answer;
mod base;
mod body;
mod call;
mod date;
mod json;
mod location;
mod page;
mod query;
mod request_id;
mod shown;

pub(crate) use answer::{Answer, Delivery};
pub(crate) use base::base;
pub(crate) use body::{Unread, read};
pub(crate) use call::{Call, Parameters};
pub(crate) use date::Date;
pub(crate) use json::read_json;
pub(crate) use location::{is_web_url, with_query};
pub(crate) use page::{escaped, page};
pub(crate) use query::Query;
pub(crate) use request_id::{REQUEST_ID, RequestId};
pub(crate) use shown::{HIDDEN, shown_method, shown_name};
