//! Columns for people: they fit a terminal, and nothing is cut on the way to a file.

use comfy_table::{ColumnConstraint, ContentArrangement, Row, Table, Width, presets::NOTHING};

use super::terminal::Terminal;
use super::widths::widths;
use crate::text::{padded, width, wrapped};

/// How many lines of a terminal a row takes at most. What is cut ends in an ellipsis.
const LINES: usize = 6;

/// Blanks between columns.
const BETWEEN: u16 = 2;

/// With less room for values they are not wrapped here, but by the terminal.
const LEAST_FOR_VALUES: usize = 20;

/// The table with its header, a line per row; on a terminal long cells are wrapped, and where there is no room for a
/// table, each row is a block of lines.
pub(super) fn table(header: &[String], rows: Vec<Vec<String>>, terminal: &Terminal) -> String {
    let fitting = terminal
        .width
        .map(|width| widths(header, &rows, width, BETWEEN.into()));
    let mut table = Table::new();
    table.load_style(NOTHING);
    table.set_truncation_indicator("…");
    table.set_content_arrangement(ContentArrangement::Disabled);
    let wanted = match fitting {
        Some(None) => return blocks(header, rows, terminal),
        Some(Some(widths)) => widths,
        None => Vec::new(),
    };
    table.set_header(Row::from(header.to_vec()));
    for cells in rows {
        let mut row = Row::from(cells);
        if terminal.width.is_some() {
            row.max_height(LINES);
        }
        table.add_row(row);
    }
    let mut wanted = wanted.into_iter();
    let last = header.len().saturating_sub(1);
    for (at, column) in table.column_iter_mut().enumerate() {
        let padding = if at == last { 0 } else { BETWEEN };
        column.set_padding((0, padding));
        if let Some(width) = wanted.next() {
            let width = u16::try_from(width).unwrap_or(u16::MAX);
            let width = width.saturating_add(padding);
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
        }
    }
    let mut text = String::new();
    for (at, line) in table.lines().enumerate() {
        let line = line.trim_end();
        if at == 0 && terminal.is_colourful {
            text.push_str(&format!("\u{1b}[1m{line}\u{1b}[0m\n"));
        } else {
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

/// Each row as a record, with an empty line between two.
fn blocks(header: &[String], rows: Vec<Vec<String>>, terminal: &Terminal) -> String {
    let blocks = rows.into_iter().map(|cells| {
        let members: Vec<_> = header.iter().cloned().zip(cells).collect();
        record(&members, terminal)
    });
    blocks.collect::<Vec<_>>().join("\n")
}

/// A line per member: its name, and its value in full, which goes on in further lines of a terminal.
pub(super) fn record(members: &[(String, String)], terminal: &Terminal) -> String {
    let widest = members.iter().map(|(name, _)| width(name)).max();
    let widest = widest.unwrap_or_default();
    let room = terminal
        .width
        .map(|all| all.saturating_sub(widest + usize::from(BETWEEN)))
        .filter(|room| *room >= LEAST_FOR_VALUES);
    let between = " ".repeat(BETWEEN.into());
    let mut text = String::new();
    for (name, value) in members {
        let name = padded(name, widest);
        let lines = match room {
            Some(room) if width(value) > room => wrapped(value, room),
            _ => vec![value.clone()],
        };
        for (at, line) in lines.iter().enumerate() {
            let name = match at {
                0 if terminal.is_colourful => format!("\u{1b}[1m{name}\u{1b}[0m"),
                0 => name.clone(),
                _ => padded("", widest),
            };
            text.push_str(&format!("{name}{between}{line}\n"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width;

    fn of(rows: &[&[&str]], terminal: &Terminal) -> String {
        let mut rows = rows
            .iter()
            .map(|row| row.iter().map(|it| (*it).to_owned()).collect());
        let header: Vec<String> = rows.next().expect("a header");
        table(&header, rows.collect(), terminal)
    }

    #[test]
    fn wide_characters_take_two_columns() {
        let text = of(
            &[
                &["name", "id"],
                &["日本語", "1"],
                &["👩‍👩‍👧 ok", "2"],
                &["é", "3"],
            ],
            &Terminal::none(),
        );
        assert_eq!(text, "name    id\n日本語  1\n👩‍👩‍👧 ok   2\né       3\n");
    }

    #[test]
    fn nothing_is_cut_on_the_way_to_a_file() {
        let long = "word ".repeat(200);
        let text = of(&[&["id", "text"], &["1", long.trim()]], &Terminal::none());
        assert_eq!(
            text.lines().nth(1),
            Some(format!("1   {}", long.trim()).as_str())
        );
        assert_eq!(text.lines().count(), 2);
    }

    fn wide(width: usize) -> Terminal {
        Terminal {
            width: Some(width),
            is_colourful: false,
        }
    }

    #[test]
    fn a_table_is_no_wider_than_the_terminal() {
        let long = "word ".repeat(200);
        let unbroken = "x".repeat(300);
        for width_of_terminal in [60, 80, 200] {
            let text = of(
                &[&["identifier", "text", "日本"], &["1", &long, &unbroken]],
                &wide(width_of_terminal),
            );
            for line in text.lines() {
                assert!(
                    width(line) <= width_of_terminal,
                    "{width_of_terminal}: {line}"
                );
            }
            assert!(text.lines().count() <= 1 + LINES);
            assert!(text.starts_with("identifier  text"), "{text}");
        }
    }

    #[test]
    fn where_a_table_has_no_room_each_row_is_a_block() {
        let long = "word ".repeat(10);
        let rows = [&["id", "text"][..], &["1", &long], &["2", "short"]];
        let text = of(&rows, &wide(30));
        assert_eq!(
            text,
            "id    1\ntext  word word word word word\n      word word word word word\n\nid    2\ntext  short\n"
        );
        assert!(of(&[&["a", "b"], &["1", "2"]], &wide(5)).contains('2'));
        assert!(of(&[&["a", "b"], &["1", "2"]], &wide(2)).contains('2'));
    }

    #[test]
    fn ids_stay_whole_while_texts_are_wrapped() {
        let terminal = Terminal {
            width: Some(60),
            is_colourful: false,
        };
        let long = "word ".repeat(20);
        let text = of(&[&["id", "text"], &["28401000000001", &long]], &terminal);
        assert!(text.contains("\n28401000000001  word word"), "{text}");
        assert!(text.lines().count() > 2, "{text}");
    }

    #[test]
    fn a_header_is_bold_where_colours_are_wanted() {
        let terminal = Terminal {
            width: Some(80),
            is_colourful: true,
        };
        let text = of(&[&["a"], &["1"]], &terminal);
        assert_eq!(text, "\u{1b}[1ma\u{1b}[0m\n1\n");
    }
}
