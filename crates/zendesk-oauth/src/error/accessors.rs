//! What is known about an error.

use std::borrow::Cow;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use zendesk_oauth_core::client::{Error as CallError, Response};
use zendesk_oauth_core::{ApiErrorBody, ErrorDetail, Operation, RetryAfter};

use super::Error;
#[cfg(any(feature = "_support", feature = "zis", feature = "chat"))]
use super::Kind;
use crate::Area;

impl Error {
    /// The HTTP status, if an answer began. That of an answer from elsewhere
    /// ([`is_redirect`](Self::is_redirect)) is another server's.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        let answer = self.answer().map(Response::status);
        answer.or_else(|| self.call()?.status())
    }

    /// The machine-readable code in whichever of Zendesk's error forms came: `RecordInvalid`,
    /// `invalid_token`, `1302`. See [`ApiErrorBody::code`].
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.api_error()?.code()
    }

    /// The server's sentence for people. It may quote what was sent, so it is not printed by
    /// `Display`. See [`ApiErrorBody::message`].
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.api_error()?.message()
    }

    /// What is wrong with which field, where the server says so (422 of Support). See
    /// [`ApiErrorBody::details`].
    #[must_use]
    pub fn details(&self) -> Vec<ErrorDetail<'_>> {
        self.api_error()
            .map(ApiErrorBody::details)
            .unwrap_or_default()
    }

    /// The body of an answer of 400 or above, read as an error of any of Zendesk's forms.
    #[must_use]
    pub fn api_error(&self) -> Option<&ApiErrorBody> {
        let read = || self.call().and_then(CallError::api_error);
        self.0.api_error.get_or_init(read).as_ref()
    }

    /// What Zendesk's support asks for: `x-request-id`, else `x-zendesk-request-id`.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        let answer = self.answer().and_then(Response::request_id);
        answer.or_else(|| self.call()?.request_id())
    }

    /// How long the server asks to wait (`Retry-After`).
    #[must_use]
    pub fn retry_after(&self) -> Option<RetryAfter> {
        self.call()?.retry_after()
    }

    /// The operation that was called, or that was about to be.
    #[must_use]
    pub fn operation(&self) -> Option<&'static Operation> {
        self.call()
            .and_then(CallError::operation)
            .or(self.0.operation)
    }

    /// How many attempts were made; 0 if nothing was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        let answer = self.answer().map(Response::attempts);
        answer.unwrap_or_else(|| self.call().map_or(0, CallError::attempts))
    }

    /// The headers as sent, if an answer began. They may hold secrets.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        let answer = self.answer().map(Response::headers);
        answer.or_else(|| self.call()?.headers())
    }

    /// The body as text (lossy UTF-8); of one that broke off, what had arrived. It may hold secrets:
    /// this is for deliberate use.
    #[must_use]
    pub fn body_text(&self) -> Option<Cow<'_, str>> {
        let answer = self.answer().map(Response::body);
        let answer = answer.map(|body| String::from_utf8_lossy(body));
        answer.or_else(|| self.call()?.body_text())
    }

    /// Where in the JSON an answer is not what the document says, such as `clients[0].id`; empty for
    /// the whole.
    #[must_use]
    pub fn decode_path(&self) -> Option<&str> {
        match self.call()? {
            CallError::Decode(error) => Some(error.path()),
            _ => None,
        }
    }

    /// The HTTP client's error, if no answer came. For deliberate use: its text is not checked for
    /// secrets. Of its URL only scheme, host and port are left.
    #[must_use]
    pub fn http_error(&self) -> Option<&reqwest::Error> {
        match self.call()? {
            CallError::Communication(error) => Some(error.http_error()),
            _ => None,
        }
    }

    /// The area whose credentials the operation takes; `None` for one that takes none.
    #[must_use]
    pub fn area(&self) -> Option<Area> {
        match self.kind() {
            #[cfg(any(feature = "_support", feature = "zis", feature = "chat"))]
            Kind::MissingCredentials { area } => Some(*area),
            #[cfg(feature = "support")]
            Kind::SecretNotReceived(_) => Some(Area::Support),
            _ => Area::of(self.operation()?),
        }
    }

    /// The client of a flow that left it without a secret that anybody knows, as it was last
    /// answered, without the truncated secret. See
    /// [`OAuthClients::register`](crate::support::OAuthClients::register).
    #[cfg(feature = "support")]
    #[must_use]
    pub fn oauth_client(&self) -> Option<&crate::support::OAuthClient> {
        match self.kind() {
            Kind::SecretNotReceived(error) => Some(&error.client),
            _ => None,
        }
    }

    /// Why a callback of [`authorization`](crate::authorization) brought no code, if that is it.
    #[cfg(any(feature = "support", feature = "tokens"))]
    #[must_use]
    pub fn callback(&self) -> Option<&crate::authorization::CallbackError> {
        match self.kind() {
            Kind::Callback(error) => Some(error),
            _ => None,
        }
    }

    /// Why a [`TokenSource`](crate::token::TokenSource) had no usable token, if that is it: of what
    /// was asked of the source itself, of a call that was to be made with its token, and of one whose
    /// token the server rejected, so that it was to be made again with another: that has the
    /// [`status`](Self::status) 401.
    #[cfg(feature = "tokens")]
    #[must_use]
    pub fn token(&self) -> Option<&crate::token::TokenError> {
        use zendesk_oauth_core::CredentialError;
        if let Kind::Token(error) = self.kind() {
            return Some(error);
        }
        match self.call()?.credential_error()? {
            CredentialError::Unavailable(cause) => cause.downcast_ref(),
            _ => None,
        }
    }

    /// Why a flow of ZIS came to no connection, if no single call is to blame.
    #[cfg(feature = "zis")]
    #[must_use]
    pub fn flow(&self) -> Option<&crate::zis::FlowError> {
        match self.kind() {
            Kind::Flow(error) => Some(error),
            _ => None,
        }
    }

    /// Why a login of [`token`](crate::token) came to no code, if neither a call nor what came back
    /// is to blame.
    #[cfg(feature = "tokens")]
    #[must_use]
    pub fn login(&self) -> Option<&crate::token::LoginError> {
        match self.kind() {
            Kind::Login(error) => Some(error),
            _ => None,
        }
    }
}
