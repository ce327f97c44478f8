//! The browser of a person who agrees.

use std::time::Duration;

use zendesk_oauth::reqwest::{self, Url, header::LOCATION};

use crate::Failure;

/// No page takes that long.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a person's browser does: it agrees, as the sandbox asks nothing, and follows redirects.
pub(crate) struct Browser {
    http: reqwest::Client,
    sandbox: String,
}

impl Browser {
    pub(crate) fn new(sandbox: &str) -> Result<Self, Failure> {
        let policy = reqwest::redirect::Policy::none();
        let http = reqwest::Client::builder()
            .redirect(policy)
            .no_proxy()
            .timeout(PATIENCE);
        Ok(Self {
            http: http.build()?,
            sandbox: sandbox.to_owned(),
        })
    }

    /// The address at which it leaves the sandbox.
    pub(crate) async fn follow(&self, url: &str) -> Option<String> {
        let mut url = Url::parse(url).ok()?;
        for _ in 0..10 {
            if !url.as_str().starts_with(&self.sandbox) {
                return Some(url.into());
            }
            let answer = self.http.get(url.clone()).send().await.ok()?;
            let location = answer.headers().get(LOCATION)?.to_str().ok()?;
            url = url.join(location).ok()?;
        }
        None
    }

    /// The same, and that address too.
    pub(crate) async fn open(&self, url: &str) {
        if let Some(back) = self.follow(url).await {
            // What its page says is for a person.
            let _ = self.http.get(back).send().await;
        }
    }
}
