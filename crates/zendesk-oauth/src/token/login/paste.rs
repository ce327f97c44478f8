//! `Paste`: a person who pastes what the browser came back with.

use std::pin::Pin;

use super::PasteError;
use super::callback::{self, Outcome};
use crate::authorization::{AuthorizationRequest, CallbackError};

type Pasted = Pin<Box<dyn Future<Output = Option<String>> + Send>>;

/// Asks a person for the next text, and says what is wrong with the one before.
pub(super) struct Paste(Box<dyn FnMut(Option<PasteError>) -> Pasted + Send>);

impl Paste {
    pub(super) fn new<F, Next>(mut next: F) -> Self
    where
        F: FnMut(Option<PasteError>) -> Next + Send + 'static,
        Next: Future<Output = Option<String>> + Send + 'static,
    {
        Self(Box::new(move |wrong| Box::pin(next(wrong))))
    }

    /// Asks until there is a text that ends the login; nothing if there will be no more.
    pub(super) async fn outcome(mut self, request: &AuthorizationRequest) -> Option<Outcome> {
        let mut wrong = None;
        loop {
            let text = (self.0)(wrong.take()).await?;
            // An empty line is a slip, and nothing that was pasted.
            if !text.trim().is_empty() {
                match callback::read(request, &text) {
                    Err(error) if !matches!(error, CallbackError::Refused { .. }) => {
                        wrong = Some(PasteError::new(error));
                    }
                    outcome => return Some(outcome),
                }
            }
            // Whatever gives texts without end lets others run.
            tokio::task::yield_now().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    /// What is said about each text, and the outcome.
    async fn pasted(
        texts: Vec<String>,
        of: &AuthorizationRequest,
    ) -> (Vec<String>, Option<Outcome>) {
        let said = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&said);
        let mut texts = texts.into_iter();
        let paste = Paste::new(move |wrong| {
            if let Some(wrong) = wrong {
                heard.lock().unwrap().push(format!("{wrong} {wrong:?}"));
            }
            std::future::ready(texts.next())
        });
        let outcome = paste.outcome(of).await;
        let said = said.lock().unwrap().clone();
        (said, outcome)
    }

    #[tokio::test]
    async fn each_wrong_text_is_told_once_and_the_right_one_ends_it() {
        let uri = "http://127.0.0.1:8085/cb";
        let request = AuthorizationRequest::new("app", uri, ["read"]).unwrap();
        let state = request.state().expose();
        let texts = vec![
            "\n".to_owned(),
            "CANARY".to_owned(),
            "  ".to_owned(),
            format!("https://acme.zendesk.com/oauth/authorizations/new?state={state}&x=CANARY"),
            format!("{uri}?code=CANARY&code=CANARY&state={state}"),
            format!("  {uri}?code=abc&state={state}\r\n"),
            "CANARY-never-read".to_owned(),
        ];
        let (said, outcome) = pasted(texts, &request).await;
        assert_eq!(outcome.unwrap().unwrap().secret().expose(), "abc");
        assert_eq!(said.len(), 3, "{said:?}");
        assert!(said[0].contains("is not the address"), "{said:?}");
        assert!(said[1].contains("no code in it"), "{said:?}");
        assert!(said[2].contains("was changed"), "{said:?}");
        for text in said {
            assert!(!text.contains("CANARY") && !text.contains(state), "{text}");
        }
    }

    #[tokio::test]
    async fn a_refusal_ends_it_and_so_does_the_end_of_the_texts() {
        let request = AuthorizationRequest::new("app", "https://a.example/", ["read"]).unwrap();
        let refusal = format!("error=access_denied&state={}", request.state().expose());
        let (_, outcome) = pasted(vec![refusal], &request).await;
        assert!(outcome.unwrap().unwrap_err().is_denied());
        let (_, outcome) = pasted(vec!["code=a".to_owned()], &request).await;
        assert!(outcome.is_none());
    }
}
