//! `zendesk-oauth api`: calls of what no document describes.

mod arguments;
mod body;
mod call;
mod fields;
mod header;
mod makes_secret;
mod pages;
mod path;
mod print;
mod text;
mod trail;

pub(crate) use arguments::Arguments;
pub(crate) use call::run;
pub(crate) use pages::next as next_page;
pub(crate) use trail::Trail;
