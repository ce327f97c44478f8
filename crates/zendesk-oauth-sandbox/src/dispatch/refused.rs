//! Refusals that no operation gives, in the shape of the part of Zendesk that the path belongs to.

use axum::http::{StatusCode, header};

use super::asked::Asked;
use crate::auth::Caller;
use crate::http::Answer;
use crate::routes::{Area, allowed};
use crate::{chat, support, zis};

impl Asked<'_> {
    /// There is no such path, or it has other methods.
    pub(super) fn no_route(&self) -> Answer {
        let answer = match (self.area, self.others.is_empty()) {
            (Area::Support, _) => match self.call.caller {
                Caller::Nobody => support::could_not_authenticate(),
                _ => support::no_route(),
            },
            (Area::Zis | Area::ZisOpen | Area::Registry, true) => zis::no_route(),
            (Area::Zis | Area::ZisOpen | Area::Registry, false) => zis::wrong_method(),
            (Area::Chat, true) | (Area::RetiredChat, _) => chat::not_found(),
            (Area::Chat, false) => chat::wrong_method(),
            (Area::Open, true) => support::no_route(),
            (Area::Open, false) => {
                Answer::text(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed")
            }
        };
        if answer.status == StatusCode::METHOD_NOT_ALLOWED {
            // RFC 9110, section 15.5.6, wants it.
            return answer.with(header::ALLOW, &allowed(self.others));
        }
        answer
    }

    /// The request cannot be read.
    pub(super) fn bad_request(&self, message: &str) -> Answer {
        match self.area {
            Area::Zis | Area::ZisOpen | Area::Registry => zis::bad_request(),
            Area::Chat | Area::RetiredChat => chat::bad_request(message),
            Area::Support | Area::Open => support::bad_request("Bad request", message),
        }
    }
}
