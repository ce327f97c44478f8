//! Where the paths of a document begin.

use std::fs;

use serde_json::Value;

use crate::{document::Document, verify::job::Job};

/// The operation by which Chat's paths are found, and what its path is in Zendesk's words.
const CHAT: (&str, &str) = ("list_chat_oauth_tokens", "/oauth/tokens");

/// What stands between the host and the paths that Zendesk's pages show.
///
/// In Chat's own document the server has `/api/v2/chat`; in the bundle each path has it.
#[derive(Debug, PartialEq, Eq)]
pub struct Stems {
    /// The path of the first server, without a slash at its end.
    pub server: String,
    /// The beginning of Chat's paths, if the document has any.
    pub chat: Option<String>,
}

impl Stems {
    /// Reads them from the document of a job.
    ///
    /// # Errors
    /// A document that cannot be read or has no server.
    pub fn of(job: &Job) -> Result<Self, String> {
        let file = job.file.display();
        let text = fs::read_to_string(&job.file).map_err(|error| format!("{file}: {error}"))?;
        let document = Document::parse(&job.document, &text).map_err(|error| error.to_string())?;
        Self::in_document(&document.root).ok_or_else(|| format!("{file} names no server"))
    }

    fn in_document(root: &Value) -> Option<Self> {
        let url = root.pointer("/servers/0/url")?.as_str()?;
        let authority_on = url.split_once("://").map_or(url, |(_, rest)| rest);
        let server = authority_on
            .find('/')
            .map_or("", |at| authority_on[at..].trim_end_matches('/'));
        let (operation, end) = CHAT;
        let chat = root
            .pointer("/paths")?
            .as_object()?
            .iter()
            .find(|(_, item)| item.pointer("/get/operationId") == Some(&operation.into()))
            .and_then(|(path, _)| path.strip_suffix(end));
        Some(Self {
            server: server.to_owned(),
            chat: chat.map(str::to_owned),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn stems(server: &str, path: &str, operation: &str) -> Option<(String, Option<String>)> {
        let root = json!({
            "servers": [{"url": server}, {"url": "https://www.example.com/retired"}],
            "paths": {"/else": {}, path: {"get": {"operationId": operation}}},
        });
        Stems::in_document(&root).map(|Stems { server, chat }| (server, chat))
    }

    #[test]
    fn stem_of_chat_is_in_the_server_of_its_own_document() {
        let found = stems(
            "https://{subdomain}.zendesk.com/api/v2/chat/",
            "/oauth/tokens",
            "list_chat_oauth_tokens",
        );
        assert_eq!(found, Some(("/api/v2/chat".into(), Some(String::new()))));
    }

    #[test]
    fn stem_of_chat_is_in_the_paths_of_the_bundle() {
        let found = stems(
            "https://{subdomain}.zendesk.com",
            "/api/v2/chat/oauth/tokens",
            "list_chat_oauth_tokens",
        );
        assert_eq!(found, Some((String::new(), Some("/api/v2/chat".into()))));
    }

    #[test]
    fn document_without_chat_has_no_stem_of_it() {
        let found = stems(
            "https://{subdomain}.zendesk.com",
            "/api/v2/oauth/clients",
            "list_oauth_clients",
        );
        assert_eq!(found, Some((String::new(), None)));
    }

    #[test]
    fn document_without_a_server_has_no_stems() {
        assert_eq!(Stems::in_document(&json!({"paths": {}})), None);
    }
}
