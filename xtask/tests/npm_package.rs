//! The npm package: packed, installed and used by Node.
//!
//! Without npm the test says so and does nothing; with `ZENDESK_OAUTH_REQUIRE_SPEC_TOOLS` set it fails instead.

use std::{
    fs,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;
use xtask::spec::{Published, npm};

/// Imports and requires every export, and compares what comes with the file.
const USE: &str = r#"
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
const require = createRequire(process.cwd() + "/");
const name = process.argv[1];
const { exports } = require(`${name}/package.json`);
let used = 0;
for (const [key, target] of Object.entries(exports)) {
  const specifier = name + key.slice(1);
  const text = readFileSync(`node_modules/${name}/${target}`, "utf8");
  if (readFileSync(require.resolve(specifier), "utf8") !== text) throw new Error(`${specifier} is another file`);
  if (target.endsWith(".json")) {
    const imported = (await import(specifier, { with: { type: "json" } })).default;
    for (const value of [require(specifier), imported]) {
      if (!isDeepStrictEqual(value, JSON.parse(text))) throw new Error(`${specifier} is something else`);
    }
  } else if (!/^openapi: /m.test(text)) {
    throw new Error(`${specifier} is no document`);
  }
  used += 1;
}
console.log(used);
"#;

fn run(program: &str, arguments: &[&str], folder: &Path) -> String {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("it starts");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {errors}");
    String::from_utf8(output.stdout).expect("text")
}

fn is_there(program: &str) -> bool {
    let mut command = Command::new(program);
    command
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

#[test]
fn each_export_can_be_imported_and_required_once_installed() {
    if !is_there("npm") || !is_there("node") {
        let required = std::env::var_os("ZENDESK_OAUTH_REQUIRE_SPEC_TOOLS").is_some();
        assert!(!required, "no node or no npm on the PATH");
        // Straight to the stream: what print macros write is shown of failed tests only.
        let _ = writeln!(
            std::io::stderr(),
            "skipped the npm package: no node or no npm on the PATH (apt-get install nodejs npm)"
        );
        return;
    }
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let published = Published::read(&top).expect("the documents");
    let files = npm::files(&top, &published.documents).expect("the package");
    let folder = tempfile::tempdir().expect("a folder");
    let (package, project) = (folder.path().join("npm"), folder.path().join("project"));
    fs::create_dir(&package).expect("a folder");
    fs::create_dir(&project).expect("a folder");
    for (name, bytes) in &files {
        fs::write(package.join(name), bytes).expect("it can be written");
    }
    let described: Value = serde_json::from_slice(&files["package.json"]).expect("JSON");
    let name = described["name"].as_str().expect("a name");

    let packed = run(
        "npm",
        &["pack", "--json", "--pack-destination", ".."],
        &package,
    );
    let packed: Value = serde_json::from_str(&packed).expect("JSON");
    // A list up to npm 11, a map by name after it.
    let packed = packed
        .get(0)
        .or_else(|| packed.get(name))
        .expect("one package");
    let listed = packed["files"].as_array().expect("a list");
    let mut listed: Vec<&str> = listed.iter().filter_map(|it| it["path"].as_str()).collect();
    listed.sort_unstable();
    let expected: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(listed, expected, "everything is packed, and nothing else");

    let archive = folder
        .path()
        .join(packed["filename"].as_str().expect("a file"));
    let archive = archive.to_str().expect("a path in UTF-8");
    fs::write(project.join("package.json"), "{\"private\": true}").expect("written");
    let install = [
        "install",
        "--offline",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        archive,
    ];
    run("npm", &install, &project);
    let used = run(
        "node",
        &["--input-type=module", "--eval", USE, name],
        &project,
    );
    let exports = described["exports"].as_object().expect("a map");
    assert_eq!(used.trim(), exports.len().to_string());
}
