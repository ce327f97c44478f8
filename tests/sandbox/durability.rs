//! What is changed in hand is in the state file from a stop or a drop on, or it is said.

use std::fs;
use std::path::Path;

use zendesk_oauth_sandbox::Sandbox;

use crate::state_file::Folder;

fn stored(path: &Path) -> String {
    fs::read_to_string(path).expect("the state file")
}

/// A drop on the spot: the writer has had no chance to run.
#[tokio::test]
async fn changes_in_hand_are_stored_when_the_sandbox_is_dropped() {
    let folder = Folder::new();
    let sandbox = folder.builder().start().await.expect("a free port");
    let later = "2027-04-30T00:00:00Z".parse().expect("an instant");
    sandbox.clock().set(later);
    sandbox
        .set_switch("chat_dates", "zoneless")
        .expect("a switch");
    drop(sandbox);
    let sandbox = folder.builder().start().await.expect("the file is free");
    assert_eq!(sandbox.clock().now(), later);
    let switches = sandbox.switches().values();
    assert!(switches.contains(&("chat_dates", "zoneless".to_owned())));
}

#[tokio::test]
async fn a_drop_without_changes_leaves_the_file_alone() {
    let folder = Folder::new();
    let sandbox = folder.builder().start().await.expect("a free port");
    fs::write(folder.state(), "another's").expect("it can be written");
    drop(sandbox);
    assert_eq!(stored(&folder.state()), "another's");
}

#[cfg(unix)]
#[tokio::test]
async fn a_stop_says_that_the_last_write_failed() {
    let folder = Folder::new();
    let state = folder.state();
    let sandbox = folder.builder().start().await.expect("a free port");
    fs::remove_dir_all(state.parent().expect("a folder")).expect("it can go");
    let error = sandbox.stop().await.expect_err("there is no folder");
    let text = error.to_string();
    assert!(text.starts_with(&state.display().to_string()), "{text}");
    assert!(
        text.contains("the last changes could not be written"),
        "{text}"
    );
}

/// An error that says its cause and has it as its source, too, is printed twice by whoever prints causes.
#[tokio::test]
async fn an_error_at_the_start_says_its_cause_once() {
    use std::error::Error as _;
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("an address").port();
    let error = Sandbox::builder()
        .port(port)
        .start()
        .await
        .expect_err("it is taken");
    assert!(error.is_address_in_use());
    let folder = Folder::new();
    let nowhere = folder.state().join("none");
    fs::write(folder.state(), "no folder").expect("it can be written");
    let unopened = Sandbox::builder().state_file(nowhere).start().await;
    let address = "203.0.113.1".parse().expect("an address of nobody");
    let unbound = Sandbox::builder().bind(address).start().await;
    for error in [unopened, unbound] {
        let error = error.expect_err("it cannot start");
        assert!(!error.is_address_in_use());
        let (text, mut causes) = (error.to_string(), 0);
        let mut cause = error.source();
        while let Some(it) = cause {
            causes += usize::from(text.contains(&it.to_string()));
            cause = it.source();
        }
        assert_eq!(causes, 0, "{text}");
        assert!(text.contains("os error"), "{text}");
    }
}
