//! Redirects are answers: nobody is sent after them.

use zendesk_oauth::reqwest::redirect::Policy;
use zendesk_oauth::{ZendeskBuilder, reqwest};
use zendesk_oauth_tests::{Loopback, Silence, answer, printed};

use crate::clients::{Asked, builder};

fn ours(builder: ZendeskBuilder) -> ZendeskBuilder {
    builder
}

fn brought(builder: ZendeskBuilder) -> ZendeskBuilder {
    let following = reqwest::Client::builder()
        .no_proxy()
        .redirect(Policy::limited(5));
    builder.http_client_builder(following)
}

#[tokio::test]
async fn a_redirect_to_another_host_is_an_error_and_is_not_followed() {
    for with in [ours, brought] {
        for status in [301, 302, 303, 307, 308] {
            let other = Silence::start().await;
            let location = format!("{}/?code=CANARY-code", other.url());
            let redirect = answer(status, &[("location", &location)], "");
            let server = Loopback::answering(redirect).await;
            let client = with(builder(&server.url())).build().unwrap();
            for asked in Asked::ALL {
                let error = asked.fails(&client).await;
                assert!(error.is_redirect() && !error.is_not_sent(), "{error}");
                assert_eq!(error.status().unwrap().as_u16(), status);
                assert_eq!(error.headers().unwrap()["location"], location);
                assert!(error.to_string().contains("none is followed"), "{error}");
                assert!(!printed(&error).contains("CANARY"), "{error}");
            }
            assert_eq!(server.requests().len(), Asked::ALL.len());
            other.assert_untouched().await;
        }
    }
}

#[tokio::test]
async fn nor_is_a_redirect_to_the_same_host() {
    for with in [ours, brought] {
        let redirect = answer(307, &[("location", "/elsewhere")], "");
        let server = Loopback::answering(redirect).await;
        let client = with(builder(&server.url())).build().unwrap();
        assert!(Asked::Support.fails(&client).await.is_redirect());
        assert_eq!(server.requests().len(), 1);
    }
}
