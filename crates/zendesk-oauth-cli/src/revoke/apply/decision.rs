//! Whether a token is revoked, now that it was looked at again. Pure.

use crate::account::Own;
use crate::revoke::condition::{Condition, Facts};
use crate::revoke::plan::Planned;

/// What to do with a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    Revoke,
    /// With the reason.
    Leave(String),
}

/// By the plan, by the token as it is now, and by the tokens that this run uses.
pub(super) fn decide(
    planned: &Planned,
    facts: &Facts<'_>,
    condition: &Condition,
    own: Option<i64>,
    own_zis: &Own,
) -> Decision {
    let token = facts.token;
    if own == Some(token.id) || own == Some(planned.id) {
        return leave("it is the token of this run");
    }
    if own_zis.is_support(token) {
        return leave("it is the ZIS token of this run");
    }
    if token.id != planned.id {
        return leave(format!("Zendesk showed token {} in its place", token.id));
    }
    if token.client_id != planned.client_id {
        return leave(changed("client", planned.client_id, token.client_id));
    }
    if token.user_id != planned.user_id {
        return leave(changed("user", planned.user_id, token.user_id));
    }
    if !condition.holds(facts) {
        return leave(condition.why_not(facts));
    }
    Decision::Revoke
}

fn leave(why: impl Into<String>) -> Decision {
    Decision::Leave(why.into())
}

fn changed(what: &str, before: Option<i64>, now: Option<i64>) -> String {
    let shown = |id: Option<i64>| id.map_or_else(|| "none".to_owned(), |id| id.to_string());
    format!(
        "its {what} is {}, and {} in the plan",
        shown(now),
        shown(before)
    )
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use serde_json::json;

    use super::*;
    use crate::revoke::condition::OfClient;

    const PLANNED: Planned = Planned {
        id: 1,
        client_id: Some(5),
        of_client: OfClient::Account,
        user_id: Some(7),
    };

    fn decided(members: serde_json::Value, condition: &str, own: Option<i64>) -> Decision {
        let mut record = json!({
            "id": 1, "client_id": 5, "user_id": 7, "created_at": "1970-01-01T00:00:00Z",
        });
        for (name, value) in members.as_object().unwrap() {
            record[name] = value.clone();
        }
        let token = serde_json::from_value(record).unwrap();
        let facts = Facts {
            token: &token,
            of_client: PLANNED.of_client,
            now: UNIX_EPOCH + Duration::from_secs(100 * 86_400),
        };
        decide(
            &PLANNED,
            &facts,
            &condition.parse().unwrap(),
            own,
            &Own::default(),
        )
    }

    #[track_caller]
    fn left(decision: Decision) -> String {
        match decision {
            Decision::Leave(why) => why,
            Decision::Revoke => panic!("it is revoked"),
        }
    }

    #[test]
    fn a_token_that_is_as_planned_is_revoked() {
        assert_eq!(decided(json!({}), "idle>90d", None), Decision::Revoke);
        assert_eq!(
            decided(json!({}), "client=5 and user=7", Some(2)),
            Decision::Revoke
        );
    }

    #[test]
    fn the_token_of_the_run_is_left_alone_first_of_all() {
        let why = left(decided(json!({}), "idle>90d", Some(1)));
        assert_eq!(why, "it is the token of this run");
    }

    #[test]
    fn another_client_or_user_or_token_is_left_alone() {
        let why = left(decided(json!({ "client_id": 6 }), "idle>90d", None));
        assert_eq!(why, "its client is 6, and 5 in the plan");
        let why = left(decided(json!({ "user_id": null }), "idle>90d", None));
        assert_eq!(why, "its user is none, and 7 in the plan");
        left(decided(json!({ "id": 2 }), "idle>90d", None));
    }

    #[test]
    fn one_that_was_used_meanwhile_is_left_alone_where_that_counts() {
        let used = json!({ "used_at": "1970-04-01T00:00:00Z" });
        let why = left(decided(used.clone(), "idle>90d", None));
        assert_eq!(why, "idle>90d (used 1970-04-01T00:00:00Z) does not hold");
        assert_eq!(decided(used, "age>90d", None), Decision::Revoke);
    }
}
