//! The shape of generated code, written by hand: `client`, `types`, `builder`, and the hooks of a
//! generated crate's lib.rs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use zendesk_oauth_core::client::{
    CallError, ClientHooks, ClientInfo, Error, OperationInfo, RequestBuilderExt, Response,
    ResponseValue, encode_path,
};
use zendesk_oauth_core::{
    ApiErrorBody, Extra, Operation, Redirect, Secret, Timestamp, Transport, client::QueryParam,
};

pub static OPERATIONS: &[Operation] = &[
    Operation::new("show_thing", "GET", "/things/{thing_id}")
        .secured_by(&["bearerAuth"])
        .idempotent(),
    Operation::new("create_thing", "POST", "/things").sends_secrets(),
    Operation::new("start_redirect", "GET", "/start"),
    Operation::new("delete_thing", "DELETE", "/things/{thing_id}")
        .secured_by(&["bearerAuth"])
        .idempotent(),
];

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Thing {
    pub id: u64,
    pub secret: Option<Secret>,
    pub created_at: Option<Timestamp>,
    #[serde(flatten)]
    pub extra: Extra,
}

#[derive(Clone, Debug)]
pub struct Client {
    pub baseurl: String,
    pub client: reqwest::Client,
    pub inner: Transport,
}

impl Client {
    pub fn new(transport: Transport) -> Self {
        let client = transport.http_client().clone();
        Self {
            baseurl: transport.base_url().to_owned(),
            client,
            inner: transport,
        }
    }

    pub async fn show_thing(
        &self,
        thing_id: &str,
        code: Option<&str>,
    ) -> Result<ResponseValue<Thing>, Error<ApiErrorBody>> {
        let url = format!("{}/things/{}", self.baseurl, encode_path(thing_id));
        let mut headers = reqwest::header::HeaderMap::with_capacity(1);
        headers.append(
            reqwest::header::HeaderName::from_static("api-version"),
            reqwest::header::HeaderValue::from_static(Self::api_version()),
        );
        let mut request = self
            .client
            .get(url)
            .query(&QueryParam::new("code", &code))
            .headers(headers)
            .build()?;
        let info = OperationInfo {
            operation_id: "show_thing",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=599u16 => Err(Error::ErrorResponse(
                ResponseValue::from_response(response).await?,
            )),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }

    pub async fn create_thing(
        &self,
        body: &Thing,
    ) -> Result<ResponseValue<Thing>, Error<ApiErrorBody>> {
        let url = format!("{}/things", self.baseurl);
        let mut request = self.client.post(url).json(&body).build()?;
        let info = OperationInfo {
            operation_id: "create_thing",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            201u16 => ResponseValue::from_response(response).await,
            422u16 => Err(Error::ErrorResponse(
                ResponseValue::from_response(response).await?,
            )),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }

    pub async fn start_redirect(
        &self,
        form: &BTreeMap<&str, &str>,
    ) -> Result<ResponseValue<Redirect>, Error<ApiErrorBody>> {
        let url = format!("{}/start", self.baseurl);
        let mut request = self.client.get(url).form_urlencoded(form)?.build()?;
        let info = OperationInfo {
            operation_id: "start_redirect",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            307u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }

    pub async fn delete_thing(&self, thing_id: u64) -> Result<ResponseValue<()>, Error> {
        let url = format!(
            "{}/things/{}",
            self.baseurl,
            encode_path(&thing_id.to_string())
        );
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo {
            operation_id: "delete_thing",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16..=299u16 => ResponseValue::empty(response),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
}

impl ClientInfo<Transport> for Client {
    fn api_version() -> &'static str {
        "2026-11-22"
    }

    fn baseurl(&self) -> &str {
        &self.baseurl
    }

    fn client(&self) -> &reqwest::Client {
        &self.client
    }

    fn inner(&self) -> &Transport {
        &self.inner
    }
}

impl ClientHooks<Transport> for Client {
    async fn exec(
        &self,
        request: reqwest::Request,
        info: &OperationInfo,
    ) -> Result<Response, CallError> {
        self.inner.execute(OPERATIONS, request, info).await
    }
}
