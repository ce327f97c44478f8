//! ZIS: a flow from its start to a refreshed connection, and the proxy of the token URL.

use reqwest::Url;
use zendesk_oauth_core::{Credentials, Secret};
use zendesk_support_oauth_clients as support;
use zendesk_zis_oauth_connections::types::{
    CreateZisOAuthTokenRequest, OAuthConnection, StartOAuthFlowRequest, ZisGrantType,
};

use super::drive::Tour;
use super::step::{Deviation, Request, expect, present};
use super::steps_support::TourClient;
use crate::failure::with_causes;

const CONNECTION: &str = "tour_connection";
const ORIGIN: &str = "http://localhost/tour-origin";

/// Starts a flow, goes through it as a browser does, and uses the connection that it made.
pub(super) async fn connect_and_refresh(tour: &mut Tour) -> Option<()> {
    let integration = tour.credentials.integration.clone()?;
    let flow_token = started(tour, &integration).await?;
    let call = tour.zis.start_oauth_redirect();
    let call = call.flow_token(flow_token).send();
    let request = Request::of("start_oauth_redirect").secret("flow_token");
    let redirect = tour
        .steps
        .make(request, 307, call, |redirect| {
            let location = redirect.location().expose();
            let is_url = Url::parse(location).is_ok();
            expect(is_url, "the third party's address", "what is no URL")?;
            Ok("to the third party".to_owned())
        })
        .await?;

    let names = ["verification_code", "verification_token"];
    let location = redirect.location().expose();
    let code = match tour.browser.follow(location, ORIGIN, &names).await {
        Ok(code) => Secret::from(code),
        Err(deviation) => {
            tour.steps.also("start_oauth_redirect", Err(deviation));
            return None;
        }
    };
    tour.steps.also(
        "start_oauth_redirect",
        Ok("then back with a code".to_owned()),
    );

    let call = tour.zis.exchange_verification_code();
    let call = call
        .integration(&integration)
        .verification_code(code)
        .send();
    let request = Request::of("exchange_verification_code")
        .path("integration", &integration)
        .secret("verification_code");
    let exchanged = tour
        .steps
        .make(request, 200, call, |connection| {
            let name = connection.name.as_deref();
            let is_ours = name.is_none_or(|name| name == CONNECTION);
            expect(is_ours, "the connection of the flow", "another")?;
            present(connection.access_token.as_ref(), "an access token")?;
            present(connection.uuid.as_ref(), "a UUID")?;
            Ok(format!("connection «{CONNECTION}» with its tokens"))
        })
        .await?;
    let (uuid, token) = (exchanged.uuid.clone()?, exchanged.access_token.clone()?);
    show_and_refresh(tour, &integration, uuid, token).await;
    Some(())
}

/// The flow token of a flow that was started.
async fn started(tour: &mut Tour, integration: &str) -> Option<Secret> {
    let body = StartOAuthFlowRequest::builder()
        .name(CONNECTION)
        .oauth_client_name(tour.credentials.zis_oauth_client.clone()?)
        .origin_oauth_redirect_url(ORIGIN.to_owned())
        .grant_type(ZisGrantType::from("authorization_code"))
        .permission_scopes("read write".to_owned())
        .allow_offline_access(true);
    let call = tour.zis.start_oauth_flow().integration(integration);
    let call = call.body(body).send();
    let request = Request::of("start_oauth_flow").path("integration", integration);
    let answer = tour
        .steps
        .make(request, 200, call, |answer| {
            present(
                flow_token(&answer.redirect_url).as_ref(),
                "a URL with a flow token",
            )?;
            Ok("a URL for the browser, with a flow token".to_owned())
        })
        .await?;
    flow_token(&answer.redirect_url)
}

fn flow_token(redirect_url: &Secret) -> Option<Secret> {
    let url = Url::parse(redirect_url.expose()).ok()?;
    let mut pairs = url.query_pairs();
    let (_, value) = pairs.find(|(name, _)| name == "flow_token")?;
    Some(Secret::from(value.into_owned()))
}

async fn show_and_refresh(tour: &mut Tour, integration: &str, uuid: String, token: Secret) {
    let same = |connection: &OAuthConnection, token: &Secret| {
        let shown = connection.access_token.as_ref();
        shown.is_some_and(|shown| shown.expose() == token.expose())
    };
    let call = tour.zis.show_oauth_connection().integration(integration);
    let call = call.name(CONNECTION).send();
    let request = Request::of("show_oauth_connection")
        .path("integration", integration)
        .query("name", CONNECTION);
    tour.steps
        .make(request, 200, call, |connection| {
            let is_same = connection.uuid.as_ref() == Some(&uuid);
            expect(is_same, "the UUID of the exchange", "another")?;
            expect(same(connection, &token), "its access token", "another")?;
            Ok("the same connection, the same tokens".to_owned())
        })
        .await;

    let call = tour.zis.refresh_oauth_token().integration(integration);
    let call = call.uuid(&uuid).send();
    let request = Request::of("refresh_oauth_token")
        .path("integration", integration)
        .query("uuid", &shortened(&uuid));
    let refreshed = tour
        .steps
        .make(request, 200, call, |connection| {
            present(connection.access_token.as_ref(), "an access token")?;
            let is_new = !same(connection, &token);
            expect(is_new, "another access token than before", "the same")?;
            Ok("a new access token".to_owned())
        })
        .await;
    let Some(new) = refreshed.and_then(|answer| answer.access_token.clone()) else {
        return;
    };
    let call = tour.zis.show_oauth_connection().integration(integration);
    let found = match call.uuid(&uuid).send().await {
        Ok(answer) => expect(
            same(&answer, &new),
            "the new access token, shown again",
            "another",
        )
        .map(|()| "shown so too".to_owned()),
        Err(error) => Err(Deviation {
            expected: "the connection, shown again".to_owned(),
            came: with_causes(&error),
        }),
    };
    tour.steps.also("refresh_oauth_token", found);
}

/// Gets an authorization code as a browser does, and redeems it at the proxy of the token URL.
pub(super) async fn get_a_token(tour: &mut Tour, client: &TourClient) -> Option<()> {
    let integration = tour.credentials.integration.clone()?;
    let code = tour
        .browser
        .code(&client.identifier, client.redirect_uri, "read");
    let (code, stopped) = code.await;
    let body = CreateZisOAuthTokenRequest::builder()
        .client_id(client.identifier.as_str())
        .client_secret(client.secret.clone())
        .code(code)
        .grant_type(ZisGrantType::from("authorization_code"))
        .redirect_uri(client.redirect_uri.to_owned())
        .scope("read".to_owned());
    let call = tour.zis.create_zis_oauth_token().integration(&integration);
    let call = call.body(body).send();
    let request = Request::of("create_zis_oauth_token").path("integration", &integration);
    let answer = tour
        .steps
        .make(request, 200, call, |token| {
            present(Some(&token.access_token), "an access token")?;
            let scope = token.scope.as_deref();
            let is_asked = scope.is_none_or(|scope| scope == "read");
            expect(is_asked, "the scope read", "another")?;
            Ok("a token with the scope read".to_owned())
        })
        .await;
    if let Some(deviation) = stopped {
        tour.steps.also("create_zis_oauth_token", Err(deviation));
    }
    let token = answer?.access_token.clone();
    let found = match support::Client::new(&tour.url, Credentials::bearer(token)) {
        Ok(bearer) => {
            let shown = bearer.show_oauth_client().oauth_client_id(client.id).send();
            let shown = shown.await.map(|_| "Support takes it".to_owned());
            shown.map_err(|error| with_causes(&error))
        }
        Err(error) => Err(error.to_string()),
    };
    let found = found.map_err(|came| Deviation {
        expected: "a token that Support takes".to_owned(),
        came,
    });
    tour.steps.also("create_zis_oauth_token", found);
    Some(())
}

/// Enough of a UUID to tell it from others.
fn shortened(uuid: &str) -> String {
    let kept: String = uuid.chars().take(8).collect();
    format!("{kept}…")
}
