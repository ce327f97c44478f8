//! What went wrong with Redis, in one line and with the way out.
//!
//! Of what a server says, only its code is repeated: the text may quote the command, and with it the
//! password of AUTH.

use std::time::Duration;

use redis::{ErrorKind, RedisError};

use super::super::{StoreError, StoreErrorKind};
use super::holder::one_line;

/// A call that failed.
pub(super) struct Failure {
    cause: Cause,
    /// The command may have been carried out.
    is_answer_lost: bool,
}

pub(super) enum Cause {
    /// As redis says it.
    Redis(RedisError),
    /// There was no connection in this time.
    NoConnection(Duration),
    /// There was no answer in this time.
    NoAnswer(Duration),
}

impl Failure {
    pub(super) fn new(cause: Cause, is_answer_lost: bool) -> Self {
        Self {
            cause,
            is_answer_lost,
        }
    }

    /// The failure of a call that only reads.
    pub(super) fn of_read(self, store: String) -> StoreError {
        let (kind, what) = said(&self.cause);
        StoreError::new(kind, store, what)
    }

    /// The failure of a call that changes something.
    pub(super) fn of_change(self, store: String) -> StoreError {
        if !self.is_answer_lost {
            return self.of_read(store);
        }
        let (kind, what) = said(&self.cause);
        let what = format!("{what} The change may have been made all the same.");
        StoreError::new(kind, store, what).unclear()
    }
}

fn said(cause: &Cause) -> (StoreErrorKind, String) {
    let error = match cause {
        Cause::NoConnection(within) => {
            let what = format!(
                "there was no connection to it within {within:?}. See whether it runs, and whether \
                 its address is right."
            );
            return (StoreErrorKind::Unavailable, what);
        }
        Cause::NoAnswer(within) => {
            let what = format!("it did not answer within {within:?}. See what keeps it busy.");
            return (StoreErrorKind::Unavailable, what);
        }
        Cause::Redis(error) => error,
    };
    match error.kind() {
        // What the system or TLS says: no text of the server.
        ErrorKind::Io => {
            let what = format!(
                "the connection to it failed: {}. See whether it runs, and whether its address is \
                 right.",
                one_line(&error.to_string())
            );
            (StoreErrorKind::Unavailable, what)
        }
        ErrorKind::AuthenticationFailed => advice("WRONGPASS"),
        ErrorKind::InvalidClientConfig | ErrorKind::RESP3NotSupported => (
            StoreErrorKind::Settings,
            "the client's settings cannot work with it: protocol or TLS. rediss:// needs the \
             feature tokio-rustls-comp or tokio-native-tls-comp of the crate redis."
                .to_owned(),
        ),
        ErrorKind::Parse | ErrorKind::UnexpectedReturnType => (
            StoreErrorKind::Unavailable,
            "its answer was not understood. See whether Redis is what listens at that address."
                .to_owned(),
        ),
        _ => {
            let code = error.code().unwrap_or("ERR");
            let within = error
                .detail()
                .filter(|_| code == "ERR")
                .and_then(code_within);
            advice(within.unwrap_or(code))
        }
    }
}

/// The code of an error in a script, where the server made it an ERR: all before Redis 7, and those of
/// permissions.
fn code_within(text: &str) -> Option<&'static str> {
    const CODES: &[&str] = &[
        "WRONGTYPE",
        "READONLY",
        "OOM",
        "NOPERM",
        "NOREPLICAS",
        "MISCONF",
    ];
    if text.contains("ACL failure in script") || text.contains("user executing the script") {
        return Some("NOPERM");
    }
    let mut words = text.split(|sign: char| !sign.is_ascii_alphabetic());
    words.find_map(|word| CODES.iter().copied().find(|&code| code == word))
}

/// What an error of this code means, and what to do.
fn advice(code: &str) -> (StoreErrorKind, String) {
    use StoreErrorKind::{Permissions, Settings, Unavailable, Unreadable};
    let (kind, advice) = match code {
        "NOAUTH" | "WRONGPASS" => (
            Permissions,
            "it wants another user or password: see those in the URL of its client",
        ),
        "NOPERM" => (
            Permissions,
            "its user may not do that: give it the commands that the docs of RedisStore name, on \
             the keys zendesk-oauth:*",
        ),
        "READONLY" => (
            Unavailable,
            "it is a replica, which takes no changes: name the primary; after a failover this \
             passes when the address leads there",
        ),
        "LOADING" => (Unavailable, "it still reads its data from disk: wait"),
        "OOM" => (
            Unavailable,
            "its memory is full: raise maxmemory, or give it less to keep",
        ),
        "MISCONF" => (Unavailable, "it cannot write to its disk: see its log"),
        "NOREPLICAS" => (
            Unavailable,
            "fewer replicas are there than min-replicas-to-write asks for: see to them",
        ),
        "BUSY" | "TRYAGAIN" | "MASTERDOWN" | "CLUSTERDOWN" => (
            Unavailable,
            "it cannot serve these keys now: wait, or see its log",
        ),
        "MOVED" | "ASK" => (
            Settings,
            "it is a node of a cluster, and another has the slot of this credential: name that \
             one (CLUSTER KEYSLOT, CLUSTER SHARDS)",
        ),
        "WRONGTYPE" => (
            Unreadable,
            "one of its keys is of another type, so that something else uses it. It was left as \
             it is: see what that is, and move it away, or name the credential otherwise",
        ),
        _ => (
            Unavailable,
            "it refused the command: it must be Redis 5 or later, or what speaks as it, with EVAL",
        ),
    };
    (kind, format!("{advice} ({}).", shown(code)))
}

/// A code as servers make them; anything else is not repeated.
fn shown(code: &str) -> &str {
    let is_code = code.len() <= 20 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if is_code { code } else { "no known code" }
}

#[cfg(test)]
mod tests {
    use redis::make_extension_error;

    use super::*;

    fn of(code: &str, text: &str) -> StoreError {
        let error = make_extension_error(code.to_owned(), Some(text.to_owned()));
        Failure::new(Cause::Redis(error), false).of_change("Redis".to_owned())
    }

    #[test]
    fn each_known_code_has_its_kind_and_the_way_out() {
        use StoreErrorKind::{Permissions, Settings, Unavailable, Unreadable};
        for (code, kind, way) in [
            ("NOAUTH", Permissions, "user or password"),
            ("WRONGPASS", Permissions, "user or password"),
            ("NOPERM", Permissions, "give it the commands"),
            ("READONLY", Unavailable, "name the primary"),
            ("LOADING", Unavailable, "wait"),
            ("OOM", Unavailable, "raise maxmemory"),
            ("MISCONF", Unavailable, "write to its disk: see its log"),
            ("NOREPLICAS", Unavailable, "min-replicas-to-write"),
            ("BUSY", Unavailable, "wait, or see its log"),
            ("TRYAGAIN", Unavailable, "wait, or see its log"),
            ("MASTERDOWN", Unavailable, "wait, or see its log"),
            ("CLUSTERDOWN", Unavailable, "wait, or see its log"),
            ("MOVED", Settings, "name that one"),
            ("ASK", Settings, "name that one"),
            ("WRONGTYPE", Unreadable, "left as it is"),
            ("WHATEVER", Unavailable, "Redis 5 or later"),
        ] {
            let error = of(code, "CANARY-text");
            assert_eq!(error.kind(), kind, "{code}");
            assert!(!error.is_unclear());
            let printed = format!("{error} {error:?}");
            assert!(printed.contains(code) && printed.contains(way), "{printed}");
            assert!(
                !printed.contains("CANARY") && !printed.contains('\n'),
                "{printed}"
            );
        }
    }

    #[test]
    fn each_failure_of_the_client_has_its_kind_and_the_way_out() {
        use StoreErrorKind::{Permissions, Settings, Unavailable};
        let io = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
        for (error, kind, way) in [
            (io.into(), Unavailable, "the connection to it failed"),
            (
                (ErrorKind::AuthenticationFailed, "CANARY").into(),
                Permissions,
                "user or password",
            ),
            (
                (ErrorKind::InvalidClientConfig, "CANARY").into(),
                Settings,
                "tokio-rustls-comp",
            ),
            (
                (ErrorKind::RESP3NotSupported, "CANARY").into(),
                Settings,
                "protocol or TLS",
            ),
            (
                (ErrorKind::Parse, "CANARY").into(),
                Unavailable,
                "whether Redis is what listens",
            ),
            (
                (ErrorKind::UnexpectedReturnType, "CANARY").into(),
                Unavailable,
                "whether Redis is what listens",
            ),
        ] {
            let said = Failure::new(Cause::Redis(error), false).of_read("Redis".to_owned());
            assert_eq!(said.kind(), kind, "{said}");
            let text = said.to_string();
            assert!(text.contains(way) && !text.contains("CANARY"), "{text}");
        }
    }

    #[test]
    fn the_text_of_a_server_is_never_repeated() {
        let quoted = "unknown command 'AUTH', with args beginning with: 'CANARY-password'";
        for code in ["ERR", "CANARY-password", "A\nB"] {
            let error = of(code, quoted);
            assert_eq!(error.kind(), StoreErrorKind::Unavailable);
            let printed = format!("{error} {error:?}");
            assert!(
                !printed.contains("CANARY") && !printed.contains('\n'),
                "{printed}"
            );
            assert!(std::error::Error::source(&error).is_none());
        }
    }

    #[test]
    fn a_scripts_error_is_known_by_the_code_in_it() {
        use StoreErrorKind::{Permissions, Unreadable};
        for (text, kind) in [
            // Before Redis 7.
            (
                "Error running script (call to f_1): @user_script:1: WRONGTYPE Operation",
                Unreadable,
            ),
            (
                "The user executing the script can't run this command or subcommand",
                Permissions,
            ),
            // Since.
            (
                "ACL failure in script: User a has no permissions to run the 'hget' command",
                Permissions,
            ),
        ] {
            assert_eq!(of("ERR", text).kind(), kind, "{text}");
        }
    }

    #[test]
    fn a_lost_answer_is_unclear_for_a_change_alone() {
        let lost = || Failure::new(Cause::NoAnswer(Duration::from_secs(2)), true);
        assert!(lost().of_change(String::new()).is_unclear());
        assert!(!lost().of_read(String::new()).is_unclear());
        assert!(lost().of_read(String::new()).to_string().contains("2s"));
    }
}
