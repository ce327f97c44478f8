//! In which span the calls of a list are made. One test file, and so one process: tracing caches who
//! listens.

#![cfg(feature = "support")]
#![allow(clippy::unwrap_used, reason = "a panic here is the failure report")]

use std::sync::{Arc, Mutex};

use tracing::span::{Attributes, Id};
use tracing::{Instrument as _, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry::{LookupSpan, Registry};
use zendesk_oauth::{Credentials, Zendesk};
use zendesk_oauth_sandbox::{Sandbox, Seed};

/// Writes down each new span behind those that it is in.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<String>>>);

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Recorder {
    fn on_new_span(&self, span: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if ["zendesk_oauth", "page_spans"].contains(&span.metadata().target()) {
            let scope = context.span_scope(id).unwrap().from_root();
            let names: Vec<&str> = scope.map(|span| span.name()).collect();
            self.0.lock().unwrap().push(names.join(" > "));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_is_read_ahead_is_asked_for_in_the_span_of_the_caller() {
    let seed = Seed::parse("clients.yaml", "generate:\n  clients: 6\n").unwrap();
    let sandbox = Sandbox::builder().seed(seed).start().await.unwrap();
    let token = sandbox.credentials().admin_token;
    let zendesk = Zendesk::at(sandbox.url()).support(Credentials::bearer(token));
    let zendesk = zendesk.build().unwrap();
    let recorder = Recorder::default();
    let listened = tracing::subscriber::set_default(Registry::default().with(recorder.clone()));
    async {
        let mut items = zendesk.oauth_clients().list().page_size(2).items();
        while let Some(client) = items.next().await {
            client.unwrap();
        }
    }
    .instrument(tracing::info_span!("audit"))
    .await;
    drop(listened);
    let call = "audit > call";
    assert_eq!(*recorder.0.lock().unwrap(), ["audit", call, call, call]);
}
