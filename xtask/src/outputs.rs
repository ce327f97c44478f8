//! Files: reading documents, comparing what is generated with what is there, replacing it whole.

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};

use similar::{ChangeTag, TextDiff};

use crate::{document::Document, generate::Output, problem::Problems, whole_file};

/// Why a run ended without having done its work.
#[derive(Debug)]
pub enum Failure {
    /// Documents are wrong; nothing was written.
    Documents(Problems),
    /// What is there differs from what would be generated.
    Drift(Vec<String>),
    /// A file could not be read or written.
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
        /// What to do.
        way_out: &'static str,
    },
    /// A file in `openapi/` or a generated file that stands alone.
    Stray {
        /// The file.
        path: PathBuf,
        /// What to do.
        way_out: String,
    },
    /// What was asked for cannot be done here: something is missing, or is not what it should be.
    Refused {
        /// What is in the way, by name.
        what: String,
        /// What to do.
        way_out: String,
    },
    /// The work was done, and its answer is no.
    Verdict(String),
    /// Ctrl-C.
    Interrupted,
    /// `--only` names no document.
    NoSuchDocument {
        /// What was asked for.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
}

impl Failure {
    /// What was asked for cannot be done here.
    pub fn refused(what: impl Into<String>, way_out: impl Into<String>) -> Self {
        Self::Refused {
            what: what.into(),
            way_out: way_out.into(),
        }
    }

    /// Whether the work was done and its answer is no, as opposed to work that could not be done.
    pub fn is_verdict(&self) -> bool {
        matches!(self, Self::Drift(_) | Self::Verdict(_))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Documents(problems) => write!(f, "{problems}; no file was changed"),
            Self::Drift(diffs) => {
                for diff in diffs {
                    writeln!(f, "{diff}")?;
                }
                write!(
                    f,
                    "generated code is out of date; run `cargo xtask gen` and look at its diff"
                )
            }
            Self::Io {
                path,
                source,
                way_out,
            } => write!(f, "{}: {source}; {way_out}", path.display()),
            Self::Stray { path, way_out } => write!(f, "{}: {way_out}", path.display()),
            Self::Refused { what, way_out } => write!(f, "{what}; {way_out}"),
            Self::Verdict(text) => f.write_str(text),
            Self::Interrupted => f.write_str("interrupted"),
            Self::NoSuchDocument { name, known } => {
                write!(
                    f,
                    "there is no document `{name}`; there are {}",
                    known.join(", ")
                )
            }
        }
    }
}

impl std::error::Error for Failure {}

/// Reads and parses `openapi/*.yaml` under `top`, in the order of their names.
///
/// # Errors
/// A file that cannot be read, or every document that does not parse.
pub fn read_documents(top: &Path) -> Result<Vec<Document>, Failure> {
    let folder = top.join("openapi");
    let way_out = "run it from a clone of the repository, or give --root";
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |source| Failure::Io {
            path,
            source,
            way_out,
        }
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).map_err(unreadable(&folder))? {
        let path = entry.map_err(unreadable(&folder))?.path();
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("yaml") => files.push(path),
            Some("yml" | "json") => {
                let way_out = "a document ends in .yaml: rename it, or move it elsewhere";
                return Err(Failure::Stray {
                    path,
                    way_out: way_out.to_owned(),
                });
            }
            _ => {}
        }
    }
    if files.is_empty() {
        let way_out = "there is no document in it: give the top of the repository with --root";
        return Err(Failure::Stray {
            path: folder,
            way_out: way_out.to_owned(),
        });
    }
    files.sort();
    let mut documents = Vec::new();
    let mut problems = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).map_err(|source| Failure::Io {
            path: path.clone(),
            source,
            way_out: "make it a readable file in UTF-8",
        })?;
        let name = path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned());
        match Document::parse(&name.unwrap_or_default(), &text.replace("\r\n", "\n")) {
            Ok(document) => documents.push(document),
            Err(Problems(found)) => problems.extend(found),
        }
    }
    if problems.is_empty() {
        Ok(documents)
    } else {
        Err(Failure::Documents(Problems(problems)))
    }
}

/// What happened to one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was as generated.
    None,
    /// It was not there.
    New,
    /// So many lines came and went.
    Lines {
        /// Lines added.
        added: usize,
        /// Lines removed.
        removed: usize,
    },
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("unchanged"),
            Self::New => f.write_str("new"),
            Self::Lines { added, removed } => write!(f, "changed: +{added} -{removed} lines"),
        }
    }
}

/// What writing `output` would change.
///
/// # Errors
/// A file that is there and cannot be read.
pub fn change(top: &Path, output: &Output) -> Result<Change, Failure> {
    let Some(current) = current(top, output)? else {
        return Ok(Change::New);
    };
    if current == output.contents {
        return Ok(Change::None);
    }
    let diff = TextDiff::from_lines(&current, &output.contents);
    let count = |tag| {
        diff.iter_all_changes()
            .filter(|change| change.tag() == tag)
            .count()
    };
    Ok(Change::Lines {
        added: count(ChangeTag::Insert),
        removed: count(ChangeTag::Delete),
    })
}

/// Compares without writing.
///
/// # Errors
/// [`Failure::Drift`] with a unified diff for each file that differs.
pub fn check(top: &Path, outputs: &[Output]) -> Result<(), Failure> {
    let mut diffs = Vec::new();
    for output in outputs {
        let current = current(top, output)?.unwrap_or_default();
        if current != output.contents {
            let diff = TextDiff::from_lines(&current, &output.contents);
            let mut unified = diff.unified_diff();
            let (before, after) = (format!("a/{}", output.path), format!("b/{}", output.path));
            diffs.push(
                unified
                    .context_radius(3)
                    .header(&before, &after)
                    .to_string(),
            );
        }
    }
    if diffs.is_empty() {
        Ok(())
    } else {
        Err(Failure::Drift(diffs))
    }
}

fn current(top: &Path, output: &Output) -> Result<Option<String>, Failure> {
    let path = top.join(&output.path);
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Failure::Io {
            path,
            source,
            way_out: "make the file readable, or remove it",
        }),
    }
}

/// Refuses generated files that no document stands behind any more.
///
/// # Errors
/// [`Failure::Stray`] with the first such file.
pub fn check_strays(top: &Path, outputs: &[Output]) -> Result<(), Failure> {
    let crates = top.join("crates");
    let Ok(entries) = fs::read_dir(&crates) else {
        return Ok(());
    };
    let mut generated: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path().join("src/generated.rs")))
        .filter(|path| path.is_file())
        .collect();
    generated.sort();
    let known: Vec<PathBuf> = outputs
        .iter()
        .map(|output| top.join(&output.path))
        .collect();
    match generated.into_iter().find(|path| !known.contains(path)) {
        Some(path) => Err(Failure::Stray {
            path,
            way_out:
                "no document in openapi/ generates it: bring the document back, or remove the crate"
                    .to_owned(),
        }),
        None => Ok(()),
    }
}

/// Replaces every file that differs, whole: all are written beside their places first, then renamed,
/// so that each file is either the old one or the new one.
///
/// # Errors
/// A file that cannot be written: nothing is changed then, and what was written beside is removed.
/// A file that cannot be renamed: those before it are new, it and those after it are old.
pub fn write(top: &Path, outputs: &[Output]) -> Result<(), Failure> {
    let mut prepared: Vec<(PathBuf, PathBuf)> = Vec::new();
    let failed = |path: &Path, source, prepared: &[(PathBuf, PathBuf)]| {
        for (beside, _) in prepared {
            // Best effort: the file beside is not what anyone reads.
            let _ = fs::remove_file(beside);
        }
        let way_out =
            "see that the crate's folder is there and writable (CONTRIBUTING.md, «Add a document»)";
        Failure::Io {
            path: path.to_owned(),
            source,
            way_out,
        }
    };
    for output in outputs {
        if change(top, output)? == Change::None {
            continue;
        }
        let path = top.join(&output.path);
        let beside = whole_file::beside(&path);
        prepared.push((beside.clone(), path.clone()));
        if let Err(source) = fs::write(&beside, &output.contents) {
            return Err(failed(&path, source, &prepared));
        }
    }
    for (beside, path) in &prepared {
        if let Err(source) = fs::rename(beside, path) {
            return Err(failed(path, source, &prepared));
        }
    }
    Ok(())
}
