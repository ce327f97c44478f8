//! One work, so many times: under callgrind, the difference of two numbers of times is what the work alone takes, without
//! the start and the end of the program.
//!
//! `instructions show facade 200`, with `ZENDESK_URL` naming a server for `show` and `list`.

#[path = "../../../../crates/zendesk-oauth/benches/common/by_hand.rs"]
#[allow(dead_code, reason = "others take pages")]
mod by_hand;
#[path = "../../../../crates/zendesk-oauth/benches/common/canned.rs"]
#[allow(dead_code, reason = "servers find pages")]
mod canned;
#[path = "../../../../crates/zendesk-oauth/benches/common/facade.rs"]
mod facade;

use std::env;
use std::hint::black_box;

use bytes::Bytes;
use tokio::runtime::{Builder, Runtime};
use zendesk_support_oauth_clients::types::{OAuthClientResponse, OAuthClientsPage};

use by_hand::ByHand;

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// For works that need no server.
const NOWHERE: &str = "https://acme.zendesk.com";
const TOKEN: &str = "CANARY-benchmark-token-of-an-ordinary-length-0123456789abcdef0123";

fn main() -> Outcome {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let [work, side, times] = arguments[..] else {
        return Err("say a work, a side and how many times".into());
    };
    let url = env::var("ZENDESK_URL").unwrap_or_else(|_| NOWHERE.to_owned());
    let times: usize = times.parse()?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    match side {
        "facade" => by_facade(work, &url, times, &runtime),
        "by-hand" => with_reqwest(work, &url, times, &runtime),
        other => Err(format!("there is no side `{other}`").into()),
    }
}

fn by_facade(work: &str, url: &str, times: usize, runtime: &Runtime) -> Outcome {
    let body = body_of(work);
    let zendesk = match work {
        "build" => facade::stopping_at_credentials(url)?,
        _ => facade::connect(url, TOKEN)?,
    };
    for _ in 0..times {
        match work {
            "show" => drop(black_box(
                runtime.block_on(zendesk.oauth_clients().show(1).send())?,
            )),
            "list" | "list-without-ahead" => runtime.block_on(async {
                let list = zendesk.oauth_clients().list();
                let mut items = list.read_ahead(work == "list").items();
                while let Some(client) = items.next().await {
                    black_box(client?);
                }
                Outcome::Ok(())
            })?,
            "build" => facade::show_request(&zendesk, black_box(1)),
            "parse-client" => drop(black_box(facade::parse::<OAuthClientResponse>(
                "show_oauth_client",
                &body,
            )?)),
            "parse-page" => drop(black_box(facade::parse::<OAuthClientsPage>(
                "list_oauth_clients",
                &body,
            )?)),
            other => return Err(unknown(other)),
        }
    }
    Ok(())
}

fn with_reqwest(work: &str, url: &str, times: usize, runtime: &Runtime) -> Outcome {
    let body = body_of(work);
    let by_hand = ByHand::new(url, TOKEN)?;
    for _ in 0..times {
        match work {
            "show" => drop(black_box(runtime.block_on(by_hand.show(1))?)),
            "list" | "list-without-ahead" => {
                runtime.block_on(by_hand.list(|client| drop(black_box(client))))?;
            }
            "build" => drop(black_box(by_hand.show_request(black_box(1))?)),
            "parse-client" => drop(black_box(serde_json::from_slice::<by_hand::Shown>(&body)?)),
            "parse-page" => drop(black_box(serde_json::from_slice::<by_hand::Page>(&body)?)),
            other => return Err(unknown(other)),
        }
    }
    Ok(())
}

/// What is parsed, where nothing else is done.
fn body_of(work: &str) -> Bytes {
    match work {
        "parse-client" => canned::show().into(),
        "parse-page" => canned::page(0).into(),
        _ => Bytes::new(),
    }
}

fn unknown(work: &str) -> Box<dyn std::error::Error> {
    format!("there is no work `{work}`").into()
}
