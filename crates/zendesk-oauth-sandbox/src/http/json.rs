//! JSON that is read into a type, and what is wrong with it, said without any of its values.

use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_path_to_error::Segment;

use super::shown::{HIDDEN, shown_name};

/// Reads JSON. The error names the member and the place, never a value.
pub(crate) fn read_json<T: DeserializeOwned>(text: &[u8]) -> Result<T, String> {
    let mut json = serde_json::Deserializer::from_slice(text);
    let read = serde_path_to_error::deserialize(&mut json)
        .map_err(|error| said(&dotted(error.path()), error.inner()))?;
    json.end().map_err(|error| said("", &error))?;
    Ok(read)
}

fn dotted(path: &serde_path_to_error::Path) -> String {
    let segments = path.iter().map(|segment| match segment {
        Segment::Map { key } => shown_name(key).to_owned(),
        Segment::Seq { index } => index.to_string(),
        Segment::Enum { .. } | Segment::Unknown => HIDDEN.to_owned(),
    });
    segments.collect::<Vec<_>>().join(".")
}

fn said(member: &str, error: &serde_json::Error) -> String {
    let place = format!("line {}, column {}", error.line(), error.column());
    if error.classify() != Category::Data {
        return format!("it is not JSON, at {place}");
    }
    let text = error.to_string();
    let text = text
        .rsplit_once(" at line ")
        .map_or(&*text, |(text, _)| text);
    if let Some(rest) = text.strip_prefix("unknown field `") {
        // A name may look like the list of what there is, which comes last.
        let (name, known) = rest.rsplit_once("`, expected ").unwrap_or((HIDDEN, "none"));
        let name = shown_name(name);
        return format!("there is no member {name}, at {place}; expected {known}");
    }
    // These name a member of ours.
    if text.starts_with("missing field `") || text.starts_with("duplicate field `") {
        return format!("{text}, at {place}");
    }
    let member = if member.is_empty() || member == "." {
        "it".to_owned()
    } else {
        format!("the member {member}")
    };
    match text.rsplit_once(", expected ") {
        Some((wrong, expected)) if wrong.starts_with("invalid ") => {
            format!("{member} has a wrong value, at {place}; expected {expected}")
        }
        _ => format!("{member} has a value that does not fit, at {place}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::FaultRule;

    fn wrong(text: &str) -> String {
        read_json::<FaultRule>(text.as_bytes()).unwrap_err()
    }

    #[test]
    fn the_place_and_the_member_are_named() {
        assert_eq!(
            wrong("{\n  \"fault\": }"),
            "it is not JSON, at line 2, column 12"
        );
        assert_eq!(wrong(""), "it is not JSON, at line 1, column 0");
        assert_eq!(
            wrong("{\"fault\": {\"status\": \"CANARY, expected CANARY\"}}"),
            "the member fault.status has a wrong value, at line 1, column 46; expected u16"
        );
        assert!(wrong("{\"colour\": 1}").starts_with(
            "there is no member colour, at line 1, column 9; expected one of `operation`"
        ));
        assert_eq!(wrong("{}"), "missing field `fault`, at line 1, column 2");
        assert_eq!(
            wrong("{\"fault\": {}} x"),
            "it is not JSON, at line 1, column 15"
        );
    }

    #[test]
    fn names_that_look_like_no_name_are_hidden() {
        let text = wrong("{\"a b`, expected CANARY\": 1}");
        assert!(text.starts_with("there is no member …, at"), "{text}");
        assert!(!text.contains("a b"), "{text}");
    }
}
