//! Refreshes, and the runtimes of those who ask for them: ones that end meanwhile, that are driven only
//! now and then, and that have no timers.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use zendesk_oauth::token::{
    FileStore, IssuedToken, Lease, Leased, MemoryStore, OAuthClientCredentials, Record, StoreError,
    StoreErrorKind, StoreFuture, Stored, Swap, TokenEndpoint, TokenSource, TokenStore, Version,
};
use zendesk_oauth::{Secret, Zendesk};
use zendesk_oauth_sandbox::{Fault, FaultRule};

use crate::endpoint_account::Account;

const MILLISECOND: Duration = Duration::from_millis(1);
/// So long after it was issued a token is refreshed in the background, and good.
const LAST_MINUTES: Duration = Duration::from_secs(27 * 60);

fn many_threads() -> Runtime {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(1).enable_all().build().unwrap()
}

fn one_thread() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// An account on a runtime of its own, and a login in its last minutes for each program.
struct Setting {
    account: Account,
    logins: Vec<IssuedToken>,
    runtime: Runtime,
}

impl Setting {
    fn new(logins: usize) -> Self {
        let runtime = many_threads();
        let (account, logins) = runtime.block_on(async {
            let account = Account::new().await;
            let mut issued = Vec::new();
            for _ in 0..logins {
                let mut login = account.logged_in().await;
                login.received_at -= LAST_MINUTES;
                issued.push(login);
            }
            (account, issued)
        });
        Self {
            account,
            logins,
            runtime,
        }
    }

    /// Each refresh takes that long from now on.
    fn answers_after(self, milliseconds: u64) -> Self {
        let fault = Fault::latency_ms(milliseconds);
        let rule = FaultRule::on("create_token_for_grant_type", fault);
        self.account.sandbox.faults().add(rule).unwrap();
        self
    }

    fn endpoint(&self, timeout: Duration) -> TokenEndpoint {
        let zendesk = Zendesk::at(self.account.sandbox.url());
        let zendesk = zendesk.timeout(timeout).build().unwrap();
        TokenEndpoint::new(&zendesk, OAuthClientCredentials::public("app"))
    }

    fn source(&self, store: impl TokenStore) -> TokenSource {
        TokenSource::builder(self.endpoint(Duration::from_secs(10)), store).build()
    }

    fn refreshes(&self) -> usize {
        let sent = self.account.sent();
        let is_refresh = |grant: &serde_json::Value| grant == "refresh_token";
        sent.iter()
            .filter(|sent| is_refresh(&sent.body["grant_type"]))
            .count()
    }
}

/// A program that begins a refresh in the background, and ends so long after it.
fn short_program(source: &TokenSource, login: &IssuedToken, runtime: Runtime, lasts: Duration) {
    runtime.block_on(async {
        source.log_in(login).await.unwrap();
        source.access_token().await.unwrap();
        tokio::time::sleep(lasts).await;
    });
    drop(runtime);
}

#[test]
fn a_program_that_ends_during_a_refresh_loses_no_login() {
    let moments: Vec<_> = (0..15).map(|step| step * 10 * MILLISECOND).collect();
    let setting = Setting::new(2 * moments.len());
    let folder = tempfile::tempdir().unwrap();
    let setting = setting.answers_after(60);
    thread::scope(|scope| {
        for (program, login) in setting.logins.iter().enumerate() {
            let (setting, folder, moments) = (&setting, folder.path(), &moments);
            scope.spawn(move || {
                let runtime = if program % 2 == 0 {
                    many_threads()
                } else {
                    one_thread()
                };
                let lasts = moments[program / 2];
                let folder = folder.join(program.to_string());
                let source = setting.source(FileStore::new(&folder));
                short_program(&source, login, runtime, lasts);
                let stored = one_thread().block_on(FileStore::new(&folder).load());
                let record = stored.unwrap().unwrap().record;
                let what = format!("program {program}, {lasts:?}: {record:?}");
                assert!(
                    record.intent().is_none() && record.end().is_none(),
                    "{what}"
                );
                let token = record.access_token();
                assert!(
                    setting.runtime.block_on(setting.account.takes(token)),
                    "{what}"
                );
                // The next program goes on with it.
                let next = setting.source(FileStore::new(&folder));
                let refreshed = one_thread().block_on(next.refresh());
                refreshed.unwrap_or_else(|error| panic!("{what}: {error}"));
            });
        }
    });
}

#[test]
fn a_runtime_that_is_driven_only_during_calls_redeems_once() {
    let setting = Setting::new(1);
    let store = MemoryStore::new();
    let endpoint = setting.endpoint(2_000 * MILLISECOND);
    let source = TokenSource::builder(endpoint.clone(), store.clone()).build();
    let runtime = one_thread();
    // Leaves a connection behind that is driven only during calls too.
    let nobody = Secret::from("CANARY-of-nobody");
    runtime
        .block_on(endpoint.refresh_token(&nobody))
        .unwrap_err();
    runtime.block_on(source.log_in(&setting.logins[0])).unwrap();
    let before = setting.refreshes();
    let setting = setting.answers_after(100);
    for _ in 0..2 {
        runtime.block_on(async {
            source.access_token().await.unwrap();
            // Long enough to send the request, and too short for its answer.
            tokio::time::sleep(30 * MILLISECOND).await;
        });
        // Longer than the timeout of the request.
        thread::sleep(2_500 * MILLISECOND);
    }
    let state = source.state();
    assert_eq!(setting.refreshes() - before, 1, "{state:?}");
    assert_eq!((state.generation, state.failures), (2, 0), "{state:?}");
    let stored = runtime.block_on(store.load()).unwrap().unwrap();
    assert!(stored.record.intent().is_none() && stored.record.end().is_none());
}

#[test]
fn a_runtime_without_timers_and_io_will_do() {
    let setting = Setting::new(1);
    let source = setting.source(MemoryStore::new());
    let bare = Builder::new_current_thread().build().unwrap();
    bare.block_on(async {
        source.log_in(&setting.logins[0]).await.unwrap();
        source.refresh().await.unwrap();
    });
    assert_eq!(source.state().generation, 2);
}

/// A store that takes no answer for the first few times that it is given one.
#[derive(Clone)]
struct Full {
    inner: MemoryStore,
    refusals: Arc<AtomicU32>,
}

impl Full {
    fn new(refusals: u32) -> Self {
        Self {
            inner: MemoryStore::new(),
            refusals: Arc::new(AtomicU32::new(refusals)),
        }
    }

    fn generation(&self) -> u64 {
        let stored = one_thread().block_on(self.inner.load());
        stored.unwrap().unwrap().record.generation()
    }
}

impl TokenStore for Full {
    fn load(&self) -> StoreFuture<'_, Option<Stored>> {
        self.inner.load()
    }

    fn compare_and_swap<'a>(
        &'a self,
        expected: Option<Version>,
        record: &'a Record,
    ) -> StoreFuture<'a, Swap> {
        let less = |left: u32| left.checked_sub(1);
        let (taken, seen) = (Ordering::SeqCst, Ordering::SeqCst);
        if record.generation() > 1 && self.refusals.fetch_update(taken, seen, less).is_ok() {
            let error =
                StoreError::new(StoreErrorKind::Unavailable, "the full store", "it is full.");
            return Box::pin(async { Err(error) });
        }
        self.inner.compare_and_swap(expected, record)
    }

    fn lease(&self, time: Duration) -> StoreFuture<'_, Leased> {
        self.inner.lease(time)
    }

    fn renew<'a>(&'a self, lease: &'a mut Lease, time: Duration) -> StoreFuture<'a, bool> {
        self.inner.renew(lease, time)
    }

    fn release(&self, lease: Lease) -> StoreFuture<'_, ()> {
        self.inner.release(lease)
    }

    fn name(&self) -> String {
        "the full store".to_owned()
    }
}

#[test]
fn a_runtime_that_ends_waits_for_tokens_that_are_not_stored_yet() {
    let setting = Setting::new(1);
    let store = Full::new(3);
    let source = setting.source(store.clone());
    let runtime = one_thread();
    runtime.block_on(async {
        source.log_in(&setting.logins[0]).await.unwrap();
        source.refresh().await.unwrap();
    });
    assert!(source.state().is_unsaved);
    drop(runtime);
    assert!(!source.state().is_unsaved);
    assert_eq!(store.generation(), 2);
}

#[test]
fn a_runtime_that_ends_does_not_wait_for_the_lease_of_somebody_else() {
    let setting = Setting::new(1);
    let store = MemoryStore::new();
    let source = setting.source(store.clone());
    let runtime = many_threads();
    runtime.block_on(async {
        source.log_in(&setting.logins[0]).await.unwrap();
        let lease = store.lease(Duration::from_secs(3_600)).await.unwrap();
        assert!(matches!(lease, Leased::Held(_)));
        source.access_token().await.unwrap();
        let mut watch = source.watch();
        while watch.current().waiting_for.is_none() {
            watch.changed().await;
        }
    });
    let began = std::time::Instant::now();
    drop(runtime);
    assert!(began.elapsed() < Duration::from_secs(10));
    let state = source.state();
    assert_eq!(
        (state.is_refreshing, state.failures),
        (false, 0),
        "{state:?}"
    );
    assert_eq!((state.generation, setting.refreshes()), (1, 0));
}

#[test]
fn a_source_that_is_settled_has_stored_what_it_fetched() {
    let setting = Setting::new(1).answers_after(50);
    let store = Full::new(2);
    let source = setting.source(store.clone());
    let runtime = many_threads();
    runtime.block_on(async {
        // Nothing to wait for.
        source.settled().await;
        source.log_in(&setting.logins[0]).await.unwrap();
        source.access_token().await.unwrap();
        source.settled().await;
    });
    runtime.shutdown_background();
    let state = source.state();
    assert!(!state.is_refreshing && !state.is_unsaved, "{state:?}");
    assert_eq!((state.generation, store.generation()), (2, 2));
}
