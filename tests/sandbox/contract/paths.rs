//! Paths as sent against the templates of the documents.

use std::cmp::Ordering;

use super::texts::decoded;

/// The path template of an operation, with the path of its server in front.
#[derive(Debug)]
pub(super) struct Template {
    segments: Vec<Segment>,
    takes_json_suffix: bool,
}

/// One segment: a text, or a parameter with the text before and after it.
#[derive(Debug)]
struct Segment {
    before: String,
    parameter: Option<(String, String)>,
}

/// What stands in the place of each parameter, by its name and as sent.
pub(super) type Captures<'p> = Vec<(String, &'p str)>;

impl Template {
    /// `path` is the whole path: `/api/v2/oauth/clients/{oauth_client_id}`.
    pub(super) fn new(path: &str) -> Self {
        Self {
            segments: path.split('/').map(Segment::new).collect(),
            // The document of Support says so, and Chat is served below the same path; the paths of
            // ZIS, `/api/services/zis`, are spelt without it.
            takes_json_suffix: path.starts_with("/api/v2/") && !path.starts_with("/api/v2/chat/"),
        }
    }

    /// The parameters of the path, if it is one of this template.
    pub(super) fn captures<'p>(&self, path: &'p str) -> Option<Captures<'p>> {
        let sent: Vec<&str> = path.split('/').collect();
        if sent.len() != self.segments.len() {
            return None;
        }
        let mut captures = Vec::new();
        for (index, (segment, sent)) in self.segments.iter().zip(&sent).enumerate() {
            let is_last = index + 1 == self.segments.len();
            let takes_json_suffix = is_last && self.takes_json_suffix;
            captures.extend(segment.captures(sent, takes_json_suffix)?);
        }
        Some(captures)
    }

    /// Less is better: where two templates take a path, literal segments win, from the left.
    pub(super) fn rank(&self, other: &Self) -> Ordering {
        let ranks =
            |template: &Self| -> Vec<u8> { template.segments.iter().map(Segment::rank).collect() };
        ranks(self).cmp(&ranks(other))
    }

    /// The template without the names of its parameters: what two documents may not both describe.
    pub(super) fn shape(&self) -> String {
        let segments: Vec<String> = self.segments.iter().map(Segment::shape).collect();
        segments.join("/")
    }
}

impl Segment {
    fn new(text: &str) -> Self {
        let literal = || Self {
            before: text.to_owned(),
            parameter: None,
        };
        let Some((before, rest)) = text.split_once('{') else {
            return literal();
        };
        let Some((name, after)) = rest.split_once('}') else {
            return literal();
        };
        assert!(
            !after.contains('{'),
            "two parameters in one segment: {text}"
        );
        Self {
            before: before.to_owned(),
            parameter: Some((name.to_owned(), after.to_owned())),
        }
    }

    fn captures<'p>(&self, sent: &'p str, takes_json_suffix: bool) -> Option<Captures<'p>> {
        let stripped = sent.strip_suffix(".json").filter(|_| takes_json_suffix);
        match &self.parameter {
            None => {
                let is_this = |text: &str| decoded(text).as_deref() == Some(&self.before);
                let matches = is_this(sent) || stripped.is_some_and(is_this);
                matches.then(Vec::new)
            }
            Some((name, after)) => {
                // A template that writes out its suffix takes it from the path as sent.
                let text = stripped
                    .filter(|_| !after.ends_with(".json"))
                    .unwrap_or(sent);
                let value = text
                    .strip_prefix(self.before.as_str())?
                    .strip_suffix(after.as_str())?;
                (!value.is_empty()).then(|| vec![(name.clone(), value)])
            }
        }
    }

    fn rank(&self) -> u8 {
        match &self.parameter {
            None => 0,
            Some((_, after)) if !after.is_empty() || !self.before.is_empty() => 1,
            Some(_) => 2,
        }
    }

    fn shape(&self) -> String {
        let parameter = self.parameter.as_ref();
        let parameter = parameter.map(|(_, after)| format!("{{}}{after}"));
        format!("{}{}", self.before, parameter.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn captured<'p>(template: &str, path: &'p str) -> Option<Vec<&'p str>> {
        let captures = Template::new(template).captures(path)?;
        Some(captures.into_iter().map(|(_, value)| value).collect())
    }

    #[test]
    fn a_parameter_takes_one_whole_segment() {
        let template = "/api/services/zis/connections/{integration}";
        let stem = "/api/services/zis/connections";
        let taken = captured(template, "/api/services/zis/connections/a%2Fb");
        assert_eq!(taken, Some(vec!["a%2Fb"]));
        for path in [stem.to_owned(), format!("{stem}/"), format!("{stem}/a/b")] {
            assert_eq!(captured(template, &path), None, "{path}");
        }
    }

    #[test]
    fn a_json_suffix_is_taken_off_below_api_v2_only() {
        let cases = [
            ("/api/v2/clients", "/api/v2/clients.json", Some(vec![])),
            (
                "/api/v2/clients/{id}",
                "/api/v2/clients/7.json",
                Some(vec!["7"]),
            ),
            ("/api/v2/clients/{id}", "/api/v2/clients/.json", None),
            (
                "/api/v2/clients/{id}/secret",
                "/api/v2/clients/7.json/secret",
                Some(vec!["7.json"]),
            ),
            ("/api/v2/{name}.json", "/api/v2/a.json", Some(vec!["a"])),
            ("/api/v2/{name}.json", "/api/v2/a", None),
            (
                "/api/services/zis/{name}",
                "/api/services/zis/a.json",
                Some(vec!["a.json"]),
            ),
            (
                "/api/services/zis/start",
                "/api/services/zis/start.json",
                None,
            ),
        ];
        for (template, path, values) in cases {
            assert_eq!(captured(template, path), values, "{template} {path}");
        }
    }

    #[test]
    fn literal_segments_win_from_the_left() {
        let best_first = [
            "/a/b/c",
            "/a/b/{x}.json",
            "/a/b/{x}",
            "/a/{x}/c",
            "/{x}/b/c",
        ];
        for pair in best_first.windows(2) {
            let [better, worse] = [pair[0], pair[1]].map(Template::new);
            assert_eq!(better.rank(&worse), Ordering::Less, "{pair:?}");
        }
    }

    #[test]
    fn names_of_parameters_do_not_tell_templates_apart() {
        let [one, other] = ["/a/{x}/c{y}.z", "/a/{b}/c{d}.z"].map(Template::new);
        assert_eq!(one.shape(), other.shape());
        assert_ne!(one.shape(), Template::new("/a/x/c{y}.z").shape());
    }
}
