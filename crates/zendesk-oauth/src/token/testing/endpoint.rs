//! A token endpoint that rotates, and loses answers.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use tokio::sync::Semaphore;
use zendesk_oauth_core::{Clock as _, Secret};

use super::{BASE_URL, CLIENT_ID, FastClock, answered, issued};
use crate::token::issuer::{IssueFuture, Issuer, LifetimeFuture};
use crate::token::{IssuedToken, Lifetime, LifetimeSource};

/// What becomes of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::token) enum Reply {
    /// It is carried out and answered.
    Arrives,
    /// It is lost on the way there.
    LostBefore,
    /// It is carried out, and the answer is lost.
    LostAfter,
    /// 429, without a look at it.
    RateLimited,
    /// 401 `invalid_client`, without a look at the refresh token.
    WrongClient,
}

/// Clones share it.
#[derive(Clone)]
pub(in crate::token) struct Endpoint {
    state: Arc<Mutex<State>>,
    clock: FastClock,
    /// A request waits for a permit.
    gate: Arc<Semaphore>,
    /// So does a question of how long a token is good.
    answers: Arc<Semaphore>,
}

struct State {
    /// The pair that is good.
    pair: u64,
    replies: VecDeque<Reply>,
    requests: u32,
    /// How often each refresh token was redeemed.
    redeemed: HashMap<String, u32>,
    is_revoked: bool,
    /// Whether answers do not say how long a token is good.
    is_mute: bool,
    /// What is answered when that is asked.
    lifetime: Option<Lifetime>,
    questions: Vec<String>,
}

impl Endpoint {
    pub(in crate::token) fn new(clock: &FastClock) -> Self {
        Self {
            clock: clock.clone(),
            gate: Arc::new(Semaphore::new(Semaphore::MAX_PERMITS)),
            state: Arc::new(Mutex::new(State {
                pair: 1,
                replies: VecDeque::new(),
                requests: 0,
                redeemed: HashMap::new(),
                is_revoked: false,
                is_mute: false,
                lifetime: None,
                questions: Vec::new(),
            })),
            answers: Arc::new(Semaphore::new(0)),
        }
    }

    /// Requests wait from now on.
    pub(in crate::token) fn close(&self) {
        self.gate.forget_permits(Semaphore::MAX_PERMITS);
    }

    /// Requests wait no more.
    pub(in crate::token) fn open(&self) {
        self.gate.add_permits(1_000);
    }

    /// The next replies; after them all arrive.
    pub(in crate::token) fn replies(&self, replies: &[Reply]) {
        self.state.lock().unwrap().replies.extend(replies);
    }

    /// Answers do not say how long a token is good from now on. Who asks is told so, once that is
    /// [answered](Self::answer).
    pub(in crate::token) fn be_mute(&self, lifetime: Option<Lifetime>) {
        let mut state = self.state.lock().unwrap();
        state.is_mute = true;
        state.lifetime = lifetime;
    }

    /// The access tokens of which it was asked how long they are good.
    pub(in crate::token) fn questions(&self) -> Vec<String> {
        self.state.lock().unwrap().questions.clone()
    }

    /// Answers all questions.
    pub(in crate::token) fn answer(&self) {
        self.answers.add_permits(1_000);
    }

    /// Somebody else takes the pair away.
    pub(in crate::token) fn revoke(&self) {
        self.state.lock().unwrap().is_revoked = true;
    }

    /// A person logs in anew: this pair is good.
    pub(in crate::token) fn log_in(&self) -> u64 {
        let mut state = self.state.lock().unwrap();
        state.is_revoked = false;
        state.pair += 100;
        state.pair
    }

    pub(in crate::token) fn requests(&self) -> u32 {
        self.state.lock().unwrap().requests
    }

    /// The pair that is good.
    pub(in crate::token) fn pair(&self) -> u64 {
        self.state.lock().unwrap().pair
    }

    /// The access token that is good.
    pub(in crate::token) fn access_token(&self) -> String {
        format!("CANARY-access-{}", self.pair())
    }

    /// How often the refresh token was redeemed that was redeemed most.
    pub(in crate::token) fn most_redeemed(&self) -> u32 {
        let state = self.state.lock().unwrap();
        state.redeemed.values().copied().max().unwrap_or_default()
    }
}

impl State {
    fn issued(&self, at: SystemTime) -> IssuedToken {
        let mut issued = issued(self.pair, at);
        if self.is_mute {
            let lasts = Duration::from_secs(300);
            issued.lifetime = Lifetime::limited(lasts, LifetimeSource::Assumed);
        }
        issued
    }
}

impl Issuer for Endpoint {
    fn refresh<'a>(&'a self, refresh_token: &'a Secret) -> IssueFuture<'a> {
        Box::pin(async move {
            self.gate.acquire().await.unwrap().forget();
            let mut state = self.state.lock().unwrap();
            state.requests += 1;
            let reply = state.replies.pop_front().unwrap_or(Reply::Arrives);
            match reply {
                Reply::LostBefore => return Err(answered(504, "", None)),
                Reply::RateLimited => return Err(answered(429, "{}", Some(("retry-after", "93")))),
                Reply::WrongClient => {
                    return Err(answered(401, r#"{"error":"invalid_client"}"#, None));
                }
                Reply::Arrives | Reply::LostAfter => {}
            }
            let is_good = refresh_token.expose() == format!("CANARY-refresh-{}", state.pair);
            if state.is_revoked || !is_good {
                return match reply {
                    Reply::LostAfter => Err(answered(504, "", None)),
                    _ => Err(answered(400, r#"{"error":"invalid_grant"}"#, None)),
                };
            }
            *state
                .redeemed
                .entry(refresh_token.expose().to_owned())
                .or_default() += 1;
            state.pair += 1;
            match reply {
                Reply::LostAfter => Err(answered(504, "", None)),
                _ => Ok(state.issued(self.clock.system_time())),
            }
        })
    }

    fn mint<'a>(&'a self, scopes: &'a [String]) -> IssueFuture<'a> {
        assert_eq!(scopes, ["read"]);
        Box::pin(async move {
            let mut state = self.state.lock().unwrap();
            state.requests += 1;
            match state.replies.pop_front() {
                None | Some(Reply::Arrives) => {}
                Some(_) => return Err(answered(503, "", None)),
            }
            state.pair += 1;
            let mut issued = state.issued(self.clock.system_time());
            issued.refresh_token = None;
            issued.refresh_token_lasts = None;
            Ok(issued)
        })
    }

    fn lifetime<'a>(&'a self, issued: &'a IssuedToken) -> LifetimeFuture<'a> {
        Box::pin(async move {
            let token = issued.access_token.expose().to_owned();
            self.state.lock().unwrap().questions.push(token);
            self.answers.acquire().await.unwrap().forget();
            self.state.lock().unwrap().lifetime
        })
    }

    fn client_id(&self) -> &str {
        CLIENT_ID
    }

    fn base_url(&self) -> &str {
        BASE_URL
    }
}
