//! Rules about what changed, over made-up inventories.

use super::*;
use crate::audit::baseline::Baseline;

/// The account had such tokens then, and has such now.
fn drift_of(then: &[&TokenFacts], now: &[&TokenFacts]) -> Vec<String> {
    let baseline = |tokens: &[&TokenFacts]| {
        let mut inventory = with_client(clean());
        for token in tokens {
            inventory.tokens.add(token, NOW, THRESHOLDS);
        }
        Baseline::of(&inventory, &[])
    };
    let found = drift(&baseline(then), &baseline(now));
    found
        .into_iter()
        .map(|it| format!("{}: {}", it.what, it.command))
        .collect()
}

#[test]
fn scopes_grow_by_what_no_token_had_be_it_dead_or_alive() {
    let live = token();
    let dead = short_lived(3_600);
    let writing = TokenFacts {
        scopes: vec!["write".to_owned()],
        ..token()
    };
    assert!(drift_of(&[&dead], &[&live]).is_empty());
    assert!(
        drift_of(&[], &[&writing]).is_empty(),
        "none seen is unknown"
    );
    let found = drift_of(&[&dead], &[&live, &writing]);
    let command = "zendesk-oauth revoke plan --where 'client=1 and scope=write' --out plan.jsonl";
    let expected = format!("has tokens with write, which it had not: {command}");
    assert_eq!(found, [expected]);
    // Scopes are free text.
    for (scope, condition) in [
        (
            "x'; rm -rf ~; '",
            r#"client=1 and scope="x'\''; rm -rf ~; '\''""#,
        ),
        ("a\"b", "client=1"),
    ] {
        let odd = TokenFacts {
            scopes: vec![scope.to_owned()],
            ..token()
        };
        let found = drift_of(&[&dead], &[&odd]);
        let command = format!("--where '{condition}' --out");
        assert!(found[0].contains(&command), "{found:?}");
    }
}
