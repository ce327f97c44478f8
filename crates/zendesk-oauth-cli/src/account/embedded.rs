//! A local Zendesk that lives as long as the command.

use std::path::Path;

use zendesk_oauth::Credentials;
use zendesk_oauth_sandbox::{Sandbox, Seed, Switches};

use crate::config::Settings;
use crate::failure::Failure;

/// The sandbox.
pub(super) struct Embedded(Sandbox);

impl Embedded {
    /// Starts one where nobody has to click.
    pub(super) async fn start(seed: Option<&Path>) -> Result<Self, Failure> {
        let seed = match seed {
            Some(file) => Seed::read(file).map_err(|error| Failure::usage(error.to_string()))?,
            None => Seed::starter(),
        };
        let mut switches: Switches = seed.switches();
        switches
            .apply("unattended")
            .expect("there is a profile in which nobody has to click");
        let started = Sandbox::builder()
            .seed(seed)
            .switches(switches)
            .start()
            .await;
        started
            .map(Self)
            .map_err(|error| Failure::failed("the sandbox did not start").because(error))
    }

    /// Its address and credentials, for Support with its API token.
    pub(super) fn settings_of_api_token(&self) -> Settings {
        let starter = self.0.credentials();
        let Some(token) = starter.api_token else {
            return self.settings();
        };
        let email = starter.admin_email;
        Settings {
            support: Some(Credentials::api_token(&email, token)),
            api_token_email: Some(email),
            ..self.settings()
        }
    }

    /// Its address and credentials.
    pub(super) fn settings(&self) -> Settings {
        let starter = self.0.credentials();
        let bearer = |token: Option<String>| token.map(Credentials::bearer);
        Settings {
            url: self.0.url().to_owned(),
            support: bearer(Some(starter.admin_token)),
            zis: bearer(starter.zis_token),
            chat: bearer(starter.chat_token),
            integration: starter.integration,
            ..Settings::default()
        }
    }

    pub(super) async fn stop(self) -> Result<(), Failure> {
        let stopped = self.0.stop().await;
        stopped.map_err(|error| Failure::failed("the sandbox did not stop").because(error))
    }
}
