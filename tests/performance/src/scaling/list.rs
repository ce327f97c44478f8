//! A whole list: client by client, and all at once.

use std::hint::black_box;

use super::{Failed, orders::Gave, side::Side};

/// More than any list here has.
const LIMIT: usize = 10_000_000;

/// Client by client: nothing of it is kept.
pub(crate) async fn by_items(side: &Side, times: usize) -> Result<Gave, Failed> {
    let mut count = 0;
    for _ in 0..times {
        match side {
            Side::Facade(zendesk) => {
                let mut items = zendesk.oauth_clients().list().items();
                while let Some(client) = items.next().await {
                    black_box(client?);
                    count += 1;
                }
            }
            Side::ByHand(by_hand) => {
                let each = |client| {
                    black_box(client);
                    count += 1;
                };
                by_hand.list(each).await?;
            }
            Side::Lapse(_) => return Err("a list has a token that stays".into()),
        }
    }
    Ok(Gave {
        items: count,
        ..Gave::default()
    })
}

/// All of it in memory.
pub(crate) async fn into_vec(side: &Side, times: usize) -> Result<Gave, Failed> {
    let mut count = 0;
    for _ in 0..times {
        match side {
            Side::Facade(zendesk) => {
                let all = zendesk.oauth_clients().list().all(LIMIT).await?;
                count += black_box(all).len();
            }
            Side::ByHand(by_hand) => {
                let mut all = Vec::new();
                by_hand.list(|client| all.push(client)).await?;
                count += black_box(all).len();
            }
            Side::Lapse(_) => return Err("a list has a token that stays".into()),
        }
    }
    Ok(Gave {
        items: count,
        ..Gave::default()
    })
}
