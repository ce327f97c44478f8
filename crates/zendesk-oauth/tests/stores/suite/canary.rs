//! No token is in anything that is printed.

use std::fmt::Debug;
use std::time::Duration;

use zendesk_oauth::token::{Swap, TokenStore};
use zendesk_oauth_tests::Traces;

use super::{Pair, elsewhere, held, put, record, stored};

/// What a store prints of itself and of what it returns, and what everything in this process traces
/// meanwhile, the tests beside this one included: no token.
pub(crate) async fn nothing_shows_a_token(pair: Pair<impl TokenStore + Debug>) {
    let traces = Traces::of_the_process();
    let mut shown = String::new();
    let mut show = |it: &dyn Debug| shown.push_str(&format!("{it:?}\n{it:#?}\n"));
    let login = record("CANARY-access");
    let first = put(&*pair.one, None, &login).await;
    show(&first);
    show(&stored(&*pair.other).await);
    let swap = pair.other.compare_and_swap(None, &login).await;
    assert!(matches!(swap, Ok(Swap::Conflict)));
    show(&swap);
    let mut lease = held(&*pair.one, Duration::from_secs(600)).await;
    show(&elsewhere(&*pair.other).await);
    show(&pair.one.renew(&mut lease, Duration::from_secs(600)).await);
    show(&lease);
    show(&pair.one.release(lease).await);
    show(&pair.one);
    show(&pair.one.name());
    assert!(!shown.contains("CANARY"), "{shown}");
    assert!(!pair.one.name().contains('\n'));
    let traced = traces.text();
    assert!(!traced.contains("CANARY"), "{traced}");
}
