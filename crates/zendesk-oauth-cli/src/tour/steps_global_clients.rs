//! Support: global OAuth clients, and what their tokens come to.

use super::drive::Tour;
use super::step::{Deviation, Request, expect, present};
use crate::text::counted;

/// Lists the global clients, shows the first, and counts its tokens.
pub(super) async fn look_at_one(tour: &mut Tour) -> Option<()> {
    let call = tour.global_clients.list_global_oauth_clients();
    let call = call.page_size(100).send();
    let request = Request::of("list_global_oauth_clients").query("page[size]", "100");
    let listed = tour
        .steps
        .make(request, 200, call, |page| {
            let clients = page.global_clients.len();
            expect(clients > 0, "a global client", "an empty list")?;
            Ok(counted(clients, "global client"))
        })
        .await?;
    let client = listed.global_clients.first()?;
    let id = client.id;

    let call = tour.global_clients.show_global_oauth_client();
    let call = call.global_client_id(id).send();
    let request = Request::of("show_global_oauth_client").path("global_client_id", id);
    tour.steps
        .make(request, 200, call, |answer| {
            let shown = &answer.global_client;
            let came = format!("global client {}", shown.id);
            expect(shown.id == id, format!("global client {id}"), came)?;
            let is_same = shown.name == client.name && shown.identifier == client.identifier;
            expect(is_same, "its name and identifier in the list", "others")?;
            Ok("the first of them, as in the list".to_owned())
        })
        .await;

    let call = tour
        .global_clients
        .list_global_oauth_client_token_summaries();
    let call = call.global_client_id(id).page_size(100).send();
    let request = Request::of("list_global_oauth_client_token_summaries")
        .query("global_client_id", &id.to_string())
        .query("page[size]", "100");
    tour.steps
        .make(request, 200, call, |page| {
            let [summary] = page.global_clients.as_slice() else {
                let came = page.global_clients.len().to_string();
                return Err(Deviation {
                    expected: "one summary".to_owned(),
                    came,
                });
            };
            let came = format!("one of {}", summary.id);
            expect(summary.id == id, format!("a summary of {id}"), came)?;
            let tokens = summary.tokens_count;
            present(tokens.as_ref(), "the number of its tokens")?;
            Ok(format!("its tokens: {}", tokens.unwrap_or_default()))
        })
        .await;
    Some(())
}
