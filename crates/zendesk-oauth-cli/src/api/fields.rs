//! Members of a body, and parameters of a query, from arguments. No IO.

use serde_json::{Map, Value};

use crate::failure::Failure;
use crate::output::is_secret;

/// The body that the fields make; none if there are none.
pub(super) fn body(fields: &[String]) -> Result<Option<Value>, Failure> {
    let mut body = Value::Object(Map::new());
    for field in fields {
        let (names, value) = field_of(field)?;
        let mut place = &mut body;
        for name in &names {
            let members = place.as_object_mut().ok_or_else(|| {
                Failure::usage(format!(
                    "--field {}: a value is there already",
                    joined(&names)
                ))
            })?;
            place = members
                .entry(name.clone())
                .or_insert_with(|| Value::Object(Map::new()));
        }
        let is_free = place.as_object().is_some_and(Map::is_empty);
        if !is_free {
            return Err(Failure::usage(format!(
                "--field {}: it is given twice",
                joined(&names)
            )));
        }
        *place = value;
    }
    Ok((!fields.is_empty()).then_some(body))
}

/// The parameters that the fields make, with names as they were written.
pub(super) fn query(fields: &[String]) -> Result<Vec<(String, String)>, Failure> {
    fields
        .iter()
        .map(|field| {
            let (names, value) = field_of(field)?;
            let text = match value {
                Value::String(text) => text,
                other => other.to_string(),
            };
            Ok((joined(&names), text))
        })
        .collect()
}

/// Refuses a secret in the query that a person wrote.
pub(super) fn check_path(path: &str) -> Result<(), Failure> {
    let query = path.split_once('?').map_or("", |(_, query)| query);
    let mut names = query
        .split('&')
        .filter_map(|pair| pair.split_once('=').map(|(name, _)| name));
    names
        .find(|name| is_secret(name))
        .map_or(Ok(()), |name| Err(secret_in_arguments(name)))
}

/// `client[name]=Acme` is the text `Acme` at `client`, `name`.
fn field_of(field: &str) -> Result<(Vec<String>, Value), Failure> {
    let unfit = |why: &str| {
        let shown = field.split(['=', ':']).next().unwrap_or_default();
        let shown = crate::text::printable(shown);
        Failure::usage(format!("--field {shown}: {why}"))
    };
    let (name, text) = field
        .split_once('=')
        .ok_or_else(|| unfit("write it as NAME=TEXT or NAME:=JSON"))?;
    let (name, is_json) = match name.strip_suffix(':') {
        Some(name) => (name, true),
        None => (name, false),
    };
    let names =
        names_of(name).ok_or_else(|| unfit("its name is empty or has no closing bracket"))?;
    if let Some(name) = names.iter().find(|name| is_secret(name)) {
        return Err(secret_in_arguments(name));
    }
    let value = if is_json {
        serde_json::from_str(text).map_err(|error| unfit("its value is no JSON").because(error))?
    } else {
        text.into()
    };
    Ok((names, value))
}

fn names_of(name: &str) -> Option<Vec<String>> {
    let (first, mut rest) = name.split_at(name.find('[').unwrap_or(name.len()));
    let mut names = vec![first.to_owned()];
    while !rest.is_empty() {
        let (inner, after) = rest.strip_prefix('[')?.split_once(']')?;
        names.push(inner.to_owned());
        rest = after;
    }
    names.iter().all(|name| !name.is_empty()).then_some(names)
}

fn joined(names: &[String]) -> String {
    let mut parts = names.iter();
    let first = parts.next().cloned().unwrap_or_default();
    parts.fold(first, |text, name| format!("{text}[{name}]"))
}

fn secret_in_arguments(name: &str) -> Failure {
    let name = crate::text::printable(name);
    Failure::usage(format!(
        "{name}: others on this machine see arguments, so no secret is taken from them; give the body with --input FILE \
         or --input -"
    ))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn owned(fields: &[&str]) -> Vec<String> {
        fields.iter().map(|&it| it.to_owned()).collect()
    }

    #[test]
    fn fields_make_a_body_or_a_query() {
        let fields = owned(&["client[name]=A=b", "client[ids]:=[1,2]", "x:=true", "y="]);
        assert_eq!(
            body(&fields).unwrap().unwrap(),
            json!({"client": {"name": "A=b", "ids": [1, 2]}, "x": true, "y": ""})
        );
        let query = query(&owned(&["page[size]=2", "all:=true"])).unwrap();
        let pairs = [("page[size]", "2"), ("all", "true")];
        assert_eq!(query, pairs.map(|(a, b)| (a.to_owned(), b.to_owned())));
        assert!(body(&[]).unwrap().is_none());
    }

    #[test]
    fn what_is_no_field_and_what_is_secret_is_refused() {
        for fields in [
            &["CANARY"][..],
            &["=CANARY"],
            &["a[b=CANARY"],
            &["a[]=CANARY"],
            &["a:=CANARY"],
            &["a=CANARY", "a=CANARY"],
            &["a=CANARY", "a[b]=CANARY"],
            &["client[client_secret]=CANARY"],
            &["token=CANARY"],
        ] {
            let refused = body(&owned(fields)).unwrap_err();
            assert_eq!(refused.kind(), crate::failure::Kind::Usage);
            if fields != ["CANARY"] {
                assert!(!refused.to_string().contains("CANARY"), "{refused}");
            }
        }
        assert!(check_path("/x?access_token=CANARY").is_err());
        assert!(check_path("/x?page[size]=1").is_ok());
    }
}
