//! What is said when arguments are no good. What was typed is not repeated where it may be a secret.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};
use zendesk_oauth_core::printable_input;

use crate::failure::Failure;
use crate::output::is_secret;

/// What is shorter is no token, and may be a part of any word of the message.
const SHORTEST: usize = 6;
/// What stands in the place of an argument.
const HIDDEN: &str = "[not shown]";

/// The refusal, as it is printed: one for people has usage and hints in lines of their own.
pub(crate) enum Refusal {
    /// Text for standard error.
    Text(String),
    /// A failure like all others.
    Failure(Failure),
}

/// Of arguments that were refused. `root` is the tree of commands, `argv` has the name of the program first.
pub(crate) fn refusal(error: &Error, root: &Command, argv: &[String], as_json: bool) -> Refusal {
    if let Some(failure) = secret_on_the_command_line(error, root, argv) {
        return Refusal::Failure(failure);
    }
    let text = in_plain_words(&without_values(&error.render().to_string(), argv));
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand && as_json {
        let failure = Failure::usage("a command is missing");
        return Refusal::Failure(failure.advise("see --help"));
    }
    if as_json {
        Refusal::Failure(in_one_line(&text))
    } else {
        Refusal::Text(text)
    }
}

/// `--token X` and the like: everybody on the machine can read it, and shells remember it.
fn secret_on_the_command_line(error: &Error, root: &Command, argv: &[String]) -> Option<Failure> {
    if error.kind() != ErrorKind::UnknownArgument {
        return None;
    }
    let Some(ContextValue::String(argument)) = error.get(ContextKind::InvalidArg) else {
        return None;
    };
    let flag = argument.split('=').next()?;
    let name = flag.strip_prefix("--").filter(|name| is_secret(name))?;
    let file = format!("{name}-file");
    let takes_a_file = called(root, argv)
        .get_arguments()
        .any(|it| it.get_long() == Some(&file));
    let instead = if takes_a_file {
        format!(
            "use --{file} FILE, `--{file} -` for standard input, or a variable of the environment"
        )
    } else {
        "use a file, a variable of the environment or the profile".to_owned()
    };
    let what = "secrets are not taken from the command line, which others can read";
    Some(Failure::usage(format!("{flag}: {what}")).advise(format!("{instead} (see --help)")))
}

/// The command that the arguments lead to.
fn called<'a>(root: &'a Command, argv: &[String]) -> &'a Command {
    let words = argv.iter().skip(1);
    words.fold(root, |command, word| {
        command.find_subcommand(word).unwrap_or(command)
    })
}

/// The text without those arguments, and values after `=`, that may be secrets.
fn without_values(text: &str, argv: &[String]) -> String {
    let mut values: Vec<&str> = argv.iter().skip(1).filter_map(|it| value_of(it)).collect();
    values.sort_by_key(|value| std::cmp::Reverse(value.len()));
    let may_be_secret = |value: &&str| value.len() >= SHORTEST && printable_input(value) == HIDDEN;
    let mut text = text.to_owned();
    for value in values.into_iter().filter(may_be_secret) {
        text = text.replace(value, HIDDEN);
    }
    text.chars()
        .map(|it| match it {
            '\n' => it,
            it => crate::text::printable(it.encode_utf8(&mut [0; 4]))
                .chars()
                .next()
                .unwrap_or(it),
        })
        .collect()
}

/// The text without the words of Rust's own parsers.
fn in_plain_words(text: &str) -> String {
    let plain = [
        ("invalid digit found in string", "a whole number is wanted"),
        (
            "cannot parse integer from empty string",
            "a whole number is wanted",
        ),
        (
            "number too large to fit in target type",
            "the number is too large",
        ),
        (
            "number too small to fit in target type",
            "the number is too small",
        ),
    ];
    plain
        .into_iter()
        .fold(text.to_owned(), |text, (rust, plain)| {
            text.replace(rust, plain)
        })
}

/// What may be a secret of an argument: the whole, or of a flag what is behind `=` or a single letter.
fn value_of(argument: &str) -> Option<&str> {
    let Some(flag) = argument.strip_prefix('-') else {
        return Some(argument);
    };
    match flag.strip_prefix('-') {
        Some(long) => long.split_once('=').map(|(_, value)| value).or_else(|| {
            // No flag is that long, or has such letters.
            (printable_input(long) == HIDDEN).then_some(long)
        }),
        None => flag.char_indices().nth(1).map(|(at, _)| &flag[at..]),
    }
}

/// `error: …` is what happened; of what follows, the tips are what to do.
fn in_one_line(text: &str) -> Failure {
    let mut paragraphs = text.trim().split("\n\n");
    let first = paragraphs.next().unwrap_or_default();
    let first = first.strip_prefix("error: ").unwrap_or(first);
    let tips = paragraphs.filter_map(|it| it.trim().strip_prefix("tip: "));
    let tips: Vec<String> = tips.map(joined).collect();
    let failure = Failure::usage(joined(first));
    if tips.is_empty() {
        failure.advise("see --help")
    } else {
        failure.advise(tips.join("; "))
    }
}

fn joined(lines: &str) -> String {
    lines.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::arguments::Arguments;

    fn refused(words: &[&str], as_json: bool) -> String {
        let argv: Vec<String> = ["zendesk-oauth"]
            .iter()
            .chain(words)
            .map(|it| (*it).to_owned())
            .collect();
        let error = match Arguments::try_parse_from(&argv) {
            Ok(_) => panic!("{words:?} are refused"),
            Err(error) => error,
        };
        match refusal(&error, &crate::arguments::command(), &argv, as_json) {
            Refusal::Text(text) => text,
            Refusal::Failure(failure) => failure.to_string(),
        }
    }

    #[test]
    fn a_number_that_is_none_is_refused_in_plain_words() {
        for (value, told) in [
            ("x", "whole number"),
            ("", "whole number"),
            ("99999999999", "0..=65535"),
        ] {
            let text = refused(&["sandbox", "--port", value], false);
            assert!(text.contains(told) && !text.contains("digit"), "{text}");
        }
    }

    #[test]
    fn what_was_typed_is_not_repeated_where_it_may_be_a_secret() {
        for words in [
            &["--token", "CANARY"][..],
            &["sandbox", "--token=CANARY"],
            &["sandbox", "--client-secret", "CANARY"],
            &["sandbox", "--password", "CANARY"],
            &["sandbox", "CANARY"],
            &["CANARY"],
            &["sandbox", "-xCANARY"],
            &["sandbox", "--CANARY"],
            &["sandbox", "--port", "CANARY"],
            &["sandbox", "--port=CANARY"],
            &["sandbox", "--nonsense=CANARY"],
            &["config", "explain", "-o", "CANARY"],
            &["sandbox", "--", "CANARY"],
        ] {
            for as_json in [false, true] {
                let text = refused(words, as_json);
                assert!(!text.contains("CANARY"), "{words:?}: {text}");
                assert!(!as_json || !text.contains('\n'), "{words:?}: {text}");
            }
        }
    }

    #[test]
    fn flags_that_would_take_secrets_name_the_way_in() {
        let text = refused(&["sandbox", "--token", "CANARY"], false);
        assert!(
            text.starts_with("--token: secrets are not taken from the command line"),
            "{text}"
        );
        assert!(text.contains("use --token-file FILE"), "{text}");
    }

    #[test]
    fn harmless_words_are_repeated() {
        let text = refused(&["sandbox", "--prot", "1"], false);
        assert!(
            text.contains("'--prot'") && text.contains("'--port'"),
            "{text}"
        );
        let text = refused(&["cleints"], true);
        assert!(
            text.starts_with("unrecognized subcommand 'cleints'; "),
            "{text}"
        );
        assert!(text.contains("'clients'"), "{text}");
    }
}
