//! The proxy of the Zendesk token URL.

use axum::http::StatusCode;
use serde_json::json;

use super::errors::{bad_request, forbidden, not_found, unauthorized, unprocessable};
use super::members::Members;
use super::rules;
use crate::http::{Answer, Call};
use crate::oauth::{Refused, grant};
use crate::state::State;
use crate::switches::Switches;

/// The members that are passed on. The first three are needed.
///
/// `refresh_token` is not among them, which refuses that grant: the answer has no member for the next refresh
/// token, so that renewing here would lose the pair for good. Unknown what Zendesk does.
const PASSED_ON: [(&str, &str); 7] = [
    ("grant_type", "Grant type"),
    ("client_id", "Client ID"),
    ("client_secret", "Client secret"),
    ("code", "Code"),
    ("redirect_uri", "Redirect URI"),
    ("scope", "Scope"),
    ("code_verifier", "Code verifier"),
];

pub(super) fn create(state: &mut State, call: &Call<'_>) -> Answer {
    created(state, call).unwrap_or_else(|refused| refused)
}

fn created(state: &mut State, call: &Call<'_>) -> Result<Answer, Answer> {
    if !state.zis.has_integration(call.parameter("integration")) {
        return Err(not_found());
    }
    let members = Members::read(call)?;
    for (name, label) in PASSED_ON {
        check(&members, name, label)?;
    }
    let member = |name: &str| {
        let (_, label) = PASSED_ON.iter().find(|(known, _)| *known == name)?;
        let text = members.text(name, label).ok()?;
        text.map(str::to_owned)
    };
    match grant(state, call.now, &member) {
        Ok(granted) => {
            let body = json!({
                "access_token": granted.access_token,
                "scope": granted.scope,
                "token_type": "bearer",
            });
            Ok(Answer::json(StatusCode::OK, &body))
        }
        Err(refused) => Err(as_zis(&refused, state.switches)),
    }
}

fn check(members: &Members, name: &str, label: &'static str) -> Result<(), Answer> {
    let needed = matches!(name, "grant_type" | "client_id" | "client_secret");
    let valid: fn(&str) -> bool = match name {
        "redirect_uri" => rules::is_url,
        "scope" => rules::is_scope,
        _ => rules::is_filled,
    };
    match members.text(name, label)? {
        None if needed => Err(bad_request()),
        Some(text) if !valid(text) => Err(unprocessable(label, "is not valid")),
        None | Some(_) => Ok(()),
    }
}

/// Unknown: whether ZIS passes the token URL's own refusals on. Here they take the shape of its page.
fn as_zis(refused: &Refused, switches: Switches) -> Answer {
    match refused.error {
        "invalid_client" => unauthorized(switches, "Authentication failed"),
        "unauthorized_client" | "access_denied" => forbidden(switches, "Forbidden"),
        "invalid_scope" => unprocessable("Scope", "is not valid"),
        _ => bad_request(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_of_the_token_url_has_its_status() {
        for (error, status) in [
            ("invalid_request", 400),
            ("invalid_grant", 400),
            ("unsupported_grant_type", 400),
            ("invalid_client", 401),
            ("unauthorized_client", 403),
            ("invalid_scope", 422),
        ] {
            let refused = Refused {
                status: StatusCode::BAD_REQUEST,
                error,
                description: String::new(),
            };
            let answer = as_zis(&refused, Switches::default());
            assert_eq!(answer.status.as_u16(), status, "{error}");
        }
    }
}
