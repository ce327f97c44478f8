//! The id under which Zendesk's support finds a call.

use reqwest::header::HeaderMap;

/// `x-request-id`, else `x-zendesk-request-id`, as sent, unless it is blank.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    request_ids(headers).next()
}

fn request_ids(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    ["x-request-id", "x-zendesk-request-id"]
        .into_iter()
        .flat_map(|name| headers.get_all(name))
        .filter_map(|value| value.to_str().ok())
        .filter(|id| !id.trim().is_empty())
}

/// The first request id that looks like one, so that it may be printed and traced.
pub(crate) fn printable_request_id(headers: &HeaderMap) -> Option<&str> {
    request_ids(headers).find(|id| {
        (1..=128).contains(&id.len())
            && id
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"._:-".contains(&byte))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn x_request_id_comes_first() {
        let both = headers(&[("x-zendesk-request-id", "z"), ("x-request-id", "x")]);
        assert_eq!(request_id(&both), Some("x"));
        assert_eq!(
            request_id(&headers(&[("x-zendesk-request-id", "z")])),
            Some("z")
        );
        assert_eq!(request_id(&headers(&[])), None);
        let blank = headers(&[("x-zendesk-request-id", "z"), ("x-request-id", "")]);
        assert_eq!(request_id(&blank), Some("z"));
        let odd = headers(&[("x-zendesk-request-id", "z"), ("x-request-id", "a b")]);
        assert_eq!(printable_request_id(&odd), Some("z"));
    }

    #[test]
    fn what_does_not_look_like_an_id_is_not_printable() {
        assert_eq!(
            printable_request_id(&headers(&[("x-request-id", "8f-1.2:3_a")])),
            Some("8f-1.2:3_a")
        );
        assert_eq!(
            printable_request_id(&headers(&[("x-request-id", "a b")])),
            None
        );
        assert_eq!(
            printable_request_id(&headers(&[("x-request-id", "")])),
            None
        );
        let long: HeaderMap = [(
            "x-request-id".parse().unwrap(),
            "a".repeat(129).parse().unwrap(),
        )]
        .into_iter()
        .collect();
        assert_eq!(printable_request_id(&long), None);
    }
}
