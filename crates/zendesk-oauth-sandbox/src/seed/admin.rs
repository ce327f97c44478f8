//! The admin and the token that every sandbox has, so that whatever a seed says, its owner gets in.

use crate::state::{IssuedTo, Role, State, Token, User};

/// The token that was fixed for the admin belongs to another.
#[derive(Debug)]
pub(crate) struct TokenIsTaken;

/// Whether a token is one with which an admin can do everything, always.
fn serves(state: &State, token: &Token) -> bool {
    let user = state.users.get(&token.user_id);
    user.is_some_and(|user| user.role == Role::Admin && user.may_act())
        && token.expires_at.is_none()
        && token.has_scope("read")
        && token.has_scope("write")
}

/// Adds an admin, if the account has none who can sign in.
pub(super) fn ensure_user(state: &mut State) -> i64 {
    let mut users = state.users.values();
    if let Some(admin) = users.find(|it| it.role == Role::Admin && it.may_act()) {
        return admin.id;
    }
    let mut email = "admin@example.com".to_owned();
    for number in 1_u32.. {
        if state.user_by_email(&email).is_none() {
            break;
        }
        email = format!("sandbox-admin-{number}@example.com");
    }
    let id = state.next_id();
    let admin = User {
        id,
        name: "Sandbox Admin".to_owned(),
        email,
        role: Role::Admin,
        suspended: false,
        active: true,
    };
    state.users.insert(id, admin);
    id
}

/// The admin's token: the first that serves, or else a new one. `fixed` is what it shall be.
///
/// A new one belongs to no client of the account, so that none is in the lists whom nobody put there,
/// and that it outlives them all.
pub(crate) fn ensure_token(state: &mut State, fixed: Option<&str>) -> Result<String, TokenIsTaken> {
    if let Some(held) = fixed.and_then(|fixed| state.tokens.by_access_token(fixed)) {
        return match serves(state, held) {
            true => Ok(held.access_token.clone()),
            false => Err(TokenIsTaken),
        };
    }
    let found = {
        let mut tokens = state.tokens.table.iter();
        tokens.find(|it| serves(state, it)).cloned()
    };
    let token = match (found, fixed) {
        (Some(token), None) => return Ok(token.access_token),
        (Some(token), Some(fixed)) => Token {
            access_token: fixed.to_owned(),
            ..token
        },
        (None, fixed) => new(state, fixed),
    };
    let access_token = token.access_token.clone();
    state.tokens.insert(token);
    Ok(access_token)
}

fn new(state: &mut State, fixed: Option<&str>) -> Token {
    let user_id = ensure_user(state);
    let invented = || state.chance.alphanumeric("access token", 64);
    let access_token = fixed.map_or_else(invented, str::to_owned);
    Token {
        id: state.next_id(),
        client_id: state.next_id(),
        issued_to: IssuedTo::Global,
        user_id,
        scopes: vec!["read".to_owned(), "write".to_owned()],
        access_token,
        refresh_token: None,
        created_at: super::EARLIER.min(state.now()),
        expires_at: None,
        refresh_token_expires_at: None,
        used_at: None,
        authorization_code: None,
    }
}
