//! Requests as they came over the socket.

use std::fmt;

/// One request. Its `Display` is all of it as text, to search for what must be somewhere or nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Method, as sent.
    pub method: String,
    /// Request target: path and query, percent-encoded as sent.
    pub target: String,
    /// `HTTP/1.1`, as sent.
    pub version: String,
    /// Headers in the order of sending, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Vec<u8>,
}

impl Request {
    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The request at the start of what was received, and its length in bytes; `None` while there is
    /// more to come.
    pub(crate) fn parse(received: &[u8]) -> Result<Option<(Self, usize)>, String> {
        let Some(head_length) = received.windows(4).position(|it| it == b"\r\n\r\n") else {
            return Ok(None);
        };
        let head = str::from_utf8(&received[..head_length]).map_err(|error| error.to_string())?;
        let mut request = parse_head(head)?;
        if request.header("transfer-encoding").is_some() {
            return Err("this server reads no transfer codings".to_owned());
        }
        let body_length = match request.header("content-length") {
            Some(length) => length
                .parse::<usize>()
                .map_err(|_| format!("no length: {length}"))?,
            None => 0,
        };
        let length = head_length + 4 + body_length;
        let Some(body) = received.get(head_length + 4..length) else {
            return Ok(None);
        };
        request.body = body.to_vec();
        Ok(Some((request, length)))
    }
}

/// The request line and the headers (RFC 9112, sections 3 and 5).
fn parse_head(head: &str) -> Result<Request, String> {
    let mut lines = head.split("\r\n");
    let first = lines.next().unwrap_or_default();
    let [method, target, version] = first.split(' ').collect::<Vec<_>>()[..] else {
        return Err(format!("no request line: {first}"));
    };
    let headers = lines.map(|line| match line.split_once(':') {
        Some((name, value)) => Ok((name.to_ascii_lowercase(), value.trim().to_owned())),
        None => Err(format!("no header: {line}")),
    });
    Ok(Request {
        method: method.to_owned(),
        target: target.to_owned(),
        version: version.to_owned(),
        headers: headers.collect::<Result<_, _>>()?,
        body: Vec::new(),
    })
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}\r\n", self.method, self.target, self.version)?;
        for (name, value) in &self.headers {
            write!(f, "{name}: {value}\r\n")?;
        }
        write!(f, "\r\n{}", String::from_utf8_lossy(&self.body))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENT: &str = "POST /a%2Fb?c=x+y HTTP/1.1\r\nHost: a.example:80\r\naccept:*/*\r\nAccept: b\r\n\
                        content-length: 4\r\n\r\na=b\n";

    #[test]
    fn a_request_is_read_in_full() {
        let (request, length) = Request::parse(SENT.as_bytes()).unwrap().unwrap();
        assert_eq!(length, SENT.len());
        let headers = [
            ("host", "a.example:80"),
            ("accept", "*/*"),
            ("accept", "b"),
            ("content-length", "4"),
        ];
        let expected = Request {
            method: "POST".to_owned(),
            target: "/a%2Fb?c=x+y".to_owned(),
            version: "HTTP/1.1".to_owned(),
            headers: headers.map(|(a, b)| (a.to_owned(), b.to_owned())).to_vec(),
            body: b"a=b\n".to_vec(),
        };
        assert_eq!(request, expected);
        assert_eq!(request.header("accept"), Some("*/*"));
        assert_eq!(request.header("cookie"), None);
    }

    #[test]
    fn a_request_prints_all_of_it() {
        let (request, _) = Request::parse(SENT.as_bytes()).unwrap().unwrap();
        assert_eq!(
            request.to_string(),
            "POST /a%2Fb?c=x+y HTTP/1.1\r\nhost: a.example:80\r\naccept: */*\r\naccept: b\r\n\
             content-length: 4\r\n\r\na=b\n"
        );
    }

    #[test]
    fn a_part_of_a_request_is_none_yet() {
        for end in 0..SENT.len() {
            assert_eq!(Request::parse(&SENT.as_bytes()[..end]), Ok(None), "{end}");
        }
    }

    #[test]
    fn what_follows_a_request_is_not_its() {
        let two = format!("GET / HTTP/1.1\r\n\r\n{SENT}");
        let (request, length) = Request::parse(two.as_bytes()).unwrap().unwrap();
        assert!(request.body.is_empty());
        assert_eq!(&two[length..], SENT);
    }

    #[test]
    fn what_is_no_request_is_said() {
        for (sent, problem) in [
            ("GET /\r\n\r\n", "no request line: GET /"),
            ("GET / HTTP/1.1\r\nhost\r\n\r\n", "no header: host"),
            (
                "GET / HTTP/1.1\r\ncontent-length: x\r\n\r\n",
                "no length: x",
            ),
            (
                "GET / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n",
                "this server reads no transfer codings",
            ),
        ] {
            assert_eq!(Request::parse(sent.as_bytes()), Err(problem.to_owned()));
        }
        assert!(Request::parse(b"GET /\xff HTTP/1.1\r\n\r\n").is_err());
    }
}
