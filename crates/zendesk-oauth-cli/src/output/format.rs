//! The forms of data.

use std::ffi::OsString;

use clap::ValueEnum;

/// How data is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Aligned columns, for people
    #[default]
    Table,
    /// One JSON value
    Json,
    /// A JSON value per line, each as soon as it is there
    Ndjson,
}

impl Format {
    /// Whether errors are JSON, too. What was asked for counts even if the arguments are no good.
    pub(crate) fn is_json_asked(arguments: impl IntoIterator<Item = OsString>) -> bool {
        let mut last = false;
        let mut follows = false;
        for argument in arguments {
            let Some(argument) = argument.to_str() else {
                continue;
            };
            if argument == "--" {
                break;
            }
            let value = if follows {
                Some(argument)
            } else {
                argument
                    .strip_prefix("--output=")
                    .or_else(|| argument.strip_prefix("-o="))
                    .or_else(|| argument.strip_prefix("-o").filter(|it| !it.is_empty()))
            };
            if let Some(value) = value {
                last = matches!(value, "json" | "ndjson");
            }
            follows = !follows && matches!(argument, "-o" | "--output");
        }
        last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(line: &str) -> bool {
        Format::is_json_asked(line.split(' ').map(OsString::from))
    }

    #[test]
    fn json_is_asked_for_in_every_spelling() {
        for line in [
            "x -o json",
            "x -ojson",
            "x --output=ndjson",
            "x --output json",
            "x -o=json",
        ] {
            assert!(asked(line), "{line}");
        }
        for line in [
            "x",
            "x -o table",
            "x -- -o json",
            "x -o json -o table",
            "x -o",
        ] {
            assert!(!asked(line), "{line}");
        }
    }
}
