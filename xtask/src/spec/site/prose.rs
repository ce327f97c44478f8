//! Markdown of descriptions as plain text.

/// The paragraphs, each on one line and without marks of Markdown.
pub(super) fn paragraphs(markdown: &str) -> Vec<String> {
    markdown
        .split("\n\n")
        .map(|paragraph| plain(&paragraph.split_whitespace().collect::<Vec<_>>().join(" ")))
        .filter(|paragraph| !paragraph.is_empty())
        .collect()
}

/// The first paragraph, or nothing.
pub(super) fn first_paragraph(markdown: &str) -> String {
    paragraphs(markdown).into_iter().next().unwrap_or_default()
}

/// Without the marks of bold, italics and code, and the brackets of addresses.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut in_code = false;
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        rest = &rest[letter.len_utf8()..];
        match letter {
            '`' => in_code = !in_code,
            '*' if !in_code => {}
            '<' if !in_code && rest.starts_with("http") => {
                let (address, after) = rest.split_once('>').unwrap_or((rest, ""));
                plain.push_str(address);
                rest = after;
            }
            _ => plain.push(letter),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_what_stands_in_code_stays() {
        let text = "**Allowed for:** `a*b` and\n*others*, see <https://example.com/a>.\n\n\nThe `<second>` 1 < 2.\n";
        assert_eq!(
            paragraphs(text),
            [
                "Allowed for: a*b and others, see https://example.com/a.",
                "The <second> 1 < 2."
            ]
        );
        assert_eq!(first_paragraph(""), "");
        assert_eq!(first_paragraph("<http and `é"), "http and `é");
    }
}
