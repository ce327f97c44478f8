//! Paths and servers of the bundle.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{problem, renamed::Renamed, text_at};
use crate::{
    document::Document,
    openapi::{METHODS, entries},
    pointer,
    problem::Problem,
    spec::ordered::Node,
};

/// The paths merged so far.
pub(super) struct Merged<'a> {
    pub(super) paths: Vec<(String, Node)>,
    introduction: &'a Document,
}

impl<'a> Merged<'a> {
    pub(super) fn new(introduction: &'a Document) -> Self {
        Self {
            paths: Vec::new(),
            introduction,
        }
    }

    /// Adds the paths of one document, each behind the path of its first server.
    pub(super) fn add(&mut self, one: &Renamed<'_>) -> Vec<Problem> {
        let (host, stem) = split(text_at(one.document, "/servers/0/url"));
        let mut problems = Vec::from_iter(self.other_host(one.document, host));
        let own = one.root.get("paths").map(Node::members).unwrap_or_default();
        for (path, item) in own {
            let whole = format!("{stem}{path}");
            let pointer = pointer::join("/paths", path);
            problems.extend(self.place(one.document, &pointer, whole, item));
        }
        problems
    }

    fn place(
        &mut self,
        document: &Document,
        pointer: &str,
        path: String,
        item: &Node,
    ) -> Option<Problem> {
        let alike = |known: &str| without_names(known) == without_names(&path);
        let Some((known, there)) = self.paths.iter_mut().find(|(known, _)| alike(known)) else {
            self.paths.push((path, item.clone()));
            return None;
        };
        let (Node::Map(there), Node::Map(own)) = (there, item) else {
            return None;
        };
        let is_method = |name: &str| METHODS.contains(&name);
        let shared = |members: &[(String, Node)]| -> Vec<(String, Node)> {
            members
                .iter()
                .filter(|(name, _)| !is_method(name))
                .cloned()
                .collect()
        };
        let twice = own
            .iter()
            .find(|(name, _)| is_method(name) && there.iter().any(|(it, _)| it == name));
        if let Some((method, _)) = twice {
            return Some(problem(
                document,
                pointer,
                format!(
                    "another document describes {} {known} already",
                    method.to_uppercase()
                ),
                "describe an operation in one document only",
            ));
        }
        if *known != path || shared(there) != shared(own) {
            return Some(problem(
                document,
                pointer,
                format!(
                    "another document has this path as {known}, with other names or parameters"
                ),
                "name its parameters alike in both documents",
            ));
        }
        there.extend(own.iter().filter(|(name, _)| is_method(name)).cloned());
        None
    }

    /// A server that the bundle does not have: its paths would go to another host there.
    fn other_host(&self, document: &Document, host: &str) -> Option<Problem> {
        let expected = text_at(self.introduction, "/servers/0/url");
        let reason = if host == expected {
            other_variable(&variables(document), &variables(self.introduction))?
        } else {
            format!("its first server is on `{host}`, the bundle's on `{expected}`")
        };
        Some(problem(
            document,
            "/servers/0",
            reason,
            "let the first server be that of the account, with the same variables",
        ))
    }
}

/// The variables of the first server, with their defaults.
fn variables(document: &Document) -> BTreeMap<&str, &Value> {
    let all = document.root.pointer("/servers/0");
    let all = all.into_iter().flat_map(|it| entries(it, "variables"));
    all.map(|(name, it)| (name.as_str(), &it["default"]))
        .collect()
}

/// The first variable in which the two differ, as a sentence.
fn other_variable(
    own: &BTreeMap<&str, &Value>,
    of_bundle: &BTreeMap<&str, &Value>,
) -> Option<String> {
    let names: BTreeSet<&str> = own.keys().chain(of_bundle.keys()).copied().collect();
    let differ = |name| match (own.get(name), of_bundle.get(name)) {
        (Some(own), Some(other)) if own == other => None,
        (Some(own), Some(other)) => Some(format!(
            "the variable `{name}` of its first server is {own} by default, that of the bundle's {other}"
        )),
        (Some(_), None) => Some(format!(
            "its first server has the variable `{name}`, and the bundle's has none"
        )),
        (None, _) => Some(format!(
            "its first server has no variable `{name}`, and the bundle's has one"
        )),
    };
    names.into_iter().find_map(differ)
}

/// A server's URL as host and path; the path is empty when there is none.
fn split(url: &str) -> (&str, &str) {
    let url = url.trim_end_matches('/');
    let after_scheme = url.find("://").map_or(0, |at| at + 3);
    let path = url[after_scheme..].find('/');
    path.map_or((url, ""), |at| url.split_at(after_scheme + at))
}

/// A template without the names of its parameters: two that are alike match the same requests.
fn without_names(path: &str) -> String {
    let mut inside = false;
    path.chars()
        .filter(|letter| {
            let keep = !inside || *letter == '}';
            inside = match letter {
                '{' => true,
                '}' => false,
                _ => inside,
            };
            keep
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_split_at_its_path() {
        assert_eq!(
            split("https://{subdomain}.zendesk.com"),
            ("https://{subdomain}.zendesk.com", "")
        );
        assert_eq!(
            split("https://{subdomain}.zendesk.com/api/v2/chat/"),
            ("https://{subdomain}.zendesk.com", "/api/v2/chat")
        );
    }

    #[test]
    fn templates_are_compared_without_names() {
        assert_eq!(without_names("/a/{b}/c"), without_names("/a/{other}/c"));
        assert_ne!(without_names("/a/{b}/c"), without_names("/a/{b}/d"));
    }
}
