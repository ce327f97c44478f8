//! The versions of all tools, which stand in one file, and the files that npm and pip install from.

use std::{collections::BTreeMap, fs, path::Path};

use serde::Deserialize;
use serde_json::Value;

use crate::{document::Document, outputs::Failure};

/// The one file with every version.
pub const FILE: &str = "openapi/tools/tools.yaml";
/// npm's lockfile, made from it.
pub const LOCK: &str = "openapi/tools/package-lock.json";
/// pip's transitive versions, made from it.
pub const CONSTRAINTS: &str = "openapi/tools/constraints.txt";

/// The way out wherever the three do not agree.
const RELOCK: &str = "change versions in openapi/tools/tools.yaml only, then run `cargo xtask spec --install --relock`";

/// Packages by name, with the one version that is tried.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pins {
    /// Programs of the machine, with the oldest version that was tried.
    pub machine: BTreeMap<String, String>,
    /// Packages of Node.
    pub npm: BTreeMap<String, String>,
    /// Packages of Python.
    pub pypi: BTreeMap<String, String>,
}

impl Pins {
    /// The version of a package of either kind.
    pub fn version(&self, package: &str) -> Option<&str> {
        let found = self.npm.get(package).or_else(|| self.pypi.get(package));
        found.map(String::as_str)
    }
}

/// Reads the versions alone.
///
/// # Errors
/// A file that cannot be read or is not a list of versions.
pub fn read(top: &Path) -> Result<Pins, Failure> {
    let text = read_file(top, FILE)?;
    let document = Document::parse("tools/tools", &text).map_err(Failure::Documents)?;
    let pins: Pins = serde_json::from_value(document.root).map_err(|error| {
        Failure::refused(
            format!("{FILE} is not a list of versions: {error}"),
            "write `machine`, `npm` and `pypi`, each with lines `name: \"version\"`",
        )
    })?;
    let all = pins.npm.iter().chain(&pins.pypi);
    match all.into_iter().find(|(_, version)| !is_exact(version)) {
        Some((package, version)) => Err(Failure::refused(
            format!("{FILE} gives {package} the version `{version}`"),
            "give one exact version, such as \"1.2.3\"",
        )),
        None => Ok(pins),
    }
}

fn is_exact(version: &str) -> bool {
    version.starts_with(|c: char| c.is_ascii_digit())
        && version.contains('.')
        && version
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || ".-".contains(c))
}

/// The versions together with the files that are installed from, which agree.
#[derive(Clone, Debug)]
pub struct Locked {
    /// The versions of the tools themselves.
    pub pins: Pins,
    /// Text of npm's lockfile.
    pub lock: String,
    /// Text of pip's constraints.
    pub constraints: String,
    /// Every package of npm by its folder: `node_modules/a/node_modules/b`.
    pub node: BTreeMap<String, Locking>,
    /// Every package of pip by its normal name.
    pub python: BTreeMap<String, String>,
}

/// What npm's lockfile says of one package.
#[derive(Clone, Debug)]
pub struct Locking {
    /// Its version.
    pub version: String,
    /// Whether a machine may go without it, as where it is for another system.
    pub is_optional: bool,
}

/// Reads all three files.
///
/// # Errors
/// A file that cannot be read, or one that does not agree with the versions.
pub fn read_locked(top: &Path) -> Result<Locked, Failure> {
    let pins = read(top)?;
    let lock = read_file(top, LOCK)?;
    let constraints = read_file(top, CONSTRAINTS)?;
    let node = locked_node(&pins, &lock)?;
    let python = locked_python(&pins, &constraints)?;
    Ok(Locked {
        pins,
        lock,
        constraints,
        node,
        python,
    })
}

fn read_file(top: &Path, name: &str) -> Result<String, Failure> {
    fs::read_to_string(top.join(name)).map_err(|error| {
        Failure::refused(
            format!("{name}: {error}"),
            "run it from a clone of the repository, or bring the file back from git",
        )
    })
}

fn locked_node(pins: &Pins, lock: &str) -> Result<BTreeMap<String, Locking>, Failure> {
    let disagrees = |what: String| Failure::refused(format!("{LOCK} {what}"), RELOCK);
    let lock: Value =
        serde_json::from_str(lock).map_err(|error| disagrees(format!("is not JSON: {error}")))?;
    let asked: BTreeMap<String, String> =
        serde_json::from_value(lock["packages"][""]["dependencies"].clone())
            .map_err(|error| disagrees(format!("names no dependencies: {error}")))?;
    if let Some((package, pinned, there)) = difference(&pins.npm, &asked) {
        return Err(disagrees(format!("has {package} {there}, {FILE} {pinned}")));
    }
    let mut node = BTreeMap::new();
    for (folder, entry) in lock["packages"].as_object().into_iter().flatten() {
        if folder.is_empty() {
            continue;
        }
        let version = entry["version"].as_str().unwrap_or_default().to_owned();
        let is_optional = entry["optional"] == true || entry["devOptional"] == true;
        node.insert(
            folder.clone(),
            Locking {
                version,
                is_optional,
            },
        );
    }
    for (package, version) in &pins.npm {
        let there = node.get(&format!("node_modules/{package}"));
        if there.is_none_or(|there| there.version != *version) {
            return Err(disagrees(format!("does not lock {package} {version}")));
        }
    }
    Ok(node)
}

fn locked_python(pins: &Pins, constraints: &str) -> Result<BTreeMap<String, String>, Failure> {
    let disagrees = |what: String| Failure::refused(format!("{CONSTRAINTS} {what}"), RELOCK);
    let mut python = BTreeMap::new();
    for line in constraints.lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let Some((package, version)) = line.split_once("==") else {
            return Err(disagrees(format!("has the line `{line}`")));
        };
        python.insert(normal_name(package), version.to_owned());
    }
    for (package, version) in &pins.pypi {
        match python.get(&normal_name(package)) {
            Some(there) if there == version => {}
            there => {
                let there = there.map_or("not", String::as_str);
                return Err(disagrees(format!(
                    "has {package} {there}, {FILE} {version}"
                )));
            }
        }
    }
    Ok(python)
}

/// The first package in which two lists differ, with both versions.
fn difference<'a>(
    pins: &'a BTreeMap<String, String>,
    there: &'a BTreeMap<String, String>,
) -> Option<(&'a str, &'a str, &'a str)> {
    let version = |list: &'a BTreeMap<String, String>, package: &str| {
        list.get(package).map_or("not", String::as_str)
    };
    pins.keys()
        .chain(there.keys())
        .map(|package| {
            (
                package.as_str(),
                version(pins, package),
                version(there, package),
            )
        })
        .find(|(_, pinned, there)| pinned != there)
}

/// A name as PyPI compares it: `Jinja2` is `jinja2`, `typing_extensions` is `typing-extensions`.
pub fn normal_name(package: &str) -> String {
    let mut normal = String::new();
    for c in package.trim().chars() {
        let c = if "-_.".contains(c) {
            '-'
        } else {
            c.to_ascii_lowercase()
        };
        if !(c == '-' && normal.ends_with('-')) {
            normal.push(c);
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn top() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
    }

    /// A folder with the three files, one of them edited.
    fn edited(file: &str, from: &str, to: &str) -> Result<Locked, String> {
        let folder = tempfile::TempDir::new().unwrap();
        fs::create_dir_all(folder.path().join("openapi/tools")).unwrap();
        for name in [FILE, LOCK, CONSTRAINTS] {
            let text = fs::read_to_string(top().join(name)).unwrap();
            let text = if name == file {
                assert!(text.contains(from), "{from}");
                text.replacen(from, to, 1)
            } else {
                text
            };
            fs::write(folder.path().join(name), text).unwrap();
        }
        read_locked(folder.path()).map_err(|failure| failure.to_string())
    }

    #[test]
    fn the_files_agree() {
        let locked = read_locked(&top()).unwrap();
        assert_eq!(locked.pins.version("yamllint"), Some("1.38.0"));
        assert!(locked.node.len() > locked.pins.npm.len());
        assert!(locked.python.len() > locked.pins.pypi.len());
    }

    #[test]
    fn a_version_that_is_changed_in_one_place_only_is_refused() {
        for (file, from, to) in [
            (
                FILE,
                "openapi-fetch: \"0.17.0\"",
                "openapi-fetch: \"0.18.0\"",
            ),
            (FILE, "yamllint: \"1.38.0\"", "yamllint: \"1.39.0\""),
            (FILE, "pypi:", "  another: \"1.0.0\"\npypi:"),
            (
                LOCK,
                "\"openapi-fetch\": \"0.17.0\"",
                "\"openapi-fetch\": \"0.18.0\"",
            ),
            (LOCK, "\"version\": \"0.17.0\"", "\"version\": \"0.18.0\""),
            (CONSTRAINTS, "yamllint==1.38.0", "yamllint==1.39.0"),
            (CONSTRAINTS, "yamllint==1.38.0\n", ""),
        ] {
            let said = edited(file, from, to).unwrap_err();
            assert!(said.contains("--relock"), "{from}: {said}");
        }
    }

    #[test]
    fn a_range_is_no_version() {
        for range in ["^0.17.0", "latest", "0", "*"] {
            let said = edited(
                FILE,
                "openapi-fetch: \"0.17.0\"",
                &format!("openapi-fetch: \"{range}\""),
            );
            assert!(said.unwrap_err().contains("one exact version"), "{range}");
        }
        let said = edited(FILE, "pypi:", "cargo:").unwrap_err();
        assert!(said.contains("is not a list of versions"), "{said}");
    }

    #[test]
    fn names_are_compared_as_pypi_does() {
        assert_eq!(normal_name("Jinja2"), "jinja2");
        assert_eq!(normal_name("ruamel.yaml"), normal_name("ruamel_-yaml"));
    }
}
