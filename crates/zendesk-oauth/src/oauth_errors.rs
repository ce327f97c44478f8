//! The error codes of OAuth.

/// What is answered when a person, or a policy, said no.
pub(crate) const ACCESS_DENIED: &str = "access_denied";

/// The codes of RFC 6749: of authorization (section 4.1.2.1), then of tokens (section 5.2), which a
/// third party's token URL may have answered to ZIS.
const CODES: [&str; 10] = [
    ACCESS_DENIED,
    "invalid_request",
    "unauthorized_client",
    "unsupported_response_type",
    "invalid_scope",
    "server_error",
    "temporarily_unavailable",
    "invalid_client",
    "invalid_grant",
    "unsupported_grant_type",
];

/// The code, if it is one of RFC 6749: what else comes is text from outside.
pub(crate) fn known(code: &str) -> Option<&'static str> {
    CODES.into_iter().find(|known| *known == code)
}
