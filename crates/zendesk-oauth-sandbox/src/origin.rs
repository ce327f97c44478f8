//! Where a sandbox begins, and where a reset brings it back to.

use jiff::Timestamp;

use crate::chance::Chance;
use crate::clock::VirtualClock;
use crate::faults::Rules;
use crate::seed::{self, ClockSetting, Seed, SeedError};
use crate::starter::StarterCredentials;
use crate::state::State;
use crate::switches::Switches;

/// 2026-11-02T09:00:00Z, where a clock starts that nobody set: after the last API tokens were made,
/// before they all stop.
const START: Timestamp = Timestamp::constant(1_793_610_000, 0);

/// A seed, and what was said beside it: that wins over what the seed says. No Debug: it holds a token.
#[derive(Clone)]
pub(crate) struct Origin {
    pub(crate) seed: Seed,
    pub(crate) clock: Option<ClockSetting>,
    pub(crate) random: Option<u64>,
    pub(crate) switches: Option<Switches>,
    pub(crate) admin_token: Option<String>,
}

/// What a sandbox begins with.
pub(crate) struct Beginning {
    pub(crate) state: State,
    pub(crate) faults: Rules,
    pub(crate) credentials: StarterCredentials,
}

impl Origin {
    pub(crate) fn of(seed: Seed) -> Self {
        Self {
            seed,
            clock: None,
            random: None,
            switches: None,
            admin_token: None,
        }
    }

    /// The beginning by the seed: the same each time.
    pub(crate) fn begin(&self) -> Result<Beginning, SeedError> {
        let setting = self.clock.or(self.seed.clock());
        let clock = match setting.unwrap_or(ClockSetting::Frozen(START)) {
            ClockSetting::Frozen(at) => VirtualClock::frozen(at),
            ClockSetting::Real => VirtualClock::running(Timestamp::now()),
        };
        let random = self.random.or(self.seed.random()).unwrap_or(1);
        let switches = self.switches.unwrap_or_else(|| self.seed.switches());
        let mut state = State::empty(clock, Chance::new(random), switches);
        self.seed.furnish(&mut state);
        let mut faults = Rules::default();
        for rule in self.seed.faults() {
            faults
                .add(rule.clone())
                .expect("a seed's rules were checked when it was read");
        }
        self.let_in(state, faults)
    }

    /// The beginning by a state that was stored. Its clock, switches and chance go on; only a clock
    /// that was to show the machine's time catches up with it.
    pub(crate) fn resume(&self, mut state: State) -> Result<Beginning, SeedError> {
        let real = self.clock.or(self.seed.clock()) == Some(ClockSetting::Real);
        if real && state.clock.is_running() {
            state.clock.set(state.clock.now().max(Timestamp::now()));
        }
        self.let_in(state, Rules::default())
    }

    fn let_in(&self, mut state: State, faults: Rules) -> Result<Beginning, SeedError> {
        let token = seed::ensure_token(&mut state, self.admin_token.as_deref());
        let token = token.map_err(|seed::TokenIsTaken| self.seed.token_is_taken())?;
        let credentials = StarterCredentials::of(&state, token);
        Ok(Beginning {
            state,
            faults,
            credentials,
        })
    }
}
