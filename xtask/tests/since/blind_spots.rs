//! Every node of the real documents, taken away or changed: no edit goes by unseen.

use std::{fs, path::Path, thread};

use serde_json::Value;
use xtask::{
    document::Document,
    openapi::walk,
    pointer,
    spec::since::{
        compare::{compare, compare_values},
        finding::Effect,
    },
};

/// What only people read. An edit in it is found to be one of texts; everywhere else it is more than that.
const TEXTS: [&str; 5] = [
    "description",
    "summary",
    "example",
    "examples",
    "externalDocs",
];

/// Nodes outside of [`TEXTS`] of which an edit is deliberately only one of texts, by the end of their pointers.
#[rustfmt::skip] // A table: one line per case.
const ALSO_TEXTS: [(&str, &str); 5] = [
    ("/info/contact", "who wrote the document"),
    ("/info/license", "under which licence"),
    ("/tags", "the declared tags; those of operations count"),
    ("/required", "`required: false` of a parameter is what holds without it"),
    ("/scopes", "the texts of scopes"),
];

fn documents() -> Vec<Document> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi");
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            let text = fs::read_to_string(&path).unwrap();
            let name = path.file_stem().unwrap().to_str().unwrap();
            found.push(Document::parse(name, &text).unwrap());
        }
    }
    assert!(found.len() >= 3);
    found
}

/// Whether the node is, or is in, what only people read; a member of `properties` may have any name.
fn is_text(at: &str) -> bool {
    let tokens: Vec<&str> = at.split('/').skip(1).collect();
    (0..tokens.len()).any(|index| {
        let is_name =
            index > 0 && ["properties", "schemas", "headers"].contains(&tokens[index - 1]);
        TEXTS.contains(&tokens[index]) && !is_name
    })
}

fn is_deliberate(root: &Value, at: &str) -> bool {
    ALSO_TEXTS.iter().any(|(end, _)| match *end {
        "/tags" => at.starts_with("/tags"),
        "/required" => at.ends_with(end) && root.pointer(at) == Some(&Value::Bool(false)),
        "/scopes" => pointer::parent(at).is_some_and(|parent| parent.ends_with(end)),
        start => at.starts_with(start),
    })
}

/// The document with its texts and examples cut short, which makes thousands of comparisons quick.
fn shortened(root: &Value) -> Value {
    let mut places = Vec::new();
    walk(root, "", &mut |at, _| {
        if is_text(at) && !pointer::parent(at).is_some_and(is_text) {
            places.push(at.to_owned());
        }
    });
    let mut short = root.clone();
    for at in places {
        *short.pointer_mut(&at).unwrap() = Value::from("a text");
    }
    short
}

fn removed(root: &Value, at: &str) -> Option<Value> {
    let mut edited = root.clone();
    let parent = edited.pointer_mut(pointer::parent(at)?)?;
    match parent {
        Value::Object(members) => {
            members.remove(&pointer::last(at))?;
        }
        Value::Array(items) => {
            items.remove(pointer::last(at).parse().ok()?);
        }
        _ => return None,
    }
    Some(edited)
}

/// Another value of the same kind; a list or map changes by what is in it.
fn changed(root: &Value, at: &str) -> Option<Value> {
    let other = match root.pointer(at)? {
        Value::Bool(value) => Value::Bool(!value),
        Value::String(text) => Value::String(format!("{text}x")),
        Value::Number(_) => Value::from(4711),
        Value::Null => Value::Bool(true),
        Value::Array(_) | Value::Object(_) => return None,
    };
    let mut edited = root.clone();
    *edited.pointer_mut(at)? = other;
    Some(edited)
}

/// What is wrong with how the edit is seen, there and back.
fn unseen(root: &Value, edited: &Value, at: &str, edit: &str) -> Option<String> {
    let is_text = is_text(at) || is_deliberate(root, at);
    for (old, new, way) in [(root, edited, "there"), (edited, root, "back")] {
        let effect = compare_values(old, new).effect();
        let is_seen = match effect {
            None => false,
            Some(Effect::Texts) => is_text,
            Some(_) => true,
        };
        if !is_seen {
            return Some(format!("{at} {edit}, {way}: {effect:?}"));
        }
    }
    None
}

fn blind_spots(root: &Value, places: &[String]) -> Vec<String> {
    let mut wrong = Vec::new();
    for at in places {
        if let Some(edited) = removed(root, at) {
            wrong.extend(unseen(root, &edited, at, "removed"));
        }
        if let Some(edited) = changed(root, at) {
            wrong.extend(unseen(root, &edited, at, "changed"));
        }
    }
    wrong
}

#[test]
fn no_edit_of_a_real_document_goes_unseen() {
    let documents: Vec<Value> = documents().iter().map(|one| shortened(&one.root)).collect();
    let wrong: Vec<String> = thread::scope(|scope| {
        let mut running = Vec::new();
        for root in &documents {
            let mut places = Vec::new();
            walk(root, "", &mut |at, _| {
                // What texts hold inside cannot be told apart from outside: their first node stands for them.
                let is_inside = pointer::parent(at).is_some_and(is_text);
                if !at.is_empty() && at != "/info/version" && !is_inside {
                    places.push(at.to_owned());
                }
            });
            for part in places.chunks(places.len().div_ceil(2)) {
                let part = part.to_vec();
                running.push(scope.spawn(move || blind_spots(root, &part)));
            }
        }
        running
            .into_iter()
            .flat_map(|thread| thread.join().unwrap())
            .collect()
    });
    assert!(
        wrong.is_empty(),
        "{} of them:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn a_real_document_does_not_differ_from_itself() {
    for document in documents() {
        let found = compare(&document, &document);
        assert_eq!(found.findings().collect::<Vec<_>>(), Vec::<&_>::new());
    }
}
