//! Pages of a list, by cursor and by offset.
//!
//! Facts: <https://developer.zendesk.com/api-reference/introduction/pagination/>, the limit of
//! <https://support.zendesk.com/hc/en-us/articles/5591904358938>, and the last page as recorded.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use super::errors::{invalid_pagination, invalid_pagination_depth};
use crate::http::{Answer, Call, Query};
use crate::state::{Field, Filter, Order, Record, Scope, SortKey, Table};
use crate::switches::{LastPageLinks, PageSizeOver100, Switches};

const LARGEST_PAGE: usize = 100;
const LAST_PAGE: usize = 100;
const LAST_RECORD: usize = 10_000;

/// What a list is made of.
pub(crate) struct List<'a, T> {
    pub(crate) table: &'a mut Table<T>,
    pub(crate) scope: Scope,
    /// Which of the records in scope are listed, if not all.
    pub(crate) filter: Filter<'a, T>,
    /// The member under which the records are.
    pub(crate) member: &'static str,
    /// The path of the list, for links.
    pub(crate) path: &'static str,
    /// Query parameters that links repeat.
    pub(crate) kept: &'static [&'static str],
}

/// One page: the answer's body.
///
/// Cursor pagination applies when `page[size]` is sent. With the parameters of both styles the answer is a
/// cursor page whose order is dropped in silence, as observed.
pub(crate) fn page<T: Record>(
    list: List<'_, T>,
    call: &Call<'_>,
    switches: Switches,
    write: impl Fn(&T, &mut Vec<u8>),
) -> Result<Vec<u8>, Answer> {
    let query = call.query();
    let member = list.member;
    if query.has("page[size]") {
        let (rows, envelope) = by_cursor(list, &query, call.base, switches)?;
        Ok(body(member, &rows, write, &envelope))
    } else {
        let (rows, envelope) = by_offset(list, &query, call.base, switches)?;
        Ok(body(member, &rows, write, &envelope))
    }
}

/// The records under their member, and the members of the envelope behind them.
fn body<T>(
    member: &str,
    rows: &[&T],
    write: impl Fn(&T, &mut Vec<u8>),
    envelope: &impl Serialize,
) -> Vec<u8> {
    let mut body = Vec::with_capacity(1024);
    body.extend_from_slice(b"{\"");
    body.extend_from_slice(member.as_bytes());
    body.extend_from_slice(b"\":[");
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            body.push(b',');
        }
        write(row, &mut body);
        if at == 0 {
            // Records are of much the same length.
            body.reserve((body.len() + 16) * rows.len() + 1024);
        }
    }
    body.push(b']');
    let behind = body.len();
    serde_json::to_writer(&mut body, envelope).expect("strings and numbers become JSON");
    // The brace that opens the envelope: its members go on with those of the page.
    body[behind] = b',';
    body
}

#[derive(Serialize)]
struct CursorEnvelope {
    meta: Meta,
    links: Links,
}

#[derive(Serialize)]
struct Meta {
    has_more: bool,
    after_cursor: Option<String>,
    before_cursor: Option<String>,
}

#[derive(Serialize)]
struct Links {
    prev: Option<String>,
    next: Option<String>,
}

#[derive(Serialize)]
struct OffsetEnvelope {
    next_page: Option<String>,
    previous_page: Option<String>,
    count: usize,
}

/// A cursor as it was observed: JSON in base64, order and value.
#[derive(Serialize, Deserialize)]
struct Cursor {
    o: String,
    v: String,
}

fn by_cursor<'a, T: Record>(
    list: List<'a, T>,
    query: &Query<'_>,
    base: &str,
    switches: Switches,
) -> Result<(Vec<&'a T>, CursorEnvelope), Answer> {
    let size = size(query, "page[size]", switches)?;
    let mixed = query.has("page") || query.has("per_page");
    let sort = query.get("sort").filter(|_| !mixed);
    let order = order::<T>(sort)?;
    let (after, before) = (query.get("page[after]"), query.get("page[before]"));
    if after.is_some() && before.is_some() {
        let title = "page[after] and page[before] cannot be sent together";
        return Err(invalid_pagination(title));
    }
    let (cursor, backwards) = (after.or(before), before.is_some());
    let place = cursor.map(|text| place(text, order)).transpose()?;
    let direction = Order {
        descending: order.descending != backwards,
        ..order
    };
    let List {
        table,
        scope,
        filter,
        ..
    } = list;
    let mut rows = table.after(scope, filter, direction, place.as_ref(), 0, size + 1);
    let has_more = rows.len() > size;
    rows.truncate(size);
    if backwards {
        rows.reverse();
    }
    let cursor_of = |row: Option<&&T>| row.map(|row| cursor_text(*row, order));
    let (mut next, mut previous) = (cursor_of(rows.last()), cursor_of(rows.first()));
    if switches.last_page_links == LastPageLinks::Null && !has_more {
        let ended = if backwards { &mut previous } else { &mut next };
        *ended = None;
    }
    if switches.last_page_links == LastPageLinks::Null && cursor.is_none() {
        previous = None;
    }
    let kept = kept(list.kept, query, sort);
    let link = |parameter: &str, cursor: &Option<String>| {
        let cursor = encoded(cursor.as_ref()?);
        let path = list.path;
        Some(format!(
            "{base}{path}.json?page%5B{parameter}%5D={cursor}&page%5Bsize%5D={size}{kept}"
        ))
    };
    let links = Links {
        prev: link("before", &previous),
        next: link("after", &next),
    };
    let meta = Meta {
        has_more,
        after_cursor: next,
        before_cursor: previous,
    };
    Ok((rows, CursorEnvelope { meta, links }))
}

fn by_offset<'a, T: Record>(
    list: List<'a, T>,
    query: &Query<'_>,
    base: &str,
    switches: Switches,
) -> Result<(Vec<&'a T>, OffsetEnvelope), Answer> {
    let size = size(query, "per_page", switches)?;
    let page = number(query, "page")?.unwrap_or(1);
    if page > LAST_PAGE || page.saturating_mul(size) > LAST_RECORD {
        return Err(invalid_pagination_depth());
    }
    let List {
        table,
        scope,
        filter,
        ..
    } = list;
    let count = table.count(scope, filter);
    let skipped = (page - 1) * size;
    let by_id = Order {
        field: Field::Id,
        descending: false,
    };
    let rows = table.after(scope, filter, by_id, None, skipped, size);
    let kept = kept(list.kept, query, None);
    let link = |page: usize| {
        let path = list.path;
        format!("{base}{path}.json?page={page}&per_page={size}{kept}")
    };
    let envelope = OffsetEnvelope {
        next_page: (skipped + rows.len() < count).then(|| link(page + 1)),
        previous_page: (page > 1).then(|| link(page - 1)),
        count,
    };
    Ok((rows, envelope))
}

/// What the documents say of a page size beside that it is at least 1: `format: int32`.
const LARGEST_SIZE: usize = i32::MAX as usize;

/// A page size: 100 if none is given. What is no `int32` was never a size, whatever the switch says of large ones.
fn size(query: &Query<'_>, name: &str, switches: Switches) -> Result<usize, Answer> {
    match number(query, name)? {
        None => Ok(LARGEST_PAGE),
        Some(size) if size <= LARGEST_PAGE => Ok(size),
        Some(size) if size > LARGEST_SIZE => Err(invalid_pagination(&format!(
            "{name} must be at most {LARGEST_SIZE}"
        ))),
        Some(_) if switches.page_size_over_100 == PageSizeOver100::Clamped => Ok(LARGEST_PAGE),
        Some(_) => Err(invalid_pagination(&format!(
            "{name} must be at most {LARGEST_PAGE}"
        ))),
    }
}

/// A number from 1 on.
fn number(query: &Query<'_>, name: &str) -> Result<Option<usize>, Answer> {
    let Some(text) = query.get(name) else {
        return Ok(None);
    };
    match text.parse::<usize>() {
        Ok(number) if number > 0 => Ok(Some(number)),
        _ => Err(invalid_pagination(&format!(
            "{name} must be a number from 1 on"
        ))),
    }
}

/// `name` or `-created_at`; by id if nothing is said.
fn order<T: Record>(sort: Option<&str>) -> Result<Order, Answer> {
    let text = sort.unwrap_or("id");
    let (name, descending) = match text.strip_prefix('-') {
        Some(name) => (name, true),
        None => (text, false),
    };
    let field = T::SORTABLE.iter().find(|field| field.name() == name);
    let field = *field.ok_or_else(|| invalid_pagination("sort is not valid"))?;
    Ok(Order { field, descending })
}

fn order_text(order: Order) -> String {
    let sign = if order.descending { "-" } else { "" };
    format!("{sign}{}", order.field.name())
}

fn cursor_text<T: Record>(row: &T, order: Order) -> String {
    let v = match row.sort_key(order.field) {
        SortKey::Number(number) if order.field == Field::Id => number.to_string(),
        SortKey::Number(number) => format!("{}:{number}", row.id()),
        SortKey::Text(text) => format!("{}:{text}", row.id()),
    };
    let cursor = Cursor {
        o: order_text(order),
        v,
    };
    let json = serde_json::to_vec(&cursor).expect("strings become JSON");
    STANDARD.encode(json)
}

/// The place that a cursor names. One of another order is as bad as one that does not parse.
fn place(text: &str, order: Order) -> Result<(SortKey, i64), Answer> {
    let read = || {
        let json = STANDARD.decode(text).ok()?;
        let cursor: Cursor = serde_json::from_slice(&json).ok()?;
        if cursor.o != order_text(order) {
            return None;
        }
        if order.field == Field::Id {
            let id = cursor.v.parse().ok()?;
            return Some((SortKey::Number(id), id));
        }
        let (id, value) = cursor.v.split_once(':')?;
        let key = match order.field {
            Field::Name | Field::Identifier => SortKey::Text(value.to_owned()),
            Field::Id | Field::CreatedAt | Field::UpdatedAt => SortKey::Number(value.parse().ok()?),
        };
        Some((key, id.parse().ok()?))
    };
    read().ok_or_else(|| invalid_pagination("the cursor is not valid"))
}

const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// The parameters that a link repeats.
fn kept(names: &[&str], query: &Query<'_>, sort: Option<&str>) -> String {
    let mut kept = String::new();
    if let Some(sort) = sort {
        kept.push_str(&format!("&sort={}", encoded(sort)));
    }
    for name in names {
        if let Some(value) = query.get(name) {
            kept.push_str(&format!("&{name}={}", encoded(value)));
        }
    }
    kept
}
