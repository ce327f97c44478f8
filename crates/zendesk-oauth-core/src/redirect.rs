//! `Redirect`: where a redirect points, as a value.

use serde::{Deserialize, Serialize};

use crate::Secret;

/// A redirect that the client did not follow. Its only content is its location, and that often
/// carries a flow token or a code, so it is a [`Secret`].
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Redirect {
    location: Secret,
}

impl Redirect {
    /// A redirect to `location`.
    #[must_use]
    pub fn new(location: Secret) -> Self {
        Self { location }
    }

    /// The `Location` header as sent (RFC 9110, 10.2.2), the first if there are several: usually an
    /// absolute URL, to be opened in a browser; it may be relative to the URL that was asked.
    #[must_use]
    pub fn location(&self) -> &Secret {
        &self.location
    }
}
