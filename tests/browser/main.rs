//! The sandbox's pages and the documents' site, clicked through in a real browser.
//!
//! Without Chromium and ChromeDriver these tests say so and do nothing; with
//! `ZENDESK_OAUTH_REQUIRE_BROWSER` set they fail instead. So do those of the site without its renderer, which
//! `cargo xtask spec --install` brings; with `ZENDESK_OAUTH_REQUIRE_SPEC_TOOLS` set they fail.

mod chromium;
mod flows;
mod logs;
mod site;
