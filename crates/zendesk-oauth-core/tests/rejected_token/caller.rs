//! Calls to a server that answers in turn, and what they had as `Authorization`.

use reqwest::Request;
use zendesk_oauth_core::client::{CallError, OperationInfo, Response};
use zendesk_oauth_core::{Credentials, Operation, RetryPolicy, Transport, TransportBuilder};
use zendesk_oauth_tests::{Loopback, Traces, answer, printed};

use crate::common::clock::VirtualClock;
use crate::common::with;
use crate::sources::Tokens;

static OPERATIONS: &[Operation] = &[
    Operation::new("show", "GET", "/things")
        .secured_by(&["bearerAuth"])
        .idempotent(),
    Operation::new("create", "POST", "/things").secured_by(&["bearerAuth"]),
    Operation::new("replace", "PUT", "/things")
        .secured_by(&["bearerAuth"])
        .idempotent(),
    Operation::new("open", "DELETE", "/things").idempotent(),
];

/// As Zendesk answers to a token that is expired or revoked.
pub(crate) fn invalid_token() -> Vec<u8> {
    let challenge = [("www-authenticate", "Bearer realm=Zendesk::OAuth")];
    let body = r#"{"error": "invalid_token", "error_description": "CANARY-description"}"#;
    answer(401, &challenge, body)
}

pub(crate) fn found() -> Vec<u8> {
    answer(200, &[], r#"{"secret": "CANARY-found"}"#)
}

pub(crate) struct Caller {
    pub(crate) server: Loopback,
    pub(crate) transport: Transport,
    pub(crate) clock: VirtualClock,
}

impl Caller {
    /// With the standard policy, unless `change` says otherwise.
    pub(crate) async fn new(
        answers: impl IntoIterator<Item = Vec<u8>>,
        credentials: Credentials,
        change: impl FnOnce(TransportBuilder) -> TransportBuilder,
    ) -> Self {
        Traces::of_the_process();
        let server = Loopback::answering_in_turn(answers).await;
        let clock = VirtualClock::new();
        let client = with(&server.url(), |builder| {
            let builder = builder
                .retry_policy(RetryPolicy::standard())
                .credentials(credentials)
                .clock(clock.clone());
            change(builder)
        });
        Self {
            server,
            transport: client.inner,
            clock,
        }
    }

    pub(crate) async fn of(answers: impl IntoIterator<Item = Vec<u8>>, tokens: &Tokens) -> Self {
        Self::new(answers, Credentials::source(tokens.clone()), |it| it).await
    }

    pub(crate) fn request(&self, operation_id: &str) -> Request {
        let operation = OPERATIONS.iter().find(|it| it.id == operation_id).unwrap();
        let url = format!("{}{}", self.server.url(), operation.path);
        let method = operation.method.parse().unwrap();
        Request::new(method, url.parse().unwrap())
    }

    pub(crate) async fn send(&self, operation_id: &'static str, request: Request) -> Response {
        self.outcome(operation_id, request).await.unwrap()
    }

    async fn outcome(
        &self,
        operation_id: &'static str,
        request: Request,
    ) -> Result<Response, CallError> {
        let info = OperationInfo { operation_id };
        let outcome = self.transport.execute(OPERATIONS, request, &info).await;
        let shown = match &outcome {
            Ok(response) => format!("{response:?}"),
            Err(error) => printed(error),
        };
        // The traces of tests that run beside this one too.
        for text in [shown, Traces::of_the_process().text()] {
            assert!(!text.contains("CANARY"), "{text}");
        }
        outcome
    }

    pub(crate) async fn call(&self, operation_id: &'static str) -> Response {
        self.send(operation_id, self.request(operation_id)).await
    }

    /// What the requests had as `Authorization`.
    pub(crate) fn sent(&self) -> Vec<String> {
        let requests = self.server.requests();
        let header = |request: &zendesk_oauth_tests::Request| {
            request
                .header("authorization")
                .unwrap_or_default()
                .to_owned()
        };
        requests.iter().map(header).collect()
    }
}
