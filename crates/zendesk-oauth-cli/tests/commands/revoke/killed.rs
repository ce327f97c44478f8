//! `apply` is killed at every request, and the next one comes to the same end.

use std::fs;
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use zendesk_oauth_sandbox::{Fault, FaultRule};

use super::{ACCOUNT, Watched, outcomes};

/// Kills a process when it has sent so many requests, before it gets the answer to the last of them.
#[derive(Default)]
struct Killer {
    process: Option<Child>,
    left: usize,
    killed: bool,
}

impl Killer {
    fn told(&mut self) {
        let Some(process) = &mut self.process else {
            return;
        };
        self.left = self.left.saturating_sub(1);
        if self.left == 0 && !self.killed {
            process.kill().expect("it is ours");
            process.wait().expect("it is ours");
            self.killed = true;
        }
    }
}

struct Killed {
    watched: Watched,
    killer: Arc<Mutex<Killer>>,
    beginning: zendesk_oauth_sandbox::Snapshot,
}

impl Killed {
    fn new() -> Self {
        let killer = Arc::new(Mutex::new(Killer::default()));
        let told = Arc::clone(&killer);
        let watched = Watched::told(ACCOUNT, move |_| told.lock().expect("no panic").told());
        watched.plan("idle>90d or expired");
        let own = json!({ "id": 100, "client_id": 5, "of_client": "account", "user_id": 29 });
        watched.append(&own.to_string());
        let gone = json!({ "id": 999, "client_id": 5, "of_client": "account", "user_id": 29 });
        watched.append(&gone.to_string());
        let beginning = watched.stage.sandbox.snapshot();
        Self {
            watched,
            killer,
            beginning,
        }
    }

    /// Everything as it was, but for the plan.
    fn begin_anew(&self) {
        self.watched
            .stage
            .sandbox
            .restore(&self.beginning)
            .expect("no failure here");
        self.watched.stage.sandbox.faults().clear();
        self.watched
            .requests
            .lock()
            .expect("no failure here")
            .clear();
        let _ = fs::remove_file(self.watched.file("plan.jsonl.journal"));
    }

    /// Runs `apply` and kills it at that request. Says whether it came to that.
    fn run_until(&self, request: usize, jobs: &str) -> bool {
        let mut command =
            self.watched
                .stage
                .command(["revoke", "apply", "plan.jsonl", "--yes", "--jobs", jobs]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        {
            // Whoever is told of a request waits until the process is known.
            let mut killer = self.killer.lock().expect("no failure here");
            *killer = Killer {
                process: Some(command.spawn().expect("no failure here")),
                left: request,
                killed: false,
            };
        }
        // It ends by itself or is killed.
        loop {
            let mut killer = self.killer.lock().expect("no failure here");
            let process = killer.process.as_mut().expect("no failure here");
            if process.try_wait().expect("no failure here").is_some() {
                killer.process = None;
                return killer.killed;
            }
            drop(killer);
            std::thread::yield_now();
        }
    }

    fn apply(&self) -> Value {
        let stage = &self.watched.stage;
        let ran = stage.run("revoke apply plan.jsonl --yes -o json");
        ran.exits(0).json()
    }

    fn is_killed_everywhere(&self, jobs: &str, fault: Option<Fault>) {
        self.begin_anew();
        let expected = self.apply();
        assert_eq!(
            outcomes(&expected),
            [
                "100 skipped",
                "101 revoked",
                "103 revoked",
                "104 revoked",
                "105 revoked",
                "999 gone"
            ]
        );
        let mut kills = 0;
        for request in 1.. {
            self.begin_anew();
            if let Some(fault) = &fault {
                let rule = FaultRule::on("revoke_support_oauth_token", fault.clone());
                self.watched
                    .stage
                    .sandbox
                    .faults()
                    .add(rule)
                    .expect("no failure here");
            }
            if !self.run_until(request, jobs) {
                break;
            }
            kills += 1;
            self.watched.stage.sandbox.faults().clear();
            assert_eq!(self.apply(), expected, "killed at request {request}");
            assert_eq!(
                self.watched.revoked(),
                [101, 103, 104, 105],
                "killed at request {request}"
            );
            if fault.is_some() && kills == 20 {
                // Requests are repeated for as long as they are reset.
                break;
            }
        }
        assert!(kills >= 11, "{kills}");
    }
}

#[test]
fn after_the_request_was_carried_out() {
    let killed = Killed::new();
    killed.is_killed_everywhere("1", None);
    killed.is_killed_everywhere("4", None);
}

#[test]
fn before_the_request_was_carried_out() {
    // Every deletion is refused for a while, so that the journal says that it was begun, and nothing was done.
    let killed = Killed::new();
    let refused = Fault::status(503).with_header("retry-after", "0");
    killed.is_killed_everywhere("4", Some(refused));
}
