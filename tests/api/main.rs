//! The public API of the crates that are written by hand, as rustdoc sees it: macros expanded, traits
//! derived, and only what is reachable. That of generated crates is in `tests/suite`.
//!
//! A difference is a change of the API: read it, decide what it means for the version (`RELEASING.md`),
//! and accept it with `INSTA_UPDATE=always cargo test -p zendesk-oauth-tests --test api`.

mod rustdoc;
mod surface;

/// Cargo documents both at once, and can only document once at a time: one test.
#[test]
fn the_public_api_is_the_one_of_the_snapshots() {
    let documented = rustdoc::document();
    for package in rustdoc::PACKAGES {
        let surface = surface::of(&documented, package);
        // A document is a constant of its own, which `cargo xtask gen` writes: no API by hand.
        let surface: Vec<&str> = surface
            .lines()
            .filter(|line| !line.ends_with(": zendesk_oauth_openapi::Document"))
            .collect();
        let surface = surface.join("\n");
        insta::assert_snapshot!(*package, surface);
    }
}
