//! What happens between two steps of a swap in a file store.
//!
//! A program of its own: its subscriber is there before any step is reached, so that none is missed.

#![allow(clippy::unwrap_used, reason = "a panic here is the failure report")]

use std::path::{Path, PathBuf};
use std::sync::{Mutex, Once, PoisonError};
use std::time::SystemTime;

use tempfile::TempDir;
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt as _};
use zendesk_oauth::Secret;
use zendesk_oauth::token::{
    FileStore, IssuedToken, Lifetime, Record, StoreError, Swap, TokenStore as _, Version,
};

/// What is done at a step.
type Deed = Box<dyn FnOnce() + Send>;

/// The swap that is watched.
#[derive(Default)]
struct Watch {
    at: Option<(&'static str, Deed)>,
    steps: Vec<String>,
}

static WATCH: Mutex<Option<Watch>> = Mutex::new(None);
/// Held by the test whose swap is watched.
static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
static INSTALLED: Once = Once::new();

struct Steps;

struct Step(Option<String>);

impl Visit for Step {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "step" {
            self.0 = Some(value.to_owned());
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

impl<S: Subscriber> Layer<S> for Steps {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut step = Step(None);
        event.record(&mut step);
        let mut watch = WATCH.lock().unwrap_or_else(PoisonError::into_inner);
        let (Some(step), Some(watch)) = (step.0, &mut *watch) else {
            return;
        };
        if let Some((_, deed)) = watch.at.take_if(|(at, _)| *at == step) {
            deed();
        }
        watch.steps.push(step);
    }
}

/// Writes a login into a store, does that at a step of it, and says what came of it and the steps.
async fn swap_with(
    store: &FileStore,
    expected: Option<Version>,
    step: &'static str,
    deed: impl FnOnce() + Send + 'static,
) -> (Result<Swap, StoreError>, Vec<String>) {
    let at = Some((step, Box::new(deed) as Deed));
    *WATCH.lock().unwrap() = Some(Watch {
        at,
        steps: Vec::new(),
    });
    let swap = store
        .compare_and_swap(expected, &record("CANARY-mine"))
        .await;
    let watch = WATCH.lock().unwrap().take().unwrap();
    assert!(watch.at.is_none(), "{step} is reached: {:?}", watch.steps);
    (swap, watch.steps)
}

fn install() {
    INSTALLED.call_once(|| {
        let subscriber = tracing_subscriber::registry().with(Steps);
        tracing::subscriber::set_global_default(subscriber).unwrap();
    });
}

fn record(token: &str) -> Record {
    let issued = IssuedToken::new(Secret::from(token), Lifetime::Unlimited, SystemTime::now());
    Record::new("my_app", "https://acme.zendesk.com", &issued)
}

/// A store with this many versions of a login.
async fn store(versions: u64) -> (TempDir, FileStore) {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::new(folder.path().join("login"));
    let mut version = None;
    for number in 1..=versions {
        let record = record(&format!("CANARY-{number}"));
        let swap = store.compare_and_swap(version, &record).await.unwrap();
        version = Some(Version::new(number));
        assert_eq!(Some(swap), version.map(Swap::Done));
    }
    (folder, store)
}

async fn seen(store: &FileStore) -> (u64, String) {
    let stored = store.load().await.unwrap().unwrap();
    let token = stored.record.access_token().expose().to_owned();
    (stored.version.number(), token)
}

fn names(folder: &Path) -> Vec<PathBuf> {
    let names = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = names.map(|it| it.unwrap().path()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_version_that_was_made_and_removed_after_the_first_look_is_a_conflict() {
    install();
    let _turn = TURN.lock().await;
    let (_kept, mine) = store(0).await;
    // Others have got so far meanwhile that number 1 is free again.
    let (_others, others) = store(3).await;
    let (from, to) = (others.path().to_owned(), mine.path().to_owned());
    let (swap, _) = swap_with(&mine, None, "file_folder_created", move || {
        for name in names(&from) {
            std::fs::copy(&name, to.join(name.file_name().unwrap())).unwrap();
        }
    })
    .await;
    assert_eq!(swap.unwrap(), Swap::Conflict);
    assert_eq!(seen(&mine).await, (3, "CANARY-3".to_owned()));
}

#[tokio::test]
async fn a_version_is_synced_before_it_has_its_name_and_its_folder_after() {
    install();
    let _turn = TURN.lock().await;
    let (_kept, store) = store(2).await;
    let expected = Some(Version::new(2));
    let (swap, steps) = swap_with(&store, expected, "file_folder_synced", || ()).await;
    assert_eq!(swap.unwrap(), Swap::Done(Version::new(3)));
    assert_eq!(
        steps,
        [
            "file_temporary_created",
            "file_temporary_locked",
            "file_temporary_written",
            "file_temporary_synced",
            "file_version_linked",
            "file_folder_synced",
            "file_temporary_removed",
            "file_old_version_removed",
        ]
    );
}

/// Elsewhere folders are not synced.
#[cfg(unix)]
#[tokio::test]
async fn a_folder_that_cannot_be_synced_leaves_it_open_whether_the_version_is_there() {
    install();
    let _turn = TURN.lock().await;
    let (kept, store) = store(2).await;
    let away = kept.path().join("away");
    let (from, to) = (store.path().to_owned(), away.clone());
    let expected = Some(Version::new(2));
    let (swap, _) = swap_with(&store, expected, "file_version_linked", move || {
        std::fs::rename(&from, &to).unwrap();
    })
    .await;
    let error = swap.unwrap_err();
    assert!(error.is_unclear(), "{error}");
    std::fs::rename(&away, store.path()).unwrap();
    assert_eq!(seen(&store).await, (3, "CANARY-mine".to_owned()));
}
