//! Headers that a person gives. No IO.

use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONNECTION, CONTENT_LENGTH, COOKIE, HOST, HeaderMap, HeaderName,
    HeaderValue, PROXY_AUTHORIZATION, TRANSFER_ENCODING, USER_AGENT,
};

use crate::failure::Failure;

/// What decides who calls, and what the transport writes itself.
const OURS: [HeaderName; 8] = [
    AUTHORIZATION,
    CONNECTION,
    CONTENT_LENGTH,
    COOKIE,
    HOST,
    PROXY_AUTHORIZATION,
    TRANSFER_ENCODING,
    USER_AGENT,
];

/// The headers. JSON is asked for unless they say otherwise.
pub(super) fn all(written: &[String]) -> Result<HeaderMap, Failure> {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    for text in written {
        let (name, value) = text
            .split_once(':')
            .ok_or_else(|| Failure::usage("--header: write it as `NAME: VALUE`"))?;
        let shown = crate::text::printable(name);
        let name: HeaderName = name
            .trim()
            .parse()
            .map_err(|_| Failure::usage(format!("--header {shown}: that is no header's name")))?;
        if OURS.contains(&name) {
            return Err(Failure::usage(format!(
                "--header {name}: it is not taken from the command line; for credentials use a profile, the \
                 environment or --token-file"
            )));
        }
        let value: HeaderValue = value.trim().parse().map_err(|_| {
            Failure::usage(format!(
                "--header {name}: its value has what no header can hold"
            ))
        })?;
        headers.insert(name, value);
    }
    Ok(headers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_cannot_be_given_as_a_header() {
        for text in [
            "Authorization: Bearer CANARY",
            "cookie:CANARY",
            "Proxy-Authorization: CANARY",
            "Host: CANARY",
            "CANARY",
            "X Y: CANARY",
            "X-Y: CANARY\r\nZ: 1",
        ] {
            let refused = all(&[text.to_owned()]).unwrap_err().to_string();
            assert!(!refused.contains("CANARY"), "{refused}");
        }
        let headers = all(&["X-A: b: c".to_owned(), "accept:text/csv".to_owned()]).unwrap();
        assert_eq!(headers["x-a"], "b: c");
        assert_eq!(headers[ACCEPT], "text/csv");
    }
}
