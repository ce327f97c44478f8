//! What of a document's introduction stands at its tag.

/// `text` without the sections that `general` has too.
///
/// A section begins with a paragraph that begins in bold, `**Secrets.** …`, and reaches to the next of those, lists and
/// all. Two are the same section when the bold words are the same.
pub(super) fn without_sections_of(general: &str, text: &str) -> String {
    let known: Vec<&str> = paragraphs(general).filter_map(lead).collect();
    let mut is_kept = true;
    let kept: Vec<&str> = paragraphs(text)
        .filter(|paragraph| {
            if let Some(lead) = lead(paragraph) {
                is_kept = !known.contains(&lead);
            }
            is_kept
        })
        .collect();
    kept.join("\n\n")
}

fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.split("\n\n")
        .map(|paragraph| paragraph.trim_matches('\n'))
        .filter(|paragraph| !paragraph.is_empty())
}

/// The bold words that a paragraph begins with.
fn lead(paragraph: &str) -> Option<&str> {
    let (lead, _) = paragraph.strip_prefix("**")?.split_once("**")?;
    Some(lead)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_that_the_bundle_has_is_left_out_with_its_lists_and_the_rest_stays() {
        let general = "All.\n\n**Origin.** Merged.\n\n**Sources.** Elsewhere.\n";
        let own = "About a.\n\n**Origin.** Written.\n\nFrom:\n\n- one;\n- two.\n\n**The flow.**\n\n1. Start.\n\n\
                   **Sources.** These:\n\n- a page.\n";
        assert_eq!(
            without_sections_of(general, own),
            "About a.\n\n**The flow.**\n\n1. Start."
        );
    }

    #[test]
    fn bold_words_elsewhere_in_a_paragraph_and_other_words_begin_no_known_section() {
        let general = "**Secrets.** Kept.\n\n**Origin.** Merged.\n";
        let own =
            "See **Secrets.**\n\n**Secrets of ours.** Own.\n\n  **Origin.** Indented.\n\n**Open";
        assert_eq!(without_sections_of(general, own), own);
    }
}
