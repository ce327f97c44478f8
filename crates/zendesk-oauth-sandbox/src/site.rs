//! All that there is on the address: Zendesk, and the control API beside it.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use http_body_util::Either;
use hyper::body::Incoming;
use tower_service::Service as _;

use crate::server::{Connection, Payload};
use crate::shared::Shared;
use crate::{control, dispatch};

/// All that there is on the address.
pub(crate) struct Site {
    shared: Arc<Shared>,
    control: Router,
}

impl Site {
    pub(crate) fn new(shared: &Arc<Shared>) -> Self {
        Self {
            shared: Arc::clone(shared),
            control: control::router(shared).with_state(Arc::clone(shared)),
        }
    }

    /// Answers. Requests to Zendesk do without a router's boxes.
    pub(crate) async fn answer(
        self: Arc<Self>,
        request: Request<Incoming>,
        connection: Connection,
    ) -> Response<Payload> {
        if !control::has(request.uri().path()) {
            return dispatch::zendesk(&self.shared, request, &connection).await;
        }
        let mut router = self.control.clone();
        match router.call(request.map(Body::new)).await {
            Ok(response) => response.map(Either::Right),
            Err(never) => match never {},
        }
    }
}
