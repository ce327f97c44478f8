//! What several tests share.

pub(crate) mod calls;
pub(crate) mod documents;
