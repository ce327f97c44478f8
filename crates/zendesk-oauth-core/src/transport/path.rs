//! Whether a URL's path is that of an operation. No IO.

/// Whether `path`, as a URL parser left it, is `template` below `stem`: the same number of
/// segments, literal text equal, and something in the place of each parameter.
///
/// It fails when a parameter was empty, `.` or `..`: the parser has then removed segments, so their
/// number differs or one is empty.
pub(super) fn is_path_of(template: &str, stem: &str, path: &str) -> bool {
    path.strip_prefix(stem)
        .is_some_and(|path| is_filled_in(template, path))
}

/// A segment of a template has at most one parameter, with or without text around it: `tokens`,
/// `{id}`, `{id}.json`. The last may be `{+path}`, which stands for any further segments, or none
/// (RFC 6570, 3.2.3).
fn is_filled_in(mut template: &str, mut path: &str) -> bool {
    loop {
        let Some(open) = place(template, b'{') else {
            return template == path;
        };
        let (literal, parameter) = template.split_at(open);
        let (Some(close), Some(filled_in)) = (place(parameter, b'}'), path.strip_prefix(literal))
        else {
            return false;
        };
        let rest = &parameter[close + 1..];
        if rest.is_empty() && parameter.starts_with("{+") {
            return true;
        }
        let (after, next_segments) = rest.split_at(segment_end(rest));
        let (segment, further) = filled_in.split_at(segment_end(filled_in));
        if segment.strip_suffix(after).is_none_or(str::is_empty) {
            return false;
        }
        (template, path) = (next_segments, further);
    }
}

fn segment_end(path: &str) -> usize {
    place(path, b'/').unwrap_or(path.len())
}

/// Where an ASCII character is. For texts as short as these, `find` takes longer.
fn place(text: &str, character: u8) -> Option<usize> {
    text.bytes().position(|byte| byte == character)
}

#[cfg(test)]
mod tests {
    use reqwest::Url;

    use super::*;
    use crate::client::encode_path;

    /// As generated code and the URL parser make it.
    fn path_with(template: &str, parameters: &[&str]) -> String {
        let mut url = format!("https://a.example/stem{template}");
        for parameter in parameters {
            let (open, close) = (url.find('{').unwrap(), url.find('}').unwrap());
            url.replace_range(open..=close, &encode_path(parameter));
        }
        Url::parse(&url).unwrap().path().to_owned()
    }

    #[test]
    fn ordinary_parameters_are_accepted_whatever_they_hold() {
        for id in [
            "1", "a/b", "../..", "%2e%2e", "a?b", "a#b", "...", "..a", "\\..\\", "é", " ", "{id}",
            "\t", "\n",
        ] {
            assert!(
                is_path_of("/a/{x}", "/stem", &path_with("/a/{x}", &[id])),
                "{id:?}"
            );
            assert!(
                is_path_of("/a/{x}/b", "/stem", &path_with("/a/{x}/b", &[id])),
                "{id:?}"
            );
        }
        assert!(is_path_of("/a/{x}.json", "/stem", "/stem/a/1.json"));
        assert!(is_path_of("/a", "", "/a"));
    }

    #[test]
    fn parameters_that_change_the_path_are_refused() {
        for id in ["", ".", ".."] {
            for template in ["/a/{x}", "/a/{x}/b", "/{x}", "/{x}/a"] {
                assert!(
                    !is_path_of(template, "/stem", &path_with(template, &[id])),
                    "{template} {id:?}"
                );
            }
        }
        let two = "/a/{x}/{y}";
        for x in ["", ".", "..", "1"] {
            for y in ["", ".", "..", "1"] {
                let accepted = is_path_of(two, "/stem", &path_with(two, &[x, y]));
                assert_eq!(accepted, (x, y) == ("1", "1"), "{x:?} {y:?}");
            }
        }
    }

    #[test]
    fn a_reserved_parameter_takes_the_rest_of_the_path() {
        for path in ["/stem/", "/stem/a", "/stem/a/b.json", "/stem//", "/stem/a/"] {
            assert!(is_path_of("/{+path}", "/stem", path), "{path}");
        }
        for path in ["/stem", "/stemmed/a", "/a", ""] {
            assert!(!is_path_of("/{+path}", "/stem", path), "{path}");
        }
        assert!(is_path_of("/a/{x}/{+path}", "", "/a/1/b/c"));
        assert!(!is_path_of("/a/{x}/{+path}", "", "/a//b/c"));
        assert!(!is_path_of("/a/{+path}", "", "/b/c"));
    }

    #[test]
    fn other_paths_are_refused() {
        for path in [
            "/stem/b",
            "/stem/a/",
            "/stem/a/b",
            "/stema",
            "/a",
            "",
            "/stem",
            "/STEM/a",
        ] {
            assert!(!is_path_of("/a", "/stem", path), "{path}");
        }
        assert!(!is_path_of("/a/{x}.json", "/stem", "/stem/a/.json"));
        assert!(!is_path_of("/a/{x}.json", "/stem", "/stem/a/json"));
    }
}
