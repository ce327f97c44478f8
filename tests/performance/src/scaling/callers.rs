//! Callers at the same time, who share one client.

use std::hint::black_box;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use super::{Failed, orders::Gave, side::Side};

/// `times` calls, by so many callers in equal parts.
pub(crate) async fn show(side: &Side, callers: usize, times: usize) -> Result<Gave, Failed> {
    let callers = callers.max(1);
    let mut tasks = JoinSet::new();
    for _ in 0..callers {
        tasks.spawn(one(side.clone(), times.div_ceil(callers)));
    }
    let mut each = Vec::with_capacity(times);
    for took in tasks.join_all().await {
        each.append(&mut took?);
    }
    Ok(Gave {
        items: each.len(),
        each,
    })
}

async fn one(side: Side, times: usize) -> Result<Vec<Duration>, Failed> {
    let mut each = Vec::with_capacity(times);
    for _ in 0..times {
        let begun = Instant::now();
        match &side {
            Side::Facade(zendesk) => drop(black_box(zendesk.oauth_clients().show(1).await?)),
            Side::ByHand(by_hand) => drop(black_box(by_hand.show(1).await?)),
            Side::Lapse(_) => return Err("these callers have a token that stays".into()),
        }
        each.push(begun.elapsed());
    }
    Ok(each)
}
