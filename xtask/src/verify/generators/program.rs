//! A scenario program: copied to where its client is generated, compiled and checked.

use std::{fs, io, path::Path, process::Command, time::Duration};

use crate::verify::{
    job::{Job, StepResult},
    process::demand,
};

/// How long a generator or a compiler may take. A cold build of a client's dependencies takes minutes.
const DEADLINE: Duration = Duration::from_secs(20 * 60);

/// Runs a program that must end with 0, within [`DEADLINE`].
///
/// # Errors
/// What it said and how it ended.
pub fn run(command: &mut Command) -> StepResult {
    demand(command, DEADLINE).map(drop)
}

/// Copies the files of `tests/generators/NAME` into `job.work`, as a compiler wants program and client side by side.
///
/// # Errors
/// The folder, and what the system said.
pub fn copy(job: &Job, name: &str) -> StepResult {
    let folder = job.top.join("tests/generators").join(name);
    copy_folder(&folder, &job.work).map_err(|error| format!("{}: {error}", folder.display()))
}

fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Copies files of the program `tests/generators/FOLDER`, and of its areas those that the document has, beside the
/// generated client.
///
/// # Errors
/// The file that is not there or cannot be written.
pub fn copy_files(job: &Job, folder: &str, files: &[&str], extension: &str) -> StepResult {
    let from = job.top.join("tests/generators").join(folder);
    let areas = job
        .areas
        .iter()
        .map(|area| format!("{}.{extension}", area.word()));
    for file in files.iter().map(ToString::to_string).chain(areas) {
        fs::copy(from.join(&file), job.work.join(&file))
            .map_err(|error| format!("{}: {error}", from.join(&file).display()))?;
    }
    Ok(())
}

/// Writes a file.
///
/// # Errors
/// What the system said.
pub fn write(path: &Path, text: &str) -> StepResult {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

/// The areas of the document, as build tags or features: `support,zis`.
pub fn areas(job: &Job) -> String {
    let words: Vec<&str> = job.areas.iter().map(|area| area.word()).collect();
    words.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::{generators::openapi_generator::tests::job, job::Area};

    #[test]
    fn folders_are_copied_whole() {
        let (top, work) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let folder = top.path().join("tests/generators/some/src");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("main.rs"), "fn main() {}").unwrap();
        let job = Job {
            top: top.path().to_owned(),
            work: work.path().to_owned(),
            ..job()
        };
        copy(&job, "some").unwrap();
        let copied = fs::read_to_string(work.path().join("src/main.rs"));
        assert_eq!(copied.unwrap(), "fn main() {}");
    }

    #[test]
    fn folder_that_is_not_there_is_named() {
        let said = copy(&job(), "no-such-program").unwrap_err();
        assert!(
            said.starts_with("top/tests/generators/no-such-program: "),
            "{said}"
        );
    }

    #[test]
    fn areas_are_a_list() {
        let areas_of = |of: Vec<Area>| areas(&Job { areas: of, ..job() });
        assert_eq!(areas_of(vec![Area::Support, Area::Zis]), "support,zis");
        assert_eq!(areas_of(vec![]), "");
    }
}
