//! The baseline: what one writes with reqwest and serde alone. It has the same timeouts, follows no
//! redirect, checks the status, and reads the same fields.

use std::time::Duration;

use reqwest::header::{ACCEPT, HeaderValue};
use serde::Deserialize;

use crate::canned::PAGE_SIZE;

#[derive(Debug, Deserialize)]
pub(crate) struct Shown {
    pub(crate) client: Client,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "read, so that both sides read the same")]
pub(crate) struct Client {
    pub(crate) company: Option<String>,
    pub(crate) created_at: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) global: Option<bool>,
    pub(crate) id: i64,
    pub(crate) identifier: String,
    pub(crate) kind: Option<ClientKind>,
    pub(crate) logo_url: Option<String>,
    pub(crate) name: String,
    pub(crate) redirect_uri: Option<Vec<String>>,
    pub(crate) secret: Option<String>,
    pub(crate) updated_at: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) user_id: Option<i64>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ClientKind {
    Public,
    Confidential,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "read, so that both sides read the same")]
pub(crate) struct Page {
    pub(crate) clients: Vec<Client>,
    pub(crate) count: Option<i64>,
    pub(crate) links: Option<Links>,
    pub(crate) meta: Option<Meta>,
    pub(crate) next_page: Option<String>,
    pub(crate) previous_page: Option<String>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "read, so that both sides read the same")]
pub(crate) struct Links {
    pub(crate) next: Option<String>,
    pub(crate) prev: Option<String>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "read, so that both sides read the same")]
pub(crate) struct Meta {
    pub(crate) after_cursor: Option<String>,
    pub(crate) before_cursor: Option<String>,
    pub(crate) has_more: bool,
}

pub(crate) struct ByHand {
    http: reqwest::Client,
    base_url: String,
    token: String,
}

impl ByHand {
    pub(crate) fn new(base_url: &str, token: &str) -> reqwest::Result<Self> {
        Ok(Self {
            http: reqwest::Client::builder()
                .no_proxy()
                .redirect(reqwest::redirect::Policy::none())
                .connect_timeout(Duration::from_secs(10))
                .timeout(Duration::from_secs(30))
                .user_agent("by-hand/1.0")
                .build()?,
            base_url: base_url.to_owned(),
            token: token.to_owned(),
        })
    }

    /// The request for one client.
    pub(crate) fn show_request(&self, id: i64) -> reqwest::Result<reqwest::Request> {
        self.get(&format!("{}/api/v2/oauth/clients/{id}", self.base_url))
            .build()
    }

    /// One client.
    pub(crate) async fn show(&self, id: i64) -> reqwest::Result<Client> {
        let answer = self.http.execute(self.show_request(id)?).await?;
        let shown: Shown = answer.error_for_status()?.json().await?;
        Ok(shown.client)
    }

    /// A new client of a program that can keep a secret.
    #[allow(dead_code, reason = "asked of a server that keeps what it is given")]
    pub(crate) async fn create(&self, name: &str, identifier: &str) -> reqwest::Result<Client> {
        let new = serde_json::json!({
            "client": { "name": name, "identifier": identifier, "kind": "confidential" },
        });
        let url = format!("{}/api/v2/oauth/clients", self.base_url);
        let answer = self.by_us(self.http.post(url)).json(&new).send().await?;
        let shown: Shown = answer.error_for_status()?.json().await?;
        Ok(shown.client)
    }

    /// Deletes a client.
    #[allow(dead_code, reason = "asked of a server that keeps what it is given")]
    pub(crate) async fn delete(&self, id: i64) -> reqwest::Result<()> {
        let url = format!("{}/api/v2/oauth/clients/{id}", self.base_url);
        let answer = self.by_us(self.http.delete(url)).send().await?;
        answer.error_for_status().map(drop)
    }

    /// An access token by the client credentials grant.
    #[allow(dead_code, reason = "asked of a server that keeps what it is given")]
    pub(crate) async fn token(&self, id: &str, secret: &str) -> reqwest::Result<String> {
        #[derive(Deserialize)]
        struct Issued {
            access_token: String,
        }
        let request = serde_json::json!({
            "grant_type": "client_credentials", "client_id": id, "client_secret": secret,
            "scope": "read", "expires_in": 172_800,
        });
        let url = format!("{}/oauth/tokens", self.base_url);
        let answer = self.http.post(url).json(&request).send().await?;
        let issued: Issued = answer.error_for_status()?.json().await?;
        Ok(issued.access_token)
    }

    /// Every client, handed to `each`.
    pub(crate) async fn list(&self, mut each: impl FnMut(Client)) -> reqwest::Result<()> {
        let mut after: Option<String> = None;
        loop {
            let page = self.page(after.as_deref()).await?;
            page.clients.into_iter().for_each(&mut each);
            match page.meta {
                Some(meta) if meta.has_more => after = meta.after_cursor,
                _ => return Ok(()),
            }
        }
    }

    /// The page that this cursor leads to, or the first.
    pub(crate) async fn page(&self, after: Option<&str>) -> reqwest::Result<Page> {
        let mut request = self
            .get(&format!("{}/api/v2/oauth/clients", self.base_url))
            .query(&[("page[size]", PAGE_SIZE)]);
        if let Some(cursor) = after {
            request = request.query(&[("page[after]", cursor)]);
        }
        let answer = self.http.execute(request.build()?).await?;
        answer.error_for_status()?.json().await
    }

    fn get(&self, url: &str) -> reqwest::RequestBuilder {
        self.by_us(self.http.get(url))
    }

    fn by_us(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        request
            .header(ACCEPT, HeaderValue::from_static("application/json"))
            .bearer_auth(&self.token)
    }
}
