//! The other side of the benchmark: a bare axum handler that answers the bytes of two files.
//!
//! `bare PORT SHOW.json LIST.json` answers `/show` and `/list`.

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use bytes::Bytes;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, port, show, list] = arguments.as_slice() else {
        return Err("usage: bare PORT SHOW.json LIST.json".into());
    };
    let answering = |path: &str| -> std::io::Result<_> {
        let bytes = Bytes::from(std::fs::read(path)?);
        let json = [(CONTENT_TYPE, "application/json; charset=utf-8")];
        Ok(get(move || std::future::ready((json, bytes.clone()))))
    };
    let router = Router::new()
        .route("/show", answering(show)?)
        .route("/list", answering(list)?);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port.parse()?)).await?;
    axum::serve(listener, router).await?;
    Ok(())
}
