//! A server on loopback that takes requests down and refuses them all.

use std::convert::Infallible;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// A request as it came.
pub(super) type Taken = Request<Bytes>;

/// The server. It ends when this is dropped.
pub(super) struct Listener {
    port: u16,
    taken: Arc<Mutex<Vec<Taken>>>,
    serving: JoinSet<()>,
}

impl Listener {
    pub(super) async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let taken = Arc::default();
        let mut serving = JoinSet::new();
        serving.spawn(serve(listener, Arc::clone(&taken)));
        Ok(Self {
            port,
            taken,
            serving,
        })
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    /// Stops, and gives the requests in the order in which they came.
    pub(super) async fn requests(mut self) -> Vec<Taken> {
        self.serving.shutdown().await;
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *taken)
    }
}

async fn serve(listener: TcpListener, taken: Arc<Mutex<Vec<Taken>>>) {
    // Connections end with this task.
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let taken = Arc::clone(&taken);
        connections.spawn(async move {
            let service = service_fn(move |request| take(request, Arc::clone(&taken)));
            let connection = hyper::server::conn::http1::Builder::new();
            let _ = connection
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

/// Takes a request down. The answer ends any call: no call takes it for success, and none repeats it.
async fn take(
    request: Request<Incoming>,
    taken: Arc<Mutex<Vec<Taken>>>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    if let Ok(body) = body.collect().await {
        let request = Request::from_parts(head, body.to_bytes());
        let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.push(request);
    }
    let mut answer = Response::new(Full::from(r#"{"error":"dry_run"}"#));
    *answer.status_mut() = StatusCode::BAD_REQUEST;
    Ok(answer)
}
