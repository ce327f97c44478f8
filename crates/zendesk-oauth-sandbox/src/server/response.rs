//! An answer on its way to the socket.

use axum::body::Body;
use axum::http::{HeaderValue, Response, header};
use bytes::Bytes;
use http_body_util::{Either, Full};

use super::Connection;
use super::cut::cut_off;
use crate::http::{Answer, Delivery};

/// What is sent: nearly always bytes that are there.
pub(crate) type Payload = Either<Full<Bytes>, Body>;

/// What the connection is to send.
pub(crate) fn response(answer: Answer, connection: &Connection) -> Response<Payload> {
    let mut headers = *answer.headers;
    let length = answer.body.len();
    let body = match answer.delivery {
        Delivery::Whole => Either::Left(Full::new(answer.body)),
        Delivery::Cut(bytes) => {
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
            let sent = answer.body.slice(..bytes.min(length));
            Either::Right(cut_off(sent, connection))
        }
        Delivery::Reset => {
            connection.reset();
            Either::Left(Full::default())
        }
    };
    let mut response = Response::new(body);
    *response.status_mut() = answer.status;
    *response.headers_mut() = headers;
    response
}
