//! The way of a request to Zendesk: it is read, answered under the lock, stored if need be, and sent.

mod asked;
mod refused;

use std::sync::Arc;

use axum::http::{Request, Response, StatusCode, header};
use bytes::Bytes;
use http_body::Body;
use jiff::Timestamp;

use crate::auth::Caller;
use crate::exchange::Exchange;
use crate::http::{Answer, Call, Parameters, base, read};
use crate::journal::Written;
use crate::routes;
use crate::server::{Connection, Payload, response};
use crate::shared::{InFlight, Shared};
use asked::Asked;

/// Answers as Zendesk.
pub(crate) async fn zendesk<B>(
    shared: &Arc<Shared>,
    request: Request<B>,
    connection: &Connection,
) -> Response<Payload>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let _in_flight = InFlight::enter(shared);
    let (parts, body) = request.into_parts();
    let read = read(&parts.headers, body, shared.body_limit).await;
    let host = parts.headers.get(header::HOST);
    let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
    let base = base(host, &shared.address);
    let area = routes::area(host, parts.uri.path());
    let nothing = Bytes::new();
    let call = Call {
        method: &parts.method,
        uri: &parts.uri,
        headers: &parts.headers,
        body: read.as_ref().unwrap_or(&nothing),
        base: &base,
        parameters: Parameters::default(),
        caller: Caller::Nobody,
        // It is set when the call takes place.
        now: Timestamp::UNIX_EPOCH,
    };
    let mut asked = Asked::of(call, area, read.as_ref().err().copied());
    let outcome = asked.outcome(shared).await;
    let mut answer = outcome.answer;
    if let Some(version) = outcome.changed
        && shared.stored(version).await.is_err()
    {
        not_stored(&mut answer, outcome.written, shared);
    }
    answer.frame(&parts.method);
    if let Some(observe) = &shared.observer {
        observe(&Exchange {
            operation: asked.operation(),
            forced: outcome.forced,
            method: parts.method.clone(),
            uri: parts.uri.clone(),
            request_headers: parts.headers.clone(),
            request_body: asked.call.body.clone(),
            status: answer.status,
            response_headers: (*answer.headers).clone(),
            response_body: answer.body.clone(),
        });
    }
    response(answer, connection)
}

/// Makes of an answer the refusal to acknowledge a change that a restart would not find. It may be found
/// all the same, with the next change that is stored.
fn not_stored(answer: &mut Answer, written: Written, shared: &Shared) {
    let page = "<html><body><h1>503 Service Unavailable</h1><p>The change could not be written to the \
                sandbox's state file; see its error output.</p></body></html>";
    let instead = Answer::html(StatusCode::SERVICE_UNAVAILABLE, page);
    answer.status = instead.status;
    answer.body = instead.body;
    answer.headers.remove(header::LOCATION);
    answer.headers.extend(*instead.headers);
    shared.world().journal.amend(written, answer.status);
}
