//! A sandbox that is asked what a Zendesk is asked.

use zendesk_oauth::support::OAuthTokenFilter;
use zendesk_oauth::{Credentials, Error, RetryPolicy, Zendesk};
use zendesk_oauth_sandbox::Sandbox;

use crate::canned::without_certificates;
use crate::printed::assert_fit;

/// Lists what there is. Whatever an account was made of, its answers are those of its document.
pub(crate) async fn assert_answers(sandbox: &Sandbox) {
    let credentials = Credentials::bearer(sandbox.credentials().admin_token);
    let zendesk = Zendesk::at(sandbox.url())
        .support(credentials.clone())
        .chat(credentials)
        .http_client_builder(without_certificates())
        .retry_policy(RetryPolicy::never())
        .build();
    let Ok(zendesk) = zendesk else {
        return;
    };
    let clients = zendesk.oauth_clients().list().page_size(3);
    fit(clients.pages().next().await.transpose());
    let tokens = zendesk
        .oauth_tokens()
        .list(OAuthTokenFilter::of_everyone().include_expired());
    fit(tokens.page_size(3).pages().next().await.transpose());
    fit(zendesk
        .global_oauth_clients()
        .list()
        .pages()
        .next()
        .await
        .transpose());
    fit(zendesk.oauth_tokens().show_current().await);
    fit(zendesk.chat().list().await);
}

fn fit<T>(said: Result<T, Error>) {
    if let Err(error) = said {
        assert_fit(&error);
        assert!(!error.is_server_error() && !error.is_decode(), "{error}");
        assert!(
            !error.is_transport(),
            "the sandbox does not answer: {error}"
        );
    }
}
