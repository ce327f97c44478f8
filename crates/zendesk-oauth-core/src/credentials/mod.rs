//! `Credentials`: what goes into the `Authorization` header, and where it comes from.

mod error;

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::HeaderValue;
use zeroize::Zeroizing;

pub use error::CredentialError;

use crate::Secret;

/// What [`CredentialSource::authorization`] returns.
pub type AuthorizationFuture<'a> =
    Pin<Box<dyn Future<Output = Result<HeaderValue, CredentialError>> + Send + 'a>>;

/// Where credentials come from when they change over time, such as an access token that is
/// refreshed.
pub trait CredentialSource: Send + Sync + 'static {
    /// The value of the `Authorization` header, if one that is good is at hand. It is asked first,
    /// once per attempt, so it should neither lock nor allocate. By default there is none.
    fn ready(&self) -> Option<HeaderValue> {
        None
    }

    /// The value of the `Authorization` header, fetched if need be, as
    /// [`Secret::to_bearer_value`] makes it. The transport marks it sensitive.
    ///
    /// The timeout starts when the request is sent: a source that does IO has its own.
    ///
    /// # Errors
    ///
    /// [`CredentialError::unavailable`] when none can be had: the call is then refused and nothing
    /// is sent. After a [rejection](Self::rejected) the answer stands, and has this as its
    /// [`credential_error`](crate::client::Response::credential_error).
    fn authorization(&self) -> AuthorizationFuture<'_>;

    /// A server answered 401 `invalid_token` (RFC 6750, 3.1) to a call that carried this value: the
    /// token is expired, revoked or malformed. It is called for each such answer, in the call's own
    /// task, so it must not block.
    ///
    /// Afterwards [`ready`](Self::ready) should not give this value again, and
    /// [`authorization`](Self::authorization) should fetch another: both are asked next, if the
    /// call may be made again. A value that has been replaced by now is no news. By default nothing
    /// happens, and the answer stands unless the source gives another value by itself.
    fn rejected(&self, value: &HeaderValue) {
        let _ = value;
    }
}

/// The credentials of one area: Support, each ZIS integration and Chat want different ones
/// (Zendesk's security pages).
///
/// A secret that no header can carry is reported by
/// [`TransportBuilder::build`](crate::TransportBuilder::build).
#[derive(Clone)]
pub struct Credentials(pub(crate) Kind);

#[derive(Clone)]
pub(crate) enum Kind {
    None,
    Fixed(HeaderValue),
    Source(Arc<dyn CredentialSource>),
    Unusable(CredentialError),
}

impl Credentials {
    /// An OAuth access token, sent as `Authorization: Bearer {token}` (RFC 6750, 2.1). Give the
    /// token alone.
    #[must_use]
    pub fn bearer(token: impl Into<Secret>) -> Self {
        Self(match token.into().to_bearer_value() {
            Ok(value) => Kind::Fixed(value),
            Err(error) => Kind::Unusable(error),
        })
    }

    /// A Zendesk API token, sent as basic authentication of `{email}/token`. Zendesk made no new
    /// ones after 2026-10-27 and stops all of them on 2027-04-30.
    #[must_use]
    pub fn api_token(email: &str, token: impl Into<Secret>) -> Self {
        Self::basic(&format!("{email}/token"), token)
    }

    /// Basic authentication (RFC 7617), for what is neither of the two above.
    #[must_use]
    pub fn basic(user: &str, password: impl Into<Secret>) -> Self {
        let password = password.into();
        if user.contains(':') {
            return Self(Kind::Unusable(CredentialError::ColonInUser));
        }
        if password.expose().is_empty() {
            return Self(Kind::Unusable(CredentialError::Empty));
        }
        // RFC 7617, 2: neither part has control characters. Base64 would hide them until the server
        // answers 401.
        if user.contains(char::is_control) || password.expose().contains(char::is_control) {
            return Self(Kind::Unusable(CredentialError::IllegalCharacter {
                what: "the user or password",
            }));
        }
        let pair = Zeroizing::new(format!("{user}:{}", password.expose()));
        let encoded = Zeroizing::new(STANDARD.encode(pair.as_bytes()));
        Self::fixed(&Zeroizing::new(format!("Basic {}", *encoded)))
    }

    /// None, for operations that need none. Operations that do are sent without, and answered 401.
    #[must_use]
    pub fn none() -> Self {
        Self(Kind::None)
    }

    /// Whatever `source` gives for each attempt of each call.
    #[must_use]
    pub fn source(source: impl CredentialSource) -> Self {
        Self(Kind::Source(Arc::new(source)))
    }

    /// The value of the `Authorization` header, `None` when there are no credentials.
    pub(crate) async fn authorization(&self) -> Result<Option<HeaderValue>, CredentialError> {
        let mut value = match &self.0 {
            Kind::None => return Ok(None),
            Kind::Fixed(value) => value.clone(),
            Kind::Source(source) => match source.ready() {
                Some(value) => value,
                None => source.authorization().await?,
            },
            Kind::Unusable(error) => return Err(error.clone()),
        };
        value.set_sensitive(true);
        Ok(Some(value))
    }

    /// Whether they may be others the next time.
    pub(crate) fn may_change(&self) -> bool {
        matches!(self.0, Kind::Source(_))
    }

    /// Tells a source that a server does not take this value.
    pub(crate) fn rejected(&self, value: &HeaderValue) {
        if let Kind::Source(source) = &self.0 {
            source.rejected(value);
        }
    }

    fn fixed(text: &str) -> Self {
        Self(match HeaderValue::from_str(text) {
            Ok(mut value) => {
                value.set_sensitive(true);
                Kind::Fixed(value)
            }
            Err(_) => Kind::Unusable(CredentialError::IllegalCharacter {
                what: "the credentials",
            }),
        })
    }
}

/// `Bearer {token}`, marked sensitive.
pub(crate) fn bearer_value(token: &str) -> Result<HeaderValue, CredentialError> {
    token_is_sendable(token)?;
    let text = Zeroizing::new(format!("Bearer {token}"));
    let illegal = |_| CredentialError::IllegalCharacter {
        what: "the access token",
    };
    let mut value = HeaderValue::from_str(&text).map_err(illegal)?;
    value.set_sensitive(true);
    Ok(value)
}

/// Visible ASCII without spaces: wider than RFC 6750's b64token, narrower than what makes two
/// headers of one.
fn token_is_sendable(token: &str) -> Result<(), CredentialError> {
    if token.is_empty() {
        return Err(CredentialError::Empty);
    }
    if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(CredentialError::IllegalCharacter {
            what: "the access token",
        });
    }
    Ok(())
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Kind::None => "Credentials(none)",
            Kind::Fixed(_) => "Credentials([redacted])",
            Kind::Source(_) => "Credentials(source)",
            Kind::Unusable(_) => "Credentials(unusable)",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(credentials: &Credentials) -> &str {
        match &credentials.0 {
            Kind::Fixed(value) if value.is_sensitive() => value.to_str().unwrap(),
            _ => panic!("{credentials:?}"),
        }
    }

    fn error(credentials: &Credentials) -> String {
        assert!(!format!("{credentials:?}").contains("CANARY"));
        match &credentials.0 {
            Kind::Unusable(error) => format!("{error} {error:?}"),
            _ => panic!("{credentials:?}"),
        }
    }

    #[test]
    fn bearer_and_basic_are_spelled_as_the_rfcs_say() {
        assert_eq!(
            header(&Credentials::bearer("ps55XW1CbNj_hKnz-T==")),
            "Bearer ps55XW1CbNj_hKnz-T=="
        );
        assert_eq!(
            header(&Credentials::basic("Aladdin", "open sesame")),
            "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
        );
        assert_eq!(
            header(&Credentials::api_token(
                "a@b.example",
                "6wiIBWbGkBMo1mRDMuVwkw1EPsNkeUj95PIz2akv"
            )),
            "Basic YUBiLmV4YW1wbGUvdG9rZW46NndpSUJXYkdrQk1vMW1SRE11VndrdzFFUHNOa2VVajk1UEl6MmFrdg==",
        );
    }

    #[test]
    fn what_a_header_cannot_carry_is_a_typed_error_without_the_value() {
        for token in [
            "CANARY\n",
            "CANARY\r\nX-Other: 1",
            "Bearer CANARY",
            "CANARY\u{e9}",
            "CANARY\u{0}",
            " CANARY",
        ] {
            assert!(!error(&Credentials::bearer(token)).contains("CANARY"));
        }
        assert!(error(&Credentials::bearer("")).contains("empty"));
        assert!(error(&Credentials::basic("a:b", "CANARY")).contains("colon"));
        assert!(!error(&Credentials::api_token("a@b", "CANARY\n")).contains("CANARY"));
        assert!(error(&Credentials::basic("a\tb", "CANARY")).contains("user or password"));
    }

    #[test]
    fn debug_shows_nothing_of_the_value() {
        assert_eq!(
            format!("{:?}", Credentials::bearer("CANARY")),
            "Credentials([redacted])"
        );
    }

    #[tokio::test]
    async fn a_source_is_asked_for_a_ready_value_first() {
        struct Cached(Option<HeaderValue>);
        impl CredentialSource for Cached {
            fn ready(&self) -> Option<HeaderValue> {
                self.0.clone()
            }
            fn authorization(&self) -> AuthorizationFuture<'_> {
                Box::pin(async { Ok(HeaderValue::from_static("Bearer fetched")) })
            }
        }
        for (cached, expected) in [
            (Some("Bearer cached"), "Bearer cached"),
            (None, "Bearer fetched"),
        ] {
            let credentials = Credentials::source(Cached(cached.map(HeaderValue::from_static)));
            let value = credentials.authorization().await.unwrap().unwrap();
            assert_eq!(value, expected);
            assert!(value.is_sensitive());
        }
    }
}
