//! A sandbox with a login whose access token has expired.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use zendesk_oauth::Secret;
use zendesk_oauth::token::{IssuedToken, Lifetime, LifetimeSource, Record, Swap, TokenStore};
use zendesk_oauth_sandbox::{Exchange, Fault, FaultRule, Sandbox, Seed};

pub(crate) const CLIENT_ID: &str = "worker_app";

/// How long access tokens are good, in minutes.
const LASTS: u64 = 30;
/// An age at which it has just ended.
const ENDED: u64 = LASTS + 1;
/// An age at which its refresh is due, and it is still good.
const DUE: u64 = LASTS - 3;

/// A public client, and two pairs of it: the one that is logged in with, and a good one.
const SEED: &str = r"
users:
  - { id: 29, name: Ada Admin, email: admin@example.com, role: admin }
clients:
  - identifier: worker_app
    name: Worker
    kind: public
    redirect_uri: [http://localhost/callback]
    user: admin@example.com
    created_at: 2026-06-01T00:00:00Z
tokens:
  - client: worker_app
    user: admin@example.com
    scopes: [read]
    token: CANARY-access-token-0
    refresh_token: CANARY-refresh-token-0
    created_at: -AGEm
    expires_at: LEFTm
    refresh_token_expires_at: +696h
  - client: worker_app
    user: admin@example.com
    scopes: [read]
    token: CANARY-access-token-1
    refresh_token: CANARY-refresh-token-1
    created_at: -1m
    expires_at: +29m
    refresh_token_expires_at: +719h
";

/// What went over the wire that nobody may print.
#[derive(Clone, Default)]
pub(crate) struct Wire {
    tokens: Arc<Mutex<BTreeSet<String>>>,
    redemptions: Arc<Mutex<Redemptions>>,
}

/// How the token endpoint answered.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub(crate) struct Redemptions {
    pub(crate) successful: usize,
    pub(crate) refused: usize,
}

pub(crate) struct Account {
    pub(crate) sandbox: Sandbox,
    pub(crate) wire: Wire,
    /// Of the access token, in minutes.
    age: u64,
}

impl Account {
    /// With an access token that is a minute too old.
    pub(crate) async fn start() -> Self {
        Self::aged(ENDED).await
    }

    /// With an access token that is good, and to be refreshed.
    pub(crate) async fn due() -> Self {
        Self::aged(DUE).await
    }

    async fn aged(age: u64) -> Self {
        let wire = Wire::default();
        let watched = wire.clone();
        let left = match LASTS.checked_sub(age) {
            Some(left) => format!("+{left}"),
            None => format!("-{}", age - LASTS),
        };
        let seed = SEED.replace("AGE", &age.to_string());
        let seed =
            Seed::parse("the seed", &seed.replace("LEFT", &left)).expect("the seed is right");
        let builder = Sandbox::builder().seed(seed);
        let sandbox = builder.observer(move |exchange| watched.see(exchange));
        Self {
            sandbox: sandbox.start().await.expect("a port is free"),
            wire,
            age,
        }
    }

    /// Writes the login that the seed has into a store.
    pub(crate) async fn log_in(&self, store: &impl TokenStore) {
        let minutes = |minutes| Duration::from_secs(60 * minutes);
        let lifetime = Lifetime::limited(minutes(LASTS), LifetimeSource::Answer);
        let received_at = SystemTime::now() - minutes(self.age);
        let issued = IssuedToken::new(Secret::from("CANARY-access-token-0"), lifetime, received_at)
            .refresh_token(
                Secret::from("CANARY-refresh-token-0"),
                Some(Duration::from_secs(2_592_000)),
            );
        let record = Record::new(CLIENT_ID, self.sandbox.url(), &issued);
        let swapped = store.compare_and_swap(None, &record).await;
        assert!(matches!(swapped, Ok(Swap::Done(_))), "{swapped:?}");
    }

    /// The next refresh is answered with the other pair, without a word on how long it is good.
    pub(crate) fn answer_without_lifetime(&self) {
        let answer = Fault::status(200).with_body(serde_json::json!({
            "access_token": "CANARY-access-token-1",
            "refresh_token": "CANARY-refresh-token-1",
            "token_type": "bearer",
        }));
        self.next_refresh(answer);
    }

    /// This becomes of the next refresh.
    pub(crate) fn next_refresh(&self, fault: Fault) {
        let rule = FaultRule::on("create_token_for_grant_type", fault).times(1);
        self.sandbox.faults().add(rule).expect("a rule");
    }

    pub(crate) fn redemptions(&self) -> Redemptions {
        *self.wire.redemptions.lock().expect("no watcher panics")
    }
}

impl Wire {
    fn see(&self, exchange: &Exchange) {
        if exchange.operation != Some("create_token_for_grant_type") {
            return;
        }
        let mut redemptions = self.redemptions.lock().expect("no watcher panics");
        // What is not sent, such as a lost answer, was carried out all the same.
        let body: serde_json::Value =
            serde_json::from_slice(&exchange.response_body).unwrap_or_default();
        if exchange.status.is_success() {
            redemptions.successful += 1;
        } else {
            redemptions.refused += 1;
        }
        let mut tokens = self.tokens.lock().expect("no watcher panics");
        for member in ["access_token", "refresh_token"] {
            if let Some(token) = body[member].as_str() {
                tokens.insert(token.to_owned());
            }
        }
    }

    /// No token, old or new, is in what was printed.
    pub(crate) fn is_not_in(&self, printed: &str) {
        assert!(!printed.contains("CANARY"), "{printed}");
        for token in self.tokens.lock().expect("no watcher panics").iter() {
            assert!(!printed.contains(token), "a token was printed");
        }
    }
}
