//! Whether this machine and the account agree on the time.

use jiff::Timestamp;

use super::finding::{Check, Finding};
use super::token::lasting;

const CHECK: Check = Check::new("account", "clock");

/// Beyond this a token may be taken for live that is not, or the other way round.
const TOLERATED: i64 = 60;

/// Compares.
pub(super) fn finding(machine: Timestamp, server: Option<Timestamp>) -> Finding {
    let Some(server) = server else {
        return CHECK.skipped("no answer has a date");
    };
    let seconds = machine.as_second().saturating_sub(server.as_second());
    let finding = if seconds.abs() <= TOLERATED {
        CHECK.ok(format!(
            "this machine and the account are {} s apart",
            seconds.abs()
        ))
    } else {
        let way = if seconds > 0 { "ahead of" } else { "behind" };
        CHECK
            .warning(format!(
                "this machine is {} {way} the account",
                lasting(seconds.abs())
            ))
            .advise("set this machine's clock (NTP): by it, it is told when a token expires")
    };
    finding
        .fact("skew_seconds", seconds)
        .fact("account_time", server.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::finding::Status;
    use super::*;

    #[test]
    fn a_minute_is_tolerated_either_way() {
        let at = |second| Timestamp::from_second(second).expect("an instant");
        for (machine, status) in [
            (1000, Status::Ok),
            (1060, Status::Ok),
            (940, Status::Ok),
            (1061, Status::Warning),
            (939, Status::Warning),
        ] {
            assert_eq!(
                finding(at(machine), Some(at(1000))).status,
                status,
                "{machine}"
            );
        }
        assert_eq!(finding(at(1), None).status, Status::Skipped);
    }
}
