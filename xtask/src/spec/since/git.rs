//! What git knows of an earlier revision: its documents, and the introduction of its bundle.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use crate::{document::Document, outputs::Failure, problem::Problems};

/// Where the introduction of the bundle is, from the top.
const INTRODUCTION: &str = "openapi/publish/bundle.yaml";

/// The documents of an earlier revision.
#[derive(Debug)]
pub struct Revision {
    /// As it was asked for: `v0.3.0`.
    pub name: String,
    /// Its commit, in full.
    pub commit: String,
    /// The documents that it had, in the order of their names.
    pub documents: Vec<Document>,
    /// The introduction of its bundle, if it had one.
    pub introduction: Option<Document>,
}

impl Revision {
    /// Reads what `name` had below `top`; files on disk do not matter.
    ///
    /// # Errors
    /// No git, no clone, a revision that is unknown, and a document there that does not parse.
    pub fn read(top: &Path, name: &str) -> Result<Self, Failure> {
        let git = Git { top };
        let commit = git.commit(name)?;
        let mut documents = Vec::new();
        for file in git.files(&commit, "openapi/")? {
            let stem = file.strip_prefix("openapi/").unwrap_or(&file);
            if let Some(stem) = stem.strip_suffix(".yaml") {
                documents.push(git.document(&commit, name, &file, stem)?);
            }
        }
        let introduction = match git.files(&commit, INTRODUCTION)?.first() {
            Some(file) => Some(git.document(&commit, name, file, "publish/bundle")?),
            None => None,
        };
        Ok(Self {
            name: name.to_owned(),
            commit,
            documents,
            introduction,
        })
    }
}

struct Git<'a> {
    top: &'a Path,
}

impl Git<'_> {
    /// Runs git and gives what it printed, or the first line of its complaint.
    fn run(&self, arguments: &[&str]) -> Result<Result<Vec<u8>, String>, Failure> {
        let output = Command::new("git")
            .arg("-C")
            .arg(self.top)
            .args(arguments)
            // A hook that git runs sets these, and they would lead to another repository than `top`.
            .env_remove("GIT_DIR")
            .env_remove("GIT_WORK_TREE")
            .env_remove("GIT_INDEX_FILE")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("LC_ALL", "C")
            .stdin(Stdio::null())
            .output()
            .map_err(|error| {
                Failure::refused(
                    format!("git cannot be run: {error}"),
                    "install it (`apt-get install git`): earlier documents are read from it",
                )
            })?;
        if output.status.success() {
            return Ok(Ok(output.stdout));
        }
        let complaint = String::from_utf8_lossy(&output.stderr);
        let line = complaint.lines().next().unwrap_or("it said nothing");
        Ok(Err(line.trim_start_matches("fatal: ").to_owned()))
    }

    fn commit(&self, name: &str) -> Result<String, Failure> {
        if name.is_empty() || name.starts_with('-') || name.contains(char::is_control) {
            return Err(Failure::refused(
                format!("`{}` is no revision", name.escape_default()),
                "name a tag, a branch or a commit, such as v0.1.0",
            ));
        }
        let asked = format!("{name}^{{commit}}");
        let verify = [
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &asked,
        ];
        if let Ok(found) = self.run(&verify)? {
            let commit = String::from_utf8_lossy(&found).trim().to_owned();
            // A shallow clone may know the name of a commit that it does not hold.
            return match self.run(&["cat-file", "-e", &commit])? {
                Ok(_) => Ok(commit),
                Err(complaint) => Err(Failure::refused(
                    format!("the commit of `{name}` is not in this clone: {complaint}"),
                    "fetch it: `git fetch --unshallow --tags`",
                )),
            };
        }
        let answer = self.run(&["rev-parse", "--is-shallow-repository"])?;
        Err(match answer {
            Err(complaint) => Failure::refused(
                format!(
                    "{} cannot be asked for `{name}`: {complaint}",
                    self.top.display()
                ),
                "run it in a clone of the repository, or give --root",
            ),
            Ok(is_shallow) if is_shallow.starts_with(b"true") => Failure::refused(
                format!("this clone is shallow and does not hold `{name}`"),
                "fetch the rest: `git fetch --unshallow --tags`",
            ),
            Ok(_) => Failure::refused(
                format!("git knows no revision `{name}`"),
                "`git fetch --tags` brings the tags, `git tag` lists them",
            ),
        })
    }

    /// Files that the commit has at `path`, or directly in it where it ends in a slash.
    fn files(&self, commit: &str, path: &str) -> Result<Vec<String>, Failure> {
        let listed = self.run(&["ls-tree", "-z", commit, "--", path])?;
        let listed = listed.map_err(|complaint| unread(path, commit, &complaint))?;
        Ok(listed
            .split(|byte| *byte == 0)
            .filter_map(|entry| std::str::from_utf8(entry).ok()?.split_once('\t'))
            // A regular file; links and folders are none of ours.
            .filter(|(about, _)| about.starts_with("100"))
            .map(|(_, file)| file.to_owned())
            .collect())
    }

    fn document(
        &self,
        commit: &str,
        revision: &str,
        file: &str,
        name: &str,
    ) -> Result<Document, Failure> {
        let shown = self.run(&["show", "--no-textconv", &format!("{commit}:./{file}")])?;
        let bytes = shown.map_err(|complaint| unread(file, revision, &complaint))?;
        let unfit = |reason: &str| {
            Failure::refused(
                format!("{file} of `{revision}` cannot be compared: {reason}"),
                "name a later revision, in which it is mended",
            )
        };
        let text = String::from_utf8(bytes).map_err(|_| unfit("it is not UTF-8"))?;
        Document::parse(name, &text.replace("\r\n", "\n")).map_err(|Problems(problems)| {
            let Some(first) = problems.first() else {
                return unfit("it does not parse");
            };
            let place = first.position.map(|place| format!("line {}: ", place.line));
            unfit(&format!("{}{}", place.unwrap_or_default(), first.reason))
        })
    }
}

fn unread(file: &str, revision: &str, complaint: &str) -> Failure {
    Failure::refused(
        format!("{file} of `{revision}` cannot be read: {complaint}"),
        "`git fsck` says whether the clone is whole; a shallow one needs `git fetch --unshallow --tags`",
    )
}
