//! Where a login may be that processes share.

use std::path::PathBuf;

use tempfile::TempDir;
use zendesk_oauth::token::{FileStore, RedisStore, StoreKey, redis};

/// A place, as the worker is told of it.
#[derive(Clone)]
pub(crate) enum Place {
    File(PathBuf),
    Redis { url: String, name: String },
}

impl Place {
    pub(crate) fn arguments(&self) -> Vec<String> {
        let text = |text: &str| text.to_owned();
        match self {
            Self::File(path) => vec![text("--file"), path.display().to_string()],
            Self::Redis { url, name } => {
                vec![text("--redis"), text(url), text("--name"), text(name)]
            }
        }
    }
}

/// A file store in a folder of its own, which goes with it.
pub(crate) struct Files {
    _folder: TempDir,
    pub(crate) place: Place,
    pub(crate) store: FileStore,
}

impl Files {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("login");
        Self {
            store: FileStore::new(&path),
            place: Place::File(path),
            _folder: folder,
        }
    }
}

/// The key that the worker has too.
const KEY: [u8; 32] = *b"CANARY-key-of-the-process-tests!";

/// A store in a Redis at this URL, under this name.
pub(crate) fn in_redis(url: &str, name: &str) -> (Place, RedisStore) {
    let client = redis::Client::open(url).expect("a URL");
    let store = RedisStore::new(client, name, StoreKey::from_bytes(KEY)).expect("a name");
    let place = Place::Redis {
        url: url.to_owned(),
        name: name.to_owned(),
    };
    (place, store)
}
