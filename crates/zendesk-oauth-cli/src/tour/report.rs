//! What the tour says at its end.

use std::fmt::Write as _;

use super::colour::Colours;
use super::step::{Deviation, Step};
use super::table::table;
use crate::areas;
use crate::text::{WIDTH, printable, width, wrapped};

/// The steps, and what deviates: a step, or an operation without one.
pub(super) struct Report {
    steps: Vec<Step>,
    deviations: Vec<(&'static str, Deviation)>,
}

impl Report {
    pub(super) fn of(steps: Vec<Step>) -> Self {
        let mut deviations = Vec::new();
        for operation in areas::operations() {
            let own = steps
                .iter()
                .filter(|step| step.operation.id == operation.id);
            let own: Vec<&Step> = own.collect();
            if own.is_empty() {
                let deviation = Deviation {
                    expected: "a call".to_owned(),
                    came: "none: what it needs did not come, or the tour does not know it"
                        .to_owned(),
                };
                deviations.push((operation.id, deviation));
            }
            let found = own.into_iter().filter_map(|step| step.found.as_ref().err());
            deviations.extend(found.map(|deviation| (operation.id, deviation.clone())));
        }
        Self { steps, deviations }
    }

    /// Whether every operation answered as expected.
    pub(super) fn is_complete(&self) -> bool {
        self.deviations.is_empty()
    }

    /// The table, the deviations, and how many operations answered.
    pub(super) fn text(&self, colours: Colours) -> String {
        let mut text = format!("{}\n\n", table(&self.steps, colours));
        for (id, Deviation { expected, came }) in &self.deviations {
            let _ = writeln!(text, "{}", colours.red(id));
            for (title, what) in [("expected: ", expected), ("came:     ", came)] {
                let mut before = format!("    {title}");
                for line in wrapped(&printable(what), WIDTH - width(&before)) {
                    let _ = writeln!(text, "{before}{line}");
                    before = " ".repeat(width(&before));
                }
            }
        }
        if !self.is_complete() {
            text.push('\n');
        }
        let all = areas::operations().count();
        let is_good = |id: &str| {
            self.deviations
                .iter()
                .all(|(deviating, _)| *deviating != id)
        };
        let answered = areas::operations().filter(|it| is_good(it.id)).count();
        let _ = writeln!(text, "{answered} of {all} operations answered");
        text
    }
}
