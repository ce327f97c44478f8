//! The token of Chat.

use super::finding::{Check, Finding};
use super::probe::Patience;
use crate::account::Account;
use crate::areas::CHAT_STEM;
use crate::failure::Kind;

const VALID: Check = Check::new("chat", "validity");

/// Reads the list of tokens, of which nothing is looked at: it has live tokens in clear.
pub(super) async fn finding(account: &Account, patience: Patience) -> Finding {
    let Some(credentials) = &account.settings().chat else {
        return VALID.skipped("there is no token of Chat: ZENDESK_CHAT_TOKEN");
    };
    let path = format!("{CHAT_STEM}/oauth/tokens");
    let status = match patience.get(account, credentials, &path).await {
        Err(failure) => return VALID.failed(&failure),
        Ok(answer) => answer.status().as_u16(),
    };
    match status {
        200..=299 => VALID.ok("Chat takes the token"),
        401 => VALID
            .problem(Kind::Auth, "Chat refuses the token (401)")
            .advise("Chat takes tokens of its own only: make one for an OAuth client of Chat"),
        403 => VALID
            .warning("Chat takes the token, and does not let it list tokens (403)")
            .advise("that is for administrators of Chat, with the scope read"),
        429 => VALID
            .problem(Kind::RateLimited, "too many requests: Chat answers 429")
            .advise("run it again in a minute"),
        _ => VALID
            .problem(Kind::Failed, format!("Chat answers {status}"))
            .advise("run it again later"),
    }
}
