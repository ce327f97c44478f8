//! What a scenario program prints, held against the steps that it must do.

use crate::verify::job::Area;

/// The steps of the scenario in their order. `tests/generators/README.md` says what each asserts.
pub const STEPS: [(Area, &str); 16] = [
    (Area::Support, "create"),
    (Area::Support, "secret-once"),
    (Area::Support, "list-pages"),
    (Area::Support, "update"),
    (Area::Support, "generate-secret"),
    (Area::Support, "not-found"),
    (Area::Support, "unprocessable"),
    (Area::Support, "too-many-requests"),
    (Area::Support, "delete"),
    (Area::Zis, "start"),
    (Area::Zis, "redirect"),
    (Area::Zis, "exchange"),
    (Area::Zis, "show"),
    (Area::Zis, "refresh"),
    (Area::Chat, "list"),
    (Area::Chat, "revoke"),
];

/// What every secret of the sandbox's seed begins with.
pub const CANARY: &str = "CANARY";

/// A limit that showed itself: the step, and the id in the table of limits.
pub type Shown = (String, String);

/// The steps of these areas.
pub fn steps(areas: &[Area]) -> Vec<&'static str> {
    STEPS
        .iter()
        .filter(|(area, _)| areas.contains(area))
        .map(|(_, step)| *step)
        .collect()
}

/// Holds the lines of a program that ended well against the steps of `areas`, and gives the limits it met.
///
/// # Errors
/// A step that failed, is missing, is none of these or stands in the wrong place; a line that is none of the protocol.
pub fn judge(printed: &str, areas: &[Area]) -> Result<Vec<Shown>, String> {
    let expected = steps(areas);
    let mut passed = 0;
    let mut shown: Vec<Shown> = Vec::new();
    for line in printed.lines().map(str::trim_end) {
        let next = expected.get(passed).copied();
        if let Some(step) = line.strip_prefix("pass ") {
            if Some(step) != next {
                let next = next.unwrap_or("the end");
                return Err(format!("`{line}` where {next} was to come"));
            }
            passed += 1;
        } else if let Some(limit) = line.strip_prefix("limit ") {
            let Some((step, id)) = limit.split_once(": ") else {
                return Err(format!("`{line}` is not `limit STEP: ID`"));
            };
            // Beside the line of its step: before it or after it.
            let last = passed.checked_sub(1).map(|last| expected[last]);
            if Some(step) != next && Some(step) != last {
                return Err(format!("`{line}` does not stand beside its step"));
            }
            shown.push((step.to_owned(), id.to_owned()));
        } else if line.starts_with("fail ") {
            return Err(line.to_owned());
        } else if !line.is_empty() {
            return Err(format!("`{line}` is neither pass, fail nor limit"));
        }
    }
    match expected.get(passed) {
        Some(step) => Err(format!("step {step} is missing")),
        None => Ok(shown),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const CHAT: &[Area] = &[Area::Chat];

    #[test]
    fn the_steps_are_those_of_the_description() {
        let readme = include_str!("../../../tests/generators/README.md");
        let described: Vec<(&str, &str)> = readme
            .lines()
            .filter_map(|line| line.strip_prefix("| ")?.split_once(" `"))
            .filter_map(|(area, rest)| Some((area, rest.split_once('`')?.0)))
            .collect();
        let listed = STEPS.map(|(area, step)| (area.word(), step));
        assert_eq!(described, listed);
    }

    #[test]
    fn a_step_has_a_name_of_its_own() {
        let names: BTreeSet<&str> = STEPS.iter().map(|(_, step)| *step).collect();
        assert_eq!(names.len(), STEPS.len());
    }

    #[test]
    fn every_step_in_order_is_a_pass() {
        assert_eq!(judge("pass list\npass revoke\n", CHAT), Ok(vec![]));
    }

    #[test]
    fn limits_stand_beside_their_step() {
        let shown = Ok(vec![("revoke".to_owned(), "some-id".to_owned())]);
        assert_eq!(
            judge("pass list\npass revoke\nlimit revoke: some-id\n", CHAT),
            shown
        );
        assert_eq!(
            judge("pass list\nlimit revoke: some-id\npass revoke\n", CHAT),
            shown
        );
        let said = judge("limit revoke: some-id\npass list\npass revoke\n", CHAT).unwrap_err();
        assert!(said.contains("beside its step"), "{said}");
    }

    #[test]
    fn nothing_else_is_a_pass() {
        for (printed, because) in [
            ("", "step list is missing"),
            ("pass list\n", "step revoke is missing"),
            (
                "pass revoke\npass list\n",
                "`pass revoke` where list was to come",
            ),
            (
                "pass list\npass list\n",
                "`pass list` where revoke was to come",
            ),
            (
                "pass list\npass revoke\npass revoke\n",
                "where the end was to come",
            ),
            (
                "pass list\npass revoke\npass create\n",
                "where the end was to come",
            ),
            (
                "pass list\nfail revoke: 204 was expected, 500 came\n",
                "fail revoke: 204",
            ),
            ("pass list\nhello\n", "neither pass, fail nor limit"),
            ("limit list\n", "is not `limit STEP: ID`"),
        ] {
            let said = judge(printed, CHAT).unwrap_err();
            assert!(said.contains(because), "{printed:?}: {said}");
        }
    }
}
