//! Fills templates.

/// The template with each `{{name}}` replaced by its value. What values contain is not looked at again.
pub(super) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after
            .split_once("}}")
            .expect("templates close what they open");
        let (_, value) = values
            .iter()
            .find(|(known, _)| *known == name)
            .expect("templates name values that are given");
        filled.push_str(before);
        filled.push_str(value);
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// Text as it stands in HTML, in content and in quoted attributes.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_put_in_once_and_markup_in_them_is_text() {
        let filled = fill(
            "<p>{{a}}, {{b}}</p>",
            &[("a", "{{b}}"), ("b", &escaped("<i> & \"x\""))],
        );
        assert_eq!(filled, "<p>{{b}}, &lt;i&gt; &amp; &quot;x&quot;</p>");
    }
}
