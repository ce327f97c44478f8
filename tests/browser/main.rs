//! The sandbox's pages, clicked through in a real browser.
//!
//! Without Chromium and ChromeDriver these tests say so and do nothing; with
//! `ZENDESK_OAUTH_REQUIRE_BROWSER` set they fail instead.

mod chromium;
mod flows;
