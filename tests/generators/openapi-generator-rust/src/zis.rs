//! OAuth connections of ZIS.

use reqwest::{Url, header::LOCATION};
use zendesk::{
    apis::{
        ResponseContent,
        configuration::Configuration,
        ziso_auth_connections_api::{
            ExchangeVerificationCodeSuccess, RefreshOauthTokenSuccess, ShowOauthConnectionSuccess,
            StartOauthFlowSuccess, exchange_verification_code, refresh_oauth_token,
            show_oauth_connection, start_oauth_flow, start_oauth_redirect,
        },
    },
    models::{ExchangedOAuthConnection, StartOAuthFlowRequest},
};

use crate::scenario::{Report, Unmet, configuration, ensure, expect, limit};

const INTEGRATION: &str = "my_integration";
const CONNECTION: &str = "scenario_connection";
/// Where the browser is sent at the end of a flow.
const ORIGIN: &str = "https://client.int/callback";

pub async fn run(report: &mut Report) {
    let redirect_url = report.step("start", start().await).unwrap_or_default();
    let location = report.step("redirect", redirect(&redirect_url).await);
    let exchanged = report.step("exchange", exchange(location.unwrap_or_default()).await);
    let exchanged = exchanged.unwrap_or_default();
    report.step("show", show(&exchanged).await);
    report.step("refresh", refresh(&exchanged).await);
}

async fn start() -> Result<String, Unmet> {
    let client = configuration("ZENDESK_ZIS_TOKEN")?;
    let flow = StartOAuthFlowRequest {
        oauth_client_name: Some("my_oauth_client".to_owned()),
        origin_oauth_redirect_url: Some(ORIGIN.to_owned()),
        // Without it there is no refresh token.
        allow_offline_access: Some(true),
        ..StartOAuthFlowRequest::new(CONNECTION.to_owned())
    };
    match start_oauth_flow(&client, INTEGRATION, flow).await?.entity {
        Some(StartOauthFlowSuccess::Status200(started)) => Ok(started.redirect_url),
        _ => Err("there is no redirect_url".into()),
    }
}

async fn redirect(redirect_url: &str) -> Result<String, Unmet> {
    let client = configuration("ZENDESK_ZIS_TOKEN")?;
    let flow_token = parameter(&url(redirect_url)?, "flow_token")?;
    let response = start_oauth_redirect(&client, &flow_token).await?;

    // All that the client gives of a response: were there headers, this would not compile.
    let ResponseContent {
        status,
        content: _,
        entity: _,
    } = response;
    expect("status", status.as_u16(), 307)?;
    limit("redirect", "no-headers");
    location(&client, redirect_url).await
}

async fn exchange(location: String) -> Result<ExchangedOAuthConnection, Unmet> {
    let client = configuration("ZENDESK_ZIS_TOKEN")?;
    let callback = follow_to_origin(&client, location).await?;
    let code = parameter(&callback, "verification_code")?;
    let answer = exchange_verification_code(&client, INTEGRATION, &code).await?;
    let Some(ExchangeVerificationCodeSuccess::Status200(exchanged)) = answer.entity else {
        return Err("the body is not a connection".into());
    };
    ensure(exchanged.access_token.is_some(), "there is no access_token")?;
    ensure(exchanged.uuid.is_some(), "there is no uuid")?;
    Ok(exchanged)
}

async fn show(exchanged: &ExchangedOAuthConnection) -> Result<(), Unmet> {
    let client = configuration("ZENDESK_ZIS_TOKEN")?;
    let answer = show_oauth_connection(&client, INTEGRATION, Some(CONNECTION), None).await?;
    let Some(ShowOauthConnectionSuccess::Status200(shown)) = answer.entity else {
        return Err("the body is not a connection".into());
    };
    expect("uuid", shown.uuid, exchanged.uuid)
}

async fn refresh(exchanged: &ExchangedOAuthConnection) -> Result<(), Unmet> {
    let client = configuration("ZENDESK_ZIS_TOKEN")?;
    let uuid = exchanged.uuid.ok_or("needs what the step exchange gives")?;
    let answer = refresh_oauth_token(&client, INTEGRATION, None, Some(&uuid.to_string())).await?;
    let Some(RefreshOauthTokenSuccess::Status200(refreshed)) = answer.entity else {
        return Err("the body is not a connection".into());
    };
    ensure(refreshed.access_token.is_some(), "there is no access_token")?;
    ensure(
        refreshed.access_token != exchanged.access_token,
        "the access_token is still the same",
    )
}

/// Does the browser's part, from this address until it is sent to the origin of the flow.
async fn follow_to_origin(client: &Configuration, mut address: String) -> Result<Url, Unmet> {
    for _hop in 0..10 {
        if address.starts_with(ORIGIN) {
            return url(&address);
        }
        address = location(client, &address).await?;
    }
    Err("the browser was not sent to the origin".into())
}

/// Opens an address as a browser does, and gives where it is sent from there.
async fn location(client: &Configuration, address: &str) -> Result<String, Unmet> {
    let response = client.client.get(url(address)?).send().await?;
    let location = response.headers().get(LOCATION);
    let location = location.and_then(|value| value.to_str().ok());
    Ok(location.ok_or("there is no Location")?.to_owned())
}

fn parameter(address: &Url, name: &str) -> Result<String, Unmet> {
    let mut pairs = address.query_pairs();
    let (_, value) = pairs
        .find(|(key, _)| key == name)
        .ok_or("the URL does not have the expected parameter")?;
    Ok(value.into_owned())
}

/// An address, of which nothing is shown when it is wrong.
fn url(address: &str) -> Result<Url, Unmet> {
    Url::parse(address).map_err(|_| "there is no URL".into())
}
