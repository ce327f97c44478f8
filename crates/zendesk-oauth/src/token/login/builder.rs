//! `Login`: what a login is to be, before it begins.

use std::fmt;
use std::io::BufRead;
use std::time::Duration;

use super::lines::Lines;
use super::loopback_uri::LoopbackUri;
use super::paste::Paste;
use super::{OpenedLogin, PasteError, StartedLogin};
use crate::authorization::AuthorizationRequest;
use crate::shown_url::ShownUrl;
use crate::token::TokenEndpoint;
use crate::{Error, RequestError};

/// Logs a person in with the browser: the authorization code grant (RFC 6749, 4.1) with PKCE S256
/// (RFC 7636), of public and of confidential OAuth clients. What comes out is for
/// `TokenSource::log_in`.
///
/// [`open`](Self::open) is for a program on the person's machine (RFC 8252): it listens on 127.0.0.1
/// for the browser, and [`paste_lines`](Self::paste_lines) helps where no browser gets there, as in
/// a container or over SSH. [`begin`](Self::begin) is the same in steps, for a web app.
///
/// ```
/// use zendesk_oauth::token::{Login, TokenEndpoint};
///
/// # async fn log_in(endpoint: TokenEndpoint) -> Result<(), zendesk_oauth::Error> {
/// let issued = Login::new(&endpoint, ["read"])
///     .redirect_uri("http://127.0.0.1:8085/callback")
///     .open(|url| eprintln!("Open this in your browser, and show it to nobody:\n{url}"))
///     .await?;
/// # drop(issued);
/// # Ok(())
/// # }
/// ```
#[must_use = "a login does nothing until it is opened or begun"]
pub struct Login {
    pub(super) endpoint: TokenEndpoint,
    scopes: Vec<String>,
    redirect_uri: Option<String>,
    pub(super) deadline: Duration,
    pub(super) paste: Option<Paste>,
}

impl Login {
    /// A login of the endpoint's OAuth client, with at least one scope, such as `read` or
    /// `tickets:write`.
    pub fn new<S: Into<String>>(
        endpoint: &TokenEndpoint,
        scopes: impl IntoIterator<Item = S>,
    ) -> Self {
        Self {
            endpoint: endpoint.clone(),
            scopes: scopes.into_iter().map(Into::into).collect(),
            redirect_uri: None,
            deadline: Duration::from_secs(5 * 60),
            paste: None,
        }
    }

    /// Where Zendesk sends the browser with the code: one of the redirect URIs of the OAuth client.
    /// It is sent as it is given here, since Zendesk compares it with them.
    ///
    /// [`open`](Self::open) listens on its port if it is http to `127.0.0.1` or `localhost`. Prefer
    /// `127.0.0.1`, with a port: `localhost` may lead to another address first, on which anybody
    /// else can listen (RFC 8252, 8.3). Whatever the name is, only 127.0.0.1 is listened on.
    ///
    /// Without a port, or with port 0, a free port is listened on and written into what is sent.
    /// That is for an OAuth client whose registered URI has no port, and RFC 8252, 7.3 demands of
    /// servers that they take any then; whether Zendesk does is unknown.
    pub fn redirect_uri(mut self, uri: impl Into<String>) -> Self {
        self.redirect_uri = Some(uri.into());
        self
    }

    /// How long the person has, from when the URL is handed out until the answer is there, by
    /// browser or by pasting: 5 minutes by default, by the client's clock. The call that redeems the
    /// code has its own time. It is for [`open`](Self::open) only.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Lets the person paste the address to which the browser was sent, for where the browser cannot
    /// get to this machine and shows an error page there. The listener listens all the same, and
    /// whichever comes first counts; if there is no port for it, or the redirect URI is of another
    /// place, pasting alone does.
    ///
    /// `next` gives the next text, the whole address or its query, and `None` when there will be no
    /// more. It gets what was wrong with the one before, to tell the person: a text without this
    /// login's `state`, or without a code, ends nothing. For standard input, see
    /// [`paste_lines`](Self::paste_lines).
    pub fn paste<F, Next>(mut self, next: F) -> Self
    where
        F: FnMut(Option<PasteError>) -> Next + Send + 'static,
        Next: Future<Output = Option<String>> + Send + 'static,
    {
        self.paste = Some(Paste::new(next));
        self
    }

    /// [`paste`](Self::paste) from an input that blocks, a line each, such as standard input. `tell`
    /// gets what is wrong with a line.
    ///
    /// Lines are read in a thread that keeps no runtime from ending. If the browser comes first, that
    /// thread still takes the next line, which is lost.
    ///
    /// ```
    /// use std::io::{BufReader, stdin};
    ///
    /// # fn headless(login: zendesk_oauth::token::Login) {
    /// let login = login.paste_lines(BufReader::new(stdin()), |wrong| eprintln!("{wrong}"));
    /// # drop(login);
    /// # }
    /// ```
    pub fn paste_lines(
        self,
        input: impl BufRead + Send + 'static,
        mut tell: impl FnMut(&PasteError) + Send + 'static,
    ) -> Self {
        let lines = Lines::of(input);
        self.paste(move |wrong| {
            if let Some(wrong) = &wrong {
                tell(wrong);
            }
            lines.next()
        })
    }

    /// The login as one call: listens, hands out the URL for the person's browser, waits for the
    /// answer, and redeems the code. Nothing happens before it is awaited.
    ///
    /// `open` shows the URL to the person, or opens a browser with it. It carries this login's
    /// `state`, so keep it out of logs. `open` should return soon, as nothing goes on before.
    ///
    /// Requests that do not bring the `state` are answered with an error page and change nothing.
    ///
    /// # Errors
    ///
    /// That the person said no ([`Error::is_denied`], [`Error::callback`]); that nobody came back in
    /// time ([`Error::is_timeout`]), a port that is taken and the others of
    /// [`LoginError`](super::LoginError) ([`Error::login`]); those of
    /// [`AuthorizationRequest::new`]; and those of redeeming the code.
    pub fn open(self, open: impl FnOnce(&str) + Send + 'static) -> OpenedLogin {
        OpenedLogin {
            login: self,
            open: Box::new(open),
        }
    }

    /// The login in steps: send the person to [`StartedLogin::url`], and give what the browser came
    /// back with to [`StartedLogin::finish`]. Nothing is listened on, and there is no deadline.
    ///
    /// # Errors
    ///
    /// Those of [`AuthorizationRequest::new`]. Nothing was sent.
    pub fn begin(self) -> Result<StartedLogin, Error> {
        let uri = self.given_redirect_uri()?;
        let uri = match LoopbackUri::parse(uri) {
            Some(loopback) => loopback.not_listened_on(),
            None => uri.to_owned(),
        };
        let request = self.request(uri)?;
        Ok(StartedLogin::new(self.endpoint, request))
    }

    /// The redirect URI as it was given.
    pub(super) fn given_redirect_uri(&self) -> Result<&str, RequestError> {
        self.redirect_uri.as_deref().ok_or_else(|| {
            RequestError::new(
                "redirect_uri",
                "the login has no redirect URI: give `redirect_uri` one of those that the OAuth \
                 client has, such as `http://127.0.0.1:8085/callback`",
            )
        })
    }

    /// What the person is asked.
    pub(super) fn request(&self, redirect_uri: String) -> Result<AuthorizationRequest, Error> {
        AuthorizationRequest::new(
            self.endpoint.client().client_id(),
            redirect_uri,
            &self.scopes,
        )
    }
}

/// Of the redirect URI scheme and host: the rest may be for one session.
impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login")
            .field("client_id", &self.endpoint.client().client_id())
            .field("scopes", &self.scopes)
            .field("redirect_uri", &self.redirect_uri.as_deref().map(ShownUrl))
            .field("deadline", &self.deadline)
            .field("can_paste", &self.paste.is_some())
            .finish()
    }
}
