//! What reads what others wrote, fed with anything.
//!
//! Each of [`TARGETS`] takes bytes, makes of them what another wrote, and panics when a promise is broken: not only
//! when something panics. `corpus/TARGET/*` is what was found worth keeping; an ordinary test feeds all of it to its
//! target. `fuzz/` has a program for each target, which `cargo xtask ci-full --only fuzz` runs.
//!
//! What a person put into the corpus has a name. What a run found is named by its digest, and is taken over by the
//! program itself, which writes what reaches code that nothing before it reaches, the most first:
//!
//! ```sh
//! target/fuzz/x86_64-unknown-linux-gnu/release/TARGET -set_cover_merge=1 -use_counters=0 -max_len=256 \
//!     tests/hostile/corpus/TARGET target/fuzz/found/TARGET
//! ```
//!
//! Those are hundreds; the sixty that were written first are in the repository.

mod canned;
mod local;
mod printed;
mod scratch;
pub mod targets;

/// A target: its name, which names the folder of its corpus and its program too, and what it does with bytes.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name.
    pub name: &'static str,
    /// Panics when a promise is broken.
    pub run: fn(&[u8]),
}

/// All of them.
pub const TARGETS: &[Target] = &[
    Target {
        name: "answer",
        run: targets::answer::run,
    },
    Target {
        name: "callback",
        run: targets::callback::run,
    },
    Target {
        name: "document",
        run: targets::document::run,
    },
    Target {
        name: "error_body",
        run: targets::error_body::run,
    },
    Target {
        name: "names",
        run: targets::names::run,
    },
    Target {
        name: "pages",
        run: targets::pages::run,
    },
    Target {
        name: "plan",
        run: targets::plan::run,
    },
    Target {
        name: "retry_after",
        run: targets::retry_after::run,
    },
    Target {
        name: "seed",
        run: targets::seed::run,
    },
    Target {
        name: "settings",
        run: targets::settings::run,
    },
    Target {
        name: "state",
        run: targets::state::run,
    },
    Target {
        name: "store_file",
        run: targets::store_file::run,
    },
];
