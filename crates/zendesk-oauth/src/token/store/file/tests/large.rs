//! The largest login.

use zendesk_oauth_core::Secret;

use super::{folder, login, seen, version};
use crate::token::store::file::private::LARGEST;
use crate::token::store::file::versions;
use crate::token::{StoreErrorKind, Swap, Version};

#[test]
fn the_largest_login_that_is_read_is_written_and_no_larger() {
    let (_kept, folder) = folder(0);
    let text = login("CANARY-1");
    let text = text.expose();
    let of_size = |size: usize| Secret::from(text.to_owned() + &" ".repeat(size - text.len()));
    let largest = usize::try_from(LARGEST).unwrap();
    let swap = versions::swap(&folder, None, &of_size(largest)).unwrap();
    assert_eq!(swap, Swap::Done(Version::FIRST));
    assert_eq!(seen(&folder), version(1));
    let larger = versions::swap(&folder, Some(Version::FIRST), &of_size(largest + 1));
    assert_eq!(larger.unwrap_err().kind(), StoreErrorKind::Settings);
    assert_eq!(seen(&folder), version(1));
}
