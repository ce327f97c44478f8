//! Using, ending and renewing logins.

use std::sync::atomic::Ordering;
use std::time::Duration;

use fastrand::Rng;
use zendesk_oauth::token::{
    Login as LoggingIn, MemoryStore, OAuthClientCredentials, TokenEndpoint, TokenSource,
};
use zendesk_oauth::{Credentials, Error};

use crate::Failure;
use crate::judge::{Ended, unexplained_end};
use crate::kind::Kind;
use crate::login::{Login, end};
use crate::traffic::World;

const AREA: &str = "logins";

/// What becomes of calls while others log out and in, and the clock jumps.
const AMONG_OTHERS: &[Kind] = &[Kind::LoginEnded, Kind::Busy, Kind::Auth, Kind::Store];

/// The same of a store alone: it has a time, and the clock jumps over it.
const JUMPED_OVER: &[Kind] = &[Kind::Busy, Kind::Store];

/// Something with one of the logins.
pub(crate) async fn act(world: &World, random: &mut Rng, is_dropped: bool) -> Result<(), Failure> {
    let Some(login) = random.choice(world.logins.iter()) else {
        return Ok(());
    };
    let Some(source) = random.choice(login.sources()) else {
        return Ok(());
    };
    // What is counted in several steps, such as a login anew, is not dropped between them.
    let most = if is_dropped { 75 } else { 100 };
    match random.u32(..most) {
        0..50 => {
            let zendesk = world.zendesk_with(Credentials::source(source))?;
            let shown = zendesk.oauth_tokens().show_current().await;
            world.tally.ended(AREA, AMONG_OTHERS, shown);
        }
        50..75 => {
            let refreshed = source.refresh().await;
            world.tally.got(AREA, AMONG_OTHERS, refreshed);
        }
        75..77 => {
            let _turn = login.turn.lock().await;
            // The store has no faults of its own: that it is out cannot fail but for a busy lease.
            if let Some(first) = login.first() {
                login.note_log_out(true);
                let out = first.log_out().await;
                if world.tally.got(AREA, JUMPED_OVER, out).is_some() {
                    world.tally.logged_out.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
        77..92 => renew(world, login).await?,
        92..96 => login.restart(&world.open, &world.clock),
        _ => listen(world, login).await,
    }
    Ok(())
}

/// Logs in again if the login is over, and judges why it is.
pub(crate) async fn renew(world: &World, login: &Login) -> Result<(), Failure> {
    let _turn = login.turn.lock().await;
    let Some(source) = login.first() else {
        return Ok(());
    };
    let Err(error) = source.access_token().await else {
        login.note_explained(false);
        return Ok(());
    };
    let Some(end) = end(&error) else {
        return Ok(());
    };
    let is_new = !login.is_explained();
    let refreshes = world.child.refreshes(&login.client_id).await?;
    let ended = Ended::from(&end.reason);
    let was_logged_out = login.was_logged_out.load(Ordering::Relaxed);
    if is_new && let Some(wrong) = unexplained_end(ended, refreshes.lost, was_logged_out) {
        world.tally.find(format!(
            "the login of {} is lost: {wrong} ({refreshes:?}). It says: {end}",
            login.client_id
        ));
    }
    // The next attempt finds the same end, and other counts.
    login.note_explained(true);
    if is_new && ended == Ended::AnswerLost {
        world.tally.lost.fetch_add(1, Ordering::Relaxed);
    }
    log_in(world, login, &source).await?;
    Ok(())
}

/// A person logs in. Whether that came to an end.
pub(crate) async fn log_in(
    world: &World,
    login: &Login,
    source: &TokenSource,
) -> Result<bool, Failure> {
    let before = world.child.refreshes(&login.client_id).await?;
    let agreed = login.agree(&world.open, &world.browser).await;
    // A code is good for two minutes, and the clock jumps by more.
    let issued = world.tally.ended("log in", &[Kind::InvalidGrant], agreed);
    let Some(Some(issued)) = issued else {
        return Ok(false);
    };
    // Before the tokens are anywhere: what is lost from now on may be of the new login.
    world.child.logs_in(&login.client_id).await?;
    world
        .tally
        .refreshes
        .fetch_add(before.redeemed, Ordering::Relaxed);
    let stored = source.log_in(&issued).await;
    if world.tally.got("log in", JUMPED_OVER, stored).is_none() {
        return Ok(false);
    }
    login.note_explained(false);
    login.note_log_out(false);
    world.tally.logged_in.fetch_add(1, Ordering::Relaxed);
    Ok(true)
}

/// A listener for a browser that never comes.
async fn listen(world: &World, login: &Login) {
    let endpoint = login.endpoint(&world.open);
    let opened = LoggingIn::new(&endpoint, ["read"])
        .redirect_uri("http://127.0.0.1/callback")
        .open(|_| {});
    let gone = tokio::time::timeout(Duration::from_millis(20), opened).await;
    match gone {
        Err(_) => world.tally.count("listeners", "dropped"),
        Ok(ended) => {
            // The clock jumped over the deadline.
            world.tally.ended("listeners", &[Kind::Timeout], ended);
        }
    }
}

/// A source that mints, and is dropped.
pub(crate) async fn mint(world: &World) -> Result<(), Failure> {
    let known = &world.child.started;
    let secret = known.client_secret.as_str();
    let client = OAuthClientCredentials::confidential(&known.client_id, secret);
    let endpoint = TokenEndpoint::new(&world.open, client);
    let source = TokenSource::builder(endpoint, MemoryStore::new())
        .clock(world.clock.clone())
        .client_credentials(["read"])
        .build();
    let zendesk = world.zendesk_with(source.credentials())?;
    let shown: Result<_, Error> = zendesk.oauth_tokens().show_current().await;
    world.tally.ended("minting", AMONG_OTHERS, shown);
    Ok(())
}
