//! Whether a process is at rest as it was before.

use crate::measure::Held;

/// What a process has when nobody calls.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resting {
    pub(crate) tasks: usize,
    pub(crate) held: Held,
    /// Requests that are being answered.
    pub(crate) in_flight: usize,
}

/// What is more, or other, than it was at the base line; empty at rest.
pub(crate) fn unrested(of: &str, base: &Resting, now: &Resting) -> Vec<String> {
    let mut more = Vec::new();
    if now.tasks > base.tasks {
        more.push(format!(
            "{of}: {} tasks are alive, not {}",
            now.tasks, base.tasks
        ));
    }
    if now.in_flight > 0 {
        more.push(format!("{of}: {} requests are in flight", now.in_flight));
    }
    if now.held.connections > base.held.connections {
        more.push(format!(
            "{of}: {} connections are open, not {}",
            now.held.connections, base.held.connections
        ));
    }
    for (kind, count) in &now.held.descriptors {
        let before = base.held.descriptors.get(kind).copied().unwrap_or_default();
        if *count > before {
            more.push(format!(
                "{of}: {count} descriptors are open of {kind}, not {before}"
            ));
        }
    }
    more
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base() -> Resting {
        Resting {
            tasks: 2,
            held: Held {
                descriptors: [("socket".to_owned(), 1), ("eventpoll".to_owned(), 1)].into(),
                connections: 0,
                resident: 1,
            },
            in_flight: 0,
        }
    }

    type Change = fn(&mut Resting);

    fn found(change: impl FnOnce(&mut Resting)) -> Vec<String> {
        let mut now = base();
        change(&mut now);
        unrested("it", &base(), &now)
    }

    #[test]
    fn the_same_or_less_is_rest() {
        assert!(found(|_| {}).is_empty());
        assert!(found(|now| now.held.resident = 99).is_empty());
        let less = |now: &mut Resting| {
            now.tasks = 1;
            now.held.descriptors.clear();
        };
        assert!(found(less).is_empty());
    }

    #[test]
    fn each_thing_that_is_left_is_named() {
        let cases: [(&str, Change); 5] = [
            ("3 tasks", |now| now.tasks = 3),
            ("1 requests", |now| now.in_flight = 1),
            ("1 connections", |now| now.held.connections = 1),
            ("2 descriptors are open of socket", |now| {
                now.held.descriptors.insert("socket".to_owned(), 2);
            }),
            ("1 descriptors are open of /tmp/x", |now| {
                now.held.descriptors.insert("/tmp/x".to_owned(), 1);
            }),
        ];
        for (expected, change) in cases {
            let found = found(change);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].contains(expected), "{found:?}");
        }
    }
}
