//! Many callers of one source, whose token lapses while all of them use it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use tokio::task::JoinSet;
use zendesk_oauth::token::{
    IssuedToken, Lifetime, LifetimeSource, MemoryStore, OAuthClientCredentials, TokenEndpoint,
    TokenSource,
};
use zendesk_oauth::{Secret, Zendesk};

use super::{Failed, orders::Gave};

/// What the seed calls the client and its tokens.
const IDENTIFIER: &str = "lapse_app";
const ACCESS: &str = "access-lapse";
const REFRESH: &str = "refresh-lapse";
/// The sandbox takes this for how long its clock is put forward: longer than any of its tokens lives.
const FORWARD: u64 = 7200;

/// A source, and the sandbox that its token is of.
pub(crate) struct Lapse {
    url: String,
    source: TokenSource,
    zendesk: Zendesk,
    /// Of the control of the sandbox.
    control: reqwest::Client,
}

impl Lapse {
    pub(crate) fn new(url: &str) -> Result<Self, Failed> {
        let open = Zendesk::at(url).build()?;
        let client = OAuthClientCredentials::public(IDENTIFIER);
        let endpoint = TokenEndpoint::new(&open, client);
        let source = TokenSource::builder(endpoint, MemoryStore::new()).build();
        let zendesk = Zendesk::at(url).support(source.credentials()).build()?;
        Ok(Self {
            url: url.to_owned(),
            source,
            zendesk,
            control: reqwest::Client::builder().no_proxy().build()?,
        })
    }

    /// So many calls in all. In the middle of them the sandbox's clock is put forward, so that the token that all use is
    /// past its end. Each call must be answered. Gives how many refreshes the sandbox has seen.
    pub(crate) async fn calls(
        self: &Arc<Self>,
        callers: usize,
        times: usize,
    ) -> Result<Gave, Failed> {
        let lifetime = Lifetime::limited(Duration::from_secs(1_800), LifetimeSource::Answer);
        let issued = IssuedToken::new(Secret::from(ACCESS), lifetime, SystemTime::now())
            .refresh_token(Secret::from(REFRESH), None);
        self.source.log_in(&issued).await?;
        let first = self.zendesk.oauth_clients().list().page_size(1).page();
        let id = first.await?.items().first().ok_or("there is no client")?.id;

        let callers = callers.max(1);
        let begun = Arc::new(AtomicUsize::new(0));
        let mut tasks = JoinSet::new();
        for _ in 0..callers {
            let (this, begun) = (Arc::clone(self), Arc::clone(&begun));
            tasks.spawn(async move {
                for _ in 0..times.div_ceil(callers) {
                    if begun.fetch_add(1, Ordering::Relaxed) == times / 2 {
                        this.put_forward().await?;
                    }
                    this.zendesk.oauth_clients().show(id).await?;
                }
                Ok::<(), Failed>(())
            });
        }
        tasks
            .join_all()
            .await
            .into_iter()
            .collect::<Result<(), _>>()?;
        Ok(Gave {
            items: self.refreshes().await?,
            ..Gave::default()
        })
    }

    async fn put_forward(&self) -> Result<(), Failed> {
        let url = format!("{}/_sandbox/clock/advance", self.url);
        let answer = self.control.post(url).json(&json!({"seconds": FORWARD}));
        answer.send().await?.error_for_status()?;
        Ok(())
    }

    /// As the journal has it.
    async fn refreshes(&self) -> Result<usize, Failed> {
        let url = format!(
            "{}/_sandbox/journal?operation=create_token_for_grant_type",
            self.url
        );
        let answer = self.control.get(url).send().await?.error_for_status()?;
        let journal: Value = answer.json().await?;
        let entries = journal["entries"].as_array();
        Ok(entries.ok_or("the journal has no entries")?.len())
    }
}
