//! A time that cannot be read is no reason to revoke a token, nor one not to.

use serde_json::json;

use super::Facts;
use super::tests::{now, token};
use crate::revoke::condition::{Condition, OfClient};

fn truth(text: &str) -> Option<bool> {
    let token = token(json!({
        "created_at": "soon", "used_at": "soon", "expires_at": "soon", "refresh_token_expires_at": "soon",
    }));
    let facts = Facts {
        token: &token,
        of_client: OfClient::Account,
        now: now(),
    };
    let condition: Condition = text.parse().unwrap();
    assert!(!condition.holds(&facts) || condition.truth(&facts) == Some(true));
    condition.truth(&facts)
}

#[test]
fn an_unreadable_time_counts_neither_as_yes_nor_as_no() {
    for term in [
        "expired",
        "idle>1d",
        "idle<1d",
        "age>1d",
        "age<1d",
        "refresh-expires<1d",
        "refresh-expires>1d",
    ] {
        assert_eq!(truth(term), None, "{term}");
        assert_eq!(truth(&format!("not {term}")), None, "not {term}");
    }
    // It has an end, and was used, whenever that was.
    assert_eq!(truth("no-expiry"), Some(false));
    assert_eq!(truth("never-used"), Some(false));
}
