//! How many refreshes a second go through each store: whole ones, with the lease, the intent, the
//! request to a sandbox on loopback, and the answer written. By turns, in one run.
//!
//! `cargo bench -p zendesk-oauth --bench refreshes`. The store in Redis takes part where there is a
//! `redis-server`.

#[path = "../common/raw.rs"]
mod raw;

use std::time::{Duration, Instant, SystemTime};

use zendesk_oauth::token::{
    FileStore, IssuedToken, Lifetime, LifetimeSource, MemoryStore, OAuthClientCredentials,
    TokenEndpoint, TokenSource,
};
use zendesk_oauth::{Secret, Zendesk};
use zendesk_oauth_sandbox::{Sandbox, Seed};

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// A public client with a pair for each store.
const SEED: &str = r"
users:
  - { id: 29, name: Ada Admin, email: admin@example.com, role: admin }
clients:
  - { identifier: bench_app, name: Bench, kind: public, redirect_uri: [http://localhost/callback], user: admin@example.com }
tokens:
  - { client: bench_app, user: admin@example.com, scopes: [read], token: access-memory, refresh_token: refresh-memory }
  - { client: bench_app, user: admin@example.com, scopes: [read], token: access-file, refresh_token: refresh-file }
  - { client: bench_app, user: admin@example.com, scopes: [read], token: access-redis, refresh_token: refresh-redis }
";

struct Row {
    name: &'static str,
    source: TokenSource,
    /// Per second, one number for each round.
    rates: Vec<f64>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let (rounds, times) = if std::env::args().any(|argument| argument == "--bench") {
        (15, 40)
    } else {
        (1, 2)
    };
    let sandbox = Sandbox::builder()
        .seed(Seed::parse("the seed", SEED)?)
        .start()
        .await?;
    sandbox.set_switch("rate_limit", "off")?;
    let folder = tempfile::tempdir()?;
    let mut rows = vec![
        row(&sandbox, "memory", MemoryStore::new()).await?,
        row(
            &sandbox,
            "file",
            FileStore::new(folder.path().join("login")),
        )
        .await?,
    ];
    #[cfg(feature = "redis")]
    let server = zendesk_oauth_tests::RedisServer::start("the row of Redis");
    #[cfg(feature = "redis")]
    if let Some(server) = &server {
        use zendesk_oauth::token::{RedisStore, StoreKey, redis};

        let client = redis::Client::open(server.url())?;
        let store = RedisStore::new(client, "bench", StoreKey::from_bytes([7; 32]))?;
        rows.push(row(&sandbox, "redis", store).await?);
    }
    for _ in 0..rounds {
        for row in &mut rows {
            let begun = Instant::now();
            for _ in 0..times {
                row.source.refresh().await?;
            }
            row.rates
                .push(f64::from(times) / begun.elapsed().as_secs_f64());
        }
    }
    println!("store   refreshes per second: median (least to most of {rounds} rounds)");
    for row in &mut rows {
        let what = format!("refreshes through the store in {}", row.name);
        raw::append_figure(&what, "refreshes a second", &row.rates)?;
        row.rates.sort_by(f64::total_cmp);
        let median = row.rates[row.rates.len() / 2];
        let (least, most) = (row.rates[0], row.rates[row.rates.len() - 1]);
        println!("{:<7} {median:>7.0} ({least:.0} to {most:.0})", row.name);
    }
    Ok(())
}

async fn row(
    sandbox: &Sandbox,
    name: &'static str,
    store: impl zendesk_oauth::token::TokenStore,
) -> Outcome<Row> {
    let open = Zendesk::at(sandbox.url()).build()?;
    let endpoint = TokenEndpoint::new(&open, OAuthClientCredentials::public("bench_app"));
    let source = TokenSource::builder(endpoint, store).build();
    let lifetime = Lifetime::limited(Duration::from_secs(1_800), LifetimeSource::Answer);
    let access_token = Secret::from(format!("access-{name}"));
    let issued = IssuedToken::new(access_token, lifetime, SystemTime::now())
        .refresh_token(Secret::from(format!("refresh-{name}")), None);
    source.log_in(&issued).await?;
    Ok(Row {
        name,
        source,
        rates: Vec::new(),
    })
}
