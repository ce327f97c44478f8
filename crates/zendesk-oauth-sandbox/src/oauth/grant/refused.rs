//! Refusals of RFC 6749, section 5.2. The statuses are as observed.

use axum::http::StatusCode;

use crate::oauth::OutOfBounds;
use crate::oauth::scopes::ScopeDefect;

/// A grant that was refused, in the terms of RFC 6749, section 5.2.
pub(crate) struct Refused {
    pub(crate) status: StatusCode,
    pub(crate) error: &'static str,
    pub(crate) description: String,
}

impl Refused {
    fn bad_request(error: &'static str, description: impl Into<String>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            error,
            description: description.into(),
        }
    }

    /// `description` must not repeat what the caller sent.
    pub(in crate::oauth) fn invalid_request(description: impl Into<String>) -> Self {
        Self::bad_request("invalid_request", description)
    }

    pub(super) fn missing(member: &str) -> Self {
        Self::invalid_request(format!("Missing required parameter: {member}"))
    }

    pub(super) fn invalid_client() -> Self {
        Self {
            status: StatusCode::UNAUTHORIZED,
            error: "invalid_client",
            description: "Client authentication failed".to_owned(),
        }
    }

    pub(super) fn invalid_grant() -> Self {
        let text = "The authorization code or refresh token is invalid, expired, revoked, already used, \
                    or was issued to another client or for another redirect URI";
        Self::bad_request("invalid_grant", text)
    }

    pub(super) fn wrong_verifier() -> Self {
        let text =
            "The code verifier does not match the code challenge of the authorization request";
        Self::bad_request("invalid_grant", text)
    }

    pub(super) fn unauthorized_client(description: &str) -> Self {
        Self::bad_request("unauthorized_client", description)
    }

    pub(super) fn unsupported_grant_type() -> Self {
        let text = "The grant type must be authorization_code, refresh_token or client_credentials";
        Self::bad_request("unsupported_grant_type", text)
    }
}

impl From<ScopeDefect> for Refused {
    fn from(defect: ScopeDefect) -> Self {
        Self::bad_request("invalid_scope", defect.description())
    }
}

/// The status of this refusal is unknown; this is RFC 6749's for a malformed request.
impl From<OutOfBounds> for Refused {
    fn from(OutOfBounds { member, from, to }: OutOfBounds) -> Self {
        Self::invalid_request(format!("{member} must be from {from} to {to}"))
    }
}
