//! A headless Chromium, driven through ChromeDriver.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::Stdio;
use std::str::FromStr;
use std::time::Duration;

use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use reqwest::{Method, Url};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// How long a page may take to come: a limit against hanging, not a measure.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// ChromeDriver's way to a command of Chromium's own protocol, which is no part of WebDriver.
#[derive(Debug)]
struct ToChromium(Value);

impl WebDriverCompatibleCommand for ToChromium {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, <Url as FromStr>::Err> {
        let session = session.expect("a session was started");
        base.join(&format!("session/{session}/goog/cdp/execute"))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.0.to_string()))
    }
}

/// A browser with a window of its own. Its processes end with it.
pub(crate) struct Browser {
    pub(crate) page: Client,
    driver: Child,
}

impl Browser {
    /// Starts one, or says why the test is skipped.
    pub(crate) async fn start(test: &str) -> Option<Self> {
        let (Some(chromium), Some(driver)) = (found("chromium"), found("chromedriver")) else {
            let required = std::env::var_os("ZENDESK_OAUTH_REQUIRE_BROWSER").is_some();
            assert!(!required, "no chromium or no chromedriver on the PATH");
            // Straight to the stream: what print macros write is shown of failed tests only.
            let _ = writeln!(
                std::io::stderr(),
                "skipped {test}: no chromium or no chromedriver on the PATH (apt-get install chromium chromium-driver)"
            );
            return None;
        };
        let mut driver = Command::new(driver)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("chromedriver starts");
        let port = port(&mut driver).await;
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ];
        let options = json!({ "binary": chromium, "args": arguments });
        let Value::Object(capabilities) = json!({
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        }) else {
            unreachable!("it is written as an object");
        };
        let mut builder =
            ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
        let driver_url = format!("http://127.0.0.1:{port}");
        let connected = builder.capabilities(capabilities).connect(&driver_url);
        let page = connected.await.expect("a session");
        Some(Self { page, driver })
    }

    /// Opens an address.
    pub(crate) async fn open(&self, url: &str) {
        self.page.goto(url).await.expect("the page loads");
    }

    /// Makes the page as wide as a phone's or a desk's screen; a window is never narrower than 500 pixels.
    pub(crate) async fn set_width(&self, width: u32) {
        let metrics = json!({
            "cmd": "Emulation.setDeviceMetricsOverride",
            "params": { "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500 },
        });
        let set = self.page.issue_cmd(ToChromium(metrics)).await;
        set.expect("Chromium takes any width");
    }

    /// Clicks the element with that id.
    pub(crate) async fn click(&self, id: &str) {
        let wait = self.page.wait().at_most(PATIENCE);
        let element = wait.for_element(Locator::Id(id)).await;
        let element = element.unwrap_or_else(|error| panic!("no element {id}: {error}"));
        element.click().await.expect("it can be clicked");
    }

    /// Everything that the page shows.
    pub(crate) async fn text(&self) -> String {
        let body = self.page.find(Locator::Css("body")).await.expect("a body");
        body.text().await.expect("its text")
    }

    /// Waits until the address starts so, and returns the values of its query.
    pub(crate) async fn arrived(&self, start: &str) -> Vec<(String, String)> {
        let arrived = async {
            loop {
                let url = self.page.current_url().await.expect("an address");
                if url.as_str().starts_with(start) {
                    return url.query_pairs().into_owned().collect();
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE, arrived)
            .await
            .unwrap_or_else(|_| panic!("the browser never came to {start}"))
    }

    /// Closes the window and ends the driver.
    pub(crate) async fn close(mut self) {
        self.page.close().await.expect("the window closes");
        self.driver.kill().await.expect("the driver ends");
    }
}

/// A program on the PATH.
fn found(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// The port that the driver chose, which it says on its output.
async fn port(driver: &mut Child) -> u16 {
    let output = driver.stdout.take().expect("its output is piped");
    let mut lines = BufReader::new(output).lines();
    while let Some(line) = lines.next_line().await.expect("lines of text") {
        let Some((_, port)) = line.rsplit_once("successfully on port ") else {
            continue;
        };
        // The rest is read and thrown away, so that the driver is never held up by a full pipe.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        return port.trim_end_matches('.').parse().expect("a port");
    }
    panic!("chromedriver ended before it listened");
}
