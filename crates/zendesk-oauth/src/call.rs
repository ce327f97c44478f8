//! `Call`: one operation, ready to be sent.

use std::fmt;
use std::future::IntoFuture;
use std::pin::Pin;
use std::time::Duration;

use zendesk_oauth_core::client::{Error as CallError, ResponseValue};
use zendesk_oauth_core::{ApiErrorBody, RetryPolicy, Transport};

use crate::Error;
use crate::options::CallOptions;

type Answer<T> = Result<ResponseValue<T>, CallError<ApiErrorBody>>;
type Sending<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

/// What a call sends. Each of the two ways to await it is one future, in one box: a future around
/// another would move its value once more.
trait SendWith<T>: Send {
    /// The value with its answer.
    fn response(self: Box<Self>, ready: Ready) -> Sending<ResponseValue<T>>;

    /// The value alone.
    fn value(self: Box<Self>, ready: Ready) -> Sending<T>;
}

/// What a call is sent with.
struct Ready {
    operation: &'static str,
    transport: Result<Transport, Error>,
}

impl<T, F, Sent> SendWith<T> for F
where
    F: FnOnce(Transport) -> Sent + Send + 'static,
    Sent: Future<Output = Answer<T>> + Send + 'static,
{
    fn response(self: Box<Self>, ready: Ready) -> Sending<ResponseValue<T>> {
        let Ready {
            operation,
            transport,
        } = ready;
        // The future of `self` is made where it is awaited: captured, it would be held twice.
        Box::pin(async move {
            match transport {
                Ok(transport) => self(transport)
                    .await
                    .map_err(|error| Error::from(error).on(operation)),
                Err(error) => Err(error.on(operation)),
            }
        })
    }

    fn value(self: Box<Self>, ready: Ready) -> Sending<T> {
        let Ready {
            operation,
            transport,
        } = ready;
        Box::pin(async move {
            match transport {
                Ok(transport) => match self(transport).await {
                    Ok(answer) => Ok(answer.into_inner()),
                    Err(error) => Err(Error::from(error).on(operation)),
                },
                Err(error) => Err(error.on(operation)),
            }
        })
    }
}

/// One operation with its parameters. `.await` sends it and gives the value;
/// [`with_response`](Self::with_response) gives status, headers and body too.
///
/// Nothing is sent before it is awaited, and dropping the future ends the call.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<T> {
    operation: &'static str,
    transport: Result<Transport, Error>,
    options: CallOptions,
    send: Box<dyn SendWith<T>>,
}

impl<T: 'static> Call<T> {
    /// A call that `send` makes with the transport of its area, or that fails because there is none.
    pub(crate) fn new<F, Sent>(
        operation: &'static str,
        transport: Result<Transport, Error>,
        send: F,
    ) -> Self
    where
        F: FnOnce(Transport) -> Sent + Send + 'static,
        Sent: Future<Output = Answer<T>> + Send + 'static,
    {
        Self {
            operation,
            transport,
            options: CallOptions::default(),
            send: Box::new(send),
        }
    }

    /// The operationId of the document.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Repeats this call by `policy` if it fails, instead of by the client's. The retry budget stays
    /// the client's.
    ///
    /// ```
    /// # use zendesk_oauth::{Call, RetryPolicy};
    /// # fn patiently<T: Send + 'static>(call: Call<T>) -> Call<T> {
    /// call.retry(RetryPolicy::standard().max_attempts(8))
    /// # }
    /// ```
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options.retry(policy);
        self
    }

    /// Lets this call be repeated although doing it twice is not harmless by its document, because
    /// the caller knows that here it is. A failed attempt may have been carried out.
    pub fn even_if_not_idempotent(mut self) -> Self {
        self.options.even_if_not_idempotent();
        self
    }

    /// Makes one attempt: a failure is raised at once, and nothing waits. The same as
    /// [`retry`](Self::retry) with [`RetryPolicy::never`].
    pub fn raise_at_once(self) -> Self {
        self.retry(RetryPolicy::never())
    }

    /// The time for each attempt of this call, from sending to the last byte of the answer, instead
    /// of the client's.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout(timeout);
        self
    }

    /// Sends it, and gives the value with the answer that it came in: status, headers and body.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn with_response(self) -> Result<ResponseValue<T>, Error> {
        let (send, ready) = self.ready();
        send.response(ready).await
    }

    /// Sends it, and gives the value. `.await` alone does the same.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn send(self) -> Result<T, Error> {
        let (send, ready) = self.ready();
        send.value(ready).await
    }

    fn ready(self) -> (Box<dyn SendWith<T>>, Ready) {
        let Self {
            operation,
            transport,
            options,
            send,
        } = self;
        let transport = transport.map(|transport| options.apply(transport));
        (
            send,
            Ready {
                operation,
                transport,
            },
        )
    }
}

impl<T: Send + 'static> IntoFuture for Call<T> {
    type Output = Result<T, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        let (send, ready) = self.ready();
        send.value(ready)
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation)
            .finish_non_exhaustive()
    }
}
