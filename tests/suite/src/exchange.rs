//! The request that a call sends, written by hand, and the types of both sides.

use std::fmt::Debug;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::typed::Type;

/// What a call sends, and which types the document's examples of the operation parse into.
#[derive(Clone, Debug)]
pub struct Exchange {
    pub(crate) method: &'static str,
    pub(crate) target: &'static str,
    pub(crate) body: Option<Body>,
    pub(crate) with_credentials: bool,
    pub(crate) body_type: Option<Type>,
    pub(crate) answer_type: Option<Type>,
}

/// What is in a body that is sent.
#[derive(Clone, Debug)]
pub(crate) enum Body {
    Json(Value),
    Form(&'static str),
}

impl Exchange {
    /// A request with this method, in capitals, and this target: path with the stem of the document's
    /// first server, and query, as on the wire. It carries credentials.
    pub fn of(method: &'static str, target: &'static str) -> Self {
        Self {
            method,
            target,
            body: None,
            with_credentials: true,
            body_type: None,
            answer_type: None,
        }
    }

    /// A `GET` of this target.
    pub fn get(target: &'static str) -> Self {
        Self::of("GET", target)
    }

    /// A `POST` to this target.
    pub fn post(target: &'static str) -> Self {
        Self::of("POST", target)
    }

    /// A `PUT` to this target.
    pub fn put(target: &'static str) -> Self {
        Self::of("PUT", target)
    }

    /// A `PATCH` of this target.
    pub fn patch(target: &'static str) -> Self {
        Self::of("PATCH", target)
    }

    /// A `DELETE` of this target.
    pub fn delete(target: &'static str) -> Self {
        Self::of("DELETE", target)
    }

    /// It carries this JSON, which is of the type `T`.
    #[must_use]
    pub fn json<T: DeserializeOwned + Serialize + Debug>(mut self, body: Value) -> Self {
        self.body = Some(Body::Json(body));
        self.body_type = Some(Type::of::<T>());
        self
    }

    /// It carries this form, byte for byte, which is of the type `T`.
    #[must_use]
    pub fn form<T: DeserializeOwned + Serialize + Debug>(mut self, body: &'static str) -> Self {
        self.body = Some(Body::Form(body));
        self.body_type = Some(Type::of::<T>());
        self
    }

    /// It carries no credentials, whatever the client has.
    #[must_use]
    pub fn without_credentials(mut self) -> Self {
        self.with_credentials = false;
        self
    }

    /// The JSON of its success is of the type `T`.
    #[must_use]
    pub fn answer<T: DeserializeOwned + Serialize + Debug>(mut self) -> Self {
        self.answer_type = Some(Type::of::<T>());
        self
    }
}
