//! `CallbackListener`: a small HTTP server for one request.

use std::convert::Infallible;
use std::future::{poll_fn, ready};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::answer::answer;
use super::{Callback, LoopbackPort};
use crate::race::unless;

/// The longest head of a request that is read, in bytes.
const LONGEST_HEAD: usize = 16 * 1024;

/// How many connections are served at once.
const MOST_CONNECTIONS: usize = 256;

// These are about sockets, so they keep to the machine's clock.

/// How long a head may take, and a connection as a whole.
const HEAD_TIME: Duration = Duration::from_secs(5);
const CONNECTION_TIME: Duration = Duration::from_secs(10);

/// If there are too many connections and none ends for so long, they are in the way of the browser.
const STALL_TIME: Duration = Duration::from_millis(500);

/// How long the browser may take to read the page once its request has ended the flow.
const PAGE_TIME: Duration = Duration::from_secs(1);

/// The pause after the system refused a connection, as when it has no file descriptor left.
const ACCEPT_PAUSE: Duration = Duration::from_millis(20);

/// Listens on 127.0.0.1 for the browser that comes back. Dropping it closes it and all its
/// connections.
pub(crate) struct CallbackListener<C: Callback> {
    tcp: TcpListener,
    callback: Arc<C>,
    /// Each says whether it brought an outcome.
    connections: JoinSet<bool>,
    most_connections: usize,
    /// The first outcome counts: it is known before its page is written, so that neither the
    /// deadline nor too many strangers cost it.
    outcomes: (mpsc::Sender<C::Outcome>, mpsc::Receiver<C::Outcome>),
}

enum Event<T> {
    Brought(T),
    Accepted(TcpStream),
    AcceptFailed,
    Ended,
}

impl<C: Callback> CallbackListener<C> {
    /// Answers on this port by `callback`.
    pub(crate) fn new(port: LoopbackPort, callback: C) -> Self {
        Self {
            tcp: port.tcp,
            callback: Arc::new(callback),
            connections: JoinSet::new(),
            most_connections: MOST_CONNECTIONS,
            outcomes: mpsc::channel(1),
        }
    }

    /// With another limit of connections at once.
    #[cfg(test)]
    pub(super) fn most_connections(mut self, count: usize) -> Self {
        self.most_connections = count;
        self
    }

    /// Serves until a request ends the flow, and gives its page a short time to be read; nothing if
    /// `limit` is done before there is such a request.
    pub(crate) async fn outcome(mut self, limit: impl Future<Output = ()>) -> Option<C::Outcome> {
        let outcome = unless(limit, self.brought()).await?;
        let page_time = tokio::time::sleep(PAGE_TIME);
        unless(page_time, self.page_is_sent()).await;
        Some(outcome)
    }

    async fn brought(&mut self) -> C::Outcome {
        loop {
            let event = if self.connections.len() >= self.most_connections {
                let stalled = tokio::time::sleep(STALL_TIME);
                unless(stalled, poll_fn(|context| self.poll_known(context))).await
            } else {
                Some(poll_fn(|context| self.poll_event(context)).await)
            };
            match event {
                Some(Event::Brought(outcome)) => return outcome,
                Some(Event::Accepted(stream)) => self.take(stream),
                Some(Event::Ended) => {}
                Some(Event::AcceptFailed) => tokio::time::sleep(ACCEPT_PAUSE).await,
                None => self.connections.abort_all(),
            }
        }
    }

    /// Until the connection ends that brought the outcome.
    async fn page_is_sent(&mut self) {
        while let Some(ended) = self.connections.join_next().await {
            if matches!(ended, Ok(true)) {
                return;
            }
        }
    }

    /// Serves a connection.
    pub(super) fn take(&mut self, stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) {
        let callback = Arc::clone(&self.callback);
        let outcomes = self.outcomes.0.clone();
        self.connections.spawn(serve(stream, callback, outcomes));
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Event<C::Outcome>> {
        if let Poll::Ready(known) = self.poll_known(context) {
            return Poll::Ready(known);
        }
        self.tcp
            .poll_accept(context)
            .map(|accepted| match accepted {
                Ok((stream, _)) => Event::Accepted(stream),
                Err(_) => Event::AcceptFailed,
            })
    }

    /// What the connections that there are have come to.
    fn poll_known(&mut self, context: &mut Context<'_>) -> Poll<Event<C::Outcome>> {
        // A sender is kept here, so that the channel does not end.
        if let Poll::Ready(Some(outcome)) = self.outcomes.1.poll_recv(context) {
            return Poll::Ready(Event::Brought(outcome));
        }
        match self.connections.poll_join_next(context) {
            Poll::Ready(Some(_)) => Poll::Ready(Event::Ended),
            // None are open: there is nothing to wait for but a new one.
            Poll::Ready(None) | Poll::Pending => Poll::Pending,
        }
    }
}

/// Serves one request, and says whether it brought an outcome.
async fn serve<C: Callback>(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    callback: Arc<C>,
    outcomes: mpsc::Sender<C::Outcome>,
) -> bool {
    let has_brought = AtomicBool::new(false);
    let service = service_fn(|request: Request<Incoming>| {
        let (page, outcome) = answer(request.method(), request.uri(), callback.as_ref());
        if let Some(outcome) = outcome {
            // If there is one already, that one counts.
            has_brought.store(outcomes.try_send(outcome).is_ok(), Relaxed);
        }
        ready(Ok::<_, Infallible>(page.response(&C::TEXTS)))
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(LONGEST_HEAD)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service);
    // A browser that is gone before it has read the page has brought its code all the same.
    let _ = tokio::time::timeout(CONNECTION_TIME, connection).await;
    has_brought.into_inner()
}
