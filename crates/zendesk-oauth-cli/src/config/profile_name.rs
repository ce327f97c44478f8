//! What a profile can be called: its name is a folder's, too.

/// Says what is wrong with a name.
pub(crate) fn check(name: &str) -> Result<(), String> {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.');
    let begins = name.starts_with(|it: char| it.is_ascii_alphanumeric());
    if begins && name.len() <= 64 && !name.ends_with('.') && name.chars().all(is_plain) {
        return Ok(());
    }
    Err(format!(
        "{} is no name of a profile: 1 to 64 letters, digits, hyphens, underscores and dots, with a letter or a \
         digit first and no dot last",
        crate::text::printable(name)
    ))
}
