//! The text of the tables.

use crate::verify::{
    client::SCENARIO,
    limits::{LIMITS, Limit},
    pins::Pins,
    runner::Cell,
    scenario::steps,
    subjects::Subject,
    tool::Tool,
};

/// The tables, without the markers. No times stand in them, so that the same outcome gives the same text.
pub fn render(
    tools: &[Box<dyn Tool>],
    documents: &[Subject],
    cells: &[Cell],
    pins: &Pins,
) -> String {
    let names = documents
        .iter()
        .map(|document| format!("`{}`", document.name));
    let mut text = heading(&["Tool", "Step"], names);
    for tool in tools {
        for (place, step) in tool.steps().iter().enumerate() {
            let head = if place == 0 {
                head(tool.as_ref(), pins)
            } else {
                String::new()
            };
            let row: Vec<String> = documents
                .iter()
                .map(|document| {
                    let cell = cells.iter().find(|cell| {
                        cell.tool == tool.name()
                            && cell.step == *step
                            && cell.document == document.name
                    });
                    words(cell)
                })
                .collect();
            text.push_str(&format!("| {head} | {step} | {} |\n", row.join(" | ")));
        }
    }
    text.push_str("\nEach step of the scenario:\n\n");
    text.push_str(&render_scenario(tools, documents, cells));
    text.push_str("\nWhat they cannot do:\n\n");
    text.push_str(&render_limits(LIMITS));
    text
}

fn heading(fixed: &[&str], others: impl Iterator<Item = String>) -> String {
    let fixed = fixed.iter().map(|name| (*name).to_owned());
    let columns: Vec<String> = fixed.chain(others).collect();
    let rule = " --- |".repeat(columns.len());
    format!("| {} |\n|{rule}\n", columns.join(" | "))
}

/// The scenario, step by step. It passes as a whole only if each of its steps does, and if the limits that show
/// themselves are those that are listed.
fn render_scenario(tools: &[Box<dyn Tool>], documents: &[Subject], cells: &[Cell]) -> String {
    let clients: Vec<&str> = tools
        .iter()
        .filter(|tool| tool.steps().contains(&SCENARIO))
        .map(|tool| tool.name())
        .collect();
    let names = clients.iter().map(|name| (*name).to_owned());
    let mut text = heading(&["Document", "Step"], names);
    for Subject { name, areas, .. } in documents {
        for (place, step) in steps(areas).into_iter().enumerate() {
            let head = match place {
                0 => format!("`{name}`"),
                _ => String::new(),
            };
            let row: Vec<String> = clients
                .iter()
                .map(|client| {
                    let cell = cells.iter().find(|cell| {
                        cell.tool == *client && cell.step == SCENARIO && cell.document == *name
                    });
                    let limit = LIMITS.iter().find(|limit| {
                        let of_document = limit.document.is_none_or(|it| it == name);
                        of_document && limit.tool == *client && limit.step == step
                    });
                    match (cell.map(|cell| &cell.outcome), limit) {
                        (None, _) => "not tried".to_owned(),
                        (Some(Err(_)), _) => "fail".to_owned(),
                        (Some(Ok(_)), None) => "pass".to_owned(),
                        (Some(Ok(_)), Some(limit)) => format!("pass, `{}`", limit.id),
                    }
                })
                .collect();
            text.push_str(&format!("| {head} | {step} | {} |\n", row.join(" | ")));
        }
    }
    text
}

/// The tool and its version.
fn head(tool: &dyn Tool, pins: &Pins) -> String {
    let version = tool
        .packages()
        .first()
        .and_then(|package| pins.version(package));
    format!("{} {}", tool.name(), version.unwrap_or_default())
        .trim_end()
        .to_owned()
}

fn words(cell: Option<&Cell>) -> String {
    match cell.map(|cell| &cell.outcome) {
        None => "not tried".to_owned(),
        Some(Err(_)) => "fail".to_owned(),
        Some(Ok(beside)) if beside.is_empty() => "pass".to_owned(),
        Some(Ok(beside)) => format!("pass: {beside}"),
    }
}

fn render_limits(limits: &[Limit]) -> String {
    if limits.is_empty() {
        return "No limit is known.\n".to_owned();
    }
    let columns = ["Limit", "Tool", "Document", "Step", "What it is"];
    let mut text = heading(&columns, std::iter::empty());
    for limit in limits {
        let document = limit
            .document
            .map_or_else(|| "all that have it".to_owned(), |name| format!("`{name}`"));
        text.push_str(&format!(
            "| `{}` | {} | {document} | {} | {} |\n",
            limit.id, limit.tool, limit.step, limit.text
        ));
    }
    text
}
