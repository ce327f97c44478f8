//! The request that a call would send, taken by a server of our own on loopback: what is shown is what would be
//! sent, and not a second description of it.

use zendesk_oauth::{Credentials, RetryPolicy, Zendesk};

use super::listener::Listener;
use super::shown_request;
use crate::account::Account;
use crate::config::Settings;
use crate::failure::Failure;
use crate::output::{self, Format, OutputFlags};

/// What stands for credentials in a dry run. They are never those of the account: not even a login is refreshed.
const PLACEHOLDER: &str = "dry-run";

/// Makes the call against a server that only listens, and prints the requests to standard output, without secrets.
/// `call` is what the command does. Its error counts only if it came to no request: a `call` that gives its
/// result, as in `async |zendesk| zendesk.oauth_clients().delete(id).await`, lets it be told.
pub(crate) async fn show_request<F, R>(
    account: &Account,
    output: &OutputFlags,
    call: F,
) -> Result<(), Failure>
where
    F: AsyncFnOnce(&Zendesk) -> R,
    R: CallResult,
{
    let url = account.url();
    let listener = Listener::start().await;
    let listener = listener.map_err(|error| {
        Failure::failed("the dry run cannot listen on 127.0.0.1").because(error)
    })?;
    let stem = shown_request::stem(url);
    let zendesk = stand_in(
        account,
        &format!("http://127.0.0.1:{}{stem}", listener.port()),
    )?;
    let refusal = call(&zendesk).await.refusal();
    let requests = listener.requests().await;
    if requests.is_empty() {
        return Err(refusal.unwrap_or_else(|| {
            Failure::usage(
                "the call is refused before anything is sent; run it without --dry-run to see why",
            )
        }));
    }
    let requests = requests
        .iter()
        .map(|request| shown_request::of(request, url, output.reveal));
    match output.format {
        Format::Table => {
            let texts: Vec<String> = requests.map(|it| it.text()).collect();
            output::write(&texts.join("\n"))?;
        }
        Format::Ndjson => {
            for request in requests {
                output::write(&format!("{}\n", request.json()))?;
            }
        }
        Format::Json => {
            let mut values: Vec<_> = requests.map(|it| it.json()).collect();
            let value = if values.len() == 1 {
                values.remove(0)
            } else {
                values.into()
            };
            output::write(&format!("{value:#}\n"))?;
        }
    }
    output::talk("Dry run: nothing of this was sent to the account.");
    Ok(())
}

/// A client of the listener, with placeholders where the account has credentials.
fn stand_in(account: &Account, url: &str) -> Result<Zendesk, Failure> {
    let settings = account.settings();
    let bearer = || placeholder(settings, false);
    let mut builder = Zendesk::at(url).retry_policy(RetryPolicy::never());
    if settings.support.is_some() {
        builder = builder.support(placeholder(settings, true));
    }
    if let (Some(integration), Some(_)) = (&settings.integration, &settings.zis) {
        builder = builder.zis(integration.as_str(), bearer());
    }
    if settings.chat.is_some() {
        builder = builder.chat(bearer());
    }
    Ok(builder.build()?)
}

/// What stands for the account's credentials in a dry run, of the same kind.
pub(crate) fn placeholder(settings: &Settings, is_support: bool) -> Credentials {
    match &settings.api_token_email {
        Some(email) if is_support => Credentials::api_token(email, PLACEHOLDER),
        _ => Credentials::bearer(PLACEHOLDER),
    }
}

/// What the call of a dry run may give.
pub(crate) trait CallResult {
    /// Why nothing was sent, if that is known.
    fn refusal(self) -> Option<Failure>;
}

impl CallResult for () {
    fn refusal(self) -> Option<Failure> {
        None
    }
}

impl<T, E: Into<Failure>> CallResult for Result<T, E> {
    fn refusal(self) -> Option<Failure> {
        self.err().map(Into::into)
    }
}
