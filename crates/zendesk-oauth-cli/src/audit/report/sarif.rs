//! SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/>), which code scanning reads.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::Report;
use crate::audit::finding::Finding;
use crate::audit::rules::{self, Rule};
use crate::text::printable;

pub(in crate::audit) fn text(report: &Report<'_>) -> String {
    let inventory = report.inventory;
    let rules: Vec<&Rule> = rules::all().collect();
    let results: Vec<Value> = report
        .findings
        .iter()
        .map(|finding| result(finding, &rules, &inventory.url))
        .collect();
    let skipped: Vec<Value> = inventory
        .skipped
        .iter()
        .map(|it| {
            json!({
                "level": "warning",
                "descriptor": { "id": "area-skipped" },
                "message": { "text": format!("not looked at: {} ({})", it.area.name(), it.reason) },
            })
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "zendesk-oauth",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": "https://crates.io/crates/zendesk-oauth-cli",
                "rules": rules.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
                "notifications": [{
                    "id": "area-skipped",
                    "shortDescription": { "text": "A part of the account was not looked at" },
                }],
            } },
            "automationDetails": { "id": "zendesk-oauth/audit/" },
            "invocations": [{
                "executionSuccessful": true,
                "endTimeUtc": inventory.now,
                "toolExecutionNotifications": skipped,
            }],
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn descriptor(rule: &Rule) -> Value {
    let help = format!("{} {}", rule.why, rule.mend);
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.title },
        "fullDescription": { "text": rule.why },
        "help": { "text": help },
        "helpUri": rule.help_uri(),
        "defaultConfiguration": { "level": rule.severity.level() },
        "properties": {
            "tags": ["security", rule.area.name()],
            "security-severity": rule.severity.score(),
        },
    })
}

/// A finding is in no file. Code scanning wants a place in one: the record's address on the account, as a path.
fn result(finding: &Finding, rules: &[&Rule], url: &str) -> Value {
    let rule = finding.rule;
    let subject = &finding.subject;
    let name = subject.name.as_ref().map(|it| format!(" {it}"));
    let text = format!(
        "{} {}{}: {}. Next: {}",
        subject.kind,
        subject.id,
        name.unwrap_or_default(),
        finding.what,
        finding.command
    );
    let mut properties = json!({ "command": printable(&finding.command) });
    if let Some(tokens) = &finding.tokens {
        properties["tokens"] = json!(tokens);
    }
    let fingerprint = finding.fingerprint();
    let mut result = json!({
        "ruleId": rule.id,
        "ruleIndex": rules.iter().position(|it| it.id == rule.id),
        "level": rule.severity.level(),
        "message": { "text": plain(&text) },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": address(finding, url) },
                "region": { "startLine": 1 },
            },
            "logicalLocations": [{
                "kind": "resource",
                "name": printable(subject.name.as_ref().unwrap_or(&subject.id)),
                "fullyQualifiedName": printable(&format!("{}/{}", subject.kind, subject.id)),
            }],
        }],
        "partialFingerprints": {
            "finding/v1": fingerprint,
            // The one that code scanning compares by; it takes it for that of a line.
            "primaryLocationLineHash": line_hash(&fingerprint),
        },
        "properties": properties,
    });
    if let Some(new) = finding.new {
        result["baselineState"] = json!(if new { "new" } else { "unchanged" });
    }
    result
}

/// Text as a message has it: `[text](target)` would be a link (3.11.6), and a backslash escapes.
fn plain(text: &str) -> String {
    let mut escaped = String::new();
    for letter in printable(text).chars() {
        if matches!(letter, '[' | ']' | '\\') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// A hash and a count of equal lines, as code scanning makes them of source files.
fn line_hash(fingerprint: &str) -> String {
    let hash = Sha256::digest(fingerprint);
    let digits: String = hash
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    digits + ":1"
}

/// Relative: code scanning refuses a scheme. No port either, as a colon would end a scheme.
fn address(finding: &Finding, url: &str) -> String {
    let url: Option<reqwest::Url> = url.parse().ok();
    let host = url
        .as_ref()
        .and_then(|url| url.host_str())
        .unwrap_or("account");
    let id = &finding.subject.id;
    match finding.subject.kind {
        "client" => format!("{host}/api/v2/oauth/clients/{id}"),
        "global-client" => format!("{host}/api/v2/oauth/global_clients/{id}"),
        "user" => format!("{host}/api/v2/users/{id}"),
        "chat-token" => format!("{host}/api/v2/chat/oauth/tokens"),
        "connection" => format!("{host}/api/services/zis/integrations"),
        "credentials" => format!("{host}/api/v2/users/me"),
        _ => format!("{host}/api/v2/oauth/clients"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::result;
    use crate::audit::finding::{Finding, Subject};
    use crate::audit::rules;

    #[test]
    fn a_name_makes_no_link_and_steers_nothing_and_the_place_is_a_path() {
        let rule = rules::find("client-public").expect("a rule");
        let name = "[click](https://evil.example) \u{1b}[31m\u{202e}\\";
        let subject = Subject::new("client", 106, Some(name));
        let finding = Finding::new(
            rule,
            subject,
            "has no secret",
            "zendesk-oauth clients show 106",
        );
        let result = result(&finding, &[rule], "https://acme.zendesk.com:8443");
        assert_eq!(
            result["message"]["text"],
            "client 106 \\[click\\](https://evil.example) \u{fffd}\\[31m\u{fffd}\\\\: has no secret. Next: \
             zendesk-oauth clients show 106"
        );
        let location = &result["locations"][0];
        assert_eq!(
            location["physicalLocation"],
            json!({
                "artifactLocation": { "uri": "acme.zendesk.com/api/v2/oauth/clients/106" },
                "region": { "startLine": 1 },
            })
        );
        let shown = location["logicalLocations"][0]["name"].as_str();
        assert_eq!(
            shown,
            Some("[click](https://evil.example) \u{fffd}[31m\u{fffd}\\")
        );
        let hash = &result["partialFingerprints"]["primaryLocationLineHash"];
        let hash = hash.as_str().expect("text");
        assert_eq!((hash.len(), &hash[16..]), (18, ":1"));
    }
}
