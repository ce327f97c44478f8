//! Secrets that a person or a script gives: from a file, standard input, the environment or a hidden prompt. Never
//! from the command line, which others on the machine can read.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read};
use std::path::Path;

use zendesk_oauth::Secret;

use super::terminal;
use crate::failure::Failure;
use crate::files::warn_if_others_can_read;

/// Nothing that is a secret is longer.
const MAX_BYTES: u64 = 64 * 1024;

/// Where a secret may come from.
pub(crate) struct SecretInput<'a> {
    /// What it is, as a prompt and in messages: `the client secret`.
    pub(crate) what: &'a str,
    /// The flag that names a file, such as `--client-secret-file`.
    pub(crate) flag: &'a str,
    /// Its value. `-` is standard input.
    pub(crate) file: Option<&'a Path>,
    /// The variable of the environment.
    pub(crate) variable: &'a str,
}

/// Reads it: the file, else the variable, else a prompt if there is a terminal.
pub(crate) fn read_secret(input: &SecretInput<'_>) -> Result<Secret, Failure> {
    let SecretInput {
        what,
        flag,
        file,
        variable,
    } = input;
    if let Some(file) = file {
        return of_file(what, flag, file);
    }
    match std::env::var_os(variable) {
        Some(value) if !value.is_empty() => {
            let value = value.into_string();
            let value = value.map_err(|_| unfit(what, variable, "it is not UTF-8"))?;
            checked(value).map_err(|problem| unfit(what, variable, problem))
        }
        _ if terminal::is_there() => prompted(what),
        _ => Err(Failure::usage(format!(
            "{what} is missing: give {flag} FILE (`-` is standard input), or set {variable}"
        ))),
    }
}

fn prompted(what: &str) -> Result<Secret, Failure> {
    let line = terminal::ask(&format!("Type or paste {what} (it is not shown): "), true)?;
    checked(line.unwrap_or_default()).map_err(|problem| unfit(what, "the terminal", problem))
}

fn of_file(what: &str, flag: &str, path: &Path) -> Result<Secret, Failure> {
    let is_standard_input = path == Path::new("-");
    if is_standard_input && terminal::is_there() {
        return prompted(what);
    }
    let place = if is_standard_input {
        "standard input".to_owned()
    } else {
        format!("{flag} {}", path.display())
    };
    let line = if is_standard_input {
        first_line(io::stdin().lock())
    } else {
        File::open(path).and_then(|file| {
            if let Ok(found) = file.metadata() {
                warn_if_others_can_read(&found, path);
            }
            first_line(file)
        })
    };
    let line = line.map_err(|error| {
        Failure::usage(format!("{what}: {place} cannot be read")).because(error)
    })?;
    checked(line).map_err(|problem| unfit(what, &place, problem))
}

/// The first line without its end, if it is not too long for a secret.
pub(crate) fn first_line(source: impl Read) -> io::Result<String> {
    let mut line = Vec::new();
    BufReader::new(source.take(MAX_BYTES)).read_until(b'\n', &mut line)?;
    if u64::try_from(line.len()) == Ok(MAX_BYTES) {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "its first line is too long for a secret",
        ));
    }
    if line.last() == Some(&b'\n') {
        line.pop();
        if line.last() == Some(&b'\r') {
            line.pop();
        }
    }
    // The error of the standard library holds no text.
    String::from_utf8(line)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8"))
}

/// Nothing of the text is said.
fn checked(text: String) -> Result<Secret, &'static str> {
    if text.trim().is_empty() {
        return Err("it is empty");
    }
    if text.chars().any(char::is_control) {
        return Err("it has a control character");
    }
    Ok(Secret::from(text))
}

fn unfit(what: &str, place: &str, problem: &str) -> Failure {
    Failure::usage(format!("{what} from {place} cannot be used: {problem}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Secret, Failure> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        std::fs::write(&path, bytes).unwrap();
        of_file("the client secret", "--client-secret-file", &path)
    }

    #[test]
    fn the_first_line_counts_without_its_end() {
        for bytes in [
            &b"CANARY-s3cret"[..],
            b"CANARY-s3cret\n",
            b"CANARY-s3cret\r\nmore\n",
        ] {
            assert_eq!(read(bytes).unwrap().expose(), "CANARY-s3cret");
        }
        assert_eq!(read(b" CANARY \n").unwrap().expose(), " CANARY ");
    }

    #[test]
    fn what_is_no_secret_is_refused_and_not_shown() {
        for (bytes, problem) in [
            (&b""[..], "empty"),
            (b"\nCANARY", "empty"),
            (b" \n", "empty"),
            (b"CANARY\x1b[1m\n", "control character"),
            (b"CANARY\xff\n", "not UTF-8"),
        ] {
            let failure = read(bytes).unwrap_err().to_string();
            assert!(failure.contains(problem), "{failure}");
            assert!(!failure.contains("CANARY"), "{failure}");
            assert!(failure.contains("--client-secret-file"), "{failure}");
        }
    }

    #[test]
    fn an_endless_file_is_not_read_to_its_end() {
        let error = first_line(io::repeat(b'x')).unwrap_err().to_string();
        assert!(error.contains("too long"), "{error}");
    }
}
