//! What the browser logged: errors on its console, and every address that was asked.
//!
//! A log comes later than what it tells of. So the page leaves a mark after it, and the log is read until the mark has
//! come: what is not in it by then has not happened.

use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use fantoccini::wd::WebDriverCompatibleCommand;
use reqwest::{Method, Url};
use serde_json::{Value, json};

use crate::chromium::{Browser, PATIENCE};

/// ChromeDriver's command for a log, which is no part of WebDriver. What was read is gone from the log.
#[derive(Debug)]
struct TakeLog(&'static str);

impl WebDriverCompatibleCommand for TakeLog {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, <Url as FromStr>::Err> {
        let session = session.expect("a session was started");
        base.join(&format!("session/{session}/se/log"))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "type": self.0 }).to_string()))
    }
}

/// What happened since the last look.
pub(crate) struct Seen {
    /// Errors on the console, the browser's own among them.
    pub(crate) errors: Vec<String>,
    /// Addresses that were asked for, whether or not an answer came.
    pub(crate) requests: Vec<String>,
}

impl Browser {
    /// Everything since the last look, in every page that was opened.
    pub(crate) async fn seen(&self) -> Seen {
        let mark = mark();
        // The console's log has the line, the other has the picture: it is in the address itself, so nobody is asked.
        let leave = "const [mark, done] = arguments;
            const write = () => {
                console.info(mark);
                const picture = new Image();
                picture.onload = picture.onerror = () => done();
                picture.src = `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' id='${mark}'/%3E`;
            };
            // What the page asked for has come or failed by then.
            document.readyState === 'complete' ? setTimeout(write) : addEventListener('load', () => setTimeout(write));";
        let left = self.page.execute_async(leave, vec![json!(mark)]).await;
        left.expect("the page runs scripts");
        let console = self.log_until("browser", &mark).await;
        let errors = console
            .iter()
            .filter(|entry| entry["level"] == "SEVERE")
            .map(|entry| entry["message"].to_string())
            .collect();
        let events = self.log_until("performance", &mark).await;
        let requests = events.iter().filter_map(requested).collect();
        Seen { errors, requests }
    }

    /// The log up to the entry that holds `mark`.
    async fn log_until(&self, kind: &'static str, mark: &str) -> Vec<Value> {
        let read = async {
            let mut entries = Vec::new();
            loop {
                entries.extend(self.log(kind).await);
                let came = |entry: &Value| {
                    let message = entry["message"].as_str();
                    message.is_some_and(|message| message.contains(mark))
                };
                if entries.iter().any(came) {
                    return entries;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE, read)
            .await
            .unwrap_or_else(|_| panic!("{mark} never came to the {kind} log"))
    }

    async fn log(&self, kind: &'static str) -> Vec<Value> {
        let entries = self.page.issue_cmd(TakeLog(kind)).await;
        match entries.expect("ChromeDriver keeps this log") {
            Value::Array(entries) => entries,
            other => panic!("a log is a list, this is {other}"),
        }
    }
}

/// A text that no page and no earlier look has written.
fn mark() -> String {
    static LOOKS: AtomicU64 = AtomicU64::new(0);
    format!("look-{}-ends", LOOKS.fetch_add(1, Ordering::Relaxed))
}

/// The address that an event of the performance log asks for.
fn requested(entry: &Value) -> Option<String> {
    let text = entry["message"].as_str()?;
    let event: Value = serde_json::from_str(text).expect("an event is JSON");
    let event = &event["message"];
    let address = match event["method"].as_str()? {
        "Network.requestWillBeSent" => &event["params"]["request"]["url"],
        "Network.webSocketCreated" => &event["params"]["url"],
        _ => return None,
    };
    address.as_str().map(str::to_owned)
}
