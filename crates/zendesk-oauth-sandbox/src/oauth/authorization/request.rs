//! An authorization request that has been checked (RFC 6749, section 4.1.1, and RFC 7636, section 4.3).

use axum::http::StatusCode;

use super::page;
use crate::http::{Answer, Query, with_query};
use crate::oauth::{Registered, pkce, scopes};
use crate::state::{ClientKind, IssuedTo, State};

/// A request that a person can be asked about. No Debug: it holds a challenge that may be the verifier.
pub(super) struct AuthorizationRequest {
    pub(super) client_id: i64,
    pub(super) issued_to: IssuedTo,
    pub(super) name: String,
    pub(super) company: Option<String>,
    pub(super) description: Option<String>,
    pub(super) redirect_uri: String,
    pub(super) scopes: Vec<String>,
    pub(super) code_challenge: Option<String>,
    pub(super) code_challenge_method: Option<String>,
    state: Option<String>,
}

/// What the page's form repeats of the request.
pub(super) const PARAMETERS: &[&str] = &[
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
];

/// Why a request is refused, for the client to read.
struct Defect {
    error: &'static str,
    description: &'static str,
}

const fn invalid_request(description: &'static str) -> Defect {
    Defect {
        error: "invalid_request",
        description,
    }
}

impl AuthorizationRequest {
    /// Until the redirect URI is known to be the client's, nobody is redirected: the refusal is a page.
    pub(super) fn read(state: &State, query: &Query<'_>) -> Result<Self, Answer> {
        let get = |name| query.get(name).filter(|value| !value.is_empty());
        let Some(client) = get("client_id").and_then(|id| Registered::find(state, id)) else {
            return Err(page::refusal(
                "There is no OAuth client with this client_id.",
            ));
        };
        let registered =
            get("redirect_uri").filter(|uri| client.redirect_uris().iter().any(|own| own == uri));
        let Some(redirect_uri) = registered else {
            let text = "The redirect_uri is not one of those that the OAuth client registered.";
            return Err(page::refusal(text));
        };
        let own_state = get("state").map(str::to_owned);
        let scopes = match checked(client, query) {
            Ok(scopes) => scopes,
            Err(defect) => {
                let (error, description) = (defect.error, defect.description);
                return Err(refused(
                    redirect_uri,
                    own_state.as_deref(),
                    error,
                    description,
                ));
            }
        };
        Ok(Self {
            client_id: client.id(),
            issued_to: client.issued_to(),
            name: client.name().to_owned(),
            company: client.company().map(str::to_owned),
            description: client.description().map(str::to_owned),
            redirect_uri: redirect_uri.to_owned(),
            scopes,
            code_challenge: get("code_challenge").map(str::to_owned),
            code_challenge_method: get("code_challenge_method").map(str::to_owned),
            state: own_state,
        })
    }

    /// Sends the browser back with what the client waits for.
    pub(super) fn to_client(&self, parameters: &[(&str, &str)]) -> Answer {
        let mut parameters = parameters.to_vec();
        parameters.extend(self.state.as_deref().map(|state| ("state", state)));
        back(&self.redirect_uri, &parameters)
    }

    pub(super) fn denied(&self) -> Answer {
        // The text is that of the example in RFC 6749; Zendesk's is unknown.
        let text = "The resource owner or authorization server denied the request.";
        refused(
            &self.redirect_uri,
            self.state.as_deref(),
            "access_denied",
            text,
        )
    }
}

fn refused(redirect_uri: &str, state: Option<&str>, error: &str, description: &str) -> Answer {
    let mut parameters = vec![("error", error), ("error_description", description)];
    parameters.extend(state.map(|state| ("state", state)));
    back(redirect_uri, &parameters)
}

/// With parameters behind the query that the URI has (RFC 6749, section 4.1.2).
fn back(redirect_uri: &str, parameters: &[(&str, &str)]) -> Answer {
    Answer::redirect(StatusCode::FOUND, &with_query(redirect_uri, parameters))
}

/// Checks all that is told to the client, and reads the scopes.
fn checked(client: Registered<'_>, query: &Query<'_>) -> Result<Vec<String>, Defect> {
    let get = |name| query.get(name).filter(|value: &&str| !value.is_empty());
    match get("response_type") {
        Some("code") => {}
        None => return Err(invalid_request("You must specify a response_type")),
        Some(_) => {
            return Err(Defect {
                error: "unsupported_response_type",
                description: "The response_type must be code",
            });
        }
    }
    let challenge = (get("code_challenge"), get("code_challenge_method"));
    match challenge {
        (None, None) if client.kind() == ClientKind::Public => {
            let text = "Public clients must send a code_challenge";
            return Err(invalid_request(text));
        }
        (None, None) => {}
        (None, Some(_)) => {
            return Err(invalid_request(
                "The code_challenge_method has no code_challenge",
            ));
        }
        (Some(_), Some(method)) if method != "S256" && method != "plain" => {
            return Err(invalid_request(
                "The code_challenge_method must be S256 or plain",
            ));
        }
        (Some(challenge), method) if !pkce::is_challenge(challenge, method) => {
            return Err(invalid_request("The code_challenge is malformed"));
        }
        (Some(_), _) => {}
    }
    let asked = scopes::to_be_agreed(get("scope"), client.allowed_scopes());
    asked.map_err(|defect| match defect {
        scopes::ScopeDefect::Missing => invalid_request(defect.description()),
        _ => Defect {
            error: "invalid_scope",
            description: defect.description(),
        },
    })
}
