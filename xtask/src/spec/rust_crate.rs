//! The crate `zendesk-oauth-openapi`: copies of the documents, and the list of them.

use std::path::Path;

use heck::ToShoutySnakeCase as _;

use super::{Form, Published};
use crate::{document::Document, generate::Output, openapi::text, outputs::Failure};

/// Folder of the crate, from the top of the repository.
pub const FOLDER: &str = "crates/zendesk-oauth-openapi";

/// Forms that the crate carries. Without references each would be ten times as large.
const FORMS: [Form; 2] = [Form::Yaml, Form::Json];

/// What is generated of the crate; nothing where there is no such crate. It is committed, as `cargo package` takes
/// nothing from outside a crate.
///
/// # Errors
/// Documents that cannot be merged.
pub fn outputs(top: &Path, documents: &[Document]) -> Result<Vec<Output>, Failure> {
    if !top.join(FOLDER).is_dir() {
        return Ok(Vec::new());
    }
    let published = Published::of(top, documents.to_vec())?;
    let output = |path: String, contents| Output {
        package: "zendesk-oauth-openapi".to_owned(),
        path: format!("{FOLDER}/{path}"),
        contents,
    };
    let mut outputs = vec![output(
        "src/documents.rs".to_owned(),
        list(&published.documents),
    )];
    for document in &published.documents {
        for form in FORMS {
            let path = format!("documents/{}", form.file(&document.name));
            outputs.push(output(path, form.write(document)));
        }
    }
    Ok(outputs)
}

/// `documents.rs`, as rustfmt leaves it.
fn list(documents: &[Document]) -> String {
    let mut list = String::from(
        "// Written by `cargo xtask gen` from openapi/*.yaml. Do not edit.\n\nuse crate::Document;\n\n\
         /// Every document, in the order of their names, and last the bundle of all.\n\
         pub static DOCUMENTS: &[Document] = &[\n",
    );
    for document in documents {
        list.push_str(&format!("    {},\n", constant(document)));
    }
    list.push_str("];\n");
    for document in documents {
        let info = &document.root["info"];
        let (name, title, version) = (&document.name, text(info, "title"), text(info, "version"));
        list.push_str(&format!(
            "\n/// {}, version {}.\npub const {}: Document = Document {{\n    name: {name:?},\n    title: {title:?},\n    \
             version: {version:?},\n",
            one_line(title),
            one_line(version),
            constant(document),
        ));
        for form in FORMS {
            let file = form.file(name);
            list.push_str(&format!(
                "    {}: include_str!({:?}),\n",
                form.key(),
                format!("../documents/{file}")
            ));
        }
        list.push_str("};\n");
    }
    list
}

fn constant(document: &Document) -> String {
    document.name.to_shouty_snake_case()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn no_copy_is_left_of_a_document_that_is_gone() {
        let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let documents = crate::outputs::read_documents(&top).expect("the documents");
        let outputs = outputs(&top, &documents).expect("they can be merged");
        let folder = format!("{FOLDER}/documents");
        let mut copies = 0;
        for entry in fs::read_dir(top.join(&folder)).expect("the folder") {
            let name = entry.expect("an entry").file_name();
            let path = format!("{folder}/{}", name.to_string_lossy());
            assert!(
                outputs.iter().any(|output| output.path == path),
                "no document stands behind {path}: remove it"
            );
            copies += 1;
        }
        assert_eq!(copies, (documents.len() + 1) * FORMS.len());
    }
}
