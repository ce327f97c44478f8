//! Who has the lease, as its value says.

use std::time::Duration;

use crate::token::store::LeaseHolder;

/// How many characters of a holder are kept.
const LONGEST: usize = 200;

/// What came in the place of the lease.
#[derive(Debug)]
pub(super) struct Found<'a> {
    /// `OWNER SINCE WHO`, if one of us took it.
    pub(super) value: &'a [u8],
    /// In milliseconds, as PTTL says it.
    pub(super) left: i64,
    /// The time of Redis in milliseconds since 1970.
    pub(super) now: u64,
}

/// The holder; `None` if the lease has no end, so that it is none of ours.
pub(super) fn holder(found: &Found<'_>) -> Option<LeaseHolder> {
    // -2: it ran out in this very moment. -1: it never does.
    let left = match found.left {
        -1 => return None,
        left => Duration::from_millis(u64::try_from(left).unwrap_or(0)),
    };
    let text = String::from_utf8_lossy(found.value);
    let mut parts = text.splitn(3, ' ').skip(1);
    let since: Option<u64> = parts.next().and_then(|since| since.parse().ok());
    let who = parts.next().filter(|_| since.is_some()).map(one_line);
    let age = since.map(|since| Duration::from_millis(found.now.saturating_sub(since)));
    let left = Some(left);
    Some(LeaseHolder { who, age, left })
}

/// Without what would break a line, and not too long.
pub(super) fn one_line(text: &str) -> String {
    let shown = text.chars().filter(|sign| !sign.is_control());
    shown.take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(value: &[u8], left: i64) -> Option<LeaseHolder> {
        let now = 5_000;
        holder(&Found { value, left, now })
    }

    #[test]
    fn the_holder_is_named_with_age_and_time_left() {
        let holder = of(b"a0b1 2000 process 7 on build-7", 1_500).unwrap();
        assert_eq!(holder.who.as_deref(), Some("process 7 on build-7"));
        assert_eq!(holder.age, Some(Duration::from_secs(3)));
        assert_eq!(holder.left, Some(Duration::from_millis(1_500)));
    }

    #[test]
    fn whatever_is_there_is_a_holder_as_long_as_it_ends() {
        for value in [
            &b""[..],
            b"x",
            b"x y z",
            b"\xff\xff \xff \xff",
            b"a 99999999999999999999 b",
        ] {
            let holder = of(value, 10).unwrap();
            assert_eq!((holder.who, holder.age), (None, None), "{value:?}");
        }
        assert_eq!(of(b"a 9000 b", -2).unwrap().left, Some(Duration::ZERO));
        // Redis' clock was set back.
        assert_eq!(of(b"a 9000 b", 10).unwrap().age, Some(Duration::ZERO));
        assert_eq!(of(b"a 2000 b", -1), None);
    }

    #[test]
    fn a_holder_is_one_short_line() {
        let hostile = format!("a 1 b\r\n\x1b[2J{}", "c".repeat(1_000));
        let who = of(hostile.as_bytes(), 10).unwrap().who.unwrap();
        assert!(
            who.starts_with("b[2Jc") && who.chars().count() == LONGEST,
            "{who}"
        );
    }
}
