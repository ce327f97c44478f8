//! The sandbox, as the child process: it takes orders on standard input, a line each, and answers each with a line.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, stdin, stdout};
use tokio::runtime::Handle;
use zendesk_oauth_sandbox::axum::http::Method;
use zendesk_oauth_sandbox::jiff::SignedDuration;
use zendesk_oauth_sandbox::{Exchange, FaultRule, Sandbox, Switches, serde_json};

use crate::slow::SlowWay;
use crate::{Failure, faults, heap_in_use};

/// What the child says first. No Debug: it holds credentials.
#[derive(Serialize, Deserialize)]
pub(crate) struct Started {
    pub(crate) url: String,
    /// The same behind a slow line.
    pub(crate) slow_url: String,
    pub(crate) admin_token: String,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    pub(crate) integration: String,
    pub(crate) zis_oauth_client: String,
    pub(crate) zis_token: String,
    pub(crate) chat_token: String,
}

#[derive(Serialize, Deserialize)]
pub(crate) enum Order {
    /// These rules and no other.
    Faults(Vec<FaultRule>),
    /// So many seconds pass.
    Advance(i64),
    Figures,
    /// What became of the refreshes of this client since it was last logged in.
    Refreshes(String),
    /// This client begins anew.
    LogsIn(String),
}

#[derive(Serialize, Deserialize)]
pub(crate) enum Answer {
    Done,
    Figures(Figures),
    Refreshes(Refreshes),
}

/// The sandbox from inside.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Figures {
    pub(crate) heap: i64,
    pub(crate) tasks: usize,
    pub(crate) in_flight: usize,
    pub(crate) exchanges: u64,
    /// Those that may have made secrets, of which a hash is kept.
    pub(crate) posts: u64,
    /// How often a fault struck.
    pub(crate) struck: u64,
}

/// How the token endpoint answered the refreshes of one client.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Refreshes {
    pub(crate) redeemed: u64,
    /// Carried out, or perhaps carried out, and the answer did not arrive whole.
    pub(crate) lost: u64,
}

#[derive(Default)]
struct Seen {
    exchanges: u64,
    posts: u64,
    struck: u64,
    refreshes: HashMap<String, Refreshes>,
}

impl Seen {
    fn see(&mut self, exchange: &Exchange) {
        self.exchanges += 1;
        self.posts += u64::from(exchange.method == Method::POST);
        self.struck += u64::from(exchange.forced);
        if exchange.operation != Some("create_token_for_grant_type") {
            return;
        }
        let sent: serde_json::Value =
            serde_json::from_slice(&exchange.request_body).unwrap_or_default();
        if sent["grant_type"] != "refresh_token" {
            return;
        }
        let client = sent["client_id"].as_str().unwrap_or_default().to_owned();
        let refreshes = self.refreshes.entry(client).or_default();
        let status = exchange.status.as_u16();
        // Of what is drawn here, nothing but a call that takes place has 200, whatever becomes of its body.
        refreshes.redeemed += u64::from(status == 200);
        let is_lost = status == 200 || status == faults::LOST;
        refreshes.lost += u64::from(exchange.forced && is_lost);
    }
}

/// Serves until standard input ends.
pub(crate) async fn serve() -> Result<(), Failure> {
    let seen = Arc::new(Mutex::new(Seen::default()));
    let watched = Arc::clone(&seen);
    let mut switches = Switches::default();
    switches.apply("unattended")?;
    // A fast machine makes more calls in a minute than any account may; 429 comes from faults alone, which are known.
    switches.set("rate_limit", "off")?;
    let builder = Sandbox::builder().switches(switches).real_time();
    let sandbox = builder.observer(move |exchange| {
        let mut seen = watched.lock().unwrap_or_else(PoisonError::into_inner);
        seen.see(exchange);
    });
    let sandbox = sandbox.start().await?;
    let slow = SlowWay::before(sandbox.url()).await?;
    let known = sandbox.credentials();
    let started = Started {
        url: sandbox.url().to_owned(),
        slow_url: slow.url().to_owned(),
        admin_token: known.admin_token.clone(),
        client_id: known.client_id().to_owned(),
        client_secret: known.client_secret().to_owned(),
        integration: known.integration().to_owned(),
        zis_oauth_client: known.zis_oauth_client().to_owned(),
        zis_token: known.zis_token().to_owned(),
        chat_token: known.chat_token().to_owned(),
    };
    say(&started).await?;
    let mut orders = BufReader::new(stdin()).lines();
    while let Some(line) = orders.next_line().await? {
        let (number, order): (u64, Order) = serde_json::from_str(&line)?;
        let answer = match order {
            Order::Faults(rules) => {
                sandbox.faults().clear();
                for rule in rules {
                    sandbox.faults().add(rule)?;
                }
                Answer::Done
            }
            Order::Advance(seconds) => {
                sandbox.clock().advance(SignedDuration::from_secs(seconds));
                Answer::Done
            }
            Order::Figures => Answer::Figures(figures(&sandbox, &seen)),
            Order::Refreshes(client) => {
                let seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
                Answer::Refreshes(seen.refreshes.get(&client).copied().unwrap_or_default())
            }
            Order::LogsIn(client) => {
                let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
                seen.refreshes.insert(client, Refreshes::default());
                Answer::Done
            }
        };
        say(&(number, answer)).await?;
    }
    drop(slow);
    sandbox.stop().await?;
    Ok(())
}

fn figures(sandbox: &Sandbox, seen: &Mutex<Seen>) -> Figures {
    let seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
    Figures {
        heap: heap_in_use(),
        tasks: Handle::current().metrics().num_alive_tasks(),
        in_flight: sandbox.in_flight(),
        exchanges: seen.exchanges,
        posts: seen.posts,
        struck: seen.struck,
    }
}

async fn say(what: &impl Serialize) -> Result<(), Failure> {
    let mut line = serde_json::to_vec(what)?;
    line.push(b'\n');
    let mut stdout = stdout();
    stdout.write_all(&line).await?;
    stdout.flush().await?;
    Ok(())
}
