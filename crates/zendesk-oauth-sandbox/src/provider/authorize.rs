//! The third party asks the user (RFC 6749, section 4.1.1).

use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};

use super::{AUTHORIZE, Agreed};
use crate::http::{Answer, Call, Query, escaped, is_web_url, page, with_query};
use crate::state::State;
use crate::switches::ProviderConsent;

/// How long an authorization code lasts: the most that RFC 6749, section 4.1.2, recommends.
const LIFETIME: SignedDuration = SignedDuration::from_mins(10);

/// The longest value that is taken.
const LONGEST: usize = 4_096;

/// An authorization request. No Debug: its state is a secret.
struct Request {
    client_id: String,
    redirect_uri: String,
    response_type: String,
    state: Option<String>,
    scope: Option<String>,
    access_type: Option<String>,
}

impl Request {
    /// None if nobody could be sent back with an answer.
    fn read(query: &Query<'_>) -> Option<Self> {
        let given = |name| {
            let value = query.get(name).filter(|it: &&str| !it.is_empty());
            value.map(str::to_owned)
        };
        if query.pairs().any(|(_, value)| value.len() > LONGEST) {
            return None;
        }
        Some(Self {
            client_id: given("client_id")?,
            redirect_uri: given("redirect_uri").filter(|uri| is_web_url(uri))?,
            response_type: given("response_type").unwrap_or_default(),
            state: given("state"),
            scope: given("scope"),
            access_type: given("access_type"),
        })
    }

    /// Back to whoever asked.
    fn back(&self, status: StatusCode, pairs: &[(&str, &str)]) -> Answer {
        let state = self.state.iter().map(|state| ("state", state.as_str()));
        let pairs: Vec<(&str, &str)> = pairs.iter().copied().chain(state).collect();
        Answer::redirect(status, &with_query(&self.redirect_uri, &pairs))
    }

    fn allow(&self, state: &mut State, status: StatusCode, now: Timestamp) -> Answer {
        let code = state.chance.alphanumeric("provider code", 43);
        let agreed = Agreed {
            client_id: self.client_id.clone(),
            redirect_uri: self.redirect_uri.clone(),
            scope: self.scope.clone(),
            offline: self.access_type.as_deref() == Some("offline"),
            expires_at: now.saturating_add(LIFETIME).unwrap_or(Timestamp::MAX),
        };
        state.provider.remember(code.clone(), agreed, now);
        self.back(status, &[("code", &code)])
    }

    fn deny(&self, status: StatusCode) -> Answer {
        let description = "The user denied the request";
        let pairs = [
            ("error", "access_denied"),
            ("error_description", description),
        ];
        self.back(status, &pairs)
    }

    fn fields(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let optional = [
            ("state", self.state.as_deref()),
            ("scope", self.scope.as_deref()),
            ("access_type", self.access_type.as_deref()),
        ];
        let given = optional
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)));
        let needed = [
            ("client_id", self.client_id.as_str()),
            ("redirect_uri", self.redirect_uri.as_str()),
            ("response_type", self.response_type.as_str()),
        ];
        needed.into_iter().chain(given)
    }
}

pub(super) fn ask(state: &mut State, call: &Call<'_>) -> Answer {
    let Some(request) = Request::read(&call.query()) else {
        return nobody_to_answer();
    };
    if request.response_type != "code" {
        return request.back(StatusCode::FOUND, &[("error", "unsupported_response_type")]);
    }
    match state.switches.provider_consent {
        ProviderConsent::Ask => consent(&request),
        ProviderConsent::Approve => request.allow(state, StatusCode::FOUND, call.now),
        ProviderConsent::Deny => request.deny(StatusCode::FOUND),
    }
}

/// The form of the consent page.
pub(super) fn answer(state: &mut State, call: &Call<'_>) -> Answer {
    let form = Query::parse(call.body);
    let Some(request) = Request::read(&form).filter(|_| call.is_form()) else {
        return nobody_to_answer();
    };
    // 303, so that the browser goes on with a GET.
    match form.get("decision") {
        Some("allow") if request.response_type == "code" => {
            request.allow(state, StatusCode::SEE_OTHER, call.now)
        }
        Some("deny") => request.deny(StatusCode::SEE_OTHER),
        _ => request.back(StatusCode::SEE_OTHER, &[("error", "invalid_request")]),
    }
}

/// RFC 6749, section 4.1.2.1: without a good redirect URI the user is told, and sent nowhere.
fn nobody_to_answer() -> Answer {
    let content = "<p>It names no client, or no URL of the web to come back to.</p>";
    page(StatusCode::BAD_REQUEST, "The request is not valid", content)
}

fn consent(request: &Request) -> Answer {
    let client = escaped(&request.client_id);
    let scope = match &request.scope {
        Some(scope) => escaped(scope),
        None => "nothing in particular".to_owned(),
    };
    let mut content = format!(
        "<p>This is the third party of a flow of the Zendesk sandbox.</p>\n<dl>\n<dt>Client</dt>\
         <dd id=\"client\">{client}</dd>\n<dt>Asks for</dt><dd id=\"scope\">{scope}</dd>\n</dl>\n\
         <form method=\"post\" action=\"{AUTHORIZE}\">\n"
    );
    for (name, value) in request.fields() {
        let value = escaped(value);
        content.push_str(&format!(
            "<input type=\"hidden\" name=\"{name}\" value=\"{value}\">\n"
        ));
    }
    content.push_str(
        "<button id=\"allow\" name=\"decision\" value=\"allow\">Allow</button>\n\
         <button id=\"deny\" name=\"decision\" value=\"deny\">Deny</button>\n</form>",
    );
    page(StatusCode::OK, "Allow access?", &content)
}
