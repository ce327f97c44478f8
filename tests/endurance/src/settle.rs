//! After the faults: every login is judged, and the account is cleared.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use zendesk_oauth::Credentials;
use zendesk_oauth::token::TokenSource;

use crate::Failure;
use crate::faults::Faults;
use crate::login::{Login, end};
use crate::logins;
use crate::traffic::World;

/// Longer than any access token is good, and than any pause after a failure.
pub(crate) const LAPSE: u64 = 31 * 60;

/// Nothing takes that long once nothing goes wrong.
const PATIENCE: Duration = Duration::from_secs(60);

/// How soon a source is asked again that had no token.
const PAUSE: Duration = Duration::from_millis(50);

/// Takes the faults away, lets every token lapse, and sees that each login goes on, or is over for a reason. Returns
/// the numbers of the tokens that the logins have.
pub(crate) async fn logins(world: &World) -> Result<BTreeSet<i64>, Failure> {
    world.child.faults(Vec::new()).await?;
    world.tally.expect(Faults::default());
    world.child.advance(LAPSE).await?;
    world.clock.advance(LAPSE);
    for login in world.logins.iter() {
        judge(world, login).await?;
    }
    let mut tokens = BTreeSet::new();
    for login in world.logins.iter() {
        if let Some(id) = token_of(world, login).await? {
            tokens.insert(id);
        }
    }
    Ok(tokens)
}

/// Every source of a login has a token that the sandbox takes, sooner or later.
async fn judge(world: &World, login: &Login) -> Result<(), Failure> {
    let begun = Instant::now();
    for source in login.sources() {
        loop {
            let failed = match source.access_token().await {
                Ok(_) if is_taken(world, &source).await? => break,
                Ok(_) => "the sandbox does not take its token".to_owned(),
                Err(error) => {
                    if end(&error).is_some() {
                        logins::renew(world, login).await?;
                    }
                    error.to_string()
                }
            };
            if begun.elapsed() > PATIENCE {
                world.tally.find(format!(
                    "the login of {} is lost: {PATIENCE:?} after all faults it has no token that is taken: {failed}",
                    login.client_id
                ));
                break;
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
    Ok(())
}

/// Whether the sandbox takes the token as it is: nothing refreshes it in between.
async fn is_taken(world: &World, source: &TokenSource) -> Result<bool, Failure> {
    let Ok(token) = source.access_token().await else {
        return Ok(false);
    };
    let zendesk = world.zendesk_with(Credentials::bearer(token))?;
    Ok(zendesk.oauth_tokens().show_current().await.is_ok())
}

/// The number of the token of a login, once nobody refreshes it any more.
async fn token_of(world: &World, login: &Login) -> Result<Option<i64>, Failure> {
    let sources = login.rest().await;
    let Some(first) = sources.first() else {
        return Ok(None);
    };
    let zendesk = world.zendesk_with(first.credentials())?;
    let shown = zendesk.oauth_tokens().show_current().await;
    let shown = world.tally.ended("logins", &[], shown);
    for source in &sources {
        source.settled().await;
    }
    Ok(shown.map(|token| token.id))
}
