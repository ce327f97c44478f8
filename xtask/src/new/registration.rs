//! The one line of the workspace that a crate needs.

use crate::outputs::Failure;

/// The text of `Cargo.toml` with a line for the package in `[workspace.dependencies]`, before the first
/// of our crates there that comes after it; every other byte stays.
///
/// # Errors
/// A manifest without that table, without a version, or with that line.
pub(super) fn registered(manifest: &str, package: &str) -> Result<String, Failure> {
    let version =
        version(manifest).ok_or_else(|| not_ours("no version in `[workspace.package]`"))?;
    let mut offset = 0;
    let mut place = None;
    let mut is_inside = false;
    for line in manifest.split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        if line.trim_start().starts_with('[') {
            is_inside = line.trim() == "[workspace.dependencies]";
            if is_inside {
                // Where it stands when there is none of our crates.
                place = Some((offset, false));
            }
        } else if is_inside && let Some((key, _)) = line.split_once('=') {
            let key = key.trim();
            if key == package {
                return Err(Failure::refused(
                    format!("`{package}` is in `[workspace.dependencies]` already"),
                    "choose another name, or remove the line from Cargo.toml; nothing was written",
                ));
            }
            let is_found = matches!(place, Some((_, true)));
            if key.starts_with("zendesk-") && !is_found {
                place = Some((if key > package { start } else { offset }, key > package));
            }
        }
    }
    let (place, _) = place.ok_or_else(|| not_ours("no `[workspace.dependencies]`"))?;
    let end = if manifest.contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let line = format!(
        "{package} = {{ version = \"{version}\", path = \"crates/{package}\", default-features = false }}{end}"
    );
    let (before, after) = manifest.split_at(place);
    let gap = if before.is_empty() || before.ends_with('\n') {
        ""
    } else {
        end
    };
    Ok(format!("{before}{gap}{line}{after}"))
}

fn not_ours(what: &str) -> Failure {
    Failure::refused(
        format!("Cargo.toml at the top has {what}"),
        "run it from a clone of the repository, or give --root; nothing was written",
    )
}

/// The version that all crates have.
fn version(manifest: &str) -> Option<&str> {
    let mut is_inside = false;
    for line in manifest.lines() {
        if line.trim_start().starts_with('[') {
            is_inside = line.trim() == "[workspace.package]";
        }
        if let Some((key, value)) = line.split_once('=')
            && is_inside
            && key.trim() == "version"
        {
            return value.trim().strip_prefix('"')?.strip_suffix('"');
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = "[workspace]\nmembers = []\n\n[workspace.package]\nversion = \"0.2.0\"\n\n\
        [workspace.dependencies]\nzendesk-a = { path = \"a\" }\nzendesk-oauth = \"1\"\n\
        zendesk-core = \"1\"\nzendesk-z = \"1\"\n\nserde = \"1\"\n\n[workspace.lints.rust]\nunsafe_code = \"forbid\"\n";

    fn line_after(manifest: &str, package: &str) -> String {
        let changed = registered(manifest, package).expect("it is registered");
        let new: Vec<&str> = changed.lines().collect();
        let at = new.iter().position(|line| line.starts_with(package));
        let at = at.expect("the line is there");
        let without: Vec<&str> = [&new[..at], &new[at + 1..]].concat();
        assert_eq!(without, manifest.lines().collect::<Vec<_>>());
        assert_eq!(
            new[at],
            format!(
                "{package} = {{ version = \"0.2.0\", path = \"crates/{package}\", default-features = false }}"
            )
        );
        new[at - 1].split(' ').next().unwrap_or_default().to_owned()
    }

    #[test]
    fn the_line_is_sorted_in_among_our_crates() {
        assert_eq!(
            line_after(MANIFEST, "zendesk-0"),
            "[workspace.dependencies]"
        );
        assert_eq!(line_after(MANIFEST, "zendesk-b"), "zendesk-a");
        assert_eq!(line_after(MANIFEST, "zendesk-p"), "zendesk-core");
        assert_eq!(line_after(MANIFEST, "zendesk-zz"), "zendesk-z");
    }

    #[test]
    fn line_ends_stay_as_they_are() {
        let windows = MANIFEST.replace('\n', "\r\n");
        let changed = registered(&windows, "zendesk-b").expect("it is registered");
        assert_eq!(
            changed.matches("\r\n").count(),
            changed.matches('\n').count()
        );
        let none = MANIFEST.split("\n\nserde").next().unwrap_or_default();
        let changed = registered(none, "zendesk-zz").expect("it is registered");
        assert!(
            changed.contains("zendesk-z = \"1\"\nzendesk-zz = "),
            "{changed}"
        );
    }

    #[test]
    fn a_manifest_of_another_kind_is_refused() {
        for (manifest, reason) in [
            ("", "no version"),
            (
                "[workspace.package]\nversion = \"1\"\n",
                "no `[workspace.dependencies]`",
            ),
            (MANIFEST, "already"),
        ] {
            let refusal = registered(manifest, "zendesk-a").expect_err(reason);
            assert!(refusal.to_string().contains(reason), "{refusal}");
        }
    }
}
