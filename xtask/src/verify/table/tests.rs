use std::path::PathBuf;

use super::*;
use crate::verify::{
    pins,
    runner::Cell,
    subjects::{self, Subject},
    tool::{self, Tool},
};

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What a new document, tool, version or limit asks for.
const HOW: &str = "the table of openapi/README.md is written by a run of all tools: `cargo xtask spec --install` first \
    (it installs them), then `cargo xtask spec --verify`, and look at its diff";

/// The cells of the committed table, read by their place in it.
fn committed(tools: &[Box<dyn Tool>], documents: &[Subject], text: &str) -> Vec<Cell> {
    let first = text.split("\nEach step").next().unwrap_or_default();
    let mut rows = first.lines().filter(|line| line.starts_with("| ")).skip(2);
    let mut cells = Vec::new();
    for tool in tools {
        for step in tool.steps() {
            let row: Vec<&str> = rows
                .next()
                .unwrap_or_default()
                .split(" | ")
                .skip(2)
                .collect();
            for (document, words) in documents.iter().zip(row) {
                let words = words.trim_end_matches(" |");
                let outcome = match words.split_once("pass: ") {
                    Some((_, beside)) => Ok(beside.to_owned()),
                    None if words == "pass" => Ok(String::new()),
                    None => Err(words.to_owned()),
                };
                cells.push(Cell {
                    tool: tool.name(),
                    document: document.name.clone(),
                    step,
                    outcome,
                });
            }
        }
    }
    cells
}

/// A version that was raised, a tool or document that was added, a limit that came: the table tells of none of
/// them until it is written anew.
#[test]
fn the_committed_table_is_of_these_tools_versions_documents_and_limits() {
    let tools = tool::all();
    let folder = tempfile::TempDir::new().unwrap();
    let documents = subjects::build(&top(), folder.path()).unwrap();
    let text = fs::read_to_string(top().join(FILE)).unwrap();
    let (_, there, _) = parts(&text).expect("the markers stand in the file");
    let cells = committed(&tools, &documents, there);
    assert!(
        cells.iter().all(|cell| cell.outcome.is_ok()),
        "not every cell is a pass: {HOW}"
    );
    let expected = render(&tools, &documents, &cells, &pins::read(&top()).unwrap());
    assert_eq!(there.trim(), expected.trim(), "{HOW}");
}

#[test]
fn every_package_is_used_by_a_tool() {
    let pins = pins::read(&top()).unwrap();
    let tools = tool::all();
    let used: Vec<&str> = tools
        .iter()
        .flat_map(|tool| tool.packages())
        .copied()
        .collect();
    for package in pins.npm.keys().chain(pins.pypi.keys()) {
        assert!(used.contains(&package.as_str()), "no tool uses {package}");
    }
    for package in used {
        assert!(pins.version(package).is_some(), "{package} is not pinned");
    }
}

#[test]
fn tables_stand_between_the_markers_and_are_compared() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join(FILE);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, "before\n").unwrap();
    let said = write(folder.path(), "table").unwrap_err().to_string();
    assert!(said.contains("has no place for the table"), "{said}");
    fs::write(&path, format!("before\n\n{BEGIN}\n{END}\n\nafter\n")).unwrap();
    let verdict = check(folder.path(), "table\n").unwrap_err();
    assert!(
        verdict.is_verdict() && verdict.to_string().contains("+table"),
        "{verdict}"
    );
    write(folder.path(), "table\n").unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(
        text,
        format!("before\n\n{BEGIN}\n\ntable\n\n{END}\n\nafter\n")
    );
    check(folder.path(), "table\n").unwrap();
    write(folder.path(), "table\n").unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

/// A tool of two steps; the second drives a client, as the tables tell of it.
struct Fake;

impl Tool for Fake {
    fn name(&self) -> &'static str {
        "openapi-generator-ruby"
    }
    fn packages(&self) -> &'static [&'static str] {
        &[]
    }
    fn needs(&self) -> &'static [tool::Need] {
        &[]
    }
    fn steps(&self) -> &'static [&'static str] {
        &["generate", crate::verify::client::SCENARIO]
    }
    fn run(&self, _: &str, _: &crate::verify::job::Job) -> Result<String, String> {
        unreachable!("tables are made of cells")
    }
}

#[test]
fn only_what_passed_is_called_a_pass() {
    let tools: Vec<Box<dyn Tool>> = vec![Box::new(Fake)];
    let documents = ["one", "two", "three"].map(|name| Subject {
        name: name.to_owned(),
        file: PathBuf::new(),
        areas: vec![crate::verify::job::Area::Chat],
    });
    let cell = |document: &str, step, outcome| Cell {
        tool: "openapi-generator-ruby",
        document: document.to_owned(),
        step,
        outcome,
    };
    let scenario = crate::verify::client::SCENARIO;
    let cells = [
        cell("one", "generate", Ok(String::new())),
        cell("one", scenario, Ok("2 steps".to_owned())),
        cell("two", "generate", Ok(String::new())),
        cell("two", scenario, Err("because".to_owned())),
    ];
    let pins = pins::read(&top()).unwrap();
    let text = render(&tools, &documents, &cells, &pins);
    for row in [
        "| openapi-generator-ruby | generate | pass | pass | not tried |",
        "|  | scenario | pass: 2 steps | fail | not tried |",
        "| `one` | list | pass |",
        "| `two` | list | fail |",
        "| `three` | list | not tried |",
    ] {
        assert!(text.contains(row), "{row} is not in:\n{text}");
    }
}
