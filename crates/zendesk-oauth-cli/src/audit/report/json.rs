//! JSON. `version` says which form the document has; members are only ever added to it.

use serde_json::{Value, json};

use super::Report;
use crate::audit::finding::Finding;
use crate::audit::severity::Severity;
use crate::failure::Failure;

const VERSION: u32 = 1;

pub(super) fn document(report: &Report<'_>) -> Result<String, Failure> {
    let findings: Result<Vec<Value>, Failure> = report.findings.iter().map(finding).collect();
    let inventory = report.inventory;
    let count = |severity| {
        let findings = report.findings.iter();
        findings.filter(|it| it.rule.severity == severity).count()
    };
    let live: u64 = inventory
        .tokens
        .by_issuer
        .values()
        .map(|it| it.live.count)
        .sum();
    let dead: u64 = inventory.tokens.by_issuer.values().map(|it| it.dead).sum();
    let document = json!({
        "version": VERSION,
        "url": inventory.url,
        "at": inventory.now,
        "audited": inventory.audited,
        "skipped": inventory.skipped,
        "counts": {
            "clients": inventory.clients.len(),
            "global_clients": inventory.global_clients.len(),
            "live_tokens": live,
            "expired_tokens": dead,
            "chat_tokens": inventory.chat_tokens.len(),
            "connections": inventory.connections.len(),
        },
        "summary": {
            "critical": count(Severity::Critical),
            "high": count(Severity::High),
            "medium": count(Severity::Medium),
            "low": count(Severity::Low),
        },
        "findings": findings?,
    });
    let text = serde_json::to_string_pretty(&document).map_err(unwritable)?;
    Ok(text + "\n")
}

pub(super) fn lines(report: &Report<'_>) -> Result<String, Failure> {
    let lines = report
        .findings
        .iter()
        .map(|it| Ok(format!("{}\n", finding(it)?)));
    lines.collect()
}

/// A finding with what is to be known of its rule.
fn finding(it: &Finding) -> Result<Value, Failure> {
    let mut value = serde_json::to_value(it).map_err(unwritable)?;
    value["severity"] = json!(it.rule.severity);
    value["area"] = json!(it.rule.area);
    value["why"] = json!(it.rule.why);
    value["mend"] = json!(it.rule.mend);
    value["fingerprint"] = json!(it.fingerprint());
    Ok(value)
}

fn unwritable(error: serde_json::Error) -> Failure {
    Failure::failed("the findings cannot be written as JSON").because(error)
}
