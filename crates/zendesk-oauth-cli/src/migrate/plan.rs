//! A dry run: the steps that a run would take.

use serde_json::{Value, json};

use super::Arguments;
use super::client::{ClientRecord, DESCRIPTION};
use super::profile::Target;
use super::record::Step;

/// The steps after the reads, which a dry run makes.
pub(super) fn steps(
    arguments: &Arguments,
    client: Option<&ClientRecord>,
    scopes: &[String],
    calls: usize,
    target: &Target,
) -> Vec<Step> {
    let mut steps: Vec<(String, Option<&str>, Option<Value>)> = Vec::new();
    let identifier = match client {
        Some(client) => {
            let what = format!(
                "take the OAuth client {} ({})",
                client.id, client.identifier
            );
            steps.push((what, None, None));
            client.identifier.clone()
        }
        None => {
            let identifier = arguments.identifier.clone().unwrap_or_default();
            let name = arguments.name.as_deref().unwrap_or(&identifier);
            let body = json!({"client": {
                "description": DESCRIPTION,
                "identifier": identifier,
                "kind": "confidential",
                "name": name,
            }});
            steps.push((
                format!("make the confidential OAuth client {identifier}"),
                Some("POST /api/v2/oauth/clients"),
                Some(body),
            ));
            identifier
        }
    };
    let body = json!({
        "grant_type": "client_credentials",
        "client_id": identifier,
        "client_secret": "[redacted]",
        "scope": scopes.join(" "),
        "expires_in": 1800,
    });
    let what = "get a token of half an hour with it".to_owned();
    steps.push((what, Some("POST /oauth/tokens"), Some(body)));
    let what = "ask as whom the new token acts".to_owned();
    steps.push((what, Some("GET /api/v2/users/me.json"), None));
    if calls > 0 {
        let what = format!("make the calls with the new token, and compare: {calls}");
        steps.push((what, None, None));
    }
    let file = target.file.display();
    let what = format!("if all agree, write the profile {} to {file}", target.name);
    steps.push((what, None, None));
    let steps = steps.into_iter().enumerate();
    steps
        .map(|(index, (what, request, body))| Step {
            step: index + 1,
            what,
            request: request.map(str::to_owned),
            body,
        })
        .collect()
}
