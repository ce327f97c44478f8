//! Hosts and credentials that Zendesk has switched off.

use super::finding::{Check, Finding};
use crate::failure::Kind;

const HOST: Check = Check::new("settings", "retired hosts");
const PASSWORD: Check = Check::new("settings", "passwords");

/// Looks for them in the address, the variables (their names and values are not printed) and the settings file.
pub(super) fn findings(
    url: Option<&str>,
    file: Option<&str>,
    variable: impl Fn(&str) -> Option<String>,
) -> Vec<Finding> {
    let of_environment = ["ZENDESK_URL", "ZENDESK_SUBDOMAIN"].map(&variable);
    let mut places = Vec::new();
    if url.is_some_and(is_retired) || of_environment.iter().flatten().any(|it| is_retired(it)) {
        places.push("the address");
    }
    let mut lines = file.unwrap_or_default().lines().map(without_comment);
    if lines.clone().any(is_retired) {
        places.push("the settings file");
    }
    let host = if places.is_empty() {
        HOST.ok("no address leads to a host that is switched off")
    } else {
        HOST.problem(
            Kind::Failed,
            format!("zopim.com is in {}: it is switched off", places.join(" and ")),
        )
        .advise("use the account's own address: Chat is below https://SUBDOMAIN.zendesk.com/api/v2/chat")
    };
    let is_password = |line: &str| line.trim_start().starts_with("password");
    let password = if variable("ZENDESK_PASSWORD").is_some() {
        Some("ZENDESK_PASSWORD is set")
    } else if lines.any(is_password) {
        Some("the settings file has a password")
    } else {
        None
    };
    let password = match password {
        Some(says) => PASSWORD
            .warning(format!("{says}: Zendesk's APIs take none since 2026-01-12"))
            .advise("remove it, and run `zendesk-oauth login`"),
        None => PASSWORD.ok("no password is configured"),
    };
    vec![host, password]
}

fn is_retired(text: &str) -> bool {
    text.to_ascii_lowercase().contains("zopim.com")
}

fn without_comment(line: &str) -> &str {
    line.split('#').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::finding::Status;
    use super::*;

    fn statuses(url: Option<&str>, file: Option<&str>, name: &str) -> [Status; 2] {
        let found = findings(url, file, |it| (it == name).then(|| "CANARY-x".to_owned()));
        assert!(found.iter().all(|it| !it.says.contains("CANARY")));
        [found[0].status, found[1].status]
    }

    #[test]
    fn what_is_switched_off_is_found() {
        let url = Some("https://acme.zendesk.com");
        assert_eq!(statuses(url, Some("# zopim.com"), ""), [Status::Ok; 2]);
        assert_eq!(
            statuses(Some("https://www.Zopim.com"), None, "")[0],
            Status::Problem
        );
        let file = Some("url = \"https://www.zopim.com\"\n  password = \"CANARY-y\"");
        assert_eq!(statuses(None, file, ""), [Status::Problem, Status::Warning]);
        assert_eq!(statuses(url, None, "ZENDESK_PASSWORD")[1], Status::Warning);
    }
}
