//! The same work with reqwest and serde alone, in the code that the benchmarks of `zendesk-oauth` are held against.

use std::error::Error;

use zendesk_oauth_performance::order::{Got, NotDone, Order, failed, same, serve};

#[path = "../../../../crates/zendesk-oauth/benches/common/by_hand.rs"]
mod by_hand;

use by_hand::ByHand;

/// What that code takes from the benchmarks' answers.
mod canned {
    pub(crate) const PAGE_SIZE: usize = 100;
}

fn main() -> Result<(), Box<dyn Error>> {
    let base_url = std::env::var("ZENDESK_URL")?;
    let client = ByHand::new(&base_url, &std::env::var("ZENDESK_TOKEN")?)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    serve("reqwest 0.13 by hand", |order| {
        runtime.block_on(work(&client, order))
    })?;
    Ok(())
}

async fn work(client: &ByHand, order: &Order) -> Result<Got, NotDone> {
    let mut got = Got::default();
    match order.work.as_str() {
        "show" => {
            let id = order.number("id")?;
            for _ in 0..order.times {
                let client = client.show(id).await.map_err(failed)?;
                same(&client.id, &id)?;
                got.and(client.id);
            }
        }
        "list" => {
            for _ in 0..order.times {
                let each = |client: by_hand::Client| got.and(client.id);
                client.list(each).await.map_err(failed)?;
            }
        }
        "create-delete" => {
            for number in 0..order.times {
                let identifier = format!("peer_{number}");
                let made = client.create("Peer", &identifier).await.map_err(failed)?;
                same(&made.identifier, &identifier)?;
                client.delete(made.id).await.map_err(failed)?;
                got.and(0);
            }
        }
        "token" => {
            let (id, secret) = (order.text("client_id")?, order.text("client_secret")?);
            for _ in 0..order.times {
                let token = client.token(id, secret).await.map_err(failed)?;
                same(&token.is_empty(), &false)?;
                got.and(0);
            }
        }
        other => return Err(NotDone::Unable(format!("there is no work `{other}`"))),
    }
    Ok(got)
}
