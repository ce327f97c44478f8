//! `tests/mutants/NAME.toml`: what this command has to know of it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use toml_edit::{Document, DocumentMut, Item};

use crate::{outputs::Failure, verify::tool::Need};

/// A configuration of cargo-mutants.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Configuration {
    /// The file's name without its ending.
    pub(super) name: String,
    /// The file.
    pub(super) path: PathBuf,
    /// `examine_globs`: the files that are mutated.
    pub(super) globs: Vec<String>,
    /// `exclude_re`: the mutants that no test can notice.
    pub(super) exclusions: Vec<String>,
    /// `features`: of what is mutated.
    features: Vec<String>,
    /// The whole of it.
    text: String,
}

impl Configuration {
    /// What the tests run beside cargo. Without it they skip what needs it, and mutants survive.
    pub(super) fn needs(&self) -> Vec<Need> {
        let uses_redis = self.features.iter().any(|feature| feature == "redis");
        let redis = ("redis-server", "apt-get install redis-server");
        uses_redis.then_some(redis).into_iter().collect()
    }

    /// The same of these files only. cargo-mutants takes `--file` for more files beside those of its configuration.
    ///
    /// # Errors
    /// When it cannot be read as it was before.
    pub(super) fn only(&self, files: &[String]) -> Result<String, String> {
        let document = Document::parse(self.text.as_str()).map_err(|error| error.to_string())?;
        let globs = document.get("examine_globs").and_then(Item::span);
        let globs = globs.ok_or("`examine_globs` is not where it was")?;
        let files = serde_json::to_string(files).map_err(|error| error.to_string())?;
        let mut text = self.text.clone();
        text.replace_range(globs, &files);
        Ok(text)
    }
}

/// All of a folder, by name.
///
/// # Errors
/// When there is none, or one cannot be read.
pub(super) fn all(folder: &Path) -> Result<Vec<Configuration>, Failure> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |source| Failure::Io {
            path,
            source,
            way_out: "run it from a clone of the repository",
        }
    };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable(folder))? {
        let path = entry.map_err(unreadable(folder))?.path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    if paths.is_empty() {
        return Err(Failure::refused(
            format!("{} has no configuration", folder.display()),
            "write NAME.toml there, with `examine_globs`",
        ));
    }
    let mut found = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).map_err(unreadable(&path))?;
        let configuration = parse(&path, &text)
            .map_err(|said| Failure::refused(format!("{}: {said}", path.display()), "mend it"))?;
        found.push(configuration);
    }
    Ok(found)
}

fn parse(path: &Path, text: &str) -> Result<Configuration, String> {
    let document: DocumentMut = text
        .parse()
        .map_err(|error: toml_edit::TomlError| error.to_string())?;
    let globs = texts(&document, "examine_globs")?;
    if globs.is_empty() {
        return Err("`examine_globs` names no file, so all would be mutated".to_owned());
    }
    Ok(Configuration {
        name: path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        path: path.to_owned(),
        globs,
        exclusions: texts(&document, "exclude_re")?,
        features: texts(&document, "features")?,
        text: text.to_owned(),
    })
}

/// The texts of a list; none where it is not there.
fn texts(document: &DocumentMut, key: &str) -> Result<Vec<String>, String> {
    let Some(item) = document.get(key) else {
        return Ok(Vec::new());
    };
    let list = item.as_array().map(|list| {
        let texts = list.iter().map(|text| text.as_str().map(str::to_owned));
        texts.collect::<Option<Vec<_>>>()
    });
    list.flatten()
        .ok_or_else(|| format!("`{key}` is not a list of texts"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Configuration, String> {
        parse(Path::new("tests/mutants/core.toml"), text)
    }

    #[test]
    fn the_name_of_a_configuration_is_that_of_its_file() {
        let text = "examine_globs = ['a/**', \"b.rs\"]\nexclude_re = [\n# why\n'x \\+ y']";
        let read = read(text);
        let expected = Configuration {
            name: "core".to_owned(),
            path: "tests/mutants/core.toml".into(),
            globs: vec!["a/**".to_owned(), "b.rs".to_owned()],
            exclusions: vec!["x \\+ y".to_owned()],
            features: Vec::new(),
            text: text.to_owned(),
        };
        assert_eq!(read, Ok(expected));
    }

    #[test]
    fn tests_of_what_is_in_redis_need_redis() {
        let needs = |text| read(text).unwrap().needs();
        assert!(needs("examine_globs = ['a']\nfeatures = ['support']").is_empty());
        let needed = needs("examine_globs = ['a']\nfeatures = ['support', 'redis']");
        assert_eq!(needed[0].0, "redis-server");
    }

    #[test]
    fn of_single_files_all_else_stays_as_it_is() {
        let read =
            read("# why\nexamine_globs = [\n  'a/**', # of a\n]\nexclude_re = ['x']").unwrap();
        let only = read.only(&["a/b.rs".to_owned(), "a/c.rs".to_owned()]);
        let expected = "# why\nexamine_globs = [\"a/b.rs\",\"a/c.rs\"]\nexclude_re = ['x']";
        assert_eq!(only.as_deref(), Ok(expected));
    }

    #[test]
    fn a_configuration_of_everything_or_of_another_form_is_refused() {
        let said = |text| read(text).unwrap_err();
        assert!(said("").contains("names no file"));
        assert!(said("examine_globs = 'a'").contains("`examine_globs` is not a list"));
        assert!(
            said("examine_globs = ['a']\nexclude_re = [1]").contains("`exclude_re` is not a list")
        );
        assert!(said("examine_globs = [").contains("line 1"));
    }

    #[test]
    fn every_configuration_of_the_repository_is_read_and_names_files_that_are_there() {
        let top = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        for configuration in all(&top.join("tests/mutants")).unwrap() {
            for glob in configuration.globs {
                let plain = glob.split('/').take_while(|part| !part.contains('*'));
                let path = plain.fold(top.to_owned(), |path, part| path.join(part));
                assert!(path.exists(), "{}: {glob}", configuration.name);
            }
        }
    }
}
