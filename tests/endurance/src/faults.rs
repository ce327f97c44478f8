//! What goes wrong: drawn by chance, and what it explains.

use fastrand::Rng;
use zendesk_oauth_sandbox::{Fault, FaultRule};

use crate::kind::Kind;

/// The status that comes in the place of an answer whose call took place, and with nothing else drawn here.
pub(crate) const LOST: u16 = 504;

/// The call that redeems and refreshes.
pub(crate) const TOKEN: &str = "create_token_for_grant_type";

/// What is struck: the operations that are called here.
const OPERATIONS: [&str; 22] = [
    "list_oauth_clients",
    "create_oauth_client",
    "show_oauth_client",
    "update_oauth_client",
    "delete_oauth_client",
    "generate_oauth_client_secret",
    "list_support_oauth_tokens",
    "create_support_oauth_token",
    "show_support_oauth_token",
    "revoke_support_oauth_token",
    "show_current_support_oauth_token",
    "list_global_oauth_clients",
    "show_global_oauth_client",
    "list_global_oauth_client_token_summaries",
    "start_oauth_flow",
    "create_zis_oauth_token",
    "exchange_verification_code",
    "refresh_oauth_token",
    "show_oauth_connection",
    "list_chat_oauth_tokens",
    "revoke_chat_oauth_token",
    TOKEN,
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    RateLimited,
    Failed,
    Unavailable,
    Reset,
    /// The call takes place, and the connection is reset.
    Lost,
    /// The call takes place, and this says nothing of it.
    LostBehindGateway,
    Truncated,
    Html,
    Emptied,
    Slow,
}

const ALL: [Wrong; 10] = [
    Wrong::RateLimited,
    Wrong::Failed,
    Wrong::Unavailable,
    Wrong::Reset,
    Wrong::Lost,
    Wrong::LostBehindGateway,
    Wrong::Truncated,
    Wrong::Html,
    Wrong::Emptied,
    Wrong::Slow,
];

impl Wrong {
    fn fault(self, random: &mut Rng) -> Fault {
        match self {
            Self::RateLimited => {
                let wait = random.choice(["0", "1", "30"]).unwrap_or("1");
                Fault::status(429).with_header("Retry-After", wait)
            }
            Self::Failed => Fault::status(500),
            Self::Unavailable => {
                let fault = Fault::status(503);
                match random.bool() {
                    true => fault.with_header("Retry-After", "1"),
                    false => fault,
                }
            }
            Self::Reset => Fault::reset(),
            Self::Lost => Fault::lost_answer(),
            Self::LostBehindGateway => {
                let mut fault = Fault::lost_answer();
                fault.status = Some(LOST);
                fault
            }
            Self::Truncated => Fault::truncated(random.usize(1..30)),
            Self::Html => Fault::default().with_body("<html><body>a proxy says</body></html>"),
            Self::Emptied => Fault::default().with_body(""),
            Self::Slow => Fault::latency_ms(random.u64(20..300)),
        }
    }

    /// The kinds of failure that this can come to.
    fn explains(self) -> &'static [Kind] {
        match self {
            Self::RateLimited => &[Kind::RateLimited],
            Self::Failed | Self::Unavailable => &[Kind::ServerError],
            Self::Reset => &[Kind::Transport],
            // A repeated delete finds nothing, a repeated write what it wrote.
            Self::Lost => &[Kind::Transport, Kind::NotFound],
            Self::LostBehindGateway => &[Kind::ServerError, Kind::NotFound],
            Self::Truncated => &[Kind::Transport, Kind::NotFound],
            // Of a refusal only the status is left: what would say `invalid_grant` is not there.
            Self::Html | Self::Emptied => &[Kind::Decode, Kind::Undeclared, Kind::Validation],
            Self::Slow => &[],
        }
    }
}

/// What goes wrong in one cycle.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faults {
    drawn: Vec<(&'static str, Wrong)>,
    pub(crate) rules: Vec<FaultRule>,
}

impl Faults {
    /// Always some of refreshes, as most is at stake there.
    pub(crate) fn draw(random: &mut Rng) -> Self {
        let mut faults = Self::default();
        for _ in 0..random.usize(1..=3) {
            faults.add(TOKEN, random);
        }
        for _ in 0..random.usize(4..=12) {
            let operation = random.choice(OPERATIONS).unwrap_or(TOKEN);
            faults.add(operation, random);
        }
        faults
    }

    fn add(&mut self, operation: &'static str, random: &mut Rng) {
        let wrong = random.choice(ALL).unwrap_or(Wrong::Failed);
        let probability = [0.05, 0.2, 0.5][random.usize(..3)];
        let rule = FaultRule::on(operation, wrong.fault(random)).probability(probability);
        self.drawn.push((operation, wrong));
        self.rules.push(rule);
    }

    /// Whether a failure of this kind is of these faults.
    pub(crate) fn explain(&self, operation: &str, kind: Kind) -> bool {
        let mut drawn = self.drawn.iter();
        drawn.any(|(struck, wrong)| *struck == operation && wrong.explains().contains(&kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same() {
        let drawn = |seed| Faults::draw(&mut Rng::with_seed(seed)).rules;
        assert_eq!(drawn(7), drawn(7));
        assert_ne!(drawn(7), drawn(8));
    }

    #[test]
    fn a_fault_explains_what_it_does_to_its_own_operation() {
        let faults = Faults {
            drawn: vec![("list_oauth_clients", Wrong::Failed)],
            rules: Vec::new(),
        };
        assert!(faults.explain("list_oauth_clients", Kind::ServerError));
        assert!(!faults.explain("list_oauth_clients", Kind::Transport));
        assert!(!faults.explain("show_oauth_client", Kind::ServerError));
        assert!(!Faults::default().explain("list_oauth_clients", Kind::ServerError));
    }
}
