//! Rules about where authorization codes are sent.

use reqwest::Url;

use super::Rule;
use super::clients::{show, subject};
use crate::audit::area::Area;
use crate::audit::finding::Finding;
use crate::audit::inventory::{Client, Inventory};
use crate::audit::severity::Severity;
use crate::audit::tokens::Issuer;

static PLAIN_HTTP: Rule = Rule {
    id: "redirect-plain-http",
    severity: Severity::High,
    area: Area::Clients,
    title: "A redirect over plain http",
    why: "Authorization codes cross the network in the clear: whoever is on the way can redeem them.",
    mend: "Redirect to https. `clients update ID --redirect-uri` replaces the whole list: name all that are to stay.",
};
static WILDCARD: Rule = Rule {
    id: "redirect-wildcard",
    severity: Severity::High,
    area: Area::Clients,
    title: "A redirect with a wildcard",
    why: "Codes can be led to a page that somebody else controls (RFC 9700, 2.1: redirects are compared exactly).",
    mend: "Name each redirect in full. `clients update ID --redirect-uri` replaces the whole list: name all that are to \
           stay.",
};
static LOOPBACK: Rule = Rule {
    id: "redirect-loopback",
    severity: Severity::Low,
    area: Area::Clients,
    title: "A redirect to the user's own machine",
    why: "It is how a command line or a desktop app with PKCE works (RFC 8252, 7.3), and nothing is to be done then. In \
          a client that runs on a server it is left over from development.",
    mend: "Take it away only if no app on users' machines needs it. `clients update ID --redirect-uri` replaces the \
           whole list: name all that are to stay.",
};
static NONE: Rule = Rule {
    id: "redirect-none",
    severity: Severity::Low,
    area: Area::Clients,
    title: "No redirect on a client that uses codes",
    why: "Nothing limits where authorization codes may be sent.",
    mend: "Name the redirects with `clients update ID --redirect-uri`.",
};

pub(super) static RULES: &[&Rule] = &[&PLAIN_HTTP, &WILDCARD, &LOOPBACK, &NONE];

pub(super) fn evaluate(inventory: &Inventory, found: &mut Vec<Finding>) {
    for client in inventory.clients.values() {
        for rule in [&PLAIN_HTTP, &WILDCARD, &LOOPBACK] {
            let uris = client.redirect_uri.iter().map(String::as_str);
            let is_bad = |uri: &&str| judge(uri).is_some_and(|it| it.id == rule.id);
            let bad: Vec<&str> = uris.filter(is_bad).collect();
            if !bad.is_empty() {
                found.push(Finding::new(
                    rule,
                    subject(client),
                    bad.join(", "),
                    show(client),
                ));
            }
        }
        if client.redirect_uri.is_empty() && uses_codes(client, inventory) {
            let what = "has no redirect";
            found.push(Finding::new(&NONE, subject(client), what, show(client)));
        }
    }
}

/// Refresh tokens come with codes, and public clients can use nothing else.
fn uses_codes(client: &Client, inventory: &Inventory) -> bool {
    let group = inventory.tokens.by_issuer.get(&Issuer::Client(client.id));
    client.kind.as_deref() == Some("public") || group.is_some_and(|group| group.uses_codes)
}

/// The worst that can be said of a redirect.
fn judge(uri: &str) -> Option<&'static Rule> {
    if uri.contains('*') {
        return Some(&WILDCARD);
    }
    let uri = Url::parse(uri).ok()?;
    let host = uri.host_str().unwrap_or_default();
    let is_loopback = host == "localhost"
        || host.ends_with(".localhost")
        || host == "[::1]"
        || host
            .parse::<std::net::Ipv4Addr>()
            .is_ok_and(|it| it.is_loopback());
    match uri.scheme() {
        "http" | "https" if is_loopback => Some(&LOOPBACK),
        "http" => Some(&PLAIN_HTTP),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::judge;

    #[test]
    fn each_redirect_has_its_worst_fault() {
        for (uri, rule) in [
            ("https://example.com/cb", None),
            ("com.example.app:/cb", None),
            ("no uri", None),
            ("http://example.com/cb", Some("redirect-plain-http")),
            ("http://localhost.example.com/", Some("redirect-plain-http")),
            ("http://localhost:80/cb", Some("redirect-loopback")),
            ("https://127.0.0.2/cb", Some("redirect-loopback")),
            ("http://[::1]/cb", Some("redirect-loopback")),
            ("https://*.example.com/cb", Some("redirect-wildcard")),
            ("http://example.com/*", Some("redirect-wildcard")),
        ] {
            assert_eq!(judge(uri).map(|it| it.id), rule, "{uri}");
        }
    }
}
