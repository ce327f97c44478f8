//! The third party sends the browser back, and ZIS sends it on to where the flow was started.

use axum::http::StatusCode;

use super::errors::{bad_request, not_found};
use super::records::Flow;
use super::start::hold;
use crate::http::{Answer, Call, escaped, page, with_query};
use crate::state::State;
use crate::switches::ZisCallback;

/// Ends the flow, whatever the third party says. What ZIS does with a refusal is unknown; it is passed on
/// in the names of RFC 6749, section 4.1.2.1.
pub(super) fn complete(state: &mut State, call: &Call<'_>) -> Answer {
    let query = call.query();
    let given = |name| query.get(name).filter(|value: &&str| !value.is_empty());
    let Some(flow_state) = given("state") else {
        return bad_request();
    };
    let (code, error) = (given("code"), given("error"));
    if code.is_none() && error.is_none() {
        return bad_request();
    }
    let Some(flow) = take(state, flow_state, call) else {
        return not_found();
    };
    if let Some(error) = error {
        let description = given("error_description");
        return refused(&flow, error, description);
    }
    let origin = flow.origin.clone();
    let parameter = match state.switches.zis_callback {
        ZisCallback::Code => "verification_code",
        ZisCallback::Token => "verification_token",
    };
    let raw = call.uri.query().map(str::to_owned);
    let verification_code = hold(state, flow, code.map(str::to_owned), raw, call.now);
    match origin {
        Some(origin) => {
            let url = with_query(&origin, &[(parameter, &verification_code)]);
            Answer::redirect(StatusCode::FOUND, &url)
        }
        None => {
            let content = format!(
                "<p>Exchange this code for the connection. It works once.</p>\n\
                 <dl><dt>{parameter}</dt><dd><code id=\"{parameter}\">{verification_code}</code></dd></dl>"
            );
            page(StatusCode::OK, "The flow is complete", &content)
        }
    }
}

/// The flow that waits for this state; from now on neither the state nor its flow token works.
fn take(state: &mut State, flow_state: &str, call: &Call<'_>) -> Option<Flow> {
    let token = state.zis.awaited.remove(flow_state)?;
    let flow = state.zis.flows.remove(&token)?;
    (call.now < flow.expires_at).then_some(flow)
}

fn refused(flow: &Flow, error: &str, description: Option<&str>) -> Answer {
    let mut pairs = vec![("error", error)];
    pairs.extend(description.map(|text| ("error_description", text)));
    match &flow.origin {
        Some(origin) => Answer::redirect(StatusCode::FOUND, &with_query(origin, &pairs)),
        None => {
            let content = format!(
                "<p>There is no connection. The third party says: <code id=\"error\">{}</code></p>",
                escaped(error)
            );
            page(StatusCode::OK, "The third party refused", &content)
        }
    }
}
