//! How a generated client is asked for its parts, and how it hands its calls to us.

use super::{CallError, Error, Response};

/// The parts of a generated client.
pub trait ClientInfo<Inner> {
    /// The version of the document that the client was generated from.
    fn api_version() -> &'static str;

    /// The base URL, without a trailing slash.
    fn baseurl(&self) -> &str;

    /// The HTTP client that requests are built with.
    fn client(&self) -> &reqwest::Client;

    /// What the client was made with: a [`Transport`](crate::Transport).
    fn inner(&self) -> &Inner;
}

/// Which operation a call is of.
#[derive(Clone, Copy, Debug)]
pub struct OperationInfo {
    /// The operationId in the document.
    pub operation_id: &'static str,
}

/// What happens around each call. Implement it in the crate of the generated client, and let
/// [`exec`](ClientHooks::exec) call [`Transport::execute`](crate::Transport::execute).
#[allow(
    async_fn_in_trait,
    reason = "called on the concrete client, whose futures are seen to be Send"
)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot send its calls",
    note = "write `impl ClientHooks<{Inner}> for {Self}` with an `exec` of `Transport::execute`"
)]
pub trait ClientHooks<Inner = ()>: ClientInfo<Inner> {
    /// Runs before the call, and may change the request. By default it does nothing.
    ///
    /// # Errors
    ///
    /// An error ends the call before anything is sent.
    async fn pre<E>(
        &self,
        request: &mut reqwest::Request,
        info: &OperationInfo,
    ) -> Result<(), Error<E>> {
        let _ = (request, info);
        Ok(())
    }

    /// Makes the call.
    ///
    /// # Errors
    ///
    /// [`CallError`] when there is no complete answer.
    async fn exec(
        &self,
        request: reqwest::Request,
        info: &OperationInfo,
    ) -> Result<Response, CallError>;

    /// Runs after the call, on its answer or error. By default it does nothing.
    ///
    /// # Errors
    ///
    /// An error replaces the result of the call.
    async fn post<E>(
        &self,
        result: &Result<Response, CallError>,
        info: &OperationInfo,
    ) -> Result<(), Error<E>> {
        let _ = (result, info);
        Ok(())
    }
}
