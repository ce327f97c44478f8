//! The loopback listener to which a browser comes back, whatever the flow is.

mod answer;
mod listener;
mod page;
mod port;
#[cfg(test)]
mod tests;

pub(crate) use listener::CallbackListener;
pub(crate) use page::Texts;
pub(crate) use port::LoopbackPort;

/// What a flow makes of the requests that come to its listener.
pub(crate) trait Callback: Send + Sync + 'static {
    /// What the browser brought, with which the flow ends.
    type Outcome: Send + 'static;

    /// What is said to the person in front of the browser.
    const TEXTS: Texts;

    /// Whether this is the path of the callback, as it stands in the request.
    fn is_path(&self, path: &str) -> bool;

    /// Reads the callback's query, which begins with `?`.
    fn read(&self, query: &str) -> Reading<Self::Outcome>;
}

/// What a query was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading<T> {
    /// It ends the flow well.
    Done(T),
    /// It ends the flow, as access was refused.
    Refused(T),
    /// It is no clear answer to this flow, which goes on.
    Unclear,
}
