//! The list of connections is read to its end, or the audit fails.

use serde_json::{Value, json};

use super::audit;
use crate::common::Stage;

/// Whose first lists of connections are these.
fn listing(answers: &[Value]) -> Stage {
    let faults: String = answers
        .iter()
        .zip(1..)
        .map(|(body, nth)| {
            format!(
                "  - {{operation: list_zis_connections, nth: {nth}, fault: {{status: 200, body: {body}}}}}\n"
            )
        })
        .collect();
    Stage::seeded(&format!("{}\nfaults:\n{faults}", super::GOLDEN))
}

#[test]
fn a_list_that_was_cut_is_not_taken_for_the_whole() {
    for (answer, says) in [
        (
            json!({"oauth": [], "meta": {"has_more": true}}),
            "there is more, but not where",
        ),
        (json!({}), "no list of connections"),
        (json!({"oauth": null}), "no list of connections"),
        (json!([]), "no list of connections"),
        (
            json!({"oauth": [], "meta": {"has_more": "CANARY"}}),
            "whether there is more",
        ),
    ] {
        let stage = listing(std::slice::from_ref(&answer));
        let ran = audit(&stage, "audit --area connections").exits(1);
        assert_eq!(ran.stdout, "", "{answer}");
        let said = ran.stderr.replace(' ', "");
        assert!(said.contains(&says.replace(' ', "")), "{}", ran.stderr);
    }
}

#[test]
fn a_cursor_of_any_name_and_a_link_are_followed() {
    let path = "/api/services/zis/integrations/flows/connections/all?page%5Bafter%5D=lapsed";
    let first = json!([{"name": "endless"}]);
    for more in [
        json!({"oauth": first, "meta": {"has_more": true, "after": "lapsed"}}),
        json!({"oauth": first, "meta": {"has_more": true, "after_cursor": "lapsed"}}),
        json!({"oauth": first, "meta": {"has_more": true}, "links": {"next": path}}),
    ] {
        // The sandbox itself answers with the only one behind that cursor.
        let stage = listing(std::slice::from_ref(&more));
        let ran = audit(&stage, "audit --area connections -o json").exits(0);
        assert_eq!(ran.json()["counts"]["connections"], 2, "{more}");
    }
}

#[test]
fn cursors_that_lead_round_in_a_circle_are_a_failure() {
    let page = |after: &str| json!({"oauth": [], "meta": {"has_more": true, "after": after}});
    let stage = listing(&[page("A"), page("B"), page("A")]);
    let ran = audit(&stage, "audit --area connections").exits(1);
    assert_eq!(ran.stdout, "");
    assert!(ran.stderr.contains("circle"), "{}", ran.stderr);
}
