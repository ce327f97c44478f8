//! One cell of `table.md`, executed.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use zendesk_oauth_sandbox::{Fault, FaultRule};

use crate::answers::Documented;
use crate::drive::{self, Answered};
use crate::faults::How;
use crate::gate::{Gate, Spoiling};
use crate::outcome;
use crate::scene::Scene;
use crate::table::{Expected, Row, Table};
use crate::virtual_clock::VirtualClock;

/// How long an attempt may take where none is meant to take that long.
pub(crate) const LONG: Duration = Duration::from_secs(30);
/// And where each is meant to: the request has to have arrived by then, and what comes of the answer.
const SHORT: Duration = Duration::from_millis(500);
/// If a busy machine takes longer, the cell is executed again with these.
const LONGER: [Duration; 2] = [Duration::from_secs(3), Duration::from_secs(15)];

/// What came of a cell.
struct Outcome {
    observed: Expected,
    waits: Vec<Duration>,
    /// What else is wrong.
    wrong: Vec<String>,
}

/// One cell, and all that it needs.
pub(crate) struct Cell {
    pub(crate) scene: Arc<Scene>,
    pub(crate) table: Arc<Table>,
    pub(crate) row: Row,
    pub(crate) how: How,
    pub(crate) documented: Documented,
    /// The answer when nothing goes wrong.
    pub(crate) real: String,
}

impl Cell {
    /// Executes it, and says how it differs from `expected`.
    pub(crate) async fn differences(&self, expected: &Expected) -> Vec<String> {
        let (timeout, longer): (_, &[_]) = match expected.outcome.ends_with("in time") {
            true => (SHORT, &LONGER),
            false => (LONG, &[]),
        };
        let mut outcome = self.run(timeout).await;
        for timeout in longer {
            if outcome.observed != *expected {
                outcome = self.run(*timeout).await;
            }
        }
        let mut wrong = outcome.wrong;
        if outcome.observed != *expected {
            wrong.push(format!("it ended {:?}, not {expected:?}", outcome.observed));
        }
        let waits: Vec<f64> = outcome.waits.iter().map(Duration::as_secs_f64).collect();
        let before_each = &self.row.waits[..expected.attempts as usize - 1];
        let within = |(wait, (least, most)): (&f64, &(f64, f64))| (*least..=*most).contains(wait);
        if waits.len() != before_each.len() || !waits.iter().zip(before_each).all(within) {
            wrong.push(format!("it waited {waits:?}, not {before_each:?}"));
        }
        let place = format!("{} × {}", self.row.fault, self.documented.operation);
        wrong
            .into_iter()
            .map(|it| format!("{place}: {it}"))
            .collect()
    }

    async fn run(&self, timeout: Duration) -> Outcome {
        let operation = self.documented.operation;
        let sandbox = self.scene.copy(|_| {}).await;
        let mut gate = None;
        let mut changed = None;
        match self.how {
            How::Nothing => {}
            How::Fault(fault, times) => {
                let mut rule = FaultRule::on(operation, fault(&self.real));
                rule.times = times;
                sandbox.faults().add(rule).expect("a rule");
            }
            How::Unread(times) => {
                gate = Some(Gate::before(sandbox.url(), Spoiling::Unread(times)).await);
            }
            How::Stalled => gate = Some(Gate::before(sandbox.url(), Spoiling::Stalled).await),
            How::Changed(change) => {
                let real = serde_json::from_str(&self.real).expect("JSON");
                let body = self.documented.changed(&real, change);
                let fault = Fault::default().with_body(body.clone());
                sandbox
                    .faults()
                    .add(FaultRule::on(operation, fault))
                    .expect("a rule");
                changed = Some(body);
            }
        }
        let clock = VirtualClock::new();
        let url = gate.as_ref().map_or(sandbox.url(), Gate::url);
        let zendesk = drive::facade(url, &self.scene, &clock, timeout);
        let ended = drive::call(&zendesk, &self.scene, operation).await;

        let mut wrong = self.scene.secrets.found_in(&ended.printed);
        let journal = sandbox.journal();
        if let Some(other) = journal.iter().find(|it| it.operation != Some(operation)) {
            wrong.push(format!("another request reached the server: {other:?}"));
        }
        // A call that is held up is written down when it ends, which it never does.
        let struck = sandbox
            .faults()
            .list()
            .first()
            .map_or(0, |rule| rule.struck);
        let reached = (journal.len() as u64).max(struck);
        let error = ended.result.as_ref().err();
        let (status, attempts) = match &ended.result {
            Ok(answer) => (Some(answer.status), answer.attempts),
            Err(error) => (error.status().map(|it| it.as_u16()), error.attempts()),
        };
        if let Some(error) = error {
            if error.operation().map(|it| it.id) != Some(operation) {
                wrong.push(format!("the error names {:?}", error.operation()));
            }
            if error.retry_after().is_some() != self.row.fault.contains("Retry-After") {
                wrong.push(format!("retry_after is {:?}", error.retry_after()));
            }
        }
        if let Ok(answer) = &ended.result {
            wrong.extend(lost(answer, changed.as_ref()));
        }
        Outcome {
            observed: Expected {
                outcome: outcome::word(&self.table, error, status, self.documented.status),
                attempts,
                reached: u32::try_from(reached).unwrap_or(u32::MAX),
            },
            waits: clock.waits(),
            wrong,
        }
    }
}

/// The members in which Support wraps its records.
const ENVELOPES: [&str; 6] = [
    "client",
    "clients",
    "global_client",
    "global_clients",
    "token",
    "tokens",
];

/// What of the body is not in the typed value.
fn lost(answer: &Answered, sent: Option<&Value>) -> Option<String> {
    let Ok(body) = serde_json::from_str::<Value>(&answer.body) else {
        return None;
    };
    if sent.is_some_and(|sent| *sent != body) {
        return Some(format!("the body is not what was sent: {body}"));
    }
    let record = ENVELOPES.iter().find_map(|name| body.get(name));
    let (sent, kept) = (normal(record.unwrap_or(&body)), normal(&answer.value));
    (sent != kept).then(|| format!("sent was {sent}, and kept {kept}"))
}

/// Without what is null, which is as good as missing, and with numbers as text, as timestamps keep
/// them.
fn normal(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.iter().filter(|(_, member)| !member.is_null());
            members
                .map(|(name, member)| (name.clone(), normal(member)))
                .collect()
        }
        Value::Array(items) => items.iter().map(normal).collect(),
        Value::Number(number) => Value::from(number.to_string()),
        other => other.clone(),
    }
}
