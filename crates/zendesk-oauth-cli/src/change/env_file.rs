//! A file of lines `NAME=VALUE`, as shells, Docker and dotenv read it, with one value changed. No IO.

/// The text with the variable set. All else stays as it is: order, comments, line ends, `export`, the quotes around the old value.
/// A name that is set several times is set so each time, since readers differ in which one counts. A quote that
/// is not closed is an error.
pub(super) fn with(text: &str, name: &str, value: &str) -> Result<String, &'static str> {
    let mut out = String::with_capacity(text.len() + name.len() + value.len() + 2);
    let mut is_set = false;
    let mut rest = text;
    while !rest.is_empty() {
        let line = rest.split_inclusive('\n').next().unwrap_or(rest);
        let Some((found, start)) = assignment(line) else {
            out.push_str(line);
            rest = &rest[line.len()..];
            continue;
        };
        let old = Value::at(&rest[start..])?;
        let end = start + old.length;
        if found == name {
            is_set = true;
            out.push_str(&rest[..start]);
            out.push_str(&written(value, old.quote));
        } else {
            out.push_str(&rest[..end]);
        }
        // What stands behind the value: a comment, the line end.
        let tail = rest[end..].split_inclusive('\n').next().unwrap_or_default();
        out.push_str(tail);
        rest = &rest[end + tail.len()..];
    }
    if !is_set {
        let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        if !out.is_empty() && !out.ends_with('\n') {
            out.push_str(line_end);
        }
        out.push_str(&format!("{name}={}{line_end}", written(value, None)));
    }
    Ok(out)
}

/// The value of a variable. Of several, the last one counts. There is none behind a quote that is not closed.
pub(crate) fn get(text: &str, name: &str) -> Option<String> {
    let mut last = None;
    let mut rest = text;
    while !rest.is_empty() {
        let line = rest.split_inclusive('\n').next().unwrap_or(rest);
        let Some((found, start)) = assignment(line) else {
            rest = &rest[line.len()..];
            continue;
        };
        let Ok(value) = Value::at(&rest[start..]) else {
            break;
        };
        let end = start + value.length;
        if found == name {
            last = Some(read(&rest[start..end], value.quote));
        }
        let tail = rest[end..].split_inclusive('\n').next().unwrap_or_default();
        rest = &rest[end + tail.len()..];
    }
    last
}

/// Whether it is a variable's name (POSIX, XBD 8.1).
pub(super) fn is_name(name: &str) -> bool {
    !name.starts_with(|it: char| it.is_ascii_digit())
        && !name.is_empty()
        && name
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || it == b'_')
}

/// The name that a line sets, and where its value begins.
fn assignment(line: &str) -> Option<(&str, usize)> {
    let (left, _) = line.split_once('=')?;
    let trimmed = left.trim_start_matches('\u{feff}').trim();
    let name = match trimmed.strip_prefix("export") {
        Some(after) if after.starts_with([' ', '\t']) => after.trim_start(),
        _ => trimmed,
    };
    if !is_name(name) {
        return None;
    }
    let after = &line[left.len() + 1..];
    let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
    Some((name, left.len() + 1 + blanks))
}

/// A value that a file has.
struct Value {
    length: usize,
    quote: Option<char>,
}

impl Value {
    /// The one that the text begins with. A quoted one may have several lines.
    fn at(text: &str) -> Result<Self, &'static str> {
        let quote = text.chars().next().filter(|it| matches!(it, '"' | '\''));
        let Some(quote) = quote else {
            let line = text.lines().next().unwrap_or_default();
            let value = match line.find(" #").or_else(|| line.find("\t#")) {
                Some(comment) => &line[..comment],
                None => line,
            };
            return Ok(Self {
                length: value.trim_end().len(),
                quote: None,
            });
        };
        let mut is_escaped = false;
        for (place, it) in text.char_indices().skip(1) {
            match it {
                _ if is_escaped => is_escaped = false,
                '\\' if quote == '"' => is_escaped = true,
                _ if it == quote => {
                    return Ok(Self {
                        length: place + 1,
                        quote: Some(quote),
                    });
                }
                _ => {}
            }
        }
        Err("a quote in it is not closed")
    }
}

/// What a shell makes of a value as it stands in a file.
fn read(written: &str, quote: Option<char>) -> String {
    let Some(quote) = quote else {
        return written.to_owned();
    };
    let inner = &written[1..written.len() - 1];
    let mut value = String::with_capacity(inner.len());
    let mut rest = inner.chars().peekable();
    while let Some(it) = rest.next() {
        let is_escape = it == '\\' && quote == '"';
        match rest.next_if(|next| is_escape && matches!(next, '"' | '\\' | '$' | '`')) {
            Some(escaped) => value.push(escaped),
            None => value.push(it),
        }
    }
    value
}

/// The value in the quotes that the old one had, or in none if none are needed.
fn written(value: &str, quote: Option<char>) -> String {
    let is_plain = value
        .bytes()
        .all(|it| it.is_ascii_alphanumeric() || b"_-./:@%+,=".contains(&it));
    match quote {
        None if is_plain => value.to_owned(),
        None | Some('\'') if !value.contains('\'') => format!("'{value}'"),
        _ => {
            let mut quoted = String::from('"');
            for it in value.chars() {
                if matches!(it, '"' | '\\' | '$' | '`') {
                    quoted.push('\\');
                }
                quoted.push(it);
            }
            quoted.push('"');
            quoted
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> String {
        with(text, "SECRET", "n3w-_==").unwrap()
    }

    #[test]
    fn the_variable_is_set_and_all_else_stays() {
        for (before, after) in [
            ("", "SECRET=n3w-_==\n"),
            ("A=1", "A=1\nSECRET=n3w-_==\n"),
            ("A=1\r\n", "A=1\r\nSECRET=n3w-_==\r\n"),
            ("SECRET=", "SECRET=n3w-_=="),
            (
                "# SECRET=no\nSECRET=old # why\r\nB=2",
                "# SECRET=no\nSECRET=n3w-_== # why\r\nB=2",
            ),
            (
                "export SECRET='old' # c\n  SECRET = old\n",
                "export SECRET='n3w-_==' # c\n  SECRET = n3w-_==\n",
            ),
            (
                "SECRET=\"two\nlines \\\" \"\nB=\"SECRET=\nSECRET=x\"\n",
                "SECRET=\"n3w-_==\"\nB=\"SECRET=\nSECRET=x\"\n",
            ),
            (
                "OLD_SECRET=a\nSECRETS=b\nnot a line\n=\n",
                "OLD_SECRET=a\nSECRETS=b\nnot a line\n=\nSECRET=n3w-_==\n",
            ),
            (
                "\u{feff}SECRET=a\nexportSECRET=b\n",
                "\u{feff}SECRET=n3w-_==\nexportSECRET=b\n",
            ),
            (
                "SECRET=a#b\nSECRET=c\td\n",
                "SECRET=n3w-_==\nSECRET=n3w-_==\n",
            ),
        ] {
            assert_eq!(set(before), after, "{before:?}");
            assert_eq!(set(&set(before)), set(before), "{before:?}");
        }
    }

    #[test]
    fn values_are_quoted_so_that_a_shell_reads_them_back() {
        for value in ["plain", "a b", "it's", "$HOME `x` \"\\", "'$'", "#x", ""] {
            for before in ["", "S=old\n", "S='old'\n", "S=\"old\"\n"] {
                let text = with(before, "S", value).unwrap();
                let script = format!("{text}printf %s \"$S\"");
                let read = std::process::Command::new("sh")
                    .args(["-c", &script])
                    .output()
                    .unwrap();
                assert_eq!(String::from_utf8(read.stdout).unwrap(), value, "{text}");
                assert_eq!(get(&text, "S").as_deref(), Some(value), "{text}");
            }
        }
    }

    #[test]
    fn a_value_is_read_as_it_stands_there() {
        for text in [
            "S=CANARY1",
            "A=1\r\nexport S='CANARY1' # the secret\r\n",
            "S=old\n  S = \"CANARY1\"\nSS=x",
            "A=\"\nS=no\n\"\nS=CANARY1 # why\n",
        ] {
            assert_eq!(get(text, "S").as_deref(), Some("CANARY1"), "{text:?}");
        }
        assert_eq!(get("# S\nXS=1\n", "S"), None);
        assert_eq!(get("S=\n", "S").as_deref(), Some(""));
        assert_eq!(get("A='\nS=1\n", "S"), None);
    }

    #[test]
    fn a_quote_that_is_not_closed_is_refused() {
        assert!(with("A='x\nSECRET=y\n", "SECRET", "z").is_err());
    }

    #[test]
    fn names_are_those_of_variables() {
        assert!(is_name("A_1") && is_name("_"));
        for name in ["", "1A", "A-B", "A B", "É", "A="] {
            assert!(!is_name(name), "{name}");
        }
    }
}
