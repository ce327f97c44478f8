//! The token of the ZIS integration.

use jiff::Timestamp;

use super::finding::{Check, Finding};
use super::probe::Patience;
use super::token::{self, CURRENT, Checks};
use crate::account::Account;
use crate::failure::Kind;

const VALID: Check = Check::new("zis", "validity");

/// Reads the list of connections: <https://developer.zendesk.com/api-reference/integration-services/connections/all_connections/>.
pub(super) async fn findings(
    account: &Account,
    patience: Patience,
    now: Timestamp,
) -> Vec<Finding> {
    let settings = account.settings();
    let (Some(credentials), Some(integration)) = (&settings.zis, &settings.integration) else {
        let what = match (&settings.zis, &settings.integration) {
            (None, None) => "neither an integration nor its token is configured",
            (None, _) => "there is no token of the integration: ZENDESK_ZIS_TOKEN",
            (_, _) => "the token's integration is not named: ZENDESK_ZIS_INTEGRATION",
        };
        return vec![VALID.skipped(what)];
    };
    let name =
        percent_encoding::utf8_percent_encode(integration, percent_encoding::NON_ALPHANUMERIC);
    let name = name.to_string().replace("%5F", "_").replace("%2D", "-");
    let path = format!("/api/services/zis/integrations/{name}/connections/all");
    let mut found = match patience.get(account, credentials, &path).await {
        Err(failure) => return vec![VALID.failed(&failure)],
        Ok(answer) => vec![validity(answer.status().as_u16(), integration)],
    };
    // A ZIS token is a token of Support, of the integration's own client.
    if let Ok(answer) = patience.get(account, credentials, CURRENT).await
        && answer.status().is_success()
    {
        let checks = Checks::of("zis", another(integration));
        found.extend(token::findings(&checks, answer.body(), now));
    }
    found
}

/// How to get a token that ZIS takes. `login` cannot.
fn another(integration: &str) -> String {
    format!(
        "get one of the OAuth client zis_{integration} with `zendesk-oauth tokens create --client-id \
         zis_{integration} --scope read --secret-file FILE`, and set ZENDESK_ZIS_TOKEN to it"
    )
}

fn validity(status: u16, integration: &str) -> Finding {
    let advice = format!(
        "Support's own tokens and API tokens are not taken: {}",
        another(integration)
    );
    match status {
        200..=299 => VALID.ok(format!("the integration {integration} takes the token")),
        401 | 403 => VALID
            .problem(
                Kind::Auth,
                format!("the integration {integration} refuses the token ({status})"),
            )
            .advise(advice),
        404 => VALID
            .problem(
                Kind::Failed,
                format!("there is no integration {integration}"),
            )
            .advise("see how it is spelt: --integration, ZENDESK_ZIS_INTEGRATION"),
        429 => VALID
            .problem(Kind::RateLimited, "too many requests: ZIS answers 429")
            .advise("run it again in a minute"),
        _ => VALID
            .problem(Kind::Failed, format!("ZIS answers {status}"))
            .advise("run it again later"),
    }
}
