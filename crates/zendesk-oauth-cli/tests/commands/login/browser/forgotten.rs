//! After a logout no token is left on the disk, neither the last pair nor those before.

use std::fs;
use std::path::Path;

use super::{Person, stored};

/// The files below the folder that have the text.
fn with(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(with(&path, text));
        } else {
            let bytes = fs::read(&path).expect("a file");
            if String::from_utf8_lossy(&bytes).contains(text) {
                found.push(path.display().to_string());
            }
        }
    }
    found
}

#[test]
fn a_logout_leaves_no_token_in_any_file() {
    for line in ["logout", "logout --keep-token", "profile remove acme --yes"] {
        let person = Person::who("approve");
        let waiting = person.begins();
        person.goes_home(person.home(&waiting.url));
        person.ended(waiting).exits(0);
        let mut tokens = Vec::new();
        // The pair of the login, and the one that a refresh brings.
        for _ in 0..2 {
            let login = stored(&person.stage, "acme");
            for name in ["access_token", "refresh_token"] {
                tokens.push(login[name].as_str().expect("a token").to_owned());
            }
            let hour = std::time::Duration::from_secs(3_600);
            person.stage.sandbox.clock().advance(hour);
            person.status().exits(0);
        }
        let home = person.stage.home();
        let latest = stored(&person.stage, "acme");
        for name in ["access_token", "refresh_token"] {
            let token = latest[name].as_str().expect("a token").to_owned();
            assert!(!with(home, &token).is_empty(), "the search finds nothing");
            tokens.push(token);
        }
        tokens.sort_unstable();
        tokens.dedup();
        assert_eq!(tokens.len(), 6);
        let command = person.stage.bare(line.split(' '));
        person.stage.ran(command).exits(0);
        for token in &tokens {
            let left = with(home, token);
            assert!(left.is_empty(), "{line} leaves a token in {left:?}");
        }
    }
}
