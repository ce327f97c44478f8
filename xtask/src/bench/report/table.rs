//! Tables in Markdown.

/// A table, or nothing when it has no rows.
pub(super) fn table(head: &[&str], rows: Vec<Vec<String>>) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut text = line(head.iter().map(|cell| (*cell).to_owned()));
    text.push_str(&line(head.iter().map(|_| "---".to_owned())));
    for row in rows {
        text.push_str(&line(row.into_iter()));
    }
    text.push('\n');
    text
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.map(|cell| escaped(&cell)).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// On one line, and without an end of the cell.
fn escaped(cell: &str) -> String {
    let words: Vec<&str> = cell.split_whitespace().collect();
    words.join(" ").replace('|', "\\|")
}
