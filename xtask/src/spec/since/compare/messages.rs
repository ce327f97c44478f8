//! Request bodies, responses, their media types and headers.

use super::{
    super::finding::{
        Effect::{Breaking, Compatible},
        Side,
    },
    comparer::{Comparer, boolean},
    pair::Pair,
    parameters, schemas,
};

/// The media type that is not named in a place, as nearly every body has it.
const USUAL: &str = "application/json";

/// Compares the request body of an operation, or a component.
pub fn request_body<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>) {
    let pair = &comparer.followed(pair);
    let is_required = |body| boolean(body, false) != Some(false);
    match (pair.old, pair.new) {
        (None, Some(new)) => {
            let (effect, why) = if is_required(new.get("required")) {
                (Breaking, "requests without a body are refused")
            } else {
                (Compatible, "requests may leave it out")
            };
            comparer.say(pair, effect, "is new".to_owned(), why);
        }
        (Some(_), None) => {
            let why = "requests that carry one are no longer described";
            comparer.say(pair, Breaking, "is gone".to_owned(), why);
        }
        _ => comparer.object(pair, &[], |comparer, key, member| match key {
            "required" => {
                let on = (Breaking, "requests without a body are refused");
                let off = (Compatible, "requests with a body still serve");
                comparer.flag(member, key, on, off);
            }
            "content" => content(comparer, member, true),
            _ => {}
        }),
    }
}

/// Compares the responses of an operation, by status.
pub fn responses<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>) {
    comparer.entries(pair, |comparer, status, member| {
        let member = member.clone().called(&format!("response {status}"));
        let is_success = status.starts_with(['2', '3']);
        match (member.old, member.new) {
            (Some(_), Some(_)) => response(comparer, &member, is_success),
            (None, _) => {
                let (effect, why) = if is_success {
                    (
                        Breaking,
                        "clients that wait for another success take it for a failure",
                    )
                } else {
                    (Compatible, "any error may come, described or not")
                };
                comparer.say(&member, effect, "is new".to_owned(), why);
            }
            (Some(_), None) => {
                let (effect, why) = if is_success {
                    (Breaking, "clients wait for it")
                } else {
                    (Compatible, "code that treats it is not reached")
                };
                comparer.say(&member, effect, "is gone".to_owned(), why);
            }
        }
    });
}

/// Compares one response.
pub fn response<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>, is_success: bool) {
    let pair = &comparer.followed(pair);
    comparer.object(pair, &[], |comparer, key, member| match key {
        "headers" => headers(comparer, member),
        "content" => content(comparer, member, is_success),
        _ => {}
    });
}

fn headers<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>) {
    comparer.entries(pair, |comparer, name, member| {
        let member = member.clone().called(&format!("header `{name}`"));
        match (member.old, member.new) {
            (Some(_), Some(_)) => parameters::header(comparer, &member),
            (None, _) => {
                let why = "headers that a reader does not know are ignored";
                comparer.say(&member, Compatible, "is new".to_owned(), why);
            }
            (Some(_), None) => {
                let why = "a reader finds nothing in its place";
                comparer.say(&member, Breaking, "is gone".to_owned(), why);
            }
        }
    });
}

/// Compares bodies by media type. `counts`: whether generated functions take or return the body.
pub fn content<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>, counts: bool) {
    if pair.old.is_none() && counts && pair.side != Side::Sent {
        let why = "generated functions return a value where they returned none";
        return comparer.say(pair, Breaking, "has a body now".to_owned(), why);
    }
    comparer.entries(pair, |comparer, media_type, member| {
        let is_both = member.both().is_some();
        let member = if is_both && media_type == USUAL {
            member.clone()
        } else {
            member.clone().called(media_type)
        };
        match (member.old, member.new) {
            (Some(_), Some(_)) => comparer.object(&member, &[], |comparer, key, member| {
                if key == "schema" {
                    schemas::compare(comparer, member);
                }
            }),
            (None, _) => {
                let why = "the one of before serves as well";
                comparer.say(&member, Compatible, "is a new media type".to_owned(), why);
            }
            (Some(_), None) => {
                let why = "clients send or ask for it";
                comparer.say(&member, Breaking, "the media type is gone".to_owned(), why);
            }
        }
    });
}
