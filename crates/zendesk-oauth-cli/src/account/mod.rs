//! The account that a command talks to, with credentials of each area that there are any for.

mod embedded;
mod flags;
pub(crate) mod logins;
mod own;
mod raw;
pub(crate) mod time;
mod visit;
pub(crate) mod whom;

pub(crate) use flags::AccountFlags;
pub(crate) use logins::{is_refreshing, settle_all};
pub(crate) use own::Own;
pub(crate) use raw::{RawAnswer, RawRequest, answer, send};

use zendesk_oauth::{Credentials, Zendesk};

use crate::config::Settings;
use crate::failure::{Failure, Kind};
use embedded::Embedded;

/// How this program is called in requests.
const USER_AGENT: &str = concat!("zendesk-oauth-cli/", env!("CARGO_PKG_VERSION"));

/// An account, ready to be called.
pub(crate) struct Account {
    settings: Settings,
    zendesk: Zendesk,
    embedded: Option<Embedded>,
}

impl Account {
    /// The account that arguments, environment and profile say, or a sandbox of its own. Nothing is sent yet.
    pub(crate) async fn open(flags: &AccountFlags) -> Result<Self, Failure> {
        Self::opened(flags, Embedded::settings).await
    }

    /// The same, but with the API token of a sandbox of its own.
    pub(crate) async fn open_with_api_token(flags: &AccountFlags) -> Result<Self, Failure> {
        Self::opened(flags, Embedded::settings_of_api_token).await
    }

    async fn opened(
        flags: &AccountFlags,
        of_sandbox: fn(&Embedded) -> Settings,
    ) -> Result<Self, Failure> {
        let (settings, embedded) = if flags.sandbox {
            let embedded = Embedded::start(flags.sandbox_seed.as_deref()).await?;
            (of_sandbox(&embedded), Some(embedded))
        } else {
            (Settings::read(flags)?, None)
        };
        let zendesk = zendesk(&settings)?;
        Ok(Self {
            settings,
            zendesk,
            embedded,
        })
    }

    /// Where it is, such as `https://acme.zendesk.com`.
    pub(crate) fn url(&self) -> &str {
        self.zendesk.base_url()
    }

    /// The client of Support and Chat.
    pub(crate) fn zendesk(&self) -> &Zendesk {
        &self.zendesk
    }

    /// What the account was opened with.
    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The connections of the integration that flags, environment or profile name.
    pub(crate) fn zis(&self) -> Result<zendesk_oauth::zis::Zis, Failure> {
        Ok(self.zendesk.zis(self.integration()?))
    }

    /// The name of the ZIS integration.
    pub(crate) fn integration(&self) -> Result<&str, Failure> {
        self.settings.integration.as_deref().ok_or_else(|| {
            Failure::usage(
                "there is no ZIS integration: name it with --integration, ZENDESK_ZIS_INTEGRATION, or in the \
                 profile",
            )
        })
    }

    /// Lets refreshes that are under way come to their end, and stops the sandbox.
    pub(crate) async fn close(self) -> Result<(), Failure> {
        settle_all().await;
        match self.embedded {
            Some(embedded) => embedded.stop().await,
            None => Ok(()),
        }
    }
}

/// A client with those credentials.
pub(crate) fn zendesk(settings: &Settings) -> Result<Zendesk, Failure> {
    let mut builder = Zendesk::at(&settings.url).user_agent(USER_AGENT);
    if let Some(credentials) = &settings.support {
        builder = builder.support(credentials.clone());
    }
    if let (Some(integration), Some(credentials)) = (&settings.integration, &settings.zis) {
        builder = builder.zis(integration.as_str(), credentials.clone());
    }
    if let Some(credentials) = &settings.chat {
        builder = builder.chat(credentials.clone());
    }
    Ok(builder.build()?)
}

/// What is said when an area has no credentials.
pub(crate) fn no_credentials() -> Failure {
    Failure::new(
        Kind::Auth,
        "there are no credentials for Support: run `zendesk-oauth login`, or set ZENDESK_TOKEN",
    )
}

impl Account {
    /// Support's credentials.
    pub(crate) fn support_credentials(&self) -> Result<&Credentials, Failure> {
        self.settings.support.as_ref().ok_or_else(no_credentials)
    }
}
