//! Plans that are not as they were written.

use std::fs;

use super::Watched;

#[test]
fn a_damaged_plan_another_account_s_and_another_format_s_are_refused() {
    let watched = Watched::new();
    watched.plan("idle>90d");
    let plan = fs::read_to_string(watched.file("plan.jsonl")).unwrap();
    let cases = [
        (String::new(), "is empty"),
        ("{}\n".to_owned(), "line 1: this is not the header"),
        (plan.replace("\"format\":1", "\"format\":9"), "the format 9"),
        (
            plan.replace("\"condition\":\"idle", "\"condition\":\"idel"),
            "at character 1",
        ),
        (
            plan.replace("http://", "http://other."),
            "is a plan for http://other.",
        ),
        (format!("{plan}{{\"id\":"), "line 5: this is no token"),
        (
            format!("{plan}{}", plan.lines().last().unwrap()),
            "line 5: token",
        ),
    ];
    for (text, part) in cases {
        fs::write(watched.file("plan.jsonl"), text).unwrap();
        let ran = watched.stage.run("revoke apply plan.jsonl --yes").exits(2);
        assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
    }
    watched.stage.run("revoke apply missing --yes").exits(2);
    assert!(watched.revoked().is_empty());
    assert!(!watched.file("plan.jsonl.journal").exists());
}

#[test]
fn what_somebody_wrote_into_a_plan_does_not_steer_the_terminal() {
    let watched = Watched::new();
    watched.plan("idle>90d");
    let plan = fs::read_to_string(watched.file("plan.jsonl")).unwrap();
    let steering = r"\u001b[31m\u0007\u009b2J\u202e\r\n";
    for (before, part) in [
        ("\"of_client\":\"", "this is no token"),
        ("\"account\":\"http", "is a plan for"),
        ("\"condition\":\"", "the condition of the plan is damaged"),
        ("{\"", "line 1: this is not the header"),
    ] {
        let changed = plan.replacen(before, &format!("{before}{steering}"), 1);
        assert_ne!(changed, plan, "{before}");
        fs::write(watched.file("plan.jsonl"), changed).unwrap();
        for output in ["", " -o json"] {
            let line = format!("revoke apply plan.jsonl --yes{output}");
            let ran = watched.stage.run(&line).exits(2);
            assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
            let steers =
                |letter: char| (letter.is_control() && letter != '\n') || letter == '\u{202e}';
            let said = ran.stdout + &ran.stderr;
            assert!(!said.contains(steers), "{before}: {said:?}");
        }
    }
    assert!(watched.revoked().is_empty());
}
