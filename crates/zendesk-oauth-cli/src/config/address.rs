//! The account's address.

use reqwest::Url;
use zendesk_oauth::Subdomain;

/// The address of a subdomain.
pub(crate) fn of_subdomain(name: &str) -> Result<String, String> {
    let name = Subdomain::new(name).map_err(|error| error.to_string())?;
    Ok(format!("https://{}.zendesk.com", name.as_str()))
}

/// The address as it is used: without a slash at its end. An error says what is wrong with it.
pub(crate) fn checked(text: &str) -> Result<String, String> {
    let unfit = |why: &str| {
        Err(format!(
            "the account's address {why}; write it as https://acme.zendesk.com"
        ))
    };
    let text = text.trim();
    let Ok(url) = Url::parse(text) else {
        return unfit("is no URL");
    };
    if !url.username().is_empty() || url.password().is_some() {
        return unfit("has a user in it, and credentials do not belong there");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return unfit("has a query or a fragment");
    }
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        "http" => return unfit("is plain http, which is for this machine only"),
        _ => return unfit("is not https"),
    }
    if url.host_str().is_none_or(str::is_empty) {
        return unfit("has no host");
    }
    Ok(text.trim_end_matches('/').to_owned())
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let address = host.parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|it| it.is_loopback())
}

/// Whether both lead to the same place.
pub(crate) fn are_same(one: &str, other: &str) -> bool {
    let parts = |text: &str| {
        let url = Url::parse(text).ok()?;
        let path = url.path().trim_end_matches('/').to_owned();
        Some((url.origin(), path))
    };
    let one = parts(one);
    one.is_some() && one == parts(other)
}

/// What a profile of that address is called, if nobody gives it a name.
pub(crate) fn name(url: &str) -> String {
    let parsed = Url::parse(url).ok();
    let host = parsed.as_ref().and_then(Url::host_str).unwrap_or("account");
    match host.strip_suffix(".zendesk.com") {
        Some(subdomain) if !subdomain.contains('.') => subdomain.to_owned(),
        _ => {
            let plain = |it: char| it.is_ascii_alphanumeric() || it == '.';
            let name = host.replace(|it| !plain(it), "-");
            name.trim_matches(['-', '.']).to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_checked() {
        for good in [
            "https://acme.zendesk.com",
            "https://acme.zendesk.com/",
            "http://127.0.0.1:4567",
            "http://localhost:1/proxy",
            "http://[::1]:4567",
        ] {
            assert_eq!(checked(good).unwrap(), good.trim_end_matches('/'));
        }
        for bad in [
            "",
            "acme",
            "acme.zendesk.com",
            "http://acme.zendesk.com",
            "ftp://acme.zendesk.com",
            "https://CANARY:x@acme.zendesk.com",
            "https://acme.zendesk.com?CANARY",
            "https://acme.zendesk.com#CANARY",
        ] {
            let error = checked(bad).unwrap_err();
            assert!(!error.contains("CANARY"), "{error}");
        }
        assert!(of_subdomain("acme.zendesk.com").is_err());
        assert_eq!(of_subdomain("acme").unwrap(), "https://acme.zendesk.com");
    }

    #[test]
    fn the_same_place_is_recognised() {
        assert!(are_same(
            "https://ACME.zendesk.com/",
            "https://acme.zendesk.com:443"
        ));
        for other in [
            "http://acme.zendesk.com",
            "https://acme.zendesk.com/x",
            "https://acme.zendesk.com:444",
            "https://acme.zendesk.com.evil.example",
            "",
        ] {
            assert!(!are_same("https://acme.zendesk.com", other), "{other}");
        }
    }

    #[test]
    fn a_profile_is_named_after_its_account() {
        assert_eq!(name("https://acme.zendesk.com"), "acme");
        assert_eq!(name("http://127.0.0.1:4567"), "127.0.0.1");
        assert_eq!(name("http://[::1]:4567"), "1");
    }
}
