//! A document with the names that it has in the bundle.

use super::{KINDS, names::Names};
use crate::{document::Document, spec::ordered::Node};

/// `#/components/KIND/NAME` as kind and name.
fn component(target: &str) -> Option<(String, String)> {
    let (kind, name) = target.strip_prefix("#/components/")?.split_once('/')?;
    Some((kind.to_owned(), name.to_owned()))
}

/// A document with the names that it has in the bundle.
pub(super) struct Renamed<'a> {
    pub(super) document: &'a Document,
    pub(super) root: Node,
}

impl<'a> Renamed<'a> {
    pub(super) fn new(document: &'a Document, names: &Names) -> Self {
        let root = Renaming(names).rename(&Node::of(document), Place::Document);
        Self { document, root }
    }
}

/// What a name in a node means.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Document,
    Components,
    /// Members are components of this kind.
    Kind(&'static str),
    /// Items are tag objects.
    Tags,
    /// Items are names of tags.
    TagNames,
    /// Items are security requirements.
    Security,
    /// Names are data, whatever they say.
    Data,
    /// Members are schemas by their property names.
    Properties,
    Other,
}

struct Renaming<'a>(&'a Names);

impl Renaming<'_> {
    fn name(&self, kind: &str, name: &str) -> String {
        let renamed = self.0.get(&(kind.to_owned(), name.to_owned()));
        renamed.map_or_else(|| name.to_owned(), Clone::clone)
    }

    fn rename(&self, node: &Node, place: Place) -> Node {
        match node {
            Node::Scalar(_) if place == Place::TagNames => {
                Node::text(self.name("tags", node.as_str()))
            }
            Node::Scalar(_) => node.clone(),
            Node::List(items) => {
                Node::List(items.iter().map(|item| self.rename(item, place)).collect())
            }
            Node::Map(members) => Node::Map(
                members
                    .iter()
                    .map(|(name, member)| self.member(name, member, place))
                    .collect(),
            ),
        }
    }

    fn member(&self, name: &str, member: &Node, place: Place) -> (String, Node) {
        let renamed = match place {
            Place::Kind(kind) => self.name(kind, name),
            Place::Security => self.name("securitySchemes", name),
            _ => name.to_owned(),
        };
        let inner = match (place, name) {
            (Place::Data | Place::Security, _) => Place::Data,
            (Place::Document, "components") => Place::Components,
            (Place::Document, "tags") => Place::Tags,
            (Place::Components, kind) => match KINDS.iter().find(|known| **known == kind) {
                Some(kind) => Place::Kind(kind),
                None => Place::Other,
            },
            (Place::Other | Place::Document, "security") => Place::Security,
            (Place::Other, "tags") => Place::TagNames,
            (Place::Other, "properties") => Place::Properties,
            (Place::Other, "example" | "examples" | "default") => Place::Data,
            _ => Place::Other,
        };
        let target = (name == "$ref" && !matches!(place, Place::Data | Place::Properties))
            .then(|| component(member.as_str()))
            .flatten();
        let kept = match target {
            Some((kind, target)) => {
                Node::text(format!("#/components/{kind}/{}", self.name(&kind, &target)))
            }
            None if place == Place::Tags && name == "name" => {
                Node::text(self.name("tags", member.as_str()))
            }
            None => self.rename(member, inner),
        };
        (renamed, kept)
    }
}
