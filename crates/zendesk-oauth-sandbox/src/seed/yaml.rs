//! The text of a seed file as a tree: YAML 1.2, and JSON with it.
//!
//! Tags, anchors and aliases are refused: nothing here needs them, and an alias lets a short file
//! become an endless one.

use std::collections::HashSet;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle};

use super::error::{Defect, Place};
use super::node::{Key, Node, Value};
use super::path::{Path, Step};

/// Deeper than any seed is; keeps hostile input off the stack.
const MAX_DEPTH: usize = 64;

/// More values than the longest seed that a person keeps; `generate` makes the rest.
const MAX_NODES: usize = 4_000_000;

/// Parses exactly one document. An empty text is an empty mapping.
pub(super) fn parse(text: &str) -> Result<Node, Defect> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut tree = Tree::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            let reason = format!("this is not YAML: {}", error.info());
            Defect::at(place(error.marker()), reason, "mend the YAML there")
        })?;
        tree.take(event, place(&span.start))?;
    }
    Ok(tree.root.unwrap_or_else(|| Node {
        place: Place { line: 1, column: 1 },
        value: Value::Mapping(Vec::new()),
    }))
}

fn place(marker: &Marker) -> Place {
    Place {
        line: marker.line(),
        column: marker.col() + 1,
    }
}

/// The tree as far as it is built.
#[derive(Default)]
struct Tree {
    root: Option<Node>,
    open: Vec<Open>,
    nodes: usize,
}

/// A collection whose end has not come yet.
enum Open {
    Sequence(Place, Vec<Node>),
    Mapping {
        place: Place,
        entries: Vec<(Key, Node)>,
        keys: HashSet<Box<str>>,
        /// The key that waits for its value.
        key: Option<Key>,
    },
}

impl Tree {
    fn take(&mut self, event: Event<'_>, place: Place) -> Result<(), Defect> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.check(place, anchor, tag.is_some())?;
                let value = Value::Scalar {
                    text: text.into(),
                    plain: style == ScalarStyle::Plain,
                };
                self.add(Node { place, value })
            }
            Event::SequenceStart(anchor, tag) => {
                self.check(place, anchor, tag.is_some())?;
                self.begin(Open::Sequence(place, Vec::new()), place)
            }
            Event::MappingStart(anchor, tag) => {
                self.check(place, anchor, tag.is_some())?;
                let open = Open::Mapping {
                    place,
                    entries: Vec::new(),
                    keys: HashSet::new(),
                    key: None,
                };
                self.begin(open, place)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(),
            Event::Alias(_) => Err(self.defect(place, NO_ALIASES, "write the value out")),
            Event::DocumentStart(_) if self.root.is_some() => Err(Defect::at(
                place,
                "a second YAML document begins here",
                "keep exactly one document in the file",
            )),
            _ => Ok(()),
        }
    }

    fn check(&mut self, place: Place, anchor: usize, tagged: bool) -> Result<(), Defect> {
        self.nodes += 1;
        if anchor != 0 {
            return Err(self.defect(place, NO_ALIASES, "write the value out"));
        }
        if tagged {
            let reason = "tags such as !!str are not taken";
            return Err(self.defect(place, reason, "leave the tag out; quotes make text"));
        }
        if self.nodes > MAX_NODES {
            let reason = format!("the file holds more than {MAX_NODES} values");
            let way_out = "let `generate` invent records that are there for size";
            return Err(self.defect(place, reason, way_out));
        }
        Ok(())
    }

    fn begin(&mut self, open: Open, place: Place) -> Result<(), Defect> {
        if let Some(Open::Mapping { key: None, .. }) = self.open.last() {
            return Err(self.no_key(place));
        }
        if self.open.len() == MAX_DEPTH {
            let reason = format!("values are nested more than {MAX_DEPTH} deep");
            return Err(self.defect(place, reason, "no seed needs that; nest less"));
        }
        self.open.push(open);
        Ok(())
    }

    fn end(&mut self) -> Result<(), Defect> {
        let node = match self.open.pop() {
            Some(Open::Sequence(place, items)) => Node {
                place,
                value: Value::Sequence(items),
            },
            Some(Open::Mapping { place, entries, .. }) => Node {
                place,
                value: Value::Mapping(entries),
            },
            None => return Ok(()),
        };
        self.add(node)
    }

    /// Puts a finished node where it belongs.
    fn add(&mut self, node: Node) -> Result<(), Defect> {
        let place = node.place;
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::Sequence(_, items)) => items.push(node),
            Some(Open::Mapping {
                entries, keys, key, ..
            }) => match (key.take(), node.value) {
                (Some(key), value) => entries.push((key, Node { place, value })),
                (None, Value::Scalar { text, .. }) => {
                    if !keys.insert(text.clone()) {
                        let reason = "the same key stands in this mapping already";
                        return Err(self.defect(place, reason, "keep one of them"));
                    }
                    *key = Some(Key { place, text });
                }
                (None, _) => return Err(self.no_key(place)),
            },
        }
        Ok(())
    }

    fn no_key(&self, place: Place) -> Defect {
        self.defect(place, "a key must be a word", "write `key: value`")
    }

    fn defect(
        &self,
        place: Place,
        reason: impl Into<String>,
        way_out: impl Into<String>,
    ) -> Defect {
        let steps = self.open.iter().filter_map(|open| match open {
            Open::Sequence(_, items) => Some(Step::Index(items.len())),
            Open::Mapping { key, .. } => key.as_ref().map(|key| Step::Key(key.text.to_string())),
        });
        Defect {
            path: Path(steps.collect()),
            ..Defect::at(place, reason, way_out)
        }
    }
}

const NO_ALIASES: &str = "anchors and aliases are not taken";

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> Defect {
        match parse(text) {
            Ok(_) => panic!("taken: {text}"),
            Err(defect) => defect,
        }
    }

    #[test]
    fn every_value_has_its_place() {
        let root = parse("a:\n  b: [1, two]\n").unwrap();
        let path = Path::of("a").key("b").index(1);
        assert_eq!(
            root.place_of(&path),
            Place {
                line: 2,
                column: 10
            }
        );
        let missing = Path::of("a").key("b").index(7);
        assert_eq!(root.place_of(&missing), Place { line: 2, column: 6 });
    }

    #[test]
    fn what_a_seed_does_not_need_is_refused() {
        assert!(refused("a: &x [1]\nb: *x\n").reason.contains("anchors"));
        assert!(refused("a: !!str 1\n").reason.contains("tags"));
        assert!(refused("a: 1\nb: 2\na: 3\n").reason.contains("same key"));
        assert!(refused("[a]: 1\n").reason.contains("a key must be a word"));
        assert!(refused("a: 1\n---\nb: 1\n").reason.contains("second"));
    }

    #[test]
    fn deep_nesting_does_not_overflow() {
        assert!(refused(&"- ".repeat(1_000)).reason.contains("nested"));
        // The parser has a limit of its own for these.
        assert!(refused(&"[".repeat(100_000)).reason.contains("recursion"));
        assert!(
            refused(&"{a: ".repeat(100_000))
                .reason
                .contains("recursion")
        );
    }

    #[test]
    fn an_empty_file_is_an_empty_mapping() {
        for text in ["", "\u{feff}", "# nothing\n"] {
            let root = parse(text).unwrap();
            assert!(matches!(root.value, Value::Mapping(entries) if entries.is_empty()));
        }
    }
}
