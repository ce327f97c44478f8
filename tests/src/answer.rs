//! The bytes of answers. An answer that no server should give is written out by the test itself.

/// The bytes of an answer with a fitting `content-length`; 204 has no content.
pub fn answer(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<u8> {
    let length = body.as_ref().len();
    answer_claiming(status, headers, body, length)
}

/// The bytes of an answer whose `content-length` is `length`, whatever the body is.
pub fn answer_claiming(
    status: u16,
    headers: &[(&str, &str)],
    body: impl AsRef<[u8]>,
    length: usize,
) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} Status\r\nconnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if status == 204 {
        return (head + "\r\n").into_bytes();
    }
    let mut bytes = format!("{head}content-length: {length}\r\n\r\n").into_bytes();
    bytes.extend_from_slice(body.as_ref());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_status_headers_length_and_body() {
        assert_eq!(
            answer(404, &[("x-request-id", "r-1"), ("retry-after", "2")], "{}"),
            b"HTTP/1.1 404 Status\r\nconnection: close\r\nx-request-id: r-1\r\nretry-after: 2\r\n\
              content-length: 2\r\n\r\n{}"
        );
    }

    #[test]
    fn an_answer_can_claim_another_length() {
        assert_eq!(
            answer_claiming(200, &[], b"{", 9),
            b"HTTP/1.1 200 Status\r\nconnection: close\r\ncontent-length: 9\r\n\r\n{"
        );
    }

    #[test]
    fn no_content_has_neither_body_nor_length() {
        assert_eq!(
            answer(204, &[], "x"),
            b"HTTP/1.1 204 Status\r\nconnection: close\r\n\r\n"
        );
    }
}
