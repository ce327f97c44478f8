//! Which account, as arguments.

use std::path::PathBuf;

use clap::Args;

/// Arguments of every command that talks to an account.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Account")]
pub(crate) struct AccountFlags {
    /// The account's address [env: ZENDESK_URL]
    #[arg(long, value_name = "URL", conflicts_with = "subdomain")]
    pub(crate) url: Option<String>,
    /// The account's subdomain: NAME of https://NAME.zendesk.com [env: ZENDESK_SUBDOMAIN]
    #[arg(long, value_name = "NAME")]
    pub(crate) subdomain: Option<String>,
    /// Profile of the settings file [env: ZENDESK_PROFILE]
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// File whose first line is an access token of Support; `-` reads standard input [env: ZENDESK_TOKEN]
    #[arg(long, value_name = "FILE")]
    pub(crate) token_file: Option<PathBuf>,
    /// File whose first line is an access token of the ZIS integration [env: ZENDESK_ZIS_TOKEN]
    #[arg(long, value_name = "FILE")]
    pub(crate) zis_token_file: Option<PathBuf>,
    /// File whose first line is an access token of Chat [env: ZENDESK_CHAT_TOKEN]
    #[arg(long, value_name = "FILE")]
    pub(crate) chat_token_file: Option<PathBuf>,
    /// The ZIS integration [env: ZENDESK_ZIS_INTEGRATION]
    #[arg(long, value_name = "NAME")]
    pub(crate) integration: Option<String>,
    /// Talk to a local Zendesk that lives as long as this command
    #[arg(long, conflicts_with_all = ["url", "subdomain", "profile", "token_file", "zis_token_file", "chat_token_file"])]
    pub(crate) sandbox: bool,
    /// YAML or JSON file that says what that local Zendesk begins with
    #[arg(long, value_name = "FILE", requires = "sandbox")]
    pub(crate) sandbox_seed: Option<PathBuf>,
}
