//! Redoc, as the package `@redocly/cli` carries it.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use crate::outputs::Failure;

/// Which Redoc [`CHANGES`] are for.
const VERSION: &str = "3.0.1";

/// Where the package is, below the folder of the tools.
const PACKAGE: &str = "node/node_modules/@redocly/cli";

/// Files of the package and their names in the site.
const SCRIPT: (&str, &str) = ("lib/chunks/redoc.standalone.js", "assets/redoc.js");
const NOTICES: [(&str, &str); 2] = [
    ("LICENSE", "assets/redoc.LICENSE.txt"),
    (
        "THIRD_PARTY_NOTICES",
        "assets/redoc.THIRD_PARTY_NOTICES.txt",
    ),
];

/// What is changed of the script, each found exactly once: what for, what is there, what comes instead.
const CHANGES: [(&str, &str, &str); 6] = [
    (
        "browsers load no module from file://",
        "export{RedocStandalone,hydrate,init};",
        "",
    ),
    (
        "only modules have import.meta; this is for Node",
        "import.meta.dirname+`/node/node.mjs`",
        "`/node/node.mjs`",
    ),
    (
        "only modules have import.meta; the worker comes from a blob",
        "import.meta.url.replace(`/worker.js`",
        "document.baseURI.replace(`/worker.js`",
    ),
    (
        "a logo from another host",
        "`https://cdn.redoc.ly/redoc/logo-mini-full.svg`",
        "`data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='40' height='14'%3E%3Ctext y='11' font-family='sans-serif' font-size='11' fill='%234a7fd8'%3ERedocly%3C/text%3E%3C/svg%3E`",
    ),
    (
        "the same logo, smaller",
        "`https://cdn.redoc.ly/redoc/logo-mini.svg`",
        "`data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='40' height='14'%3E%3Ctext y='11' font-family='sans-serif' font-size='11' fill='%234a7fd8'%3ERedocly%3C/text%3E%3C/svg%3E`",
    ),
    (
        "a menu at each heading that opens chat services of other hosts",
        "()=>clearTimeout(o.current),[]),!r)return null;let s=(e,t,r)=>{n.sendPageActionsClickedMessage",
        "()=>clearTimeout(o.current),[]),!0)return null;let s=(e,t,r)=>{n.sendPageActionsClickedMessage",
    ),
];

/// Redoc and its licences, by their path below `site/`. `tools` is where packages are installed.
///
/// # Errors
/// When the package is not installed, or carries another Redoc.
pub fn files(tools: &Path) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let package = tools.join(PACKAGE);
    let (path, text) = read(&package, SCRIPT.0)?;
    let mut files = BTreeMap::from([(SCRIPT.1.to_owned(), classic(&path, &text)?.into_bytes())]);
    for (from, to) in NOTICES {
        let (_, text) = read(&package, from)?;
        files.insert(to.to_owned(), text.into_bytes());
    }
    // The package's notices are of its commands; these are of what the script carries.
    let carried = include_bytes!("notices/redoc.txt");
    files.insert("assets/redoc.NOTICES.txt".to_owned(), carried.to_vec());
    Ok(files)
}

/// Whether the package is there, whatever its version.
pub fn is_installed(tools: &Path) -> bool {
    tools.join(PACKAGE).join(SCRIPT.0).is_file()
}

fn read(package: &Path, name: &str) -> Result<(PathBuf, String), Failure> {
    let path = package.join(name);
    match fs::read_to_string(&path) {
        Ok(text) => Ok((path, text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Failure::refused(
            format!(
                "{} is not there: the site's renderer is not installed",
                path.display()
            ),
            "run `cargo xtask spec --install`, or leave the site out with --no-site",
        )),
        Err(source) => Err(Failure::Io {
            path,
            source,
            way_out: "make the file readable, or install anew with `cargo xtask spec --install`",
        }),
    }
}

/// The module as a script that browsers load from a file, and that asks no other host.
fn classic(path: &Path, module: &str) -> Result<String, Failure> {
    let other = |found: &str| {
        Failure::refused(
            format!("{} is not Redoc {VERSION}: {found}", path.display()),
            "run `cargo xtask spec --install`; if openapi/tools/tools.yaml has another version of @redocly/cli now, \
             bring CHANGES in xtask/src/spec/site/renderer.rs up to date; or leave the site out with --no-site",
        )
    };
    if !module.contains(&format!("* Version: {VERSION}\n")) {
        return Err(other("its head does not name that version"));
    }
    let mut script = module.to_owned();
    for (purpose, from, to) in CHANGES {
        let found = script.matches(from).count();
        if found != 1 {
            return Err(other(&format!(
                "`{from}` is in it {found} times ({purpose})"
            )));
        }
        script = script.replace(from, to);
    }
    let changed: String = CHANGES
        .iter()
        .map(|(purpose, ..)| format!(" * - {purpose}\n"))
        .collect();
    Ok(format!(
        "\"use strict\";\n/* Redoc {VERSION}, changed in these places:\n{changed} * Licences: redoc.LICENSE.txt, \
         redoc.NOTICES.txt. */\n{}\n",
        script.trim_end()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module() -> String {
        let places: Vec<&str> = CHANGES.iter().rev().map(|(_, from, _)| *from).collect();
        format!("/**\n* Version: {VERSION}\n**/\n{}", places.join("\n"))
    }

    #[test]
    fn the_module_becomes_a_script_that_asks_no_other_host() {
        let script = classic(Path::new("redoc.js"), &module()).expect("it is that version");
        assert!(script.starts_with("\"use strict\";\n"));
        for gone in ["export{", "import.meta.", "https://cdn."] {
            assert!(!script.contains(gone), "{gone} is still in {script}");
        }
    }

    #[test]
    fn another_version_is_refused_by_name() {
        let refused = |text: &str| {
            let failure = classic(Path::new("redoc.js"), text).expect_err("refused");
            assert!(!failure.is_verdict());
            failure.to_string()
        };
        assert!(refused("* Version: 3.0.2\n").contains("is not Redoc 3.0.1"));
        let twice = module() + CHANGES[0].1;
        assert!(refused(&twice).contains("2 times"), "{}", refused(&twice));
    }

    #[test]
    fn a_package_that_is_missing_is_named_with_the_way_out() {
        let tools = Path::new("nowhere/spec-tools");
        assert!(!is_installed(tools));
        let text = files(tools).expect_err("nothing is there").to_string();
        for part in ["nowhere/spec-tools/node", "--install", "--no-site"] {
            assert!(text.contains(part), "{text}");
        }
    }
}
