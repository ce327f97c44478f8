//! What time it is where the tokens expire.

use std::time::SystemTime;

use reqwest::header::{DATE, HeaderMap};
use zendesk_oauth_core::Clock;

/// The time of an answer by its own `Date` (RFC 9110, section 6.6.1), since this machine's clock may
/// differ from the server's; by `clock` if there is none that can be read.
pub(crate) fn server_time(headers: &HeaderMap, clock: &dyn Clock) -> SystemTime {
    let date = headers
        .get(DATE)
        .and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
    date.unwrap_or_else(|| clock.system_time())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use reqwest::header::HeaderValue;
    use zendesk_oauth_core::SleepFuture;

    use super::*;

    struct Epoch;

    impl Clock for Epoch {
        fn instant(&self) -> Instant {
            Instant::now()
        }

        fn system_time(&self) -> SystemTime {
            SystemTime::UNIX_EPOCH
        }

        fn sleep(&self, _: Duration) -> SleepFuture {
            Box::pin(async {})
        }
    }

    #[test]
    fn the_answer_s_own_date_counts_and_else_the_clock() {
        let mut headers = HeaderMap::new();
        assert_eq!(server_time(&headers, &Epoch), SystemTime::UNIX_EPOCH);
        for odd in [&b""[..], b"soon", b"784111777", b"\xff"] {
            headers.insert(DATE, HeaderValue::from_bytes(odd).unwrap());
            assert_eq!(server_time(&headers, &Epoch), SystemTime::UNIX_EPOCH);
        }
        let date = HeaderValue::from_static("Sun, 06 Nov 1994 08:49:37 GMT");
        headers.insert(DATE, date);
        let expected = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        assert_eq!(server_time(&headers, &Epoch), expected);
    }
}
