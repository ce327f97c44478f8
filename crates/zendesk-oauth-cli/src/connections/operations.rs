//! The operations, one by one.

use std::time::Duration;

use reqwest::Url;
use serde_json::json;
use zendesk_oauth::Secret;
use zendesk_oauth::zis::VerificationCode;

use super::SHAPE;
use super::arguments::{Exchange, Keyed, Redirect, Show, Start};
use crate::account::Account;
use crate::change::{SecretInput, read_secret, show_request};
use crate::failure::Failure;
use crate::output::{self, Format, OutputFlags, Shape};

pub(super) async fn start(arguments: Start) -> Result<(), Failure> {
    let mut request = arguments.flow.request()?;
    if let Some(url) = arguments.redirect_url {
        request = request.origin_oauth_redirect_url(url);
    }
    let common = arguments.common;
    let account = Account::open(&common.account).await?;
    let zis = account.zis()?;
    if common.change.dry_run {
        let integration = account.integration()?;
        show_request(&account, &common.output, async |zendesk| {
            zendesk.zis(integration).start_oauth_flow(request).await
        })
        .await?;
    } else {
        let started = zis.start(request).await?;
        let url = started.browser_url().expose();
        address(&common.output, "redirect_url", url)?;
        output::talk(if started.is_for_browser() {
            "Open the address in a browser, and show it to nobody: it carries the token of the flow."
        } else {
            "The address carries the code: give it to `zendesk-oauth connections exchange`."
        });
    }
    account.close().await
}

pub(super) async fn redirect(arguments: Redirect) -> Result<(), Failure> {
    let token = read_secret(&SecretInput {
        what: "the token of the flow",
        flag: "--flow-token-file",
        file: arguments.flow_token_file.as_deref(),
        variable: "ZENDESK_FLOW_TOKEN",
    })?;
    let token = parameter(token.expose(), "flow_token").map_or(token, Secret::from);
    let account = Account::open(&arguments.account).await?;
    let redirect = account.zis()?.redirect(token).await?;
    let location = redirect.location().expose();
    if arguments.output.reveal {
        address(&arguments.output, "location", location)?;
    } else {
        address(&arguments.output, "location", &without_query(location))?;
    }
    account.close().await
}

pub(super) async fn exchange(arguments: Exchange) -> Result<(), Failure> {
    let code = read_secret(&SecretInput {
        what: "the verification code",
        flag: "--verification-code-file",
        file: arguments.verification_code_file.as_deref(),
        variable: "ZENDESK_VERIFICATION_CODE",
    })?;
    let code = verification_code(code)?;
    let common = arguments.common;
    let account = Account::open(&common.account).await?;
    let zis = account.zis()?;
    if common.change.dry_run {
        let integration = account.integration()?;
        show_request(&account, &common.output, async |zendesk| {
            zendesk.zis(integration).exchange(code).await
        })
        .await?;
    } else {
        let connection = zis.exchange(code).await?;
        common.output.item(&connection, SHAPE)?;
    }
    account.close().await
}

pub(super) async fn refresh(arguments: Keyed) -> Result<(), Failure> {
    let key = arguments.key.connection()?;
    let common = arguments.common;
    let account = Account::open(&common.account).await?;
    let zis = account.zis()?;
    if common.change.dry_run {
        let integration = account.integration()?;
        show_request(&account, &common.output, async |zendesk| {
            zendesk.zis(integration).refresh(key).await
        })
        .await?;
    } else {
        let connection = zis.refresh(key).await?;
        common.output.item(&connection, SHAPE)?;
    }
    account.close().await
}

pub(super) async fn show(arguments: Show) -> Result<(), Failure> {
    let key = arguments.key.connection()?;
    let account = Account::open(&arguments.account).await?;
    let zis = account.zis()?;
    let connection = match arguments.wait {
        Some(seconds) => {
            let wait = zis.wait_until_ready(&key);
            wait.deadline(Duration::from_secs(seconds)).await?
        }
        None => zis.show(&key).await?,
    };
    arguments.output.item(&connection, SHAPE)?;
    account.close().await
}

/// Prints an address, which is what was asked for: alone, or as the only member.
fn address(flags: &OutputFlags, name: &'static str, url: &str) -> Result<(), Failure> {
    if flags.format == Format::Table {
        return output::write(&format!("{}\n", crate::text::printable(url)));
    }
    let flags = OutputFlags {
        columns: Vec::new(),
        ..flags.clone()
    };
    flags.item(&json!({ name: url }), Shape(&[]))
}

/// Of an address: the rest may be secret.
fn without_query(url: &str) -> String {
    match url.split_once(['?', '#']) {
        Some((before, _)) => format!("{before}?[redacted]"),
        None => url.to_owned(),
    }
}

/// The code, or that of the address that the browser came back to.
fn verification_code(text: Secret) -> Result<VerificationCode, Failure> {
    let names = ["verification_code=", "verification_token=", "error="];
    if names.iter().any(|name| text.expose().contains(name)) {
        let code = VerificationCode::from_callback(text.expose());
        return Ok(code.map_err(zendesk_oauth::Error::from)?);
    }
    Ok(VerificationCode::new(text))
}

fn parameter(url: &str, name: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let mut pairs = url.query_pairs();
    let (_, value) = pairs.find(|(found, _)| found == name)?;
    Some(value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_in_the_address_that_it_came_with() {
        let code = |text: &str| verification_code(Secret::from(text));
        let found = code("http://127.0.0.1:1/x?verification_code=CANARY-1").unwrap();
        assert_eq!(found.as_secret().expose(), "CANARY-1");
        assert_eq!(code("CANARY-2").unwrap().as_secret().expose(), "CANARY-2");
        let denied = code("http://127.0.0.1:1/x?error=access_denied&state=CANARY");
        assert!(!denied.unwrap_err().to_string().contains("CANARY"));
    }

    #[test]
    fn an_address_is_shown_without_what_may_be_secret() {
        let shown = without_query("https://third.example/authorize?state=CANARY");
        assert_eq!(shown, "https://third.example/authorize?[redacted]");
        assert_eq!(
            without_query("https://third.example/#CANARY"),
            "https://third.example/?[redacted]"
        );
    }
}
