//! Reads one OpenAPI document: YAML text to JSON value, with the position of every node.

use std::collections::BTreeMap;

use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};
use saphyr_parser::{Event, Marker, Parser};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::{
    pointer,
    problem::{Position, Problem, Problems},
};

/// Deeper than any document is; keeps hostile input off the stack.
const MAX_DEPTH: usize = 64;

/// One OpenAPI document, as written and as a value.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file's stem, which also names the crate: `chat-oauth-tokens`.
    pub name: String,
    /// Path from the top of the repository, with forward slashes.
    pub file: String,
    /// The text as written, with line feeds only.
    pub text: String,
    /// SHA-256 of the text, in hexadecimal.
    pub sha256: String,
    /// The document as JSON.
    pub root: Value,
    positions: BTreeMap<String, Position>,
}

impl Document {
    /// Parses the YAML text of the document called `name`.
    ///
    /// # Errors
    /// With file, line and column: a syntax error, a duplicate key, a key that is not a string, an
    /// anchor or alias, nesting deeper than any document has.
    pub fn parse(name: &str, text: &str) -> Result<Self, Problems> {
        Self::parse_file(name, &format!("openapi/{name}.yaml"), text)
    }

    /// The same of a text that stands in another file, such as JSON, which is YAML too.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn parse_file(name: &str, file: &str, text: &str) -> Result<Self, Problems> {
        let file = file.to_owned();
        let reader = Reader { file };
        if text.starts_with('\u{feff}') {
            return Err(reader.problem(
                None,
                "",
                "the file begins with a byte order mark, which many tools take for text".to_owned(),
                "save it as UTF-8 without a byte order mark",
            ));
        }
        reader.refuse_unfit_events(text)?;
        let nodes = MarkedYaml::load_from_str(text).map_err(|error| reader.syntax(&error))?;
        let [node] = nodes.as_slice() else {
            return Err(reader.problem(
                None,
                "",
                format!("the file holds {} YAML documents", nodes.len()),
                "keep exactly one document per file",
            ));
        };
        let mut positions = BTreeMap::new();
        let root = reader.value(node, String::new(), &mut positions)?;
        let sha256 = sha256(text.as_bytes());
        Ok(Self {
            name: name.to_owned(),
            file: reader.file,
            text: text.to_owned(),
            sha256,
            root,
            positions,
        })
    }

    /// Where the node at `pointer` stands, or its nearest parent that is in the text.
    pub fn position(&self, pointer: &str) -> Option<Position> {
        let mut pointer = pointer;
        loop {
            if let Some(position) = self.positions.get(pointer) {
                return Some(*position);
            }
            pointer = pointer::parent(pointer)?;
        }
    }
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

struct Reader {
    file: String,
}

impl Reader {
    fn problem(
        &self,
        marker: Option<&Marker>,
        pointer: &str,
        reason: String,
        way_out: &str,
    ) -> Problems {
        Problem {
            file: self.file.clone(),
            position: marker.map(position),
            rule: "yaml",
            pointer: pointer.to_owned(),
            reason,
            way_out: way_out.to_owned(),
        }
        .into()
    }

    fn syntax(&self, error: &saphyr_parser::ScanError) -> Problems {
        self.problem(
            Some(error.marker()),
            "",
            format!("this is not YAML: {}", error.info()),
            "mend the YAML there; nothing was generated",
        )
    }

    /// One pass over the events, so that aliases and deep nesting never reach the tree.
    fn refuse_unfit_events(&self, text: &str) -> Result<(), Problems> {
        let mut depth = 0usize;
        for event in Parser::new_from_str(text) {
            let (event, span) = event.map_err(|error| self.syntax(&error))?;
            let anchor = match event {
                Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => {
                    depth += 1;
                    anchor
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    depth = depth.saturating_sub(1);
                    0
                }
                Event::Scalar(_, _, anchor, _) | Event::Alias(anchor) => anchor,
                _ => 0,
            };
            if anchor != 0 {
                return Err(self.problem(
                    Some(&span.start),
                    "",
                    "anchors and aliases hide the text from readers and from many tools".to_owned(),
                    "repeat the node, or make it a component and point to it with $ref",
                ));
            }
            if depth > MAX_DEPTH {
                return Err(self.problem(
                    Some(&span.start),
                    "",
                    format!("nodes are nested more than {MAX_DEPTH} deep"),
                    "move the inner nodes into components",
                ));
            }
        }
        Ok(())
    }

    fn value(
        &self,
        node: &MarkedYaml<'_>,
        pointer: String,
        positions: &mut BTreeMap<String, Position>,
    ) -> Result<Value, Problems> {
        let value = match &node.data {
            YamlData::Value(scalar) => self.scalar(scalar, node, &pointer)?,
            YamlData::Sequence(items) => {
                let mut values = Vec::with_capacity(items.len());
                for (index, item) in items.iter().enumerate() {
                    let inner = pointer::join(&pointer, &index.to_string());
                    values.push(self.value(item, inner, positions)?);
                }
                Value::Array(values)
            }
            YamlData::Mapping(entries) => {
                let mut values = Map::new();
                for (key, item) in entries {
                    let YamlData::Value(Scalar::String(name)) = &key.data else {
                        return Err(self.problem(
                            Some(&key.span.start),
                            &pointer,
                            "a key here is not a string: YAML reads it as a number, a boolean or null".to_owned(),
                            "put the key in quotes, as in '200'",
                        ));
                    };
                    let inner = pointer::join(&pointer, name);
                    let value = self.value(item, inner.clone(), positions)?;
                    // The key is where a reader looks, so its place names the entry.
                    positions.insert(inner, position(&key.span.start));
                    values.insert(name.to_string(), value);
                }
                Value::Object(values)
            }
            _ => {
                return Err(self.problem(
                    Some(&node.span.start),
                    &pointer,
                    "this node has a tag or form that JSON cannot hold".to_owned(),
                    "write a plain mapping, sequence or scalar",
                ));
            }
        };
        positions
            .entry(pointer)
            .or_insert_with(|| position(&node.span.start));
        Ok(value)
    }

    fn scalar(
        &self,
        scalar: &Scalar<'_>,
        node: &MarkedYaml<'_>,
        pointer: &str,
    ) -> Result<Value, Problems> {
        Ok(match scalar {
            Scalar::Null => Value::Null,
            Scalar::Boolean(value) => Value::Bool(*value),
            Scalar::Integer(value) => Value::from(*value),
            Scalar::FloatingPoint(value) => {
                let number = serde_json::Number::from_f64(value.into_inner()).ok_or_else(|| {
                    self.problem(
                        Some(&node.span.start),
                        pointer,
                        "JSON has no infinity and no NaN".to_owned(),
                        "write a finite number",
                    )
                })?;
                Value::Number(number)
            }
            Scalar::String(value) => Value::String(value.to_string()),
        })
    }
}

fn position(marker: &Marker) -> Position {
    Position {
        line: marker.line(),
        column: marker.col() + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        Document::parse("x", text).expect_err("refused").to_string()
    }

    #[test]
    fn every_node_has_its_place() {
        let document = Document::parse("x", "a:\n  b: [1, two]\n").unwrap();
        assert_eq!(document.root, serde_json::json!({"a": {"b": [1, "two"]}}));
        assert_eq!(
            document.position("/a/b"),
            Some(Position { line: 2, column: 3 })
        );
        assert_eq!(
            document.position("/a/b/1"),
            Some(Position {
                line: 2,
                column: 10
            })
        );
        assert_eq!(
            document.position("/a/b/nowhere"),
            Some(Position { line: 2, column: 3 })
        );
    }

    #[test]
    fn a_syntax_error_gives_file_line_and_column() {
        let text = refused("a: [1\nb: 2\n");
        assert!(text.starts_with("openapi/x.yaml:2:"), "{text}");
    }

    #[test]
    fn a_byte_order_mark_is_refused_by_name() {
        let text = refused("\u{feff}a: 1\n");
        assert!(text.contains("without a byte order mark"), "{text}");
    }

    #[test]
    fn a_duplicate_key_is_refused() {
        let text = refused("a: 1\nb: 2\na: 3\n");
        assert!(text.starts_with("openapi/x.yaml:3:1"), "{text}");
        assert!(text.contains("duplicate"), "{text}");
    }

    #[test]
    fn an_unquoted_status_is_refused() {
        assert!(refused("200: ok\n").contains("quotes"));
    }

    #[test]
    fn aliases_never_reach_the_tree() {
        assert!(refused("a: &x [1]\nb: *x\n").contains("anchors"));
    }

    #[test]
    fn deep_nesting_is_refused_and_does_not_overflow() {
        // The parser itself stops at some depth of flow nodes; block nodes are ours to count.
        assert!(refused(&"[".repeat(100_000)).contains("recursion limit"));
        assert!(refused(&"- ".repeat(1_000)).contains("nested more than 64 deep"));
    }

    #[test]
    fn two_documents_in_one_file_are_refused() {
        assert!(refused("a: 1\n---\nb: 1\n").contains("2 YAML documents"));
    }
}
