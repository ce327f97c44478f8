//! What a sandbox begins with, as people write it.

use std::cell::OnceCell;

use zendesk_oauth_sandbox::{Sandbox, Seed};

use crate::canned::at_once;
use crate::local::assert_answers;
use crate::printed::{assert_steers_nothing, most_lines};

thread_local! {
    static SANDBOX: OnceCell<Sandbox> = const { OnceCell::new() };
}

/// The text.
pub fn run(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    let seed = match Seed::parse("the-seed.yaml", text) {
        Ok(seed) => seed,
        Err(error) => {
            let said = error.to_string();
            assert!(said.contains("the-seed.yaml"), "which file? {said}");
            assert_steers_nothing(&zendesk_oauth_tests::printed(&error));
            let line = error.line().expect("a text has places");
            assert!((1..=most_lines(text) + 1).contains(&line), "{said}");
            assert!(error.column().is_some_and(|it| it >= 1), "{said}");
            return;
        }
    };
    let _ = seed.switches();
    if is_slow(text) {
        return;
    }
    SANDBOX.with(|sandbox| {
        let start = || at_once(Sandbox::builder().start()).expect("there is a port");
        let sandbox = sandbox.get_or_init(start);
        match sandbox.reseed(seed) {
            Ok(()) if !is_unlike_zendesk(text) => at_once(assert_answers(sandbox)),
            Ok(()) => {}
            Err(error) => assert_steers_nothing(&error.to_string()),
        }
    });
}

/// Many invented records are slow, and no more hostile than few.
fn is_slow(text: &str) -> bool {
    let runs = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    text.contains("generate")
        && runs
            .into_iter()
            .any(|run| run.len() > 2 && run.parse::<f64>().is_ok())
}

/// Whether answers may come late, never, or with any status.
fn is_unlike_zendesk(text: &str) -> bool {
    // A key may be written with escapes.
    ["faults", "switches", "profiles", "clock", "\\"]
        .iter()
        .any(|it| text.contains(it))
}
