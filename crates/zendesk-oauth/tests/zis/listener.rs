//! What strangers send to the listener, while the browser is away.

use reqwest::Url;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use zendesk_oauth::zis::ExchangedOAuthConnection;
use zendesk_oauth::{Error, reqwest};

use crate::account::Account;
use crate::{browser, stranger};

/// A flow whose browser stands before the last step.
struct Waiting {
    account: Account,
    home: Url,
    flow: JoinHandle<Result<ExchangedOAuthConnection, Error>>,
}

impl Waiting {
    async fn start() -> Self {
        let account = Account::agreeing().await;
        let (show, shown) = oneshot::channel();
        let connect = account
            .zis
            .connect(account.request(), |url| show.send(url.to_owned()).unwrap());
        let flow = tokio::spawn(connect.into_future());
        let home = browser::until_home(&shown.await.unwrap()).await;
        Self {
            account,
            home,
            flow,
        }
    }

    async fn connect(&self) -> TcpStream {
        stranger::connect(self.home.port().unwrap()).await
    }

    /// The first line of the answer to these bytes; nothing if the connection ends without one.
    async fn sent(&self, bytes: impl AsRef<[u8]>) -> String {
        stranger::sent(self.home.port().unwrap(), bytes).await
    }

    /// The target of the callback, code included.
    fn target(&self) -> String {
        format!("{}?{}", self.home.path(), self.home.query().unwrap())
    }

    /// The browser comes home, and the flow ends well.
    async fn finish(self) {
        assert!(!self.flow.is_finished());
        assert_eq!(self.account.count("exchange_verification_code"), 0);
        let page = browser::open(self.home.as_str()).await;
        assert_eq!(page.status, 200);
        let connection = self.flow.await.unwrap().unwrap();
        assert_eq!(connection.name.as_deref(), Some("my_connection"));
    }
}

#[tokio::test]
async fn other_requests_are_refused_and_do_not_end_the_flow() {
    let waiting = Waiting::start().await;
    let (path, target) = (waiting.home.path(), waiting.target());
    for (method, target, status) in [
        ("GET", "/", 404),
        ("GET", "/favicon.ico", 404),
        ("GET", "/?verification_code=abc", 404),
        ("GET", "/?error=access_denied", 404),
        ("GET", &format!("{path}x?verification_code=abc"), 404),
        ("GET", path, 400),
        ("GET", &format!("{path}?verification_code="), 400),
        ("GET", &format!("{target}&verification_code=abc"), 400),
        ("GET", &format!("{target}&error=access_denied"), 400),
        ("HEAD", &target, 405),
        ("POST", &target, 405),
        ("OPTIONS", &target, 405),
        ("TRACE", &target, 405),
    ] {
        let request = format!("{method} {target} HTTP/1.1\r\nhost: x\r\n\r\n");
        let answer = waiting.sent(request).await;
        let expected = format!("HTTP/1.1 {status} ");
        assert!(answer.starts_with(&expected), "{method}: {answer}");
    }
    waiting.finish().await;
}

#[tokio::test]
async fn garbage_and_long_heads_are_refused_and_do_not_end_the_flow() {
    let waiting = Waiting::start().await;
    for garbage in [
        "\r\n\r\nnonsense\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}",
        "GET / HTTP/9.9\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET /\r\n\r\n",
    ] {
        let answer = waiting.sent(garbage).await;
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 4"),
            "{answer}"
        );
    }
    let long = format!(
        "GET {} HTTP/1.1\r\nx: {}\r\n\r\n",
        waiting.target(),
        "a".repeat(20 * 1024)
    );
    let answer = waiting.sent(long).await;
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 431 "),
        "{answer}"
    );
    // Gone before anything was answered.
    let stream = waiting.connect().await;
    stream.set_zero_linger().unwrap();
    drop(stream);
    waiting.finish().await;
}

#[tokio::test]
async fn a_body_that_never_comes_holds_nothing_up() {
    let waiting = Waiting::start().await;
    let target = waiting.target();
    let answer = waiting
        .sent(format!(
            "POST {target} HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000\r\n\r\n"
        ))
        .await;
    assert!(answer.starts_with("HTTP/1.1 405 "), "{answer}");
    waiting.finish().await;
}

#[tokio::test]
async fn an_error_on_the_path_ends_the_flow_and_only_known_codes_are_said() {
    for (query, said) in [
        (
            "error=server_error&error_description=CANARY",
            Some("server_error"),
        ),
        ("error=CANARY&error_uri=CANARY", None),
    ] {
        let waiting = Waiting::start().await;
        let mut url = waiting.home.clone();
        url.set_query(Some(query));
        let page = browser::open(url.as_str()).await;
        assert_eq!(page.status, 200);
        assert!(!page.text.contains("CANARY"));
        let error = waiting.flow.await.unwrap().unwrap_err();
        assert_eq!(error.flow().unwrap().oauth_error(), said);
        assert!(!error.is_denied() && !error.is_timeout());
        assert!(!format!("{error} {error:?}").contains("CANARY"), "{error}");
        assert_eq!(waiting.account.count("exchange_verification_code"), 0);
    }
}

#[tokio::test]
async fn a_browser_that_closes_at_once_has_brought_its_code() {
    let waiting = Waiting::start().await;
    let mut stream = waiting.connect().await;
    let request = format!("GET {} HTTP/1.1\r\nhost: x\r\n\r\n", waiting.target());
    stream.write_all(request.as_bytes()).await.unwrap();
    drop(stream);
    waiting.flow.await.unwrap().unwrap();
}
