//! The command line's settings file and the baseline of an audit.

use std::path::Path;

use zendesk_oauth_cli::hostile;

use crate::printed::{CANARY, LONGEST, assert_fit_text, assert_steers_nothing};

/// Named in every refusal.
const FILE: &str = "the-file";

/// The first byte says what comes.
pub fn run(data: &[u8]) {
    let Some((&which, rest)) = data.split_first() else {
        return;
    };
    let Ok(text) = str::from_utf8(rest) else {
        return;
    };
    match which {
        b's' => settings(text),
        b'b' => baseline(text),
        _ => {}
    }
}

/// A token may stand anywhere in it, by mistake.
fn settings(text: &str) {
    match hostile::settings(text, Path::new(FILE)) {
        Ok(profiles) => {
            for name in profiles {
                assert_steers_nothing(&name);
                assert!(!name.contains(['/', '\\', '\n']), "{name:?} names a folder");
            }
        }
        Err(said) => {
            assert!(said.contains(FILE), "which file? {said}");
            // Names are shown, so that a mistyped one is found. Values are not.
            assert_fit_text(&said.replace(CANARY, &names(&said, text)));
        }
    }
}

/// A canary stays one, unless it is only ever a name in the text.
fn names(_said: &str, text: &str) -> String {
    let (mut is_value, mut is_name) = (false, false);
    for (name, value) in text.lines().map(str::trim_start).map(parts) {
        is_name |= name.contains(CANARY);
        is_value |= value.contains(CANARY);
    }
    if is_value && !is_name {
        CANARY.to_owned()
    } else {
        String::new()
    }
}

/// The name of a line and what follows it: a quoted name may have `=` in it.
fn parts(line: &str) -> (&str, &str) {
    let quote = line
        .chars()
        .next()
        .filter(|first| matches!(first, '"' | '\''));
    let end = match quote {
        Some(quote) => line[1..].find(quote).map(|end| end + 1),
        None => line.find('='),
    };
    line.split_at(end.unwrap_or(line.len()))
}

fn baseline(text: &str) {
    match hostile::baseline(text, Path::new(FILE)) {
        Ok(written) => {
            let again = hostile::baseline(&written, Path::new(FILE));
            assert_eq!(again, Ok(written));
        }
        Err(said) => {
            assert!(said.contains(FILE), "which file? {said}");
            assert_steers_nothing(&said);
            assert!(said.len() <= LONGEST, "{} bytes", said.len());
        }
    }
}
