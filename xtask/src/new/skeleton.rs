//! What is in the files of a skeleton.

use super::name::Name;

/// The document itself.
pub(super) fn document(name: &Name) -> String {
    filled(include_str!("templates/document.yaml"), name)
}

/// Every file that is not generated: its path from the top, and its text.
pub(super) fn files(name: &Name) -> Vec<(String, String)> {
    let own = format!("crates/{}", name.package());
    let file = |path: String, template| (path, filled(template, name));
    vec![
        (format!("openapi/{}.yaml", name.kebab()), document(name)),
        file(
            format!("{own}/Cargo.toml"),
            include_str!("templates/Cargo.toml.txt"),
        ),
        file(
            format!("{own}/README.md"),
            include_str!("templates/README.md"),
        ),
        file(
            format!("{own}/src/lib.rs"),
            include_str!("templates/lib.rs.txt"),
        ),
        file(
            format!("{own}/tests/document.rs"),
            include_str!("templates/document.rs.txt"),
        ),
    ]
}

fn filled(template: &str, name: &Name) -> String {
    template
        .replace("{{name}}", name.kebab())
        .replace("{{snake}}", &name.snake())
        .replace("{{pascal}}", &name.pascal())
        .replace("{{title}}", &name.title())
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;
    use crate::{generate::package_name, outputs};

    const TOP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

    /// The file of the skeleton of a document that is there, and that file as it is there.
    fn beside(file: &str) -> Vec<(String, String, String)> {
        let documents = outputs::read_documents(Path::new(TOP)).expect("the documents");
        let mut pairs = Vec::new();
        for document in documents {
            let path = format!("crates/{}/{file}", package_name(&document.name));
            let name = Name::parse(&document.name).expect("a name");
            let (_, made) = files(&name)
                .into_iter()
                .find(|(known, _)| *known == path)
                .expect("the skeleton has it");
            let there = fs::read_to_string(format!("{TOP}/{path}")).expect("the crate has it");
            pairs.push((path, made, there));
        }
        assert!(pairs.len() >= 3, "there are crates to compare with");
        pairs
    }

    #[test]
    fn every_client_has_the_lib_rs_of_the_skeleton() {
        for (path, made, there) in beside("src/lib.rs") {
            assert_eq!(
                there, made,
                "{path} and xtask/src/new/templates/lib.rs.txt differ"
            );
        }
    }

    #[test]
    fn every_manifest_is_that_of_the_skeleton_but_for_its_texts() {
        let is_own = |line: &&str| {
            let own = [
                "description = ",
                "keywords = ",
                "serde_json = ",
                "zendesk-oauth-tests = ",
            ];
            !own.iter().any(|start| line.starts_with(start))
        };
        for (path, made, there) in beside("Cargo.toml") {
            let lines = |text: &str| -> Vec<String> {
                text.lines().filter(is_own).map(str::to_owned).collect()
            };
            let differ = "and xtask/src/new/templates/Cargo.toml.txt differ";
            assert_eq!(lines(&there), lines(&made), "{path} {differ}");
        }
    }

    #[test]
    fn every_readme_has_the_paragraphs_of_the_skeleton() {
        for (path, made, there) in beside("README.md") {
            let mut paragraphs = made
                .split("\n\n")
                .skip_while(|it| !it.starts_with("Every call"));
            for paragraph in paragraphs.by_ref().take(2) {
                let differ = "is not in it as in xtask/src/new/templates/README.md";
                assert!(there.contains(paragraph), "{path}: {paragraph:?} {differ}");
            }
            assert_eq!(
                paragraphs.count(),
                1,
                "two paragraphs are compared, not the last"
            );
        }
    }

    #[test]
    fn nothing_is_left_to_fill_in() {
        let name = Name::parse("tiny-things").expect("a name");
        for (path, text) in files(&name) {
            assert!(!text.contains("{{") && !text.contains("}}"), "{path}");
            assert!(text.ends_with('\n') && !text.contains("TODO"), "{path}");
        }
    }
}
