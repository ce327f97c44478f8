//! What a person's browser does in a flow.

use reqwest::{Url, header};
use zendesk_oauth_core::Secret;
use zendesk_oauth_sandbox::Sandbox;

use super::step::Deviation;

/// More redirects than any flow has.
const MOST_REDIRECTS: usize = 10;

/// A browser in which the admin is signed in.
pub(super) struct Browser {
    http: reqwest::Client,
    url: String,
    session: String,
}

/// Why a flow stopped halfway.
fn stopped(expected: &str, came: impl Into<String>) -> Deviation {
    Deviation {
        expected: expected.to_owned(),
        came: came.into(),
    }
}

impl Browser {
    /// `http` follows no redirect.
    pub(super) fn of(http: reqwest::Client, sandbox: &Sandbox) -> Self {
        Self {
            http,
            url: sandbox.url().to_owned(),
            session: sandbox.credentials().admin_session.unwrap_or_default(),
        }
    }

    /// Follows redirects until one leads to `callback`, which is not called; the query parameter of
    /// one of these names there. Each error names path and status, never the query.
    pub(super) async fn follow(
        &self,
        from: &str,
        callback: &str,
        names: &[&str],
    ) -> Result<String, Deviation> {
        let expected = "redirects that end at the callback";
        let parse = |url: &str| {
            Url::parse(url).map_err(|_| stopped(expected, "a redirect to what is no URL"))
        };
        let end = parse(callback)?;
        let mut url = parse(from)?;
        for _ in 0..MOST_REDIRECTS {
            if (url.origin(), url.path()) == (end.origin(), end.path()) {
                return parameter(&url, names);
            }
            if !url.as_str().starts_with(&self.url) {
                return Err(stopped(expected, "a redirect to another host"));
            }
            let cookie = format!("_zendesk_session={}", self.session);
            let request = self.http.get(url.clone()).header(header::COOKIE, cookie);
            let sent = request.send().await;
            let answer =
                sent.map_err(|error| stopped(expected, error.without_url().to_string()))?;
            let location = answer.headers().get(header::LOCATION);
            let next = location.and_then(|it| it.to_str().ok()?.parse::<String>().ok());
            let Some(next) = next.filter(|_| answer.status().is_redirection()) else {
                let came = format!("{} from {}", answer.status(), url.path());
                return Err(stopped(expected, came));
            };
            url = url
                .join(&next)
                .map_err(|_| stopped(expected, "a redirect to what is no URL"))?;
        }
        Err(stopped(expected, "redirects without end"))
    }

    /// The authorization code that the consent page of Support gives for this client. Where the flow
    /// stopped, a code that is none, and why: what an operation says of a wrong code is seen then, too.
    pub(super) async fn code(
        &self,
        client_id: &str,
        redirect_uri: &str,
        scope: &str,
    ) -> (Secret, Option<Deviation>) {
        let page = self.consent_page(client_id, redirect_uri, scope);
        match self.follow(&page, redirect_uri, &["code"]).await {
            Ok(code) => (Secret::from(code), None),
            Err(deviation) => (Secret::from("none"), Some(deviation)),
        }
    }

    /// The consent page of Support: where it is, for this client.
    fn consent_page(&self, client_id: &str, redirect_uri: &str, scope: &str) -> String {
        let page = format!("{}/oauth/authorizations/new", self.url);
        let pairs = [
            ("response_type", "code"),
            ("client_id", client_id),
            ("redirect_uri", redirect_uri),
            ("scope", scope),
            ("state", "tour"),
        ];
        Url::parse_with_params(&page, pairs).map_or(page, String::from)
    }
}

fn parameter(url: &Url, names: &[&str]) -> Result<String, Deviation> {
    let mut pairs = url.query_pairs();
    let found = pairs.find(|(name, _)| names.contains(&&**name));
    let (_, value) = found.ok_or_else(|| {
        let expected = format!("{} at the callback", names.join(" or "));
        // An OAuth error code is no secret.
        let mut pairs = url.query_pairs();
        let error = pairs.find(|(name, _)| name == "error");
        let came = error.map_or("none of them".to_owned(), |(_, code)| {
            format!("error={code}")
        });
        stopped(&expected, came)
    })?;
    Ok(value.into_owned())
}
