#![doc = include_str!("../README.md")]

use reqwest::Request;
use zendesk_oauth_core::client::{CallError, ClientHooks, ClientInfo, OperationInfo, Response};

#[rustfmt::skip]
#[allow(missing_docs, unreachable_pub, unused_imports, clippy::all, clippy::pedantic)]
mod generated;

/// The crates whose types are part of this API, in the versions that it uses.
pub use {reqwest, zendesk_oauth_core};

pub use generated::{Client, OPERATIONS, SERVERS, builder, types};
pub use zendesk_oauth_core::{
    ApiErrorBody, BuildError, Credentials, Extra, Pacing, Redacted, Redirect, RetryBudget,
    RetryPolicy, Secret, Timestamp, Transport, client::ResponseValue,
};

/// What the document says about answers, as JSON: for each operation and status the headers and the
/// schema of each media type, without descriptions. Of this text, as of generated code, any release may
/// change the form.
pub const CONTRACT: &str = include_str!("contract.json");

/// Why a call gave no typed answer. See [`zendesk_oauth_core::client::Error`].
pub type Error = zendesk_oauth_core::client::Error<ApiErrorBody>;

/// Every call goes through the transport, which attaches credentials and normalises the answer.
impl ClientHooks<Transport> for Client {
    fn exec(
        &self,
        request: Request,
        info: &OperationInfo,
    ) -> impl Future<Output = Result<Response, CallError>> {
        self.inner().execute(OPERATIONS, request, info)
    }
}
