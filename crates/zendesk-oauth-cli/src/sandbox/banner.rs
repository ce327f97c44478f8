//! What is printed when the sandbox has started: two lines to paste, then comments.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use zendesk_oauth_sandbox::{Sandbox, StarterCredentials};

use super::arguments::Arguments;
use super::shell::quoted;
use crate::text::{padded, printable};

/// All of it. This is the one place where credentials are printed.
pub(super) fn text(sandbox: &Sandbox, arguments: &Arguments) -> String {
    let url = reachable(sandbox.url(), arguments.bind);
    let credentials = sandbox.credentials();
    let mut lines = vec![
        format!("export ZENDESK_URL={}", quoted(&url)),
        format!("export ZENDESK_TOKEN={}", quoted(&credentials.admin_token)),
        "# the others, each of its kind:".to_owned(),
    ];
    for (name, value) in others(&credentials) {
        // What a line holds ends with it, also in a comment.
        lines.push(format!("#   {}{}", padded(name, 24), printable(&value)));
    }
    lines.extend([
        "# try:".to_owned(),
        r#"curl -sS -H "Authorization: Bearer $ZENDESK_TOKEN" "$ZENDESK_URL/api/v2/oauth/clients.json""#
            .to_owned(),
        format!("# control API: {url}/_sandbox/"),
    ]);
    let files = [("seed", &arguments.seed), ("state", &arguments.state)];
    for (name, file) in files {
        if let Some(file) = file {
            let file = file.display().to_string();
            lines.push(format!("# {name} file: {}", printable(&file)));
        }
    }
    if arguments.bind.is_loopback() {
        lines.push("# bound to loopback only: nobody reaches it from another machine".to_owned());
    }
    lines.push("# Ctrl-C stops it".to_owned());
    lines.push(String::new());
    lines.join("\n")
}

/// An address that can be called: «all addresses» is one to listen on only.
fn reachable(url: &str, bind: IpAddr) -> String {
    let any = match bind {
        IpAddr::V4(it) if it.is_unspecified() => {
            (format!("//{it}:"), Ipv4Addr::LOCALHOST.to_string())
        }
        IpAddr::V6(it) if it.is_unspecified() => {
            (format!("//[{it}]:"), format!("[{}]", Ipv6Addr::LOCALHOST))
        }
        _ => return url.to_owned(),
    };
    url.replacen(&any.0, &format!("//{}:", any.1), 1)
}

fn others(credentials: &StarterCredentials) -> Vec<(&'static str, String)> {
    let StarterCredentials {
        read_only_token,
        expired_token,
        agent_token,
        admin_email,
        client_id,
        client_secret,
        api_token,
        admin_session,
        integration,
        zis_oauth_client,
        zis_token,
        chat_token,
        ..
    } = credentials;
    let own = |value: &Option<String>| value.clone();
    let pair = |before: &str, value: &Option<String>| {
        value.as_ref().map(|value| format!("{before}{value}"))
    };
    let all = [
        ("read-only token", own(read_only_token)),
        ("expired token", own(expired_token)),
        ("agent's token", own(agent_token)),
        ("OAuth client", own(client_id)),
        ("its secret", own(client_secret)),
        (
            "API token",
            pair(&format!("{admin_email}/token:"), api_token),
        ),
        (
            "admin's session cookie",
            pair("_zendesk_session=", admin_session),
        ),
        ("ZIS token", own(zis_token)),
        ("ZIS integration", own(integration)),
        ("ZIS OAuth client", own(zis_oauth_client)),
        ("Chat token", own(chat_token)),
    ];
    // A seed need not have one of each.
    all.into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_printed_address_can_be_called() {
        let reachable = |url, bind: &str| reachable(url, bind.parse().unwrap());
        assert_eq!(
            reachable("http://127.0.0.1:4567", "127.0.0.1"),
            "http://127.0.0.1:4567"
        );
        assert_eq!(
            reachable("http://0.0.0.0:4567", "0.0.0.0"),
            "http://127.0.0.1:4567"
        );
        assert_eq!(reachable("http://[::]:4567", "::"), "http://[::1]:4567");
    }
}
