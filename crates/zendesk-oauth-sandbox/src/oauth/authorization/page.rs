//! Pages for a person: the question, and refusals.

use std::fmt::Write as _;

use axum::http::StatusCode;

use super::ANSWER;
use super::request::{AuthorizationRequest, PARAMETERS};
use crate::http::{Answer, Query, escaped, page};
use crate::oauth::scopes;
use crate::state::{Role, State, User};

/// How many users the page offers: more than anybody scrolls through.
const OFFERED: usize = 500;

/// Asks a person.
pub(super) fn consent(
    state: &State,
    request: &AuthorizationRequest,
    query: &Query<'_>,
    chosen: Option<i64>,
) -> Answer {
    let title = format!("Allow {} to use your account?", escaped(&request.name));
    let mut main = String::new();
    if let Some(company) = &request.company {
        let _ = writeln!(main, "<p class=\"quiet\">By {}</p>", escaped(company));
    }
    if let Some(description) = &request.description {
        let _ = writeln!(main, "<p>{}</p>", escaped(description));
    }
    main.push_str("<p>It will be able to:</p>\n<ul>\n");
    for scope in &request.scopes {
        let (words, scope) = (escaped(scopes::in_words(scope)), escaped(scope));
        let _ = writeln!(main, "<li>{words} (<code>{scope}</code>)</li>");
    }
    let _ = writeln!(main, "</ul>\n<form method=\"post\" action=\"{ANSWER}\">");
    for name in PARAMETERS {
        if let Some(value) = query.get(name) {
            let value = escaped(value);
            let _ = writeln!(
                main,
                "<input type=\"hidden\" name=\"{name}\" value=\"{value}\">"
            );
        }
    }
    main.push_str("<label for=\"user_id\">Sign in as</label>\n");
    main.push_str("<select id=\"user_id\" name=\"user_id\" required>\n");
    let users = state.users.values().filter(|user| user.may_act());
    let first = chosen.and_then(|id| state.users.get(&id));
    let others = users.filter(|user| Some(user.id) != chosen);
    for user in first.into_iter().chain(others).take(OFFERED) {
        main.push_str(&option(user, Some(user.id) == chosen));
    }
    main.push_str(
        "</select>\n\
         <button id=\"allow\" name=\"decision\" value=\"allow\">Allow</button>\n\
         <button id=\"deny\" name=\"decision\" value=\"deny\" formnovalidate>Deny</button>\n\
         </form>",
    );
    page(StatusCode::OK, &title, &main)
}

/// Tells a person why nobody is asked. `text` is ours, never the caller's.
pub(super) fn refusal(text: &str) -> Answer {
    let title = "Invalid authorization request";
    page(StatusCode::BAD_REQUEST, title, &format!("<p>{text}</p>"))
}

fn option(user: &User, selected: bool) -> String {
    let role = match user.role {
        Role::Admin => "admin",
        Role::Agent => "agent",
        Role::EndUser => "end user",
    };
    format!(
        "<option value=\"{}\"{}>{} ({}, {role})</option>\n",
        user.id,
        if selected { " selected" } else { "" },
        escaped(&user.name),
        escaped(&user.email),
    )
}
