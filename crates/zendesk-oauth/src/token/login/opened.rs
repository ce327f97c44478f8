//! `OpenedLogin`: a whole login in one call.

use std::fmt;
use std::future::{IntoFuture, pending};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use super::callback::{LoginCallback, Outcome};
use super::loopback_uri::LoopbackUri;
use super::paste::Paste;
use super::{Login, LoginError};
use crate::Error;
use crate::authorization::AuthorizationRequest;
use crate::callback::{CallbackListener, LoopbackPort};
use crate::race::{First, race};
use crate::shown_url::ShownUrl;
use crate::token::IssuedToken;

/// A whole login, from [`Login::open`]. `.await` begins it; dropping the future ends it, and closes
/// the listener.
#[must_use = "a login does not begin until it is awaited"]
pub struct OpenedLogin {
    pub(super) login: Login,
    pub(super) open: Box<dyn FnOnce(&str) + Send>,
}

impl OpenedLogin {
    async fn run(self) -> Result<IssuedToken, Error> {
        let Self { mut login, open } = self;
        let given = login.given_redirect_uri()?;
        let loopback = LoopbackUri::parse(given);
        let port = match &loopback {
            Some(uri) => listened_on(uri.port(), login.paste.is_some()).await?,
            None => None,
        };
        let uri = match (loopback, &port) {
            (Some(loopback), Some(port)) => loopback.listened_on(port.number()),
            (Some(loopback), None) => loopback.not_listened_on(),
            (None, _) => given.to_owned(),
        };
        let request = Arc::new(login.request(uri)?);
        let paste = login.paste.take();
        if port.is_none() && paste.is_none() {
            let redirect_uri = ShownUrl(request.redirect_uri()).to_string();
            return Err(LoginError::NoWayBack { redirect_uri }.into());
        }
        let listener = port.map(|port| {
            let callback = LoginCallback::of(Arc::clone(&request));
            CallbackListener::new(port, callback)
        });
        let Login {
            endpoint, deadline, ..
        } = login;
        let passed = endpoint.open().clock().sleep(deadline);
        open(request.url_at(endpoint.base_url()).expose());
        let code = brought(listener, paste, &request, passed, deadline).await??;
        endpoint.authorization_code(&request, code).await
    }
}

/// The port, or nothing if there is none and the person can paste.
async fn listened_on(port: u16, can_paste: bool) -> Result<Option<LoopbackPort>, LoginError> {
    match LoopbackPort::bind(port).await {
        Ok(bound) => Ok(Some(bound)),
        Err(source) if can_paste => {
            let error = &source as &dyn std::error::Error;
            tracing::warn!(
                target: "zendesk_oauth::token",
                port,
                error,
                "this port of 127.0.0.1 cannot be listened on: the login has to be pasted"
            );
            Ok(None)
        }
        Err(source) => Err(LoginError::Listener { port, source }),
    }
}

/// Waits for the browser and for the person, whichever comes first.
async fn brought(
    listener: Option<CallbackListener<LoginCallback>>,
    paste: Option<Paste>,
    request: &AuthorizationRequest,
    passed: impl Future<Output = ()>,
    deadline: Duration,
) -> Result<Outcome, LoginError> {
    let is_listening = listener.is_some();
    let by_browser = async {
        let outcome = match listener {
            Some(listener) => listener.outcome(passed).await,
            None => {
                passed.await;
                None
            }
        };
        outcome.ok_or(LoginError::NobodyCameBack { deadline })
    };
    let by_paste = async {
        let pasted = match paste {
            Some(paste) => paste.outcome(request).await,
            None => None,
        };
        match pasted {
            Some(outcome) => Ok(outcome),
            // Nobody pastes any more, but the browser may come.
            None if is_listening => pending().await,
            None => Err(LoginError::NothingPasted),
        }
    };
    // What was pasted in time counts, even if the deadline is reached now.
    match race(by_paste, by_browser).await {
        First::One(outcome) | First::Other(outcome) => outcome,
    }
}

impl IntoFuture for OpenedLogin {
    type Output = Result<IssuedToken, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl fmt::Debug for OpenedLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenedLogin")
            .field("login", &self.login)
            .finish_non_exhaustive()
    }
}
