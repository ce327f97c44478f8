//! What a call costs without a socket: its request, and its answer's way from bytes to a type.

use std::hint::black_box;

use bytes::Bytes;
use zendesk_support_oauth_clients::types::{OAuthClientResponse, OAuthClientsPage};

use super::by_hand::{self, ByHand};
use super::table::{BY_HAND, Row, Table};
use super::{Outcome, canned, facade};

const BASE_URL: &str = "https://acme.zendesk.com";

/// Everything up to the request of one `show`. Ours lacks its credentials, by hand it has them.
pub(crate) fn build_a_request(table: &mut Table) -> Outcome {
    const TIMES: u32 = 1000;
    let zendesk = facade::stopping_at_credentials(BASE_URL)?;
    let by_hand = ByHand::new(BASE_URL, "CANARY-token")?;
    table.row(
        Row {
            name: "build a request",
            other: BY_HAND,
            goal: None,
            rounds: 400,
            times: TIMES,
        },
        &mut || {
            for _ in 0..TIMES {
                facade::show_request(&zendesk, black_box(1));
            }
        },
        &mut || {
            for _ in 0..TIMES {
                black_box(by_hand.show_request(black_box(1)).expect("a request"));
            }
        },
    )?;
    Ok(())
}

/// From the bytes of an answer to one client.
pub(crate) fn parse_a_client(table: &mut Table) -> Outcome {
    const TIMES: u32 = 1000;
    let body = Bytes::from(canned::show());
    table.row(
        Row {
            name: "parse a client",
            other: BY_HAND,
            goal: None,
            rounds: 400,
            times: TIMES,
        },
        &mut || {
            for _ in 0..TIMES {
                let shown = facade::parse::<OAuthClientResponse>("show_oauth_client", &body);
                black_box(shown.expect("a client").into_inner().client);
            }
        },
        &mut || {
            for _ in 0..TIMES {
                let shown: by_hand::Shown = serde_json::from_slice(&body).expect("a client");
                black_box(shown.client);
            }
        },
    )?;
    Ok(())
}

/// From the bytes of an answer to a page of 100 clients.
pub(crate) fn parse_a_page(table: &mut Table) -> Outcome {
    const TIMES: u32 = 10;
    let body = Bytes::from(canned::page(0));
    table.row(
        Row {
            name: "parse a page of 100",
            other: BY_HAND,
            goal: None,
            rounds: 400,
            times: TIMES,
        },
        &mut || {
            for _ in 0..TIMES {
                let page = facade::parse::<OAuthClientsPage>("list_oauth_clients", &body);
                black_box(page.expect("a page").into_inner());
            }
        },
        &mut || {
            for _ in 0..TIMES {
                let page: by_hand::Page = serde_json::from_slice(&body).expect("a page");
                black_box(page);
            }
        },
    )?;
    Ok(())
}
