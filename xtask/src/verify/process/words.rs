//! What tools say, to the point.

/// How many lines of a tool's words are shown.
const SHOWN_LINES: usize = 30;

/// A tool's words without colours, frames and blank lines; of long ones the beginning and the end.
pub fn to_the_point(said: &str) -> String {
    let said = without_colour(said);
    let lines: Vec<&str> = said
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty() && !is_frame(line))
        .collect();
    if lines.len() <= SHOWN_LINES {
        return lines.join("\n");
    }
    let half = SHOWN_LINES / 2;
    let left_out = format!("[{} lines]", lines.len() - 2 * half);
    let mut shown = lines[..half].to_vec();
    shown.push(&left_out);
    shown.extend(&lines[lines.len() - half..]);
    shown.join("\n")
}

/// A line of a box that is drawn around a notice.
fn is_frame(line: &str) -> bool {
    line.trim_start().starts_with(['║', '╔', '╚'])
}

/// The text without the escape sequences that colour it.
pub fn without_colour(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        let end = after.find(|c: char| ('@'..='~').contains(&c));
        rest = end.map_or("", |end| &after[end + 1..]);
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_no_colours_frames_or_blank_lines() {
        assert_eq!(
            to_the_point("\u{1b}[31mred\u{1b}[0m\n\n ║ box ║\nend  "),
            "red\nend"
        );
        let long: String = (0..100).map(|line| format!("{line}\n")).collect();
        let shown = to_the_point(&long);
        assert_eq!(shown.lines().count(), SHOWN_LINES + 1);
        assert!(shown.starts_with("0\n") && shown.ends_with("\n99"));
        assert!(shown.contains("\n[70 lines]\n"));
    }
}
