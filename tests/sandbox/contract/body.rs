//! Bodies in the media types that documents use.

use jsonschema::Validator;
use serde_json::Value;

use super::{
    schema::{self, Direction},
    texts::Form,
    violations::violations,
};

/// One documented media type of a body and what it holds.
#[derive(Debug)]
pub(super) struct Content {
    /// In lower case.
    pub(super) media_type: String,
    reading: Reading,
    validator: Validator,
}

#[derive(Debug)]
enum Reading {
    Json,
    Form(Form),
    Text,
}

impl Content {
    /// # Panics
    /// On a media type that nothing here can read, or one without a schema.
    pub(super) fn new(
        root: &Value,
        media_type: &str,
        content: &Value,
        direction: Direction,
    ) -> Self {
        let media_type = media_type.to_ascii_lowercase();
        let schema = content.get("schema");
        let schema = schema.unwrap_or_else(|| panic!("{media_type} has no schema"));
        let reading = if media_type == "application/json" {
            Reading::Json
        } else if media_type == "application/x-www-form-urlencoded" {
            Reading::Form(Form::of(root, schema))
        } else if media_type.starts_with("text/") {
            Reading::Text
        } else {
            panic!("no body of the type {media_type} can be checked")
        };
        Self {
            validator: schema::validator(root, schema, direction),
            media_type,
            reading,
        }
    }

    /// What is wrong with a body of this media type.
    pub(super) fn violations(&self, body: &[u8]) -> Vec<String> {
        match self.value(body) {
            Ok(value) => violations(&self.validator, &value),
            Err(broken) => vec![broken],
        }
    }

    fn value(&self, body: &[u8]) -> Result<Value, String> {
        let text = str::from_utf8(body).map_err(|_| "not UTF-8".to_owned())?;
        match &self.reading {
            Reading::Json => serde_json::from_str(text).map_err(|_| "not JSON".to_owned()),
            Reading::Form(form) => form.read(text),
            Reading::Text => Ok(text.into()),
        }
    }
}

/// What is wrong with a body whose media type must be one of the documented.
pub(super) fn body_violations(
    contents: &[Content],
    media_type: Option<&str>,
    body: &[u8],
) -> Vec<String> {
    let Some(media_type) = media_type else {
        return vec!["content type: missing".to_owned()];
    };
    match contents
        .iter()
        .find(|content| content.media_type == media_type)
    {
        Some(content) => {
            let violations = content.violations(body);
            let in_body = violations
                .iter()
                .map(|violation| format!("body: {violation}"));
            in_body.collect()
        }
        None => vec!["content type: not documented".to_owned()],
    }
}
