//! `completions` and `man`.

use crate::common::Stage;

#[test]
fn every_shell_has_a_script_that_knows_the_commands() {
    let stage = Stage::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = stage.ran(stage.bare(["completions", shell])).exits(0);
        for word in ["global-clients", "generate-secret", "columns"] {
            assert!(ran.stdout.contains(word), "{shell}: {word}");
        }
        assert!(ran.stderr.is_empty(), "{}", ran.stderr);
    }
    let ran = stage.ran(stage.bare(["completions", "tcsh"])).exits(2);
    assert!(ran.stderr.contains("bash"), "{}", ran.stderr);
}

#[test]
fn a_shell_understands_its_script() {
    let stage = Stage::new();
    let script = stage.ran(stage.bare(["completions", "bash"])).stdout;
    let file = stage.home().join("completions.bash");
    std::fs::write(&file, script).expect("it can be written");
    let checked = std::process::Command::new("bash")
        .arg("-n")
        .arg(&file)
        .output();
    match checked {
        Ok(output) => assert!(output.status.success(), "{output:?}"),
        Err(_) => eprintln!("skipped: there is no bash"),
    }
}

#[test]
fn there_is_a_page_for_each_command() {
    let stage = Stage::new();
    let ran = stage.ran(stage.bare(["man"])).exits(0);
    assert!(ran.stdout.contains(".TH zendesk-oauth 1"), "{}", ran.stdout);
    assert!(ran.stdout.contains("Exit codes:"), "{}", ran.stdout);

    let ran = stage
        .ran(stage.bare(["man", "--out", "share/man1"]))
        .exits(0);
    assert!(ran.stdout.is_empty(), "{}", ran.stdout);
    for name in [
        "zendesk-oauth",
        "zendesk-oauth-clients-list",
        "zendesk-oauth-man",
    ] {
        let file = stage.home().join("share/man1").join(format!("{name}.1"));
        let page = std::fs::read_to_string(&file).expect(name);
        assert!(page.contains(".TH "), "{name}: {page}");
    }

    std::fs::write(stage.home().join("taken"), "").expect("it can be written");
    let ran = stage.ran(stage.bare(["man", "--out", "taken"])).exits(2);
    assert!(
        ran.stderr.contains("taken cannot be written"),
        "{}",
        ran.stderr
    );
}
