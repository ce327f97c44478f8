//! Nothing that is printed of a flow holds a secret.

use std::fmt::Debug;

use serde_json::Value;
use tokio::sync::oneshot;
use zendesk_oauth::Secret;
use zendesk_oauth::zis::{CreateZisOAuthToken, REFRESH_MARGIN, VerificationCode, ZisGrantType};
use zendesk_oauth_tests::printed;

use crate::account::Account;
use crate::browser;

/// Everything printed, and everything that must not be in it.
#[derive(Default)]
struct Canary {
    printed: String,
    secrets: Vec<String>,
}

impl Canary {
    fn debug(&mut self, value: &impl Debug) {
        self.printed.push_str(&format!("{value:?}\n{value:#?}\n"));
    }

    fn error(&mut self, error: zendesk_oauth::Error) {
        self.printed.push_str(&printed(&error));
    }

    fn secret(&mut self, text: impl Into<String>) {
        self.secrets.push(text.into());
    }

    /// The tokens in what the sandbox answered.
    fn secrets_of(&mut self, body: &Value) {
        for name in ["access_token", "refresh_token", "redirect_url"] {
            let text = body[name].as_str().map(str::to_owned);
            self.secrets.extend(text.filter(|text| !text.is_empty()));
        }
    }

    fn check(&self) {
        assert!(self.secrets.len() > 5 && self.printed.len() > 1_000);
        for secret in &self.secrets {
            assert!(
                !self.printed.contains(secret),
                "{secret} in {}",
                self.printed
            );
        }
    }
}

#[tokio::test]
async fn no_token_code_or_url_is_printed_of_any_step() {
    let account = Account::agreeing().await;
    // The machine's time is before the tokens' end.
    let later = "2200-01-01T00:00:00Z".parse().unwrap();
    account.sandbox.clock().set(later);
    let zis = &account.zis;
    let mut canary = Canary::default();
    canary.secret(account.sandbox.credentials().zis_token());

    let (show, shown) = oneshot::channel();
    let connect = zis.connect(account.request(), |url| show.send(url.to_owned()).unwrap());
    canary.debug(&connect);
    let browse = async {
        let home = browser::until_home(&shown.await.unwrap()).await;
        browser::open(home.as_str()).await;
        home
    };
    let (connection, home) = tokio::join!(connect.into_future(), browse);
    canary.debug(&connection.unwrap());
    let used = VerificationCode::from_callback(home.as_str()).unwrap();
    canary.secret(used.as_secret().expose());
    canary.debug(&used);
    let call = zis.exchange(used.clone());
    canary.debug(&call);
    canary.error(call.await.unwrap_err());

    let request = zendesk_oauth::zis::StartOAuthFlow::new("another", account.client())
        .unwrap()
        .origin_oauth_redirect_url("https://client.int/callback?session=CANARY-session");
    canary.debug(&request);
    let started = zis.start(request.clone()).await.unwrap();
    canary.secret(started.flow_token().unwrap().expose());
    canary.debug(&started);
    let call = zis.redirect(started.flow_token().unwrap());
    canary.debug(&call);
    let redirect = call.await.unwrap();
    canary.secret(redirect.location().expose());
    canary.debug(&redirect);
    let start = zis.start_oauth_flow(request.grant_type(ZisGrantType::ClientCredentials));
    canary.debug(&start.with_response().await.unwrap());
    canary.error(zis.redirect("CANARY-flow-token").await.unwrap_err());
    canary.error(zis.exchange("CANARY-code").await.unwrap_err());

    let shown = zis.show("my_connection");
    canary.debug(&shown.with_response().await.unwrap());
    let refreshed = zis.refresh_if_near_expiry("my_connection", REFRESH_MARGIN);
    canary.debug(&refreshed.await.unwrap());
    let waiting = zis.wait_until_ready("my_connection");
    let waiting = waiting.deadline(std::time::Duration::from_secs(10));
    canary.debug(&waiting);
    canary.debug(&waiting.await.unwrap());

    let request = CreateZisOAuthToken::authorization_code(
        "client",
        Secret::from("CANARY-secret"),
        Secret::from("CANARY-code"),
        "https://client.int/callback?session=CANARY-session",
    );
    canary.debug(&request);
    canary.error(zis.create_token(request).await.unwrap_err());
    for callback in [
        "/?verification_code=CANARY-1&verification_token=CANARY-2",
        "/?error=CANARY-3",
        "/?error=access_denied&error_description=CANARY-4",
        "/CANARY-5?code=CANARY-6",
    ] {
        let error = VerificationCode::from_callback(callback).unwrap_err();
        canary.error(error.into());
    }
    canary.debug(zis);

    canary.secret("CANARY");
    for body in account.bodies() {
        canary.secrets_of(&body);
    }
    canary.check();
}
