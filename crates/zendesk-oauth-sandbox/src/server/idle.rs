//! When a connection has been silent for too long.

use std::time::Duration;

use super::Connection;

/// How long the head of a request may take once its first byte is there: at least one of these, at most
/// two. Looking once in a while costs a request nothing, as a timer of its own would.
const LOOK: Duration = Duration::from_secs(30);

/// After how many looks a connection that nobody used is closed. Clients keep theirs in a pool, some for
/// minutes, and take it ill when one closes under a request.
const IDLE_LOOKS: u32 = 20;

/// Returns when the connection is to be closed.
pub(super) async fn silent(connection: &Connection) {
    let mut before = connection.activity();
    let mut idle = 0;
    loop {
        tokio::time::sleep(LOOK).await;
        let now = connection.activity();
        let moved = now.answering || now.requests != before.requests;
        if !moved && now.head_begun && before.head_begun {
            return;
        }
        idle = if moved { 0 } else { idle + 1 };
        if idle == IDLE_LOOKS {
            return;
        }
        before = now;
    }
}
