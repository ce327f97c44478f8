//! The arguments.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use zendesk_oauth::zis::{ConnectionKey, OAuthClientRef, StartOAuthFlow, ZisGrantType};

use crate::account::AccountFlags;
use crate::change::{ChangeFlags, SinkFlags};
use crate::failure::Failure;
use crate::output::OutputFlags;

/// Arguments of `zendesk-oauth connections`.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Make a connection: start a flow, wait for the browser, exchange the code
    ///
    /// Listens on a free port of 127.0.0.1 until the browser comes back. With the grant client-credentials nobody is
    /// asked.
    Connect(Connect),
    /// Start a flow, and print the address at which it goes on
    ///
    /// The address carries the token of the flow: show it to nobody but the person who agrees. There is no
    /// connection before the exchange.
    Start(Start),
    /// Say where the address of a flow leads
    Redirect(Redirect),
    /// Get a token of Zendesk's own token endpoint, through the proxy of ZIS
    Token(Token),
    /// Exchange the code of a flow for the connection
    Exchange(Exchange),
    /// Make Zendesk get new tokens from the third party
    ///
    /// That spends the refresh token, so it is never repeated by itself.
    Refresh(Keyed),
    /// Show a connection
    Show(Show),
}

#[derive(Args)]
pub(super) struct Connect {
    #[command(flatten)]
    pub(super) flow: Flow,
    /// Do not open a browser: the address is printed only
    #[arg(long)]
    pub(super) no_browser: bool,
    /// How long the person has, such as 90s or 5m; a plain number is one of seconds
    #[arg(long, value_name = "TIME", default_value = "5m", value_parser = crate::lifetime::seconds)]
    pub(super) timeout: u64,
    /// The port of 127.0.0.1 to listen on; 0 is a free one
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    pub(super) port: u16,
    #[command(flatten)]
    pub(super) common: Mutation,
}

#[derive(Args)]
pub(super) struct Start {
    #[command(flatten)]
    pub(super) flow: Flow,
    /// Where the browser comes back to with the code
    #[arg(long, visible_alias = "redirect-uri", value_name = "URL")]
    pub(super) redirect_url: Option<String>,
    #[command(flatten)]
    pub(super) common: Mutation,
}

/// What a flow is to come to.
#[derive(Args)]
pub(super) struct Flow {
    /// The name of the new connection
    name: String,
    /// The ZIS OAuth client, by name
    #[arg(
        long,
        value_name = "NAME",
        required_unless_present = "oauth_client_uuid"
    )]
    oauth_client: Option<String>,
    /// The ZIS OAuth client, by UUID
    #[arg(long, value_name = "UUID", conflicts_with = "oauth_client")]
    oauth_client_uuid: Option<String>,
    /// What the connection may do at the third party, with commas between
    #[arg(
        long = "scope",
        visible_alias = "scopes",
        value_name = "SCOPES",
        value_delimiter = ','
    )]
    scopes: Vec<String>,
    /// Ask for a refresh token, too
    #[arg(long)]
    offline: bool,
    /// What takes the place of the subdomain in the third party's addresses
    #[arg(long, value_name = "NAME")]
    url_subdomain: Option<String>,
    /// How the third party gives access
    #[arg(long, value_enum, default_value_t)]
    grant: Grant,
}

/// The grants of a flow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Grant {
    /// A person agrees in a browser
    #[default]
    AuthorizationCode,
    /// Nobody is asked
    ClientCredentials,
}

#[derive(Args)]
pub(super) struct Redirect {
    /// File with the flow's token, or with the whole address; `-` reads standard input [env: ZENDESK_FLOW_TOKEN]
    #[arg(long, value_name = "FILE")]
    pub(super) flow_token_file: Option<PathBuf>,
    #[command(flatten)]
    pub(super) account: AccountFlags,
    #[command(flatten)]
    pub(super) output: OutputFlags,
}

#[derive(Args)]
pub(super) struct Token {
    /// The id of the OAuth client
    #[arg(long, value_name = "ID")]
    pub(super) client_id: String,
    /// File with the client's secret; `-` reads standard input [env: ZENDESK_CLIENT_SECRET]
    #[arg(long, value_name = "FILE")]
    pub(super) client_secret_file: Option<PathBuf>,
    /// How the token is got
    #[arg(long, value_enum, default_value_t)]
    pub(super) grant: Grant,
    /// File with the authorization code; `-` reads standard input [env: ZENDESK_CODE]
    #[arg(long, value_name = "FILE")]
    pub(super) code_file: Option<PathBuf>,
    /// The redirect URI that the code was got with
    #[arg(
        long,
        value_name = "URI",
        required_if_eq("grant", "authorization-code")
    )]
    pub(super) redirect_uri: Option<String>,
    /// The scopes to ask for, with commas between
    #[arg(
        long = "scope",
        visible_alias = "scopes",
        value_name = "SCOPES",
        value_delimiter = ','
    )]
    pub(super) scopes: Vec<String>,
    #[command(flatten)]
    pub(super) change: ChangeFlags,
    #[command(flatten)]
    pub(super) sink: SinkFlags,
    #[command(flatten)]
    pub(super) account: AccountFlags,
    #[command(flatten)]
    pub(super) output: OutputFlags,
}

#[derive(Args)]
pub(super) struct Exchange {
    /// File with the code, or with the whole address that the browser came back to; `-` reads standard input [env:
    /// ZENDESK_VERIFICATION_CODE]
    #[arg(long, value_name = "FILE")]
    pub(super) verification_code_file: Option<PathBuf>,
    #[command(flatten)]
    pub(super) common: Mutation,
}

#[derive(Args)]
pub(super) struct Keyed {
    #[command(flatten)]
    pub(super) key: Key,
    #[command(flatten)]
    pub(super) common: Mutation,
}

#[derive(Args)]
pub(super) struct Show {
    #[command(flatten)]
    pub(super) key: Key,
    /// Wait so long, such as 90s or 5m, for it to exist and have a token that has not expired; a plain number is one of
    /// seconds
    #[arg(long, value_name = "TIME", value_parser = crate::lifetime::seconds)]
    pub(super) wait: Option<u64>,
    #[command(flatten)]
    pub(super) account: AccountFlags,
    #[command(flatten)]
    pub(super) output: OutputFlags,
}

/// Which connection.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub(super) struct Key {
    /// The connection, by name
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The connection, by UUID
    #[arg(long, value_name = "UUID")]
    uuid: Option<String>,
}

/// What all that change something have.
#[derive(Args)]
pub(super) struct Mutation {
    #[command(flatten)]
    pub(super) change: ChangeFlags,
    #[command(flatten)]
    pub(super) account: AccountFlags,
    #[command(flatten)]
    pub(super) output: OutputFlags,
}

impl Key {
    pub(super) fn connection(&self) -> Result<ConnectionKey, Failure> {
        let key = match (&self.name, &self.uuid) {
            (_, Some(uuid)) => ConnectionKey::uuid(uuid),
            (name, None) => ConnectionKey::name(name.as_deref().unwrap_or_default()),
        };
        key.map_err(|error| Failure::usage(error.to_string()))
    }
}

impl Flow {
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The request that starts it.
    pub(super) fn request(&self) -> Result<StartOAuthFlow, Failure> {
        let unfit = |error: zendesk_oauth::NameError| Failure::usage(error.to_string());
        let client = match (&self.oauth_client, &self.oauth_client_uuid) {
            (_, Some(uuid)) => OAuthClientRef::uuid(uuid).map_err(unfit)?,
            (name, None) => OAuthClientRef::name(name.as_deref().unwrap_or_default()),
        };
        let request = StartOAuthFlow::new(self.name.as_str(), client).map_err(unfit)?;
        let mut request = request
            .permission_scopes(&self.scopes)
            .grant_type(match self.grant {
                Grant::AuthorizationCode => ZisGrantType::AuthorizationCode,
                Grant::ClientCredentials => ZisGrantType::ClientCredentials,
            });
        if self.offline {
            request = request.allow_offline_access(true);
        }
        if let Some(subdomain) = &self.url_subdomain {
            request = request.oauth_url_subdomain(subdomain);
        }
        Ok(request)
    }
}
