//! The variables of the environment that are settings.

use std::ffi::OsString;

use zendesk_oauth::Secret;

use crate::failure::Failure;

/// Their values. Empty ones are none.
#[derive(Debug, Default)]
pub(crate) struct Environment {
    pub(crate) url: Option<String>,
    pub(crate) subdomain: Option<String>,
    pub(crate) profile: Option<String>,
    pub(crate) token: Option<Secret>,
    pub(crate) email: Option<String>,
    pub(crate) api_token: Option<Secret>,
    pub(crate) zis_token: Option<Secret>,
    pub(crate) integration: Option<String>,
    pub(crate) chat_token: Option<Secret>,
}

impl Environment {
    /// `read` gives a variable.
    pub(crate) fn read(read: impl Fn(&str) -> Option<OsString>) -> Result<Self, Failure> {
        let text = |name: &str| match read(name).filter(|value| !value.is_empty()) {
            None => Ok(None),
            Some(value) => value
                .into_string()
                .map(Some)
                .map_err(|_| Failure::usage(format!("{name}: it is not UTF-8"))),
        };
        let secret = |name: &str| -> Result<_, Failure> {
            let Some(value) = text(name)? else {
                return Ok(None);
            };
            token(&value)
                .map(Some)
                .map_err(|why| Failure::usage(format!("{name}: {why}")))
        };
        Ok(Self {
            url: text("ZENDESK_URL")?,
            subdomain: text("ZENDESK_SUBDOMAIN")?,
            profile: text("ZENDESK_PROFILE")?,
            token: secret("ZENDESK_TOKEN")?,
            email: text("ZENDESK_EMAIL")?,
            api_token: secret("ZENDESK_API_TOKEN")?,
            zis_token: secret("ZENDESK_ZIS_TOKEN")?,
            integration: text("ZENDESK_ZIS_INTEGRATION")?,
            chat_token: secret("ZENDESK_CHAT_TOKEN")?,
        })
    }
}

/// A token that a header can carry, without what an editor or a shell put around it.
pub(crate) fn token(text: &str) -> Result<Secret, &'static str> {
    let token = text.trim();
    if token.is_empty() {
        Err("there is no token in it")
    } else if token.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(Secret::from(token))
    } else {
        Err("a token has no blanks and nothing but ASCII")
    }
}
