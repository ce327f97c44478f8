//! Calls of what no document describes, with the same credentials, retry and redaction as all others.

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Method, Request, Url};
use serde_json::Value;
use zendesk_oauth::{Credentials, Pacing};
use zendesk_oauth_core::client::{OperationInfo, Response};
use zendesk_oauth_core::{ApiErrorBody, Operation, Transport, client};

use super::{Account, USER_AGENT};
use crate::failure::Failure;

/// One for each method. Reading may be repeated; what changes something may have been done by a call without an
/// answer, whatever RFC 9110, 9.2.2, says of PUT and DELETE.
static OPERATIONS: [Operation; 6] = [
    raw("api_get", "GET").idempotent(),
    raw("api_head", "HEAD").idempotent(),
    raw("api_post", "POST"),
    raw("api_put", "PUT"),
    raw("api_patch", "PATCH"),
    raw("api_delete", "DELETE"),
];

const fn raw(id: &'static str, method: &'static str) -> Operation {
    Operation::new(id, method, "/{+path}")
        .secured_by(&["bearerAuth"])
        .sends_secrets()
}

/// What came back.
pub(crate) struct RawAnswer(pub(crate) Response);

impl RawAnswer {
    /// The body, if it is JSON.
    pub(crate) fn json(&self) -> Option<Value> {
        serde_json::from_slice(self.0.body()).ok()
    }
}

impl Account {
    /// A transport of Support for [`RawAnswer`]s. It has connections of its own.
    pub(crate) fn transport(&self) -> Result<Transport, Failure> {
        self.transport_with(self.support_credentials()?.clone(), None)
    }

    /// The same, with these credentials and this pace.
    pub(crate) fn transport_with(
        &self,
        credentials: Credentials,
        pacing: Option<Pacing>,
    ) -> Result<Transport, Failure> {
        let mut builder = Transport::builder(self.url())
            .user_agent(USER_AGENT)
            .credentials(credentials);
        if let Some(pacing) = pacing {
            builder = builder.pacing(pacing);
        }
        let built = builder.build();
        built.map_err(|error| zendesk_oauth::Error::from(error).into())
    }
}

/// Sends a request to `path`, which begins with `/` and may have a query. An answer that is no success is a
/// failure.
pub(crate) async fn send(
    transport: &Transport,
    method: Method,
    path: &str,
    body: Option<&Value>,
) -> Result<RawAnswer, Failure> {
    let mut request = RawRequest::new(method, path);
    if let Some(body) = body {
        request = request.json(body);
    }
    request.send(transport).await
}

/// As [`send`], for those who judge the answer themselves: whatever its status, it is no failure.
pub(crate) async fn answer(
    transport: &Transport,
    method: Method,
    path: &str,
    body: Option<&Value>,
) -> Result<Response, Failure> {
    let mut request = RawRequest::new(method, path);
    if let Some(body) = body {
        request = request.json(body);
    }
    Ok(request.answered(transport).await?.0)
}

/// A request that no document describes.
#[derive(Clone)]
pub(crate) struct RawRequest<'a> {
    method: Method,
    path: &'a str,
    headers: HeaderMap,
    body: Option<Vec<u8>>,
}

impl<'a> RawRequest<'a> {
    /// To a path below the account's address. It may have a query.
    pub(crate) fn new(method: Method, path: &'a str) -> Self {
        Self {
            method,
            path,
            headers: HeaderMap::new(),
            body: None,
        }
    }

    /// Headers beside ours.
    pub(crate) fn headers(mut self, headers: HeaderMap) -> Self {
        self.headers.extend(headers);
        self
    }

    /// A body of JSON.
    pub(crate) fn json(mut self, body: &Value) -> Self {
        let json = HeaderValue::from_static("application/json");
        self.headers.insert(CONTENT_TYPE, json);
        self.body = Some(body.to_string().into_bytes());
        self
    }

    /// Makes the call. An answer that is no success is a failure.
    pub(crate) async fn send(self, transport: &Transport) -> Result<RawAnswer, Failure> {
        let (answer, shown) = self.answered(transport).await?;
        if answer.status().is_success() {
            return Ok(RawAnswer(answer));
        }
        let failed = client::Error::<ApiErrorBody>::UnexpectedResponse(answer);
        Err(Failure::from(failed).during(shown))
    }

    /// Makes the call, whatever the status of the answer. What the call is called in messages is beside it.
    async fn answered(self, transport: &Transport) -> Result<(Response, String), Failure> {
        let method = self.method.clone();
        let mut operations = OPERATIONS.iter();
        let operation = operations.find(|it| it.method == method.as_str());
        let operation = operation.ok_or_else(|| {
            Failure::usage(format!(
                "{method}: that method is not sent; the methods are GET, HEAD, POST, PUT, PATCH and DELETE"
            ))
        })?;
        let request = self.request(transport.base_url())?;
        let shown = format!("{method} {}", request.url().path());
        let info = OperationInfo {
            operation_id: operation.id,
        };
        let answer = transport.execute(&OPERATIONS, request, &info).await;
        match answer.map_err(client::Error::<ApiErrorBody>::from) {
            Ok(answer) => Ok((answer, shown)),
            Err(error) => Err(Failure::from(error).during(shown)),
        }
    }

    fn request(self, base: &str) -> Result<Request, Failure> {
        let unfit = || {
            let shown = self.path.split(['?', '#']).next().unwrap_or_default();
            let shown = crate::text::printable(shown);
            Failure::usage(format!(
                "{shown}: it is no path; write it as /api/v2/users/me"
            ))
        };
        if !self.path.starts_with('/') || self.path.starts_with("//") || self.path.contains('\\') {
            return Err(unfit());
        }
        let mut url: Url = format!("{base}{}", self.path)
            .parse()
            .map_err(|_| unfit())?;
        url.set_fragment(None);
        let mut request = Request::new(self.method, url);
        *request.headers_mut() = self.headers;
        *request.body_mut() = self.body.map(Into::into);
        Ok(request)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(path: &str) -> Result<String, String> {
        let request = RawRequest::new(Method::GET, path);
        let request = request.request("https://acme.zendesk.com/stem");
        request
            .map(|it| it.url().to_string())
            .map_err(|it| it.to_string())
    }

    #[test]
    fn a_path_lies_below_the_base() {
        assert_eq!(
            url("/api/v2/x.json?y=1#f").unwrap(),
            "https://acme.zendesk.com/stem/api/v2/x.json?y=1"
        );
        for path in [
            "",
            "api",
            "//evil.example/x",
            "/\\evil.example",
            "https://evil.example/x?CANARY",
        ] {
            let refused = url(path).unwrap_err();
            assert!(
                refused.contains("no path") && !refused.contains("CANARY"),
                "{refused}"
            );
        }
    }
}
