//! The admin's token, where a person fixes it: in a file or the environment, never on the command line,
//! which others on the machine can read.

use std::ffi::OsString;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;

use crate::failure::Failure;

/// The variable of the environment.
pub(super) const VARIABLE: &str = "ZENDESK_SANDBOX_TOKEN";

/// More than any token has.
const LONGEST: u64 = 8 * 1024;

/// The token of the file, or else of the environment, if either is given. An empty variable is none.
pub(super) fn chosen(
    file: Option<&Path>,
    environment: Option<OsString>,
) -> Result<Option<String>, Failure> {
    if let Some(file) = file {
        return of_file(file).map(Some);
    }
    let Some(value) = environment.filter(|value| !value.is_empty()) else {
        return Ok(None);
    };
    let value = value.into_string().unwrap_or_default();
    let token = checked(&value).map_err(|why| Failure::usage(format!("{VARIABLE}: {why}")))?;
    Ok(Some(token.to_owned()))
}

fn of_file(file: &Path) -> Result<String, Failure> {
    let shown = file.display();
    let unreadable =
        |error| Failure::usage_because(format!("{shown}: the token cannot be read"), error);
    let mut line = Vec::new();
    let opened = File::open(file).map_err(unreadable)?;
    BufReader::new(opened.take(LONGEST))
        .read_until(b'\n', &mut line)
        .map_err(unreadable)?;
    let text = String::from_utf8(line).unwrap_or_else(|_| char::REPLACEMENT_CHARACTER.to_string());
    let token = checked(&text).map_err(|why| Failure::usage(format!("{shown}:1: {why}")))?;
    Ok(token.to_owned())
}

fn checked(text: &str) -> Result<&str, &'static str> {
    let token = text.trim();
    if token.is_empty() {
        Err("the line is empty; it should hold the admin's token")
    } else if token.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(token)
    } else {
        Err("a token has no blanks and nothing but ASCII")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(file: Option<&Path>, environment: Option<&str>) -> String {
        let chosen = chosen(file, environment.map(OsString::from));
        chosen.expect_err("a refusal").to_string()
    }

    #[test]
    fn the_file_goes_before_the_environment() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("token");
        std::fs::write(&file, "CANARY-file \r\nsecond line\n").unwrap();
        let environment = || Some(OsString::from("CANARY-environment"));
        let of_file = chosen(Some(&file), environment()).unwrap();
        assert_eq!(of_file.as_deref(), Some("CANARY-file"));
        let of_environment = chosen(None, environment()).unwrap();
        assert_eq!(of_environment.as_deref(), Some("CANARY-environment"));
        assert_eq!(chosen(None, Some(OsString::new())).unwrap(), None);
        assert_eq!(chosen(None, None).unwrap(), None);
    }

    #[test]
    fn a_refusal_names_the_place_and_not_the_token() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("token");
        let missing = message(Some(&file), None);
        assert!(
            missing.starts_with(&format!("{}: ", file.display())),
            "{missing}"
        );
        std::fs::write(&file, "\nCANARY-second").unwrap();
        let empty = message(Some(&file), None);
        assert!(empty.contains("token:1: the line is empty"), "{empty}");
        let blank = message(None, Some("CANARY one"));
        assert_eq!(
            blank,
            "ZENDESK_SANDBOX_TOKEN: a token has no blanks and nothing but ASCII"
        );
    }
}
