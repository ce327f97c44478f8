//! What the tools are tried on: every document, and last the bundle of all.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    document::Document,
    openapi,
    outputs::Failure,
    spec::{Form, Published},
    verify::job::Area,
};

/// One document as it is published.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Its name: `chat-oauth-tokens`, or that of the bundle.
    pub name: String,
    /// Its file, in YAML.
    pub file: PathBuf,
    /// What of the scenario it has.
    pub areas: Vec<Area>,
}

/// Builds what is published into `folder`, which is empty: each document in all its forms.
///
/// # Errors
/// Documents that do not parse or break a rule, or a folder that cannot be written.
pub fn build(top: &Path, folder: &Path) -> Result<Vec<Subject>, Failure> {
    let mut subjects = Vec::new();
    for document in &Published::read(top)?.documents {
        for form in Form::ALL {
            let file = folder.join(form.file(&document.name));
            fs::write(&file, form.write(document)).map_err(|source| Failure::Io {
                path: file.clone(),
                source,
                way_out: "make room in the temporary folder, or set TMPDIR to another",
            })?;
        }
        subjects.push(Subject {
            name: document.name.clone(),
            file: folder.join(Form::Yaml.file(&document.name)),
            areas: areas(document),
        });
    }
    Ok(subjects)
}

/// The areas whose first operation the document has.
fn areas(document: &Document) -> Vec<Area> {
    let has = |id: &str| {
        openapi::operations(&document.root)
            .iter()
            .any(|operation| operation.id() == id)
    };
    [
        (Area::Support, "create_oauth_client"),
        (Area::Zis, "start_oauth_flow"),
        (Area::Chat, "list_chat_oauth_tokens"),
    ]
    .into_iter()
    .filter_map(|(area, first)| has(first).then_some(area))
    .collect()
}
