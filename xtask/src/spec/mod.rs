//! `cargo xtask spec`: what is published of the documents.
//!
//! [`mod@bundle`] merges the documents, [`forms`] writes one in each form, [`index`] says what there is, [`archive`] packs it,
//! [`folder`] brings it to disk; [`site`] is for reading it, [`since`] compares it with what was published before.

pub mod archive;
pub mod bundle;
pub mod folder;
pub mod forms;
pub mod index;
mod licences;
pub mod npm;
pub mod ordered;
mod readme;
pub mod rust_crate;
pub mod since;
pub mod site;
mod template;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use crate::{
    document::Document,
    lint,
    outputs::{self, Failure},
    problem::Problems,
    verify,
};
pub use folder::MARKER;
use ordered::Node;

/// What `cargo xtask spec` is told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder to build in [default: target/spec]
    #[arg(long, value_name = "DIR", conflicts_with_all = ["since", "verify", "install"])]
    pub out: Option<PathBuf>,
    /// Write nothing: say what is out of date and exit with 1
    #[arg(long, conflicts_with_all = ["since", "install"])]
    pub check: bool,
    /// Leave out the site, which alone needs Node's packages
    #[arg(long, conflicts_with_all = ["since", "verify", "install"])]
    pub no_site: bool,
    /// Compare with the documents of an earlier revision, and exit with 1 where a version was not raised
    #[arg(long, value_name = "REV", conflicts_with_all = ["verify", "install"])]
    pub since: Option<String>,
    /// Try the documents in linters, generators and a mock, and write the table of openapi/README.md
    #[arg(long, conflicts_with = "install")]
    pub verify: bool,
    /// With --verify: only this tool; the table is not written. May be given again
    #[arg(long, value_name = "TOOL", requires = "verify")]
    pub only: Vec<String>,
    /// Install the packages that the site and --verify need into target/spec-tools, or into the folder that
    /// ZENDESK_OAUTH_SPEC_TOOLS names
    #[arg(long)]
    pub install: bool,
    /// With --install: make the lockfiles of openapi/tools anew from tools.yaml, and install nothing
    #[arg(long, requires = "install")]
    pub relock: bool,
}

/// Builds, checks, compares, tries or installs.
///
/// # Errors
/// What is missing or in the way, or a verdict: out of date, a version not raised, a tool that fails.
pub fn run(top: &Path, arguments: &Arguments) -> Result<(), Failure> {
    if arguments.install {
        return if arguments.relock {
            verify::relock(top)
        } else {
            verify::install(top)
        };
    }
    if arguments.verify {
        let ask = verify::Ask {
            only: arguments.only.clone(),
            check: arguments.check,
        };
        return verify::run(top, &ask);
    }
    if let Some(revision) = &arguments.since {
        return since::run(top, revision);
    }
    let default = top.join("target/spec");
    let out = arguments.out.as_ref().unwrap_or(&default);
    let published = Published::read(top)?;
    let mut files = published.files();
    let npm = npm::files(top, &published.documents)?;
    files.extend(
        npm.into_iter()
            .map(|(name, bytes)| (format!("npm/{name}"), bytes)),
    );
    if !arguments.no_site {
        let site = site::files(top, &published.documents)?;
        files.extend(
            site.into_iter()
                .map(|(name, bytes)| (format!("site/{name}"), bytes)),
        );
    }
    if arguments.check {
        return check(out, &files);
    }
    let written = folder::write(out, &files)?;
    println!(
        "{}: {} files, {} written, {} removed",
        out.display(),
        files.len(),
        written.changed,
        written.removed
    );
    Ok(())
}

fn check(out: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), Failure> {
    match folder::differences(out, files)? {
        None => Err(Failure::Verdict(format!(
            "{} is not built; run `cargo xtask spec`",
            out.display()
        ))),
        Some(found) if found.is_empty() => {
            println!("{}: {} files, all up to date", out.display(), files.len());
            Ok(())
        }
        Some(found) => Err(Failure::Verdict(format!(
            "{}\nwhat is built is out of date; run `cargo xtask spec`",
            found.join("\n")
        ))),
    }
}

/// A form in which each document is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As written; the bundle as merged.
    Yaml,
    /// The same as JSON.
    Json,
    /// JSON without any `$ref`.
    Dereferenced,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Yaml, Self::Json, Self::Dereferenced];

    /// Its key in the index.
    pub fn key(self) -> &'static str {
        match self {
            Self::Yaml => "yaml",
            Self::Json => "json",
            Self::Dereferenced => "dereferenced",
        }
    }

    /// The file of a document in this form.
    pub fn file(self, name: &str) -> String {
        match self {
            Self::Yaml => format!("{name}.yaml"),
            Self::Json => format!("{name}.json"),
            Self::Dereferenced => format!("{name}.dereferenced.json"),
        }
    }

    /// The text of a document in this form.
    pub fn write(self, document: &Document) -> String {
        match self {
            Self::Yaml => document.text.clone(),
            Self::Json => forms::json(&Node::of(document)),
            Self::Dereferenced => forms::json(&forms::dereferenced(&Node::of(document))),
        }
    }
}

/// What is published.
#[derive(Clone, Debug)]
pub struct Published {
    /// Every document in the order of their names, and last the bundle.
    pub documents: Vec<Document>,
    licences: BTreeMap<String, Vec<u8>>,
}

impl Published {
    /// Reads the documents and merges them.
    ///
    /// # Errors
    /// Documents that do not parse, break a rule, or cannot be merged.
    pub fn read(top: &Path) -> Result<Self, Failure> {
        Self::of(top, outputs::read_documents(top)?)
    }

    /// The same of documents that have been read.
    ///
    /// # Errors
    /// Documents that break a rule or cannot be merged.
    pub fn of(top: &Path, mut documents: Vec<Document>) -> Result<Self, Failure> {
        lint::check_all(&documents).map_err(Failure::Documents)?;
        let introduction = introduction(top)?;
        let merged = bundle::bundle(&documents, &introduction).map_err(Failure::Documents)?;
        lint::check(&merged).map_err(|problems| {
            let told = bundle::origin::told(problems, &merged, &documents, &introduction);
            Failure::Documents(told)
        })?;
        documents.push(merged);
        let licences = licences::read(top)?;
        Ok(Self {
            documents,
            licences,
        })
    }

    /// The bundle.
    pub fn bundle(&self) -> &Document {
        self.documents.last().expect("the bundle is pushed last")
    }

    /// Name of the archive and of the folder in it: `zendesk-oauth-openapi-1.0.0`.
    pub fn archive_name(&self) -> String {
        let version = self.bundle().root["info"]["version"].as_str();
        format!("{}-openapi-{}", bundle::NAME, version.unwrap_or_default())
    }

    /// Every file but those of the site, by its path below the folder.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        for document in &self.documents {
            for form in Form::ALL {
                files.insert(form.file(&document.name), form.write(document).into_bytes());
            }
        }
        let index = index::index(&self.documents, &files);
        files.insert("index.json".to_owned(), index.into_bytes());
        let readme = readme::folder(&self.documents);
        files.insert("README.md".to_owned(), readme.into_bytes());
        files.extend(self.licences.clone());
        files.insert("SHA256SUMS".to_owned(), index::sums(&files).into_bytes());
        let name = self.archive_name();
        let archive = archive::tar_gz(&name, &files);
        let sum = format!("{}  {name}.tar.gz\n", index::sha256(&archive));
        files.insert(format!("{name}.tar.gz"), archive);
        files.insert(format!("{name}.tar.gz.sha256"), sum.into_bytes());
        files
    }
}

/// `openapi/publish/bundle.yaml`.
fn introduction(top: &Path) -> Result<Document, Failure> {
    let path = top.join("openapi/publish/bundle.yaml");
    let text = std::fs::read_to_string(&path).map_err(|source| Failure::Io {
        path: path.clone(),
        source,
        way_out: "it holds `info` and `servers` of the bundle: bring it back from git",
    })?;
    let text = text.replace("\r\n", "\n");
    Document::parse("publish/bundle", &text)
        .map_err(|problems: Problems| Failure::Documents(problems))
}
