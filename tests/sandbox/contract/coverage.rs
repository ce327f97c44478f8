//! Which documented answers were seen.

use std::collections::{BTreeMap, BTreeSet};

use super::{exchange::Checked, operations::Contract};

/// The checked answers of a run.
#[derive(Debug, Default)]
pub(crate) struct Coverage {
    /// Operation and status; true when the answer was once given without force.
    seen: BTreeMap<(String, u16), bool>,
}

impl Coverage {
    /// Notes an answer. It is `forced` when a fault was injected, so that it came of no rule of the
    /// sandbox.
    pub(crate) fn note(&mut self, checked: &Checked, forced: bool) {
        if let Checked::Operation {
            operation_id,
            status,
        } = checked
        {
            let key = (operation_id.clone(), *status);
            *self.seen.entry(key).or_default() |= !forced;
        }
    }

    /// Every documented operation and every documented status of it that was not exercised.
    ///
    /// A forced answer counts for 429 and 5xx only: load and breakdowns have no other cause here.
    pub(crate) fn missing(&self, contract: &Contract) -> Vec<String> {
        let operations: BTreeSet<&str> = self.seen.keys().map(|(id, _)| id.as_str()).collect();
        let mut missing = Vec::new();
        for (id, statuses) in contract.statuses() {
            if !operations.contains(id) {
                missing.push(format!("{id}: never answered"));
            }
            for status in statuses {
                let may_be_forced = status == 429 || (500..600).contains(&status);
                match self.seen.get(&(id.to_owned(), status)) {
                    None => missing.push(format!("{id} {status}: never seen")),
                    Some(false) if !may_be_forced => {
                        missing.push(format!("{id} {status}: seen only when forced"));
                    }
                    Some(_) => {}
                }
            }
        }
        missing
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn contract() -> Contract {
        let response = json!({"description": ""});
        let root = json!({
            "servers": [{"url": "https://example.com"}],
            "paths": {
                "/one": {"get": {
                    "operationId": "show_one",
                    "responses": {"200": response, "404": response, "429": response, "503": response},
                }},
                "/two": {"get": {"operationId": "show_two", "responses": {"200": response}}},
            },
        });
        Contract::of(&[&root])
    }

    fn coverage(seen: &[(&str, u16, bool)]) -> Coverage {
        let mut coverage = Coverage::default();
        for (operation_id, status, forced) in seen {
            let checked = Checked::Operation {
                operation_id: (*operation_id).to_owned(),
                status: *status,
            };
            coverage.note(&checked, *forced);
        }
        coverage
    }

    #[test]
    fn what_was_not_seen_is_missing() {
        let mut nothing = Coverage::default();
        nothing.note(&Checked::Undescribed, false);
        let missing = [
            "show_one: never answered",
            "show_one 200: never seen",
            "show_one 404: never seen",
            "show_one 429: never seen",
            "show_one 503: never seen",
            "show_two: never answered",
            "show_two 200: never seen",
        ];
        assert_eq!(nothing.missing(&contract()), missing);
    }

    #[test]
    fn nothing_is_missing_when_all_was_seen() {
        let seen = [
            ("show_one", 200, false),
            ("show_one", 404, false),
            ("show_one", 429, false),
            ("show_one", 503, false),
            ("show_two", 200, false),
        ];
        assert_eq!(coverage(&seen).missing(&contract()), [""; 0]);
        for left_out in 0..seen.len() {
            let mut seen = seen.to_vec();
            seen.remove(left_out);
            assert!(
                !coverage(&seen).missing(&contract()).is_empty(),
                "{left_out}"
            );
        }
    }

    #[test]
    fn force_counts_for_load_and_breakdowns_only() {
        let seen = [
            ("show_one", 200, true),
            ("show_one", 404, true),
            ("show_one", 404, false),
            ("show_one", 404, true),
            ("show_one", 429, true),
            ("show_one", 503, true),
            ("show_two", 200, true),
        ];
        let missing = [
            "show_one 200: seen only when forced",
            "show_two 200: seen only when forced",
        ];
        assert_eq!(coverage(&seen).missing(&contract()), missing);
    }
}
