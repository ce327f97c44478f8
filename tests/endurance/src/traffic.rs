//! The calls of all areas, in an order that is drawn.

use std::sync::Arc;
use std::time::Duration;

use fastrand::Rng;
use tokio::sync::oneshot;
use zendesk_oauth::pages::Page;
use zendesk_oauth::support::{
    NewOAuthClient, NewOAuthToken, OAuthClientChanges, OAuthTokenFilter, TokenRequest,
    TokenSummaryFilter,
};
use zendesk_oauth::zis::{
    CreateZisOAuthToken, OAuthClientRef, StartOAuthFlow, VerificationCode, Zis,
};
use zendesk_oauth::{Credentials, Error, RetryPolicy, Secret, Zendesk};

use crate::Failure;
use crate::browser::Browser;
use crate::child::Child;
use crate::clock::MovedClock;
use crate::kind::Kind;
use crate::login::Logins;
use crate::logins;
use crate::tally::Tally;

const CALLBACK: &str = "https://client.int/callback";

/// How long one attempt may take where none is meant to be cut off.
const LONG: Duration = Duration::from_secs(60);

/// How long something of a caller may take with all its calls: what takes longer hangs.
const DEADLINE: Duration = Duration::from_secs(90);

/// Waits are short: they are not what is tried here.
const POLICY: RetryPolicy = RetryPolicy::standard()
    .max_attempts(3)
    .base_delay(Duration::from_millis(5))
    .max_delay(Duration::from_millis(50));

/// What callers share in a cycle. Everything in it is dropped at the end of the cycle.
pub(crate) struct World {
    pub(crate) child: Arc<Child>,
    pub(crate) tally: Arc<Tally>,
    pub(crate) clock: MovedClock,
    pub(crate) logins: Logins,
    pub(crate) browser: Browser,
    /// With all credentials.
    zendesk: Zendesk,
    /// The same behind a slow line.
    slow: Zendesk,
    /// Without any: for token endpoints.
    pub(crate) open: Zendesk,
    pub(crate) cycle: u64,
}

impl World {
    pub(crate) fn new(
        child: &Arc<Child>,
        tally: &Arc<Tally>,
        clock: &MovedClock,
        logins: &Logins,
        cycle: u64,
    ) -> Result<Self, Failure> {
        let known = &child.started;
        let with_all = |url: &str| {
            Zendesk::at(url)
                .support(Credentials::bearer(known.admin_token.as_str()))
                .zis(
                    known.integration.as_str(),
                    Credentials::bearer(known.zis_token.as_str()),
                )
                .chat(Credentials::bearer(known.chat_token.as_str()))
                .clock(clock.clone())
                .retry_policy(POLICY)
                .timeout(LONG)
                .build()
        };
        Ok(Self {
            zendesk: with_all(&known.url)?,
            slow: with_all(&known.slow_url)?,
            open: Zendesk::at(&known.url)
                .clock(clock.clone())
                .retry_policy(POLICY)
                .timeout(LONG)
                .build()?,
            browser: Browser::new(&known.url)?,
            child: Arc::clone(child),
            tally: Arc::clone(tally),
            clock: clock.clone(),
            logins: Arc::clone(logins),
            cycle,
        })
    }

    pub(crate) fn admin(&self) -> &Zendesk {
        &self.zendesk
    }

    /// A client of its own, with connections of its own.
    pub(crate) fn zendesk_with(&self, credentials: Credentials) -> Result<Zendesk, Error> {
        Zendesk::at(&self.child.started.url)
            .support(credentials)
            .clock(self.clock.clone())
            .retry_policy(POLICY)
            .timeout(LONG)
            .build()
    }

    fn zis(&self) -> Zis {
        self.zendesk.zis(self.child.started.integration.as_str())
    }

    /// Does something, or a part of it.
    pub(crate) async fn act(&self, random: &mut Rng, name: &str) -> Result<(), Failure> {
        let is_dropped = random.u32(..100) < 12;
        let patience = match is_dropped {
            true => Duration::from_micros(random.u64(0..40_000)),
            false => DEADLINE,
        };
        let act = self.whole(random, name, is_dropped);
        match tokio::time::timeout(patience, act).await {
            Ok(done) => done,
            Err(_) if is_dropped => {
                self.tally.count("half-way", "dropped");
                Ok(())
            }
            Err(_) => {
                self.tally.find(format!(
                    "something of {name} had not ended after {DEADLINE:?}"
                ));
                Ok(())
            }
        }
    }

    async fn whole(&self, random: &mut Rng, name: &str, is_dropped: bool) -> Result<(), Failure> {
        match random.u32(..100) {
            0..18 => self.client_life(random, name).await,
            18..34 => self.lists(random).await,
            34..42 => self.in_no_time(random).await,
            42..50 => self.globals_and_chat(random).await,
            50..56 => self.grants().await,
            56..64 => return self.flow(random).await,
            64..68 => return self.connect(random).await,
            68..72 => return logins::mint(self).await,
            _ => return logins::act(self, random, is_dropped).await,
        }
        Ok(())
    }

    async fn client_life(&self, random: &mut Rng, name: &str) {
        const AREA: &str = "Support clients";
        let (tally, clients) = (&self.tally, self.zendesk.oauth_clients());
        let new = NewOAuthClient::confidential("Soak", name).redirect_uris([CALLBACK]);
        let Some(client) = tally.ended(AREA, &[], clients.create(new).await) else {
            return;
        };
        let id = client.id;
        for _ in 0..random.u32(..3) {
            match random.u32(..4) {
                0 => {
                    let changes = OAuthClientChanges::new().name("Soaked");
                    tally.ended(AREA, &[], clients.update(id, changes).await);
                }
                1 => {
                    tally.ended(AREA, &[], clients.generate_secret(id).await);
                }
                2 => {
                    tally.ended(AREA, &[], clients.show(id).await);
                }
                _ => self.token_life(id).await,
            }
        }
        if random.u32(..4) > 0 {
            tally.ended(AREA, &[], clients.delete(id).await);
        }
    }

    async fn token_life(&self, client: i64) {
        const AREA: &str = "Support tokens";
        let (tally, tokens) = (&self.tally, self.zendesk.oauth_tokens());
        let new = NewOAuthToken::new(client, ["read"]);
        let Some(token) = tally.ended(AREA, &[], tokens.create(new).await) else {
            return;
        };
        tally.ended(AREA, &[], tokens.show(token.id).await);
        tally.ended(AREA, &[], tokens.revoke(token.id).await);
    }

    async fn lists(&self, random: &mut Rng) {
        const AREA: &str = "lists";
        let zendesk = match random.u32(..4) {
            0 => &self.slow,
            _ => &self.zendesk,
        };
        let pages = random.usize(1..4);
        match random.u32(..4) {
            0 => {
                // Abandoned after some pages.
                let list = zendesk
                    .oauth_clients()
                    .list()
                    .page_size(random.u32(3..10))
                    .read_ahead(random.bool());
                let mut stream = list.pages();
                for _ in 0..pages {
                    let Some(page) = stream.next().await else {
                        return;
                    };
                    if self
                        .tally
                        .ended(AREA, &[], page.map(Page::into_items))
                        .is_none()
                    {
                        return;
                    }
                }
            }
            1 => {
                let all = zendesk.oauth_clients().list().page_size(50).all(10_000);
                self.tally.ended(AREA, &[], all.await);
            }
            2 => {
                let list = zendesk.oauth_tokens().list(OAuthTokenFilter::of_everyone());
                let mut items = list.page_size(7).items();
                for _ in 0..pages * 5 {
                    match items.next().await {
                        Some(item) => {
                            if self.tally.ended(AREA, &[], item).is_none() {
                                return;
                            }
                        }
                        None => return,
                    }
                }
            }
            _ => {
                let list = zendesk.oauth_clients().list_by_offset().per_page(20);
                self.tally.ended(AREA, &[], list.all(10_000).await);
            }
        }
    }

    /// Calls with less time than they take, or nearly.
    async fn in_no_time(&self, random: &mut Rng) {
        const AREA: &str = "in no time";
        const CUT_OFF: &[Kind] = &[Kind::Timeout];
        let time = Duration::from_micros(random.u64(200..8_000));
        let zendesk = match random.bool() {
            true => &self.slow,
            false => &self.zendesk,
        };
        if random.bool() {
            let list = zendesk.oauth_clients().list().page_size(100).timeout(time);
            self.tally.ended(AREA, CUT_OFF, list.page().await);
        } else {
            let shown = zendesk.oauth_tokens().show_current().timeout(time);
            self.tally.ended(AREA, CUT_OFF, shown.await);
        }
    }

    async fn globals_and_chat(&self, random: &mut Rng) {
        let globals = self.zendesk.global_oauth_clients();
        match random.u32(..4) {
            0 => {
                let list = globals.list().page().await;
                if let Some(list) = self.tally.ended("global clients", &[], list)
                    && let Some(first) = list.items().first()
                {
                    let shown = globals.show(first.id).await;
                    self.tally.ended("global clients", &[], shown);
                }
            }
            1 => {
                let summaries = globals.token_summaries(TokenSummaryFilter::new());
                let summaries = summaries.page().await;
                self.tally.ended("global clients", &[], summaries);
            }
            2 => {
                let chat = self.zendesk.chat();
                self.tally.ended("Chat", &[], chat.list().await);
            }
            _ => {
                // There is none of this number: no call makes one that could be revoked.
                let revoked = self.zendesk.chat().revoke(1).await;
                self.tally.ended("Chat", &[Kind::NotFound], revoked);
            }
        }
    }

    async fn grants(&self) {
        let known = &self.child.started;
        let secret = || Secret::from(known.client_secret.as_str());
        let request = TokenRequest::client_credentials(known.client_id.as_str(), secret());
        let endpoint = self.open.grant_type_tokens();
        let granted = endpoint.create(request.scopes(["read"])).await;
        self.tally.ended("grants", &[], granted);
        let request = CreateZisOAuthToken::client_credentials(known.client_id.as_str(), secret());
        let granted = self.zis().create_token(request.scopes(["read"])).await;
        self.tally.ended("ZIS", &[], granted);
    }

    /// The name of a connection. There are few, as nothing deletes one.
    fn connection(&self, random: &mut Rng) -> String {
        format!("soak_{}_{}", self.cycle, random.u32(..2))
    }

    fn flow_request(&self, random: &mut Rng) -> Result<StartOAuthFlow, Failure> {
        let name = self.connection(random);
        let client = OAuthClientRef::name(self.child.started.zis_oauth_client.as_str());
        let request = StartOAuthFlow::new(name, client)?;
        Ok(request.allow_offline_access(random.u32(..4) > 0))
    }

    /// A flow in steps, and what can be done with its connection.
    async fn flow(&self, random: &mut Rng) -> Result<(), Failure> {
        const AREA: &str = "ZIS";
        // The clock jumps over the end of flow and code, and others use the connection.
        const LATE: &[Kind] = &[Kind::NotFound, Kind::Validation, Kind::Conflict];
        let (tally, zis) = (&self.tally, self.zis());
        let request = self.flow_request(random)?;
        let request = request.origin_oauth_redirect_url(CALLBACK);
        let Some(started) = tally.ended(AREA, LATE, zis.start(request).await) else {
            return Ok(());
        };
        let back = self.browser.follow(started.browser_url().expose()).await;
        let code = back.and_then(|url| VerificationCode::from_callback(&url).ok());
        let Some(code) = code else {
            tally.count(AREA, "not agreed");
            return Ok(());
        };
        let Some(connection) = tally.ended(AREA, LATE, zis.exchange(code).await) else {
            return Ok(());
        };
        drop(connection);
        let key = zendesk_oauth::zis::ConnectionKey::name(self.connection(random))?;
        tally.ended(AREA, LATE, zis.show(key.clone()).await);
        tally.ended(AREA, LATE, zis.refresh(key).await);
        Ok(())
    }

    /// A flow with a listener, to the end or not.
    async fn connect(&self, random: &mut Rng) -> Result<(), Failure> {
        const AREA: &str = "listeners";
        // The clock jumps over deadlines and ends, and a name may be taken.
        const LATE: &[Kind] = &[
            Kind::Timeout,
            Kind::NotFound,
            Kind::Validation,
            Kind::Conflict,
        ];
        let comes_back = random.bool();
        let (tell, told) = oneshot::channel();
        let zis = self.zis();
        let connect = zis.connect(self.flow_request(random)?, move |url| {
            let _ = tell.send(url.to_owned());
        });
        let connect = connect.deadline(Duration::from_secs(5)).into_future();
        let browser = async {
            if let Ok(url) = told.await {
                self.browser.open(&url).await;
            }
        };
        if !comes_back {
            let gone = tokio::time::timeout(Duration::from_millis(15), connect).await;
            match gone {
                Err(_) => self.tally.count(AREA, "dropped"),
                Ok(ended) => {
                    self.tally.ended(AREA, LATE, ended);
                }
            }
            return Ok(());
        }
        let (ended, ()) = tokio::join!(connect, browser);
        self.tally.ended(AREA, LATE, ended);
        Ok(())
    }
}
