//! What all sides are told to do.

use crate::bench::{
    account::{CLIENT, CLIENT_ID, CLIENT_SECRET},
    context::Context,
    worker::Order,
};

/// A piece of work.
#[derive(Debug)]
pub(super) struct Work {
    /// As the report names it.
    pub(super) title: String,
    /// As workers are told.
    pub(super) order: Order,
    /// How many records it comes to.
    pub(super) items: usize,
}

/// All of it, at an account with so many clients.
pub(super) fn all(context: &Context, clients: usize) -> Vec<Work> {
    let times = context.times(200, 10);
    let counted = |name: &str, title: &str| Work {
        title: format!("{title}, {times} times"),
        order: Order::new(name, times),
        items: times,
    };
    let known = |mut work: Work, name: &str, value: serde_json::Value| {
        work.order = work.order.with(name, value);
        work
    };
    let token = counted("token", "get a token by client credentials");
    let token = known(token, "client_id", CLIENT_ID.into());
    vec![
        known(counted("show", "show a client"), "id", CLIENT.into()),
        Work {
            title: format!("list {clients} clients"),
            order: Order::new("list", 1),
            items: clients,
        },
        counted("create-delete", "create a client and delete it"),
        known(token, "client_secret", CLIENT_SECRET.into()),
    ]
}
