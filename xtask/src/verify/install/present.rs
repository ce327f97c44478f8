//! What is installed, held against what is locked.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::verify::{
    job::Tools,
    pins::{Locked, normal_name},
};

/// Everything of Node that is missing or has another version, in words.
pub fn node_problems(tools: &Tools, locked: &Locked) -> Vec<String> {
    let root = tools.folder.join("node");
    let mut problems = Vec::new();
    for (folder, locking) in &locked.node {
        let package = folder.rsplit("node_modules/").next().unwrap_or(folder);
        match node_version(&root.join(folder)) {
            None if locking.is_optional => {}
            there => compare(&mut problems, package, &locking.version, there.as_deref()),
        }
    }
    problems
}

fn node_version(folder: &Path) -> Option<String> {
    let text = fs::read_to_string(folder.join("package.json")).ok()?;
    let package: Value = serde_json::from_str(&text).ok()?;
    Some(package["version"].as_str()?.to_owned())
}

/// Everything of Python that is missing or has another version, in words.
pub fn python_problems(tools: &Tools, locked: &Locked) -> Vec<String> {
    let root = tools.folder.join("python");
    // The interpreter is a link to that of the machine, which can have gone since.
    if !root.join("bin/python").is_file() {
        return vec!["the Python environment is not installed".to_owned()];
    }
    let there = python_versions(&root);
    let mut problems = Vec::new();
    for (package, version) in &locked.python {
        let found = there.get(package).map(String::as_str);
        compare(&mut problems, package, version, found);
    }
    problems
}

/// Versions by normal name, from the folders `NAME-VERSION.dist-info`.
fn python_versions(root: &Path) -> BTreeMap<String, String> {
    entries(&root.join("lib"))
        .flat_map(|python| entries(&python.join("site-packages")))
        .filter_map(|path| {
            let name = path.file_name()?.to_str()?;
            let (package, version) = name.strip_suffix(".dist-info")?.split_once('-')?;
            Some((normal_name(package), version.to_owned()))
        })
        .collect()
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.filter_map(|entry| Some(entry.ok()?.path()))
}

fn compare(problems: &mut Vec<String>, package: &str, version: &str, there: Option<&str>) {
    match there {
        Some(there) if there == version => {}
        Some(there) => problems.push(format!(
            "{package} {there} is installed, {version} is pinned"
        )),
        None => problems.push(format!("{package} {version} is not installed")),
    }
}
