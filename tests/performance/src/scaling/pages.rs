//! Some pages of a list, with work of the caller's between them.

use std::hint::black_box;
use std::time::Duration;

use tokio::time::sleep;

use super::{Failed, orders::Gave, side::Side};

/// Takes so many pages, and works for `caller` on each.
pub(crate) async fn walk(
    side: &Side,
    pages: usize,
    read_ahead: bool,
    caller: Duration,
) -> Result<Gave, Failed> {
    let mut items = 0;
    match side {
        Side::Facade(zendesk) => {
            let list = zendesk.oauth_clients().list().read_ahead(read_ahead);
            let mut list = list.pages();
            for _ in 0..pages {
                let page = list.next().await.ok_or("the list is too short")??;
                items += black_box(page).into_items().len();
                work(caller).await;
            }
        }
        Side::ByHand(by_hand) => {
            let mut after: Option<String> = None;
            for _ in 0..pages {
                let page = by_hand.page(after.as_deref()).await?;
                items += page.clients.len();
                after = page.meta.and_then(|meta| meta.after_cursor);
                work(caller).await;
            }
        }
        Side::Lapse(_) => return Err("a list has a token that stays".into()),
    }
    Ok(Gave {
        items,
        ..Gave::default()
    })
}

async fn work(caller: Duration) {
    if !caller.is_zero() {
        sleep(caller).await;
    }
}
