//! Every documented status of every operation is brought about, by what the sandbox itself refuses.
//! Only 429 and 5xx may be forced.

mod caller;
mod chat;
mod clients;
mod forced;
mod global_clients;
mod support_tokens;
mod token_endpoint;
mod zis;

use zendesk_oauth_sandbox::{Sandbox, Switches};

use crate::zendesk::{CONTRACT, Zendesk};

#[tokio::test]
async fn every_documented_status_of_every_operation_is_reached() {
    let mut switches = Switches::default();
    switches.apply("unattended").expect("a profile");
    let builder = Sandbox::builder().switches(switches).body_limit(2_000);
    let zendesk = Zendesk::of(builder).await;
    clients::reach(&zendesk).await;
    global_clients::reach(&zendesk).await;
    zis::reach(&zendesk).await;
    chat::reach(&zendesk).await;
    // It revokes the agent's token.
    support_tokens::reach(&zendesk).await;
    token_endpoint::reach(&zendesk).await;
    forced::reach(&zendesk).await;
    let missing = zendesk
        .coverage
        .lock()
        .expect("no watcher panics")
        .missing(&CONTRACT);
    assert!(missing.is_empty(), "{missing:#?}");
}
