//! The rules of a client's members.

use crate::RequestError;
use crate::authorization::redirect_uri;

pub(super) fn check_redirect_uris(uris: &[String]) -> Result<(), RequestError> {
    uris.iter().try_for_each(|uri| redirect_uri::check(uri))
}
