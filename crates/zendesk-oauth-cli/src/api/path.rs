//! Where a call goes: below the account's address, and nowhere else. No IO.

use reqwest::Url;

use super::arguments::Area;
use crate::areas::CHAT_STEM;
use crate::failure::Failure;

/// The path and query, below the account's address, of what a person wrote.
pub(super) fn of_argument(account: &str, written: &str, area: Area) -> Result<String, Failure> {
    if written.contains("://") {
        return of_url(account, written).ok_or_else(|| {
            Failure::usage(format!(
                "that URL is not below {account}, so nothing was sent: credentials go to no other address"
            ))
        });
    }
    let path = format!("/{}", written.trim_start_matches('/'));
    if written.starts_with("//") {
        return Err(Failure::usage(
            "a path begins with one `/`, as in /api/v2/users/me; nothing was sent",
        ));
    }
    Ok(if area == Area::Chat && !path.starts_with("/api/") {
        format!("{CHAT_STEM}{path}")
    } else {
        path
    })
}

/// The path with these parameters behind those that it has.
pub(super) fn with_query(path: &str, pairs: &[(String, String)]) -> String {
    let mut encoded = Url::parse("http://localhost").expect("it is a URL");
    encoded.query_pairs_mut().extend_pairs(pairs);
    match encoded.query() {
        None | Some("") => path.to_owned(),
        Some(query) => {
            let sign = if path.contains('?') { '&' } else { '?' };
            format!("{path}{sign}{query}")
        }
    }
}

/// The same of a link in an answer, which may be relative to the page that it came with.
pub(super) fn of_link(account: &str, page: &str, link: &str) -> Result<String, Failure> {
    let url = Url::parse(&format!("{account}{page}")).and_then(|page| page.join(link));
    url.ok()
        .and_then(|url| of_url(account, url.as_str()))
        .ok_or_else(|| {
            Failure::failed(format!(
                "the answer says that its next page is not below {account}: it is not followed"
            ))
        })
}

fn of_url(account: &str, url: &str) -> Option<String> {
    let (account, url) = (Url::parse(account).ok()?, Url::parse(url).ok()?);
    let is_same = url.origin() == account.origin()
        && url.username().is_empty()
        && url.password().is_none()
        && url.origin().is_tuple();
    let stem = account.path().trim_end_matches('/');
    let path = url.path().strip_prefix(stem)?;
    let path = (is_same && path.starts_with('/') && !path.starts_with("//")).then_some(path)?;
    Some(match url.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCOUNT: &str = "https://acme.zendesk.com/stem";

    #[test]
    fn paths_and_urls_of_the_account_are_taken() {
        for (written, area, path) in [
            ("/api/v2/x?y=1", Area::Support, "/api/v2/x?y=1"),
            ("api/v2/x", Area::Support, "/api/v2/x"),
            ("/account", Area::Chat, "/api/v2/chat/account"),
            ("/api/v2/chat/account", Area::Chat, "/api/v2/chat/account"),
            (
                "https://ACME.zendesk.com:443/stem/x?u=https://evil.example",
                Area::Support,
                "/x?u=https://evil.example",
            ),
        ] {
            assert_eq!(of_argument(ACCOUNT, written, area).unwrap(), path);
        }
    }

    #[test]
    fn nothing_else_is() {
        for written in [
            "https://evil.example/stem/x?CANARY",
            "http://acme.zendesk.com/stem/x",
            "https://acme.zendesk.com:8443/stem/x",
            "https://CANARY@acme.zendesk.com/stem/x",
            "https://acme.zendesk.com/stemmed/x",
            "https://acme.zendesk.com/stem//x",
            "https://acme.zendesk.com/stem/../x",
            "file:///etc/passwd",
            "//evil.example/x",
        ] {
            let refused = of_argument(ACCOUNT, written, Area::Support).unwrap_err();
            assert_eq!(refused.kind(), crate::failure::Kind::Usage);
            let refused = refused.to_string();
            assert!(
                refused.contains("nothing was sent") && !refused.contains("CANARY"),
                "{refused}"
            );
        }
    }

    #[test]
    fn parameters_are_encoded() {
        let pairs = [("a b".to_owned(), "c&d".to_owned())];
        assert_eq!(with_query("/x", &pairs), "/x?a+b=c%26d");
        assert_eq!(with_query("/x?y", &pairs), "/x?y&a+b=c%26d");
        assert_eq!(with_query("/x?y", &[]), "/x?y");
    }

    #[test]
    fn links_lead_to_the_same_account() {
        let of = |link: &str| of_link(ACCOUNT, "/api/a?b=1", link);
        assert_eq!(of("https://acme.zendesk.com/stem/api/c").unwrap(), "/api/c");
        assert_eq!(of("?page=2").unwrap(), "/api/a?page=2");
        for link in [
            "https://evil.example/stem/api/c",
            "//evil.example/x",
            "http://[",
            "/api/c",
        ] {
            assert!(of(link).is_err(), "{link}");
        }
    }
}
