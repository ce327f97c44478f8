//! Whether the end of a login is explained.

use zendesk_oauth::token::LoginEndReason;

/// Why a login is over, without the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    LoggedOut,
    AnswerLost,
    /// Whatever the rest says: nothing here expires unused, and nobody redeems anything beside us.
    Otherwise,
}

impl From<&LoginEndReason> for Ended {
    fn from(reason: &LoginEndReason) -> Self {
        match reason {
            LoginEndReason::LoggedOut => Self::LoggedOut,
            LoginEndReason::AnswerLost { .. } => Self::AnswerLost,
            _ => Self::Otherwise,
        }
    }
}

/// What is wrong with an end, if anything is. `lost` is how many answers to its refreshes were lost, of those that the
/// sandbox carried out, since somebody logged in.
pub(crate) fn unexplained_end(
    ended: Ended,
    lost: u64,
    was_logged_out: bool,
) -> Option<&'static str> {
    match ended {
        Ended::LoggedOut if was_logged_out => None,
        Ended::LoggedOut => Some("it says that somebody logged out, and nobody did"),
        Ended::AnswerLost if lost > 0 => None,
        Ended::AnswerLost => {
            Some("it says that an answer was lost, and the sandbox sent all of them")
        }
        Ended::Otherwise => Some("its refresh token was refused, and no lost answer is its reason"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_may_be_lost_with_an_answer_and_by_logging_out_and_by_nothing_else() {
        for (ended, lost, logged_out, is_right) in [
            (Ended::AnswerLost, 1, false, true),
            (Ended::AnswerLost, 0, true, false),
            (Ended::LoggedOut, 0, true, true),
            (Ended::LoggedOut, 3, false, false),
            (Ended::Otherwise, 3, true, false),
        ] {
            let found = unexplained_end(ended, lost, logged_out);
            assert_eq!(found.is_none(), is_right, "{ended:?} {lost} {logged_out}");
        }
    }
}
