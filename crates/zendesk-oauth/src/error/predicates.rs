//! Which kind of failure an error is.

use reqwest::StatusCode;
use zendesk_oauth_core::client::{BodyProblem, Error as CallError};
use zendesk_oauth_core::{BuildError, Refusal};

use super::{Error, Kind};

impl Error {
    /// Whether credentials are missing or unusable, or the server refused them (401).
    ///
    /// Get a new token, or give one of the right kind: [`area`](Self::area) says whose it has to be,
    /// and `Display` where it comes from. The same call with the same credentials fails again.
    #[must_use]
    pub fn is_auth(&self) -> bool {
        match self.kind() {
            #[cfg(any(feature = "_support", feature = "zis", feature = "chat"))]
            Kind::MissingCredentials { .. } => true,
            Kind::Build(BuildError::Credentials(_)) => true,
            Kind::Call(CallError::Refused(Refusal::Credentials { .. })) => true,
            #[cfg(feature = "tokens")]
            Kind::Token(error) if error.has_no_login() => true,
            _ => self.has_status(StatusCode::UNAUTHORIZED),
        }
    }

    /// Whether the server knows the credentials, and they do not allow the call (403).
    ///
    /// The token's scopes or its user's role are too small; `Display` says whom the operation is for. The same call with the same credentials fails again.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.has_status(StatusCode::FORBIDDEN)
    }

    /// Whether there is no such thing, or none that these credentials may see (404).
    ///
    /// Check the id or name, and the base URL: for an unknown route or subdomain Zendesk answers so
    /// too, and [`code`](Self::code) is then `InvalidEndpoint` or nothing.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.has_status(StatusCode::NOT_FOUND)
    }

    /// Whether it exists already, or somebody else is changing it (409).
    ///
    /// Look at the present state, then decide.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.has_status(StatusCode::CONFLICT)
    }

    /// Whether what was given is wrong: the server says so (400 or 422), or it was refused before
    /// anything was sent, such as a name that breaks its rule or a base URL that cannot be one.
    ///
    /// Change the input. [`details`](Self::details) and [`message`](Self::message) have what the
    /// server said about it, and `Display` has what was refused here.
    #[must_use]
    pub fn is_validation(&self) -> bool {
        match self.kind() {
            Kind::Name(_) | Kind::InsecureBaseUrl { .. } => true,
            #[cfg(any(
                feature = "support",
                feature = "oauth-tokens",
                feature = "grant-type-tokens",
                feature = "zis"
            ))]
            Kind::Request(_) => true,
            Kind::Build(error) => matches!(
                error,
                BuildError::BaseUrl { .. } | BuildError::Subdomain { .. } | BuildError::UserAgent
            ),
            Kind::Call(CallError::InvalidRequest(_)) => true,
            #[cfg(feature = "_support")]
            Kind::Paging(error) => error.is_not_sent() || error.refusal().is_some(),
            Kind::Call(CallError::Refused(refusal)) => matches!(
                refusal,
                Refusal::PathMismatch { .. } | Refusal::InsecureTransport { .. }
            ),
            _ => {
                self.has_status(StatusCode::BAD_REQUEST)
                    || self.has_status(StatusCode::UNPROCESSABLE_ENTITY)
            }
        }
    }

    /// Whether the token endpoint refused the grant itself: a code or refresh token that is wrong,
    /// expired, revoked or used (`invalid_grant` of RFC 6749, 5.2; observed with 400).
    ///
    /// The same one never works again. Of a refresh token: somebody else who shares it may have
    /// redeemed it and have a newer one; else the user has to log in again.
    #[cfg(feature = "tokens")]
    #[must_use]
    pub fn is_invalid_grant(&self) -> bool {
        self.own_status()
            .is_some_and(|status| status.is_client_error())
            && self.code() == Some("invalid_grant")
    }

    /// Whether the rate limit is reached (429).
    ///
    /// Wait as long as [`retry_after`](Self::retry_after) says before the next call of any kind. It
    /// comes out only when the attempts of the retry policy are used up, or the wait is longer than
    /// the policy allows.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.has_status(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether the time for connecting, for an attempt, or for a whole flow ran out on this side.
    ///
    /// The server may still act on the request, unless [`is_connect`](Self::is_connect). Raise
    /// the timeout if that is common. A server's own timeout (408, 504) is not meant.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match self.kind() {
            #[cfg(feature = "zis")]
            Kind::Flow(error) => error.is_timeout(),
            #[cfg(feature = "tokens")]
            Kind::Login(error) => error.is_timeout(),
            #[cfg(feature = "tokens")]
            Kind::Token(crate::token::TokenError::Busy { .. }) => true,
            _ => self.call().is_some_and(CallError::is_timeout),
        }
    }

    /// Whether the network failed it, so that there is no complete answer: no connection, no TLS,
    /// a connection that broke, an answer that broke off, or a time that ran out.
    ///
    /// Unless [`is_connect`](Self::is_connect), the server may have acted on the request: look
    /// before repeating what is not harmless to repeat.
    #[must_use]
    pub fn is_transport(&self) -> bool {
        match self.call() {
            Some(CallError::Communication(_)) => true,
            Some(CallError::Body(error)) => matches!(
                error.problem(),
                BodyProblem::Timeout | BodyProblem::Interrupted
            ),
            _ => false,
        }
    }

    /// Whether the last attempt got no connection, with or without TLS, so that the server never saw
    /// it.
    ///
    /// Check the host of the base URL, the network and the proxy. The source says what the system
    /// said. If there were more [`attempts`](Self::attempts), an earlier one may have arrived.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.call().is_some_and(CallError::is_connect)
    }

    /// Whether the answer arrived and is not what the document says, or is a page of a list that
    /// gives no reliable way to the rest, such as one without `meta`.
    ///
    /// [`decode_path`](Self::decode_path) says where, `paging` what is wrong with a page,
    /// [`body_text`](Self::body_text) has the answer. The server has acted on the request. An
    /// HTML page comes from a proxy or a login page; else please report the place.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        match self.kind() {
            #[cfg(feature = "_support")]
            Kind::Paging(error) => error.is_unusable_answer(),
            _ => self.call().is_some_and(CallError::is_decode),
        }
    }

    /// Whether the answer is larger than the client takes.
    ///
    /// The server has acted on the request. Raise
    /// [`max_body_size`](crate::ZendeskBuilder::max_body_size) if such answers are meant to be.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        matches!(
            self.call(),
            Some(CallError::Body(error)) if matches!(error.problem(), BodyProblem::TooLarge { .. })
        )
    }

    /// Whether the server failed (any 5xx).
    ///
    /// Repeat later if that is harmless, and give [`request_id`](Self::request_id) to Zendesk's
    /// support if it stays so. 502, 503 and 504 are [`is_transient`](Self::is_transient) too.
    #[must_use]
    pub fn is_server_error(&self) -> bool {
        self.own_status()
            .is_some_and(|status| status.is_server_error())
    }

    /// Whether the same call may succeed later: the network failed it, the time ran out, or the
    /// status is 408, 429, 502, 503 or 504. That of a `token` that could not be had
    /// counts too.
    ///
    /// The attempts that the retry policy allows are made by then. Whether it may be repeated is
    /// another question, see [`Operation::idempotent`](crate::Operation::idempotent).
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self.kind() {
            // The whole flow again would make a second client.
            #[cfg(feature = "support")]
            Kind::SecretNotReceived(_) => false,
            #[cfg(feature = "tokens")]
            _ if self.token().is_some() => self
                .token()
                .is_some_and(crate::token::TokenError::is_transient),
            _ => self.call().is_some_and(CallError::is_transient),
        }
    }

    /// Whether nothing was sent: it was refused on this side, or its only attempt got no connection.
    ///
    /// Zendesk has not acted, and repeating it once the cause is mended is harmless.
    #[must_use]
    pub fn is_not_sent(&self) -> bool {
        match self.kind() {
            Kind::Call(call) => call.is_refusal() || (call.is_connect() && call.attempts() <= 1),
            Kind::Build(_) | Kind::InsecureBaseUrl { .. } | Kind::Name(_) => true,
            #[cfg(any(feature = "_support", feature = "zis", feature = "chat"))]
            Kind::MissingCredentials { .. } => true,
            #[cfg(feature = "zis")]
            Kind::Flow(error) => error.is_not_sent(),
            #[cfg(feature = "tokens")]
            Kind::Login(error) => error.is_not_sent(),
            #[cfg(feature = "tokens")]
            Kind::Token(error) => error.is_not_sent(),
            #[cfg(feature = "_support")]
            Kind::Paging(error) => error.is_not_sent(),
            #[cfg(any(
                feature = "support",
                feature = "oauth-tokens",
                feature = "grant-type-tokens",
                feature = "zis"
            ))]
            Kind::Request(_) => true,
            #[cfg(any(feature = "support", feature = "tokens"))]
            Kind::NoRandomness(_) => true,
            #[cfg(feature = "oauth-tokens")]
            Kind::TokenNotReceived { .. } => false,
            #[cfg(feature = "support")]
            Kind::SecretNotReceived(_) => false,
            // A callback is the end of something that was sent.
            #[cfg(any(feature = "support", feature = "tokens"))]
            Kind::Callback(_) => false,
        }
    }

    /// Whether a redirect came where none belongs, or the answer came from another URL than asked.
    ///
    /// No redirect is followed: credentials went to the base URL only, which is probably not the
    /// account's own. `Location` is in [`headers`](Self::headers).
    #[must_use]
    pub fn is_redirect(&self) -> bool {
        match self.call() {
            Some(CallError::Elsewhere(_)) => true,
            Some(CallError::UnexpectedResponse(answer)) => answer.status().is_redirection(),
            _ => false,
        }
    }

    /// Whether a person, or a policy, said no: the callback of an authorization of Support or of a
    /// flow of ZIS says `access_denied`.
    ///
    /// Ask again only if the person wants to.
    #[must_use]
    pub fn is_denied(&self) -> bool {
        match self.kind() {
            #[cfg(any(feature = "support", feature = "tokens"))]
            Kind::Callback(error) => error.is_denied(),
            #[cfg(feature = "zis")]
            Kind::Flow(error) => error.is_denied(),
            _ => false,
        }
    }

    /// Why a list cannot be walked, if that is it.
    #[cfg(feature = "_support")]
    #[must_use]
    pub fn paging(&self) -> Option<&crate::pages::PagingError> {
        match self.kind() {
            Kind::Paging(error) => Some(error),
            _ => None,
        }
    }

    /// Whether a list has more records than may be had this way: more than the limit given to `all`,
    /// or than paging by offset reaches.
    #[cfg(feature = "_support")]
    #[must_use]
    pub fn is_paging_limit(&self) -> bool {
        self.paging()
            .is_some_and(crate::pages::PagingError::is_limit)
    }

    /// The status of an answer from where it was asked: another server's says nothing.
    pub(crate) fn own_status(&self) -> Option<StatusCode> {
        match self.call()? {
            CallError::Elsewhere(_) => None,
            call => call.status(),
        }
    }

    fn has_status(&self, status: StatusCode) -> bool {
        self.own_status() == Some(status)
    }
}
