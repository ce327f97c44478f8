//! Reset, another seed and snapshots put another state in the place of the one that there was.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use reqwest::{Method, StatusCode};
use serde_json::json;
use zendesk_oauth_sandbox::{Fault, FaultRule, Faults, Sandbox, Seed};

use crate::state_file::Folder;
use crate::zendesk::{Zendesk, answered};

const CLIENTS: &str = "/api/v2/oauth/clients";

/// A seed in which an agent has that token.
fn agent_with(token: &str) -> Seed {
    let text = format!(
        "users: [{{name: A, email: a@example.com, role: agent}}]
clients: [{{identifier: shop, name: Shop, kind: confidential}}]
tokens: [{{client: shop, user: a@example.com, scopes: [read], token: {token}}}]"
    );
    Seed::parse("seed.yaml", &text).expect("a seed")
}

#[tokio::test]
async fn a_reset_to_a_seed_in_which_the_fixed_token_is_another_s_is_refused() {
    let folder = Folder::new();
    let sandbox = folder.builder().admin_token("CANARY-one").start().await;
    sandbox
        .expect("a free port")
        .stop()
        .await
        .expect("it is written");
    let seed = agent_with("CANARY-fixed");
    let builder = folder.builder().seed(seed).admin_token("CANARY-fixed");
    let zendesk = Zendesk::of(builder).await;
    let error = zendesk.sandbox.reset().expect_err("it is the agent's");
    assert!(!error.to_string().contains("CANARY"), "{error}");
    let request = zendesk.request(Method::POST, "/_sandbox/reset");
    let refused = answered(request).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{}", refused.text);
    assert!(
        refused.text.contains("nothing was changed"),
        "{}",
        refused.text
    );
    assert!(!refused.text.contains("CANARY"), "{}", refused.text);
    assert_eq!(zendesk.get(CLIENTS).await.status, StatusCode::OK);
    zendesk
        .sandbox
        .reseed(Seed::starter())
        .expect("nobody has it there");
    zendesk.sandbox.reset().expect("nobody has it there");
}

#[tokio::test]
async fn a_snapshot_brings_its_credentials_back() {
    let zendesk = Zendesk::start().await;
    let snapshot = zendesk.sandbox.snapshot();
    let taken = answered(zendesk.request(Method::POST, "/_sandbox/snapshots")).await;
    assert_eq!(taken.status, StatusCode::CREATED);
    let before = zendesk.credentials();
    for in_hand in [true, false] {
        let other = Seed::parse("other.yaml", "random: 7").expect("a seed");
        zendesk.sandbox.reseed(other).expect("a seed");
        assert_ne!(
            zendesk.sandbox.credentials().admin_token,
            before.admin_token
        );
        if in_hand {
            zendesk.sandbox.restore(&snapshot).expect("its own");
        } else {
            let path = "/_sandbox/snapshots/1/restore";
            let restored = answered(zendesk.request(Method::POST, path)).await;
            assert_eq!(restored.status, StatusCode::OK);
        }
        let after = zendesk.credentials();
        assert_eq!(after.admin_token, before.admin_token);
        assert_eq!(after.chat_token, before.chat_token);
        assert_eq!(zendesk.get(CLIENTS).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn the_fixed_token_outlives_the_snapshot_of_another_sandbox() {
    let other = Sandbox::builder()
        .random(9)
        .start()
        .await
        .expect("a free port");
    let zendesk = Zendesk::of(Sandbox::builder().admin_token("CANARY-fixed")).await;
    zendesk
        .sandbox
        .restore(&other.snapshot())
        .expect("nobody has it there");
    assert_eq!(zendesk.sandbox.credentials().admin_token, "CANARY-fixed");
    assert_eq!(zendesk.get(CLIENTS).await.status, StatusCode::OK);
    let theirs = Sandbox::builder().seed(agent_with("CANARY-fixed"));
    let theirs = theirs.start().await.expect("a free port").snapshot();
    let error = zendesk
        .sandbox
        .restore(&theirs)
        .expect_err("it is the agent's");
    assert!(!error.to_string().contains("CANARY"), "{error}");
    assert_eq!(zendesk.get(CLIENTS).await.status, StatusCode::OK);
}

/// Others are answered while a seed of tens of thousands of records is being made.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_seed_does_not_hold_up_others() {
    let zendesk = Arc::new(Zendesk::start().await);
    let done = Arc::new(AtomicBool::new(false));
    let (other, finished) = (Arc::clone(&zendesk), Arc::clone(&done));
    let seeding = tokio::spawn(async move {
        let seed = "generate: {clients: 30000, tokens: 30000}";
        let request = other.request(Method::POST, "/_sandbox/seed").body(seed);
        let answer = answered(request).await;
        finished.store(true, Ordering::SeqCst);
        answer.status
    });
    let mut answers = 0;
    while !done.load(Ordering::SeqCst) {
        answered(zendesk.request(Method::GET, "/api/")).await;
        answers += 1;
    }
    assert_eq!(seeding.await.expect("no panic"), StatusCode::OK);
    assert!(answers > 20, "{answers}");
}

/// A rule whose making looks at the rules.
struct Curious(Faults);

impl From<Curious> for FaultRule {
    fn from(curious: Curious) -> Self {
        assert!(curious.0.list().is_empty());
        Fault::status(503).into()
    }
}

#[tokio::test]
async fn a_rule_is_made_before_anything_is_locked() {
    let sandbox = Sandbox::builder().start().await.expect("a free port");
    let faults = sandbox.faults();
    let adding = std::thread::spawn(move || faults.add(Curious(faults.clone())).is_ok());
    for _ in 0..2_000 {
        if adding.is_finished() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    assert!(adding.is_finished(), "it waits for itself");
    assert!(adding.join().expect("no panic"));
}

#[tokio::test]
async fn the_control_api_has_room_for_a_thousand_rules() {
    let zendesk = Zendesk::start().await;
    for _ in 0..1_000 {
        let rule = FaultRule::on("show_oauth_client", Fault::status(503));
        zendesk.sandbox.faults().add(rule).expect("a rule");
    }
    let rule = json!({ "fault": { "status": 503 } });
    let request = zendesk
        .request(Method::POST, "/_sandbox/faults")
        .json(&rule);
    let refused = answered(request).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text);
    assert!(refused.text.contains("1000 rules"), "{}", refused.text);
    zendesk
        .sandbox
        .faults()
        .add(Fault::status(503))
        .expect_err("no room");
}
