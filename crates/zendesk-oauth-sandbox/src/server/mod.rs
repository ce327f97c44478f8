//! Sockets.

mod connection;
mod cut;
mod idle;
mod response;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

pub(crate) use connection::Connection;
use connection::Resettable;
use idle::silent;
pub(crate) use response::{Payload, response};

/// How long the listener rests when the machine has no descriptors left.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// How long connections may take to finish what they are at when the server stops.
const GRACE: Duration = Duration::from_secs(5);

/// Answers with `site` until `stop` turns true, then finishes the requests that are under way. Dropping the future
/// closes every connection at once.
pub(crate) async fn serve<S, F>(listener: TcpListener, site: S, stop: watch::Receiver<bool>)
where
    S: Fn(Request<Incoming>, Connection) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Response<Payload>> + Send + 'static,
{
    let mut own_stop = stop.clone();
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = told(&mut own_stop) => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let _ = stream.set_nodelay(true);
                    connections.spawn(connection(Resettable::new(stream), site.clone(), stop.clone()));
                }
                Err(error) => rest(&error).await,
            },
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
        }
    }
    drop(listener);
    let all = async { while connections.join_next().await.is_some() {} };
    let _ = tokio::time::timeout(GRACE, all).await;
}

/// Returns when `stop` is true, or can no longer become so.
async fn told(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

/// A connection that could not be accepted is lost; that there are no descriptors left passes.
async fn rest(error: &io::Error) {
    let of_the_connection = matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
    );
    if !of_the_connection {
        tokio::time::sleep(ACCEPT_PAUSE).await;
    }
}

async fn connection<S, F>(stream: Resettable, site: S, mut stop: watch::Receiver<bool>)
where
    S: Fn(Request<Incoming>, Connection) -> F,
    F: Future<Output = Response<Payload>>,
{
    let handle = stream.handle();
    let service = hyper::service::service_fn(|request| {
        let handle = handle.clone();
        let answer = site(request, handle.clone());
        async move {
            let _answering = handle.answering();
            Ok::<_, Infallible>(answer.await)
        }
    });
    let mut http = http1::Builder::new();
    // The dates of answers are the virtual clock's. Slow heads are looked for here, not by hyper, whose
    // timer would also close connections that are kept for later.
    http.auto_date_header(false).header_read_timeout(None);
    let served = http.serve_connection(TokioIo::new(stream), service);
    tokio::pin!(served);
    // How a connection ends is its caller's business.
    tokio::select! {
        biased;
        _ = served.as_mut() => return,
        () = told(&mut stop) => served.as_mut().graceful_shutdown(),
        () = silent(&handle) => return,
    }
    let _ = served.await;
}

/// The address as it is written in a URL.
pub(crate) fn url(address: SocketAddr) -> String {
    format!("http://{address}")
}
