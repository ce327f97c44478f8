//! The forms in which one document is published.

use serde_saphyr::SerializerOptions;

use super::ordered::Node;

/// JSON, indented, in the order of the document.
pub fn json(node: &Node) -> String {
    let mut text = serde_json::to_string_pretty(node).expect("a tree of text can be written");
    text.push('\n');
    text
}

/// YAML, with block scalars for long texts.
pub fn yaml(node: &Node) -> String {
    let mut options = SerializerOptions::default();
    options.prefer_block_scalars = true;
    serde_saphyr::to_string_with_options(node, options).expect("a tree of text can be written")
}

/// The document with each `$ref` replaced by what it points to.
///
/// A schema that contains itself keeps the `$ref` at which it comes again.
pub fn dereferenced(root: &Node) -> Node {
    dereferenced_within(root, root)
}

/// The same of one node of a document.
pub fn dereferenced_within(node: &Node, root: &Node) -> Node {
    inline(node, root, &mut Vec::new(), false)
}

fn inline(node: &Node, root: &Node, within: &mut Vec<String>, names: bool) -> Node {
    if let Some(target) = node.reference().filter(|_| !names) {
        let found = target.strip_prefix('#').and_then(|it| root.find(it));
        let Some(found) = found.filter(|_| !within.iter().any(|outer| outer == target)) else {
            return node.clone();
        };
        within.push(target.to_owned());
        let inlined = inline(found, root, within, false);
        within.pop();
        return inlined;
    }
    match node {
        Node::Scalar(_) => node.clone(),
        Node::List(items) => Node::List(
            items
                .iter()
                .map(|item| inline(item, root, within, false))
                .collect(),
        ),
        Node::Map(members) => Node::Map(
            members
                .iter()
                .map(|(name, member)| {
                    // Examples are data: a `$ref` in them is a member of theirs.
                    let is_data = matches!(name.as_str(), "example" | "examples" | "default");
                    let kept = if is_data && !names {
                        member.clone()
                    } else {
                        inline(member, root, within, name == "properties" && !names)
                    };
                    (name.clone(), kept)
                })
                .collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    fn node(text: &str) -> Node {
        Node::of(&Document::parse("x", text).expect("YAML"))
    }

    #[test]
    fn yaml_reads_back_as_it_was() {
        let tree = node(
            "'200': {on: 'yes', date: '2026-01-02', empty: '', tilde: '~', number: '1.0', real: 1.5}\n\
             long: |\n  Two lines,\n  the second with `{a: b}` # and this.\n\
             list: [[], {}, [1, 'two: three', '- four', '*five', \"t\\tab\"]]\n",
        );
        let text = yaml(&tree);
        assert_eq!(node(&text), tree, "{text}");
    }

    #[test]
    fn references_are_replaced_and_circles_end() {
        let tree = node(
            "a: {$ref: '#/c/One'}\n\
             c:\n  One: {properties: {$ref: {type: string}, two: {$ref: '#/c/Two'}}}\n  Two: {items: {$ref: '#/c/One'}}\n\
             example: {$ref: '#/c/One'}\n",
        );
        let flat = dereferenced(&tree);
        let two = flat.find("/a/properties/two/items").expect("inlined");
        assert_eq!(two.reference(), Some("#/c/One"));
        assert!(flat.find("/a/properties/$ref/type").is_some());
        assert_eq!(
            flat.find("/example").and_then(Node::reference),
            Some("#/c/One")
        );
    }

    #[test]
    fn a_property_that_is_named_as_a_keyword_is_a_schema() {
        for name in ["example", "examples", "default", "properties"] {
            let tree = node(&format!(
                "a: {{properties: {{{name}: {{$ref: '#/c'}}}}}}\nc: {{type: string}}\n"
            ));
            let flat = dereferenced(&tree);
            let schema = flat.find(&format!("/a/properties/{name}/type"));
            assert_eq!(schema.map(Node::as_str), Some("string"), "{name}");
        }
    }

    #[test]
    fn examples_and_defaults_are_data() {
        for name in ["example", "examples", "default"] {
            let tree = node(&format!(
                "a: {{{name}: {{inner: {{$ref: '#/c'}}}}}}\nc: {{type: string}}\n"
            ));
            let flat = dereferenced(&tree);
            let inner = flat.find(&format!("/a/{name}/inner"));
            assert_eq!(inner.and_then(Node::reference), Some("#/c"), "{name}");
        }
    }
}
