//! Document, sandbox and client do not drift apart.

mod generated_clients;
mod statuses;
