//! Texts and files of every kind.

use super::{json, refused, state};
use crate::seed::Seed;
use crate::switches::Switches;

#[test]
fn the_starter_seed_has_every_section_of_a_seed() {
    Seed::parse("starter.yaml", Seed::STARTER).unwrap();
    let unknown = refused("nothing: 1");
    for key in unknown
        .way_out()
        .trim_start_matches("the keys are ")
        .split(", ")
    {
        assert!(Seed::STARTER.contains(&format!("\n{key}:")), "{key}");
    }
}

#[test]
fn a_seed_that_is_cut_off_or_changed_anywhere_does_not_panic() {
    let text = Seed::STARTER;
    let plain: String = text
        .lines()
        .filter(|it| !it.starts_with('#'))
        .collect::<Vec<_>>()
        .join("\n");
    for at in 0..=text.len() {
        if text.is_char_boundary(at) {
            let _ = Seed::parse("seed.yaml", &text[..at]);
        }
    }
    // Every fifth place: the whole takes its time without optimisation.
    for at in (0..plain.len()).step_by(5) {
        for put in [
            "\0", "\t", "[", "{", "}", "'", "\"", "&a ", "*a", ":", "- ", "\u{feff}", "\u{2028}",
            "|", "!",
        ] {
            let mut changed = plain.clone();
            changed.insert_str(at, put);
            let _ = Seed::parse("seed.yaml", &changed);
        }
    }
}

#[test]
fn bombs_are_refused() {
    let bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n";
    assert!(refused(bomb).reason().contains("anchors"));
    assert!(
        refused(&"[".repeat(1_000_000))
            .reason()
            .contains("recursion")
    );
    let long = "#".repeat(Seed::LONGEST + 1);
    assert!(refused(&long).reason().contains("longer than 64 MiB"));
}

#[test]
fn a_file_that_is_not_utf8_or_not_there_is_told() {
    let folder = std::env::temp_dir().join(format!("sandbox-seed-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("seed.yaml");
    std::fs::write(&path, b"random: 1\nx\xff").unwrap();
    let error = Seed::read(&path).unwrap_err();
    assert_eq!(
        (error.line(), error.column()),
        (Some(2), Some(2)),
        "{error}"
    );
    let error = Seed::read(folder.join("none.yaml")).unwrap_err();
    assert!(
        error.line().is_none() && error.to_string().contains("cannot be read"),
        "{error}"
    );
    let error = Seed::read(&folder).unwrap_err();
    assert!(error.reason().contains("cannot be read"), "{error}");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn json_is_a_seed_too() {
    let yaml =
        "random: 7\nusers:\n  - {name: \"Zo\\u00eb\", email: zoe@example.com, role: admin}\n";
    let text = "{\n\t\"random\": 7,\n\t\"users\": [\n\t\t{\"name\": \"Zo\\u00eb\", \"email\": \"zoe@example.com\", \"role\": \"admin\"}\n\t]\n}\n";
    assert_eq!(json(&state(yaml)), json(&state(text)));
}

#[test]
fn json_may_write_a_character_as_two_escapes() {
    let text =
        r#"{"users": [{"name": "\ud83d\ude00", "email": "zoe@example.com", "role": "admin"}]}"#;
    let name = |user: &crate::state::User| user.name == "😀";
    assert!(state(text).users.values().any(name));
}

#[test]
fn a_switch_can_be_null() {
    let seed = Seed::parse("seed.yaml", "switches: {last_page_links: null}").expect("a seed");
    let mut expected = Switches::default();
    expected.set("last_page_links", "null").unwrap();
    assert_eq!(seed.switches(), expected);
}
