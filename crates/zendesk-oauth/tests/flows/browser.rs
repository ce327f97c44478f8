//! A person's browser: follows redirects, and stops before it goes home if it is told to.

use reqwest::header::{HeaderMap, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode, Url};
use zendesk_oauth::reqwest;

pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

fn client(policy: Policy) -> Client {
    Client::builder()
        .redirect(policy)
        .no_proxy()
        .build()
        .unwrap()
}

/// Opens a URL, follows all redirects, and shows the last page.
pub(crate) async fn open(url: &str) -> Page {
    let answer = client(Policy::default()).get(url).send().await.unwrap();
    Page {
        status: answer.status(),
        headers: answer.headers().clone(),
        text: answer.text().await.unwrap(),
    }
}

/// Follows redirects as long as they lead to the server of `url`, and says where the next one leads.
pub(crate) async fn until_home(url: &str) -> Url {
    follow(url, None).await
}

/// The same, with a cookie for the server.
pub(crate) async fn follow(url: &str, cookie: Option<&str>) -> Url {
    let http = client(Policy::none());
    let mut url = Url::parse(url).unwrap();
    let origin = url.origin();
    while url.origin() == origin {
        let mut request = http.get(url.clone());
        if let Some(cookie) = cookie {
            request = request.header("cookie", cookie);
        }
        let answer = request.send().await.unwrap();
        let location = answer
            .headers()
            .get(LOCATION)
            .map(|it| it.to_str().unwrap());
        let location = location.unwrap_or_else(|| panic!("{} at {}", answer.status(), url.path()));
        url = url.join(location).unwrap();
    }
    url
}
