//! Starting a sandbox.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::exchange::{Exchange, Observer};
use crate::handle::Sandbox;
use crate::origin::Origin;
use crate::seed::{self, ClockSetting, Seed};
use crate::server;
use crate::shared::Shared;
use crate::site::Site;
use crate::start_error::StartError;
use crate::store::{Store, write_on_demand};
use crate::switches::Switches;
use crate::world::World;

/// How to start a sandbox. Everything has a default: a clock that stands at a fixed instant, a few
/// users, clients and tokens, a port that is free, on loopback.
#[must_use = "a sandbox runs once it is started"]
pub struct SandboxBuilder {
    address: SocketAddr,
    origin: Origin,
    state_file: Option<PathBuf>,
    body_limit: usize,
    observer: Option<Observer>,
}

impl Default for SandboxBuilder {
    fn default() -> Self {
        Self {
            address: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            origin: Origin::of(Seed::starter()),
            state_file: None,
            body_limit: 1024 * 1024,
            observer: None,
        }
    }
}

impl fmt::Debug for SandboxBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxBuilder")
            .field("address", &self.address)
            .field("seed", &self.origin.seed)
            .field("state_file", &self.state_file)
            .finish_non_exhaustive()
    }
}

impl SandboxBuilder {
    /// The port, instead of one that is free.
    pub fn port(mut self, port: u16) -> Self {
        self.address.set_port(port);
        self
    }

    /// The address to listen on, instead of 127.0.0.1. Whoever reaches it can do everything.
    pub fn bind(mut self, address: IpAddr) -> Self {
        self.address.set_ip(address);
        self
    }

    /// What the account begins with, instead of [`Seed::STARTER`].
    pub fn seed(mut self, seed: Seed) -> Self {
        self.origin.seed = seed;
        self
    }

    /// The admin's bearer token, instead of an invented one. It is there after every reset, too.
    pub fn admin_token(mut self, token: impl Into<String>) -> Self {
        self.origin.admin_token = Some(token.into());
        self
    }

    /// A file that keeps the state. If it is there, the sandbox goes on from it: records, clock and
    /// switches are as they were, and the seed is for a reset only. Every change that is acknowledged
    /// is in the file. It holds secrets, and only its owner may read it. The faults that were in force
    /// are not kept.
    pub fn state_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.state_file = Some(path.into());
        self
    }

    /// A clock that stands at this instant until it is moved, whatever the seed says.
    pub fn frozen_at(mut self, time: Timestamp) -> Self {
        self.origin.clock = Some(ClockSetting::Frozen(time));
        self
    }

    /// A clock that shows the machine's time and runs, whatever the seed says.
    pub fn real_time(mut self) -> Self {
        self.origin.clock = Some(ClockSetting::Real);
        self
    }

    /// Where ids, tokens, codes and secrets come from: the same number gives the same values.
    /// Whatever the seed says.
    pub fn random(mut self, seed: u64) -> Self {
        self.origin.random = Some(seed);
        self
    }

    /// How this Zendesk behaves, whatever the seed says.
    pub fn switches(mut self, switches: Switches) -> Self {
        self.origin.switches = Some(switches);
        self
    }

    /// The longest request body that is read, in bytes, instead of 1 MiB; a longer one gets 413.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Something that sees every exchange before its answer is sent, secrets included. Calls of the
    /// control API are not shown.
    pub fn observer(mut self, observer: impl Fn(&Exchange) + Send + Sync + 'static) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// Listens, and serves in the background from then on.
    ///
    /// # Errors
    ///
    /// If the address cannot be listened on, the state file is not taken, or the admin's token cannot be
    /// the one that was fixed.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        let address = self.address;
        check_token(self.origin.admin_token.as_deref())?;
        let (origin, state_file) = (self.origin, self.state_file);
        // A disk takes its time, and so does a large seed.
        let begun = tokio::task::spawn_blocking(move || begin(origin, state_file)).await;
        let (world, store) = begun.map_err(|_| StartError::interrupted())??;
        let failed = |source| StartError::address(address, source);
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let url = server::url(address);
        let shared = Shared::new(world, url.clone(), self.body_limit, self.observer, store);
        let shared = Arc::new(shared);
        let site = Arc::new(Site::new(&shared));
        let site = move |request, connection| Arc::clone(&site).answer(request, connection);
        let (stop, stopped) = watch::channel(false);
        let serving = tokio::spawn(server::serve(listener, site, stopped));
        let writer = |_: &Store| tokio::spawn(write_on_demand(Arc::clone(&shared)));
        let writing = shared.store.as_ref().map(writer);
        Ok(Sandbox::new(url, shared, stop, serving, writing))
    }
}

/// The world, from the state file if there is one, and from the seed if there is not.
fn begin(origin: Origin, path: Option<PathBuf>) -> Result<(World, Option<Store>), StartError> {
    let Some(path) = path else {
        let beginning = origin.begin()?;
        return Ok((World::new(origin, beginning), None));
    };
    let (store, stored) = Store::open(&path)?;
    let beginning = match stored {
        Some(state) => origin.resume(state)?,
        None => origin.begin()?,
    };
    store.begin(&beginning.state)?;
    Ok((World::new(origin, beginning), Some(store)))
}

/// What is to be a bearer token must be one that a header can carry.
fn check_token(token: Option<&str>) -> Result<(), StartError> {
    match token {
        Some(token) if !seed::is_bearer_token(token) => Err(StartError::admin_token()),
        _ => Ok(()),
    }
}
