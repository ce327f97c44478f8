//! What the sandbox is held against: a bare axum handler that answers the bytes of a file.
//!
//! `bare SHOW.json LIST.json` answers them at the paths of one client and of the list, and prints its address.

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use bytes::Bytes;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, show, list] = arguments.as_slice() else {
        return Err("usage: bare SHOW.json LIST.json".into());
    };
    let answering = |path: &str| -> std::io::Result<_> {
        let bytes = Bytes::from(std::fs::read(path)?);
        let json = [(CONTENT_TYPE, "application/json; charset=utf-8")];
        Ok(get(move || std::future::ready((json, bytes.clone()))))
    };
    let router = Router::new()
        .route("/api/v2/oauth/clients/{id}", answering(show)?)
        .route("/api/v2/oauth/clients", answering(list)?);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, router).await?;
    Ok(())
}
