//! Who may call, by the security schemes of the documents.

use super::{
    requests::{fails, passes, set},
    samples::Sample,
};

#[test]
fn credentials_are_those_of_one_documented_scheme() {
    let authorization = |value: &str| {
        let value = value.to_owned();
        move |sample: &mut Sample| set(sample, "authorization", &value)
    };
    let none = &["credentials: none of the documented schemes is carried"];
    for operation in ["list_oauth_clients", "list_chat_oauth_tokens"] {
        passes(operation, authorization("bearer CANARY"));
        passes(operation, authorization("Basic Q0FOQVJZ"));
        for value in ["", "Bearer", "Bearer ", "Digest CANARY", "CANARY"] {
            fails(operation, authorization(value), none);
        }
    }
    fails("refresh_oauth_token", authorization("Basic Q0FOQVJZ"), none);
    let cookie = |value: &'static str| {
        move |sample: &mut Sample| {
            set(sample, "authorization", "");
            set(sample, "cookie", value);
        }
    };
    passes("start_oauth_flow", cookie("a=b; _zendesk_session=CANARY"));
    fails(
        "start_oauth_flow",
        cookie("a=_zendesk_session; _zendesk_session="),
        none,
    );
    fails(
        "refresh_oauth_token",
        cookie("_zendesk_session=CANARY"),
        none,
    );
    let sent = &["credentials: an Authorization header is sent where none belongs"];
    for operation in ["start_oauth_redirect", "create_zis_oauth_token"] {
        fails(operation, authorization("Bearer CANARY"), sent);
    }
}
