//! A tiny document is added to a copy of the repository, as a person would.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use crate::copy::{difference, make_same};

const TOP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
const DOCUMENT: &str = "openapi/tiny-things.yaml";
const TESTS: &str = "crates/zendesk-tiny-things/tests/document.rs";
const SNAPSHOTS: &str = "tests/suite/tests/every_document/snapshots/every_document__";

/// The copy and what is built of it stay between runs: cargo builds again what has changed.
fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("new-document")
        .join(name)
}

fn run(mut command: Command, copy: &Path) -> Output {
    command
        .current_dir(copy)
        .env("CARGO_TARGET_DIR", kept("target"))
        .env("CARGO_NET_OFFLINE", "true")
        // It is not debugged, and builds in half the time.
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env_remove("CARGO_BUILD_TARGET");
    command.output().unwrap()
}

fn passes(command: Command, copy: &Path) -> String {
    let name = format!("{command:?}");
    let output = run(command, copy);
    let [stdout, stderr] = [&output.stdout, &output.stderr].map(|it| String::from_utf8_lossy(it));
    assert!(output.status.success(), "{name}:\n{stdout}\n{stderr}");
    stdout.into_owned()
}

fn xtask(arguments: &[&str], copy: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments).arg("--root").arg(copy);
    command
}

fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments);
    command
}

fn cargo_test(update: &str) -> Command {
    let packages = [
        "-p",
        "zendesk-tiny-things",
        "-p",
        "zendesk-oauth-document-suite",
    ];
    // Without TLS, as `new` itself.
    let mut command = cargo(&["test", "--quiet", "--offline", "--no-default-features"]);
    command.args(packages).env("INSTA_UPDATE", update);
    command
}

fn edit(copy: &Path, file: &str, before: &str, added: &str) {
    let path = copy.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text.matches(before).count(), 1, "{before:?} in {file}");
    fs::write(path, text.replace(before, &format!("{added}{before}"))).unwrap();
}

/// A second operation, and a property that is a secret.
fn write_the_document(copy: &Path) {
    let operation = "  /api/v2/tiny_things/{tiny_thing_id}:
    delete:
      operationId: delete_tiny_thing
      summary: Delete a tiny thing
      description: |
        Deletes it.

        **Allowed for:** admins
      tags: [Tiny Things]
      x-idempotent: true
      security:
        - bearerAuth: []
      parameters:
        - name: tiny_thing_id
          in: path
          required: true
          description: The id of the thing.
          schema:
            type: integer
            format: int64
          example: 1
      responses:
        '204':
          description: It is deleted.
        '400':
          $ref: '#/components/responses/Forbidden'
        '401':
          $ref: '#/components/responses/Unauthorized'
        '403':
          $ref: '#/components/responses/Forbidden'
        '429':
          $ref: '#/components/responses/TooManyRequests'

";
    edit(copy, DOCUMENT, "components:\n  securitySchemes:", operation);
    let property = "        api_key:
          type: string
          format: password
          description: The key, in full.
          example: CANARY-invented
";
    let before = "      example:\n        id: 1\n        name: invented\n";
    edit(copy, DOCUMENT, before, property);
}

fn drive_the_operation(copy: &Path) {
    let operation = "        .operation(
            \"delete_tiny_thing\",
            call!(|client| client.delete_tiny_thing().tiny_thing_id(ID)),
            Exchange::delete(\"/api/v2/tiny_things/9007199254740993\"),
        )
";
    let before = "        .schema::<types::TinyThingsItem>";
    edit(copy, TESTS, before, operation);
    let path = copy.join(TESTS);
    let text = fs::read_to_string(&path).unwrap();
    fs::write(path, text.replace("Exchange, call}", "Exchange, ID, call}")).unwrap();
}

#[test]
fn a_tiny_document_needs_no_edit_outside_its_own_files_and_one_line() {
    let copy = kept("copy");
    make_same(Path::new(TOP), &copy);

    let said = passes(xtask(&["new", "tiny-things"], &copy), &copy);
    assert!(
        said.contains("What remains:\n 1. Write openapi/tiny-things.yaml"),
        "{said}"
    );
    assert!(said.contains(" 5. cargo xtask spec --verify\n"), "{said}");
    passes(xtask(&["lint"], &copy), &copy);
    passes(xtask(&["gen", "--check"], &copy), &copy);

    write_the_document(&copy);
    passes(xtask(&["gen"], &copy), &copy);
    let undriven = run(cargo_test("always"), &copy);
    let report = String::from_utf8_lossy(&undriven.stdout);
    assert!(
        report.contains("delete_tiny_thing is not driven"),
        "{report}"
    );

    drive_the_operation(&copy);
    passes(cargo_test("always"), &copy);
    passes(cargo_test("no"), &copy);
    passes(xtask(&["gen", "--check"], &copy), &copy);
    passes(
        cargo(&["fmt", "--check", "-p", "zendesk-tiny-things"]),
        &copy,
    );

    let changed = difference(Path::new(TOP), &copy);
    // The crate that carries the documents has copies, which `gen` writes.
    let is_own = |path: &&String| {
        !path.starts_with("crates/zendesk-tiny-things/")
            && !path.starts_with("crates/zendesk-oauth-openapi/documents/")
    };
    let elsewhere: Vec<&str> = changed.iter().filter(is_own).map(String::as_str).collect();
    let expected = [
        "Cargo.lock".to_owned(),
        "Cargo.toml".to_owned(),
        "crates/zendesk-oauth-openapi/src/documents.rs".to_owned(),
        DOCUMENT.to_owned(),
        format!("{SNAPSHOTS}lowered__lowered_tiny_things.snap"),
        format!("{SNAPSHOTS}operation_table__operation_table_of_tiny_things.snap"),
        format!("{SNAPSHOTS}surface__surface_of_tiny_things.snap"),
    ];
    assert_eq!(elsewhere, expected);
    assert_one_line_came(&copy);
    assert_the_bundle_only_grew(&copy);
    let table = format!("{SNAPSHOTS}operation_table__operation_table_of_tiny_things.snap");
    let table = fs::read_to_string(copy.join(table)).unwrap();
    assert!(
        table.contains("DELETE /api/v2/tiny_things/{tiny_thing_id}"),
        "{table}"
    );
}

fn assert_one_line_came(copy: &Path) {
    let [before, after] = [Path::new(TOP), copy].map(|top| {
        let text = fs::read_to_string(top.join("Cargo.toml")).unwrap();
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    });
    let is_new = |line: &&String| line.starts_with("zendesk-tiny-things = ");
    assert_eq!(after.iter().filter(is_new).count(), 1);
    let others: Vec<&String> = after.iter().filter(|line| !is_new(line)).collect();
    assert_eq!(others, before.iter().collect::<Vec<_>>());
}

/// What was published under a name stays there as it was.
fn assert_the_bundle_only_grew(copy: &Path) {
    let [before, after] = [Path::new(TOP), copy].map(|top| {
        let path = "crates/zendesk-oauth-openapi/documents/zendesk-oauth.json";
        let text = fs::read_to_string(top.join(path)).unwrap();
        serde_json::from_str::<serde_json::Value>(&text).unwrap()
    });
    let mut grown = 0;
    let kinds = before["components"].as_object().unwrap().keys();
    let kinds = kinds.map(|kind| format!("/components/{kind}"));
    for holder in kinds.chain(["/paths".to_owned()]) {
        let [before, after] =
            [&before, &after].map(|root| root.pointer(&holder).unwrap().as_object().unwrap());
        for (name, value) in before {
            assert_eq!(after.get(name), Some(value), "{holder}/{name}");
        }
        grown += after.len() - before.len();
    }
    assert!(grown > 3, "nothing of the document is in the bundle");
}
