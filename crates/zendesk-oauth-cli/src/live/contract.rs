//! What a document says about answers.

use serde_json::Value;

/// The contract of one document.
pub(super) struct Contract(Value);

/// What the document says of an operation's answer with one status.
pub(super) struct Answer<'a>(&'a Value);

impl Contract {
    /// `text` is the constant `CONTRACT` of a generated client.
    pub(super) fn parse(text: &str) -> Self {
        Self(serde_json::from_str(text).expect("the generator writes JSON"))
    }

    /// What there is of that status, or else for every status.
    pub(super) fn answer(&self, operation: &str, status: u16) -> Option<Answer<'_>> {
        let answers = &self.0["operations"][operation];
        let exact = answers.get(status.to_string());
        exact.or_else(|| answers.get("default")).map(Answer)
    }

    /// The statuses that the document names.
    pub(super) fn statuses(&self, operation: &str) -> String {
        let answers = self.0["operations"][operation].as_object();
        let names = answers
            .into_iter()
            .flatten()
            .map(|(status, _)| status.as_str());
        names.collect::<Vec<_>>().join(", ")
    }

    /// Whether the document names the header, which is given in small letters, in any answer of the
    /// operation: the documents list what comes with every answer where it is of most use.
    pub(super) fn has_header(&self, operation: &str, name: &str) -> bool {
        let answers = self.0["operations"][operation].as_object();
        let mut answers = answers.into_iter().flatten();
        answers.any(|(_, answer)| {
            let headers = answer["headers"].as_array();
            headers.into_iter().flatten().any(|known| known == name)
        })
    }

    /// The schema that a reference names.
    pub(super) fn schema(&self, reference: &str) -> &Value {
        let name = reference.rsplit('/').next().unwrap_or_default();
        &self.0["schemas"][name]
    }
}

impl<'a> Answer<'a> {
    /// Each media type with its schema.
    pub(super) fn content(&self) -> impl Iterator<Item = (&'a str, &'a Value)> + use<'a> {
        let content = self.0["content"].as_object();
        content
            .into_iter()
            .flatten()
            .map(|(name, schema)| (name.as_str(), schema))
    }
}
