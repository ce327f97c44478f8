//! A thousand refreshes, each with something that may go wrong: no login is lost that Zendesk did not
//! take, and one that it took is reported each time.

use std::sync::Mutex;
use std::time::{Duration, Instant, SystemTime};

use fastrand::Rng;
use zendesk_oauth::authorization::AuthorizationRequest;
use zendesk_oauth::token::{
    LoginEndReason, MemoryStore, OAuthClientCredentials, TokenEndpoint, TokenError, TokenSource,
};
use zendesk_oauth::{Clock, Secret, SleepFuture, Zendesk};
use zendesk_oauth_sandbox::{Fault, FaultRule, Sandbox};

use crate::account::{Account, CLIENT_ID};

const REFRESHES: usize = 1_000;
const REDIRECT_URI: &str = "http://localhost/callback";
const MINUTE: Duration = Duration::from_secs(60);

/// The machine's clock, moved: the two of its times apart from each other.
struct Moved {
    begun: (Instant, SystemTime),
    by: Mutex<(Duration, i64)>,
}

impl Moved {
    /// Time passes.
    fn pass(&self, time: Duration) {
        let mut by = self.by.lock().expect("no clock panics");
        by.0 += time;
        by.1 += i64::try_from(time.as_secs()).expect("minutes");
    }

    /// Somebody sets the time of day.
    fn jump(&self, seconds: i64) {
        self.by.lock().expect("no clock panics").1 += seconds;
    }

    /// Somebody sets it so far from that of another machine.
    fn set_apart_from(&self, other: &Self, seconds: i64) {
        let others = other.by.lock().expect("no clock panics").1;
        self.by.lock().expect("no clock panics").1 = others + seconds;
    }
}

impl Clock for &'static Moved {
    fn instant(&self) -> Instant {
        Instant::now() + self.by.lock().expect("no clock panics").0
    }

    fn system_time(&self) -> SystemTime {
        let now = self.begun.1 + self.begun.0.elapsed();
        let by = self.by.lock().expect("no clock panics").1;
        let distance = Duration::from_secs(by.unsigned_abs());
        if by < 0 {
            now - distance
        } else {
            now + distance
        }
    }

    fn sleep(&self, wait: Duration) -> SleepFuture {
        // Nothing here has to be waited out: what waits is looked at again at once.
        let _ = wait;
        Box::pin(tokio::task::yield_now())
    }
}

/// What goes wrong with one refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    None,
    ResetBefore,
    LostAfterRotation,
    CutAfterRotation,
    Unavailable,
    RateLimited,
    ServerError,
}

impl Trouble {
    const ALL: [Self; 7] = [
        Self::None,
        Self::ResetBefore,
        Self::LostAfterRotation,
        Self::CutAfterRotation,
        Self::Unavailable,
        Self::RateLimited,
        Self::ServerError,
    ];

    fn fault(self) -> Option<Fault> {
        Some(match self {
            Self::None => return None,
            Self::ResetBefore => Fault::reset(),
            Self::LostAfterRotation => Fault::lost_answer(),
            Self::CutAfterRotation => Fault::truncated(20),
            Self::Unavailable => Fault::status(503),
            Self::RateLimited => Fault::status(429),
            Self::ServerError => Fault::status(500),
        })
    }

    /// Whether Zendesk rotated the pair and nobody has the new one.
    fn takes_the_login(self) -> bool {
        matches!(self, Self::LostAfterRotation | Self::CutAfterRotation)
    }
}

/// One machine: its clock, and its source, which shares its store with that of the other.
struct Machine {
    clock: &'static Moved,
    open: Zendesk,
    endpoint: TokenEndpoint,
    source: TokenSource,
}

impl Machine {
    fn new(account: &Account, store: &MemoryStore) -> Self {
        let clock: &'static Moved = Box::leak(Box::new(Moved {
            begun: (Instant::now(), SystemTime::now()),
            by: Mutex::default(),
        }));
        let open = Zendesk::at(account.sandbox.url())
            .clock(clock)
            .build()
            .expect("loopback");
        let endpoint = TokenEndpoint::new(&open, OAuthClientCredentials::public(CLIENT_ID));
        let source = TokenSource::builder(endpoint.clone(), store.clone())
            .clock(clock)
            .build();
        Self {
            clock,
            open,
            endpoint,
            source,
        }
    }
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    refreshed: usize,
    taken: usize,
    reported: usize,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_1000_refreshes_none_costs_a_login_that_zendesk_did_not_take() {
    let account = Account::start().await;
    account
        .sandbox
        .set_switch("consent", "approve")
        .expect("a switch");
    let store = MemoryStore::new();
    let machines = [(); 2].map(|()| Machine::new(&account, &store));
    log_in(&machines[0]).await;

    let mut random = Rng::with_seed(6);
    let mut tally = Tally::default();
    for number in 0..REFRESHES {
        behave(&account.sandbox, &mut random);
        account.sandbox.clock().advance(31 * MINUTE);
        for machine in &machines {
            machine.clock.pass(31 * MINUTE);
        }
        // One refreshes, and the other adopts what it wrote: by a clock that may be far behind, and
        // is not so far ahead that what is new looks old.
        let refreshes = usize::from(random.bool());
        let (one, other) = (&machines[refreshes], &machines[1 - refreshes]);
        one.clock.jump(random.i64(-7_200..7_200));
        other
            .clock
            .set_apart_from(one.clock, random.i64(-7_200..600));
        let trouble = Trouble::ALL[random.usize(..Trouble::ALL.len())];
        account.sandbox.faults().clear();
        if let Some(fault) = trouble.fault() {
            let rule = FaultRule::on("create_token_for_grant_type", fault).times(1);
            account.sandbox.faults().add(rule).expect("a rule");
        }
        tally.taken += usize::from(trouble.takes_the_login());
        match settled(one, number, trouble).await {
            None => tally.refreshed += 1,
            Some(text) => {
                assert!(trouble.takes_the_login(), "{number}: {trouble:?}: {text}");
                assert!(text.contains("no answer arrived") && text.contains("Log in again"));
                tally.reported += 1;
                log_in(one).await;
            }
        }
        let token = works(&account.sandbox, &one.source).await;
        let adopted = works(&account.sandbox, &other.source).await;
        assert_eq!(adopted.expose(), token.expose(), "{number}: {trouble:?}");
    }
    println!("{tally:?}");
    assert_eq!(tally.refreshed + tally.taken, REFRESHES);
    assert_eq!(tally.reported, tally.taken);
    assert!(tally.taken > REFRESHES / 5);
}

/// Asks until there is a token, or the login is over: what it says then.
async fn settled(machine: &Machine, number: usize, trouble: Trouble) -> Option<String> {
    for _ in 0..5 {
        match machine.source.access_token().await {
            Ok(_) => return None,
            Err(TokenError::Ended(end)) => {
                assert!(
                    matches!(end.reason, LoginEndReason::AnswerLost { .. }),
                    "{end}"
                );
                return Some(end.to_string());
            }
            // It passes: nothing is asked again before some time has gone by.
            Err(_) => machine.clock.pass(5 * MINUTE),
        }
    }
    panic!("{number}: {trouble:?}: neither a token nor an end");
}

/// Another kind of account with each refresh.
fn behave(sandbox: &Sandbox, random: &mut Rng) {
    let one = |random: &mut Rng, values: [&'static str; 2]| values[usize::from(random.bool())];
    for (switch, values) in [
        ("expires_in", ["always", "when-requested"]),
        ("requested_ttl", ["honoured", "1800"]),
        ("access_token", ["opaque", "jwt"]),
        ("token_status", ["200", "201"]),
    ] {
        let value = one(random, values);
        sandbox.set_switch(switch, value).expect("a switch");
    }
}

/// A person logs in: the consent page agrees by itself.
async fn log_in(machine: &Machine) {
    let request =
        AuthorizationRequest::new(CLIENT_ID, REDIRECT_URI, ["read"]).expect("it is right");
    let browser = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("a client");
    let page = browser
        .get(request.url(&machine.open).expose())
        .send()
        .await
        .expect("an answer");
    let back = page.headers()["location"]
        .to_str()
        .expect("a URL")
        .to_owned();
    let code = request.code_from_callback(&back).expect("a code");
    let issued = machine
        .endpoint
        .authorization_code(&request, code)
        .await
        .expect("a token");
    machine.source.log_in(&issued).await.expect("a login");
}

/// The sandbox takes the token that the source gives, which is returned.
async fn works(sandbox: &Sandbox, source: &TokenSource) -> Secret {
    let token = source.access_token().await.expect("a token");
    let url = format!("{}/api/v2/oauth/tokens/current", sandbox.url());
    let answer = reqwest::Client::new()
        .get(url)
        .bearer_auth(token.expose())
        .send()
        .await;
    assert_eq!(answer.expect("an answer").status(), 200);
    token
}
