//! The site, built into a folder of its own.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use reqwest::Url;
use xtask::document::Document;
use xtask::spec::{Published, site};
use xtask::verify::job::Tools;

/// The site in a folder of its own.
pub(super) struct Site {
    pub(super) folder: PathBuf,
    pub(super) documents: Vec<Document>,
}

impl Site {
    /// Builds it, or says why the test is skipped.
    pub(super) fn build(test: &str) -> Option<Self> {
        let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let tools = Tools::locate(&top).folder;
        if !site::renderer::is_installed(&tools) {
            let required = std::env::var_os("ZENDESK_OAUTH_REQUIRE_SPEC_TOOLS").is_some();
            assert!(!required, "no renderer in {}", tools.display());
            // Straight to the stream: what print macros write is shown of failed tests only.
            let _ = writeln!(
                std::io::stderr(),
                "skipped {test}: the site's renderer is not installed (cargo xtask spec --install)"
            );
            return None;
        }
        let documents = Published::read(&top).expect("the documents").documents;
        let site = Self {
            folder: empty_folder(test),
            documents,
        };
        for (name, bytes) in site::files(&top, &site.documents).expect("the site") {
            let path = site.folder.join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
            fs::write(path, bytes).expect("it can be written");
        }
        Some(site)
    }

    pub(super) fn url(&self, page: &str) -> String {
        format!("{}{page}", address(&self.folder))
    }

    pub(super) fn document(&self, name: &str) -> &Document {
        let found = self.documents.iter().find(|it| it.name == name);
        found.unwrap_or_else(|| panic!("no document {name}"))
    }
}

pub(super) fn empty_folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test.replace(' ', "-"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder below the target directory");
    folder
}

/// The folder as `file://…/`.
pub(super) fn address(folder: &Path) -> String {
    let url = Url::from_directory_path(folder).expect("an absolute path");
    url.to_string()
}
