//! A server that answers with what it was given, in this process, and hears whatever is asked.
//!
//! It is the proxy of the client too: a call to any host ends here, so that none can be missed.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use reqwest::{ClientBuilder, Proxy};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::task::LocalSet;
use zendesk_oauth::{Credentials, RetryPolicy, Zendesk};

/// Where the client believes its server to be. Nobody is there.
pub(crate) const BASE_URL: &str = "http://127.0.0.1:9";

/// Of no use to anybody else.
const TOKEN: &str = "CANARY-token";

thread_local! {
    static RUNTIME: Runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime needs nothing that may be missing");
    static SERVER: Server = Server::start();
}

/// An HTTP client that is made quickly: reading the certificates of the system takes longer than all the rest.
pub(crate) fn without_certificates() -> ClientBuilder {
    reqwest::Client::builder().tls_certs_only([]).no_proxy()
}

/// Waits for something on this thread.
pub(crate) fn at_once<F: Future>(future: F) -> F::Output {
    RUNTIME.with(|runtime| runtime.block_on(future))
}

/// What a call was, and what became of it.
pub(crate) struct Heard<T> {
    pub(crate) said: T,
    /// The first lines of the requests: `GET http://127.0.0.1:9/api/v2/… HTTP/1.1`.
    pub(crate) requests: Vec<String>,
}

/// Lets `work` call a server that gives these answers, and the last one again and again.
pub(crate) fn answering<T>(
    answers: Vec<Answer>,
    work: impl AsyncFnOnce(&Zendesk) -> T,
) -> Heard<T> {
    SERVER.with(|server| {
        {
            let mut script = server.script.borrow_mut();
            script.answers = answers.into();
            script.requests.clear();
        }
        let said = RUNTIME.with(|runtime| server.tasks.block_on(runtime, work(&server.zendesk)));
        let requests = std::mem::take(&mut server.script.borrow_mut().requests);
        for request in &requests {
            let target = request.split(' ').nth(1).unwrap_or_default();
            assert!(
                target.starts_with(&format!("{BASE_URL}/")),
                "another host is asked: {request}"
            );
        }
        Heard { said, requests }
    })
}

/// An answer. How long it is, is said for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Lines of headers, as they are.
    pub(crate) headers: Vec<u8>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// JSON with status 200.
    pub(crate) fn json(body: &[u8]) -> Self {
        Self {
            status: 200,
            headers: b"content-type: application/json".to_vec(),
            body: body.to_vec(),
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = format!("HTTP/1.1 {} So\r\n", self.status).into_bytes();
        for line in self.headers.split(|byte| *byte == b'\n') {
            let line = line.trim_ascii();
            let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
            // What says where an answer ends is the HTTP library's affair.
            let frames = [
                "content-length",
                "transfer-encoding",
                "connection",
                "upgrade",
            ];
            if line.is_empty()
                || frames
                    .iter()
                    .any(|it| name.eq_ignore_ascii_case(it.as_bytes()))
            {
                continue;
            }
            bytes.extend_from_slice(line);
            bytes.extend_from_slice(b"\r\n");
        }
        let is_empty = matches!(self.status, 100..=199 | 204 | 304);
        if !is_empty {
            bytes.extend_from_slice(format!("content-length: {}\r\n", self.body.len()).as_bytes());
        }
        bytes.extend_from_slice(b"\r\n");
        if !is_empty {
            bytes.extend_from_slice(&self.body);
        }
        bytes
    }
}

#[derive(Default)]
struct Script {
    answers: VecDeque<Answer>,
    requests: Vec<String>,
}

impl Script {
    fn answer(&mut self, request: String) -> Vec<u8> {
        self.requests.push(request);
        let answer = match self.answers.len() {
            0 | 1 => self.answers.front().cloned(),
            _ => self.answers.pop_front(),
        };
        answer.unwrap_or_default().bytes()
    }
}

struct Server {
    script: Rc<RefCell<Script>>,
    tasks: LocalSet,
    zendesk: Zendesk,
}

impl Server {
    fn start() -> Self {
        let script = Rc::new(RefCell::new(Script::default()));
        let tasks = LocalSet::new();
        let listener = at_once(TcpListener::bind("127.0.0.1:0")).expect("there is a port");
        let address = listener.local_addr().expect("it is bound");
        let shared = Rc::clone(&script);
        tasks.spawn_local(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::task::spawn_local(serve(stream, Rc::clone(&shared)));
            }
        });
        let proxy = Proxy::all(format!("http://{address}")).expect("it is a URL");
        let token = || Credentials::bearer(TOKEN);
        let zendesk = Zendesk::at(BASE_URL)
            .support(token())
            .zis("mine", token())
            .chat(token())
            .http_client_builder(without_certificates().proxy(proxy))
            .retry_policy(RetryPolicy::never())
            .build()
            .expect("these settings are right");
        Self {
            script,
            tasks,
            zendesk,
        }
    }
}

/// One connection, until the client has enough of it.
async fn serve(mut stream: TcpStream, script: Rc<RefCell<Script>>) {
    let mut heard = Vec::new();
    loop {
        let Some((request, length)) = request(&heard) else {
            match stream.read_buf(&mut heard).await {
                Ok(0) | Err(_) => return,
                Ok(_) => continue,
            }
        };
        heard.drain(..length);
        let answer = script.borrow_mut().answer(request);
        if stream.write_all(&answer).await.is_err() {
            return;
        }
    }
}

/// The first line of a request that is there as a whole, and how long it is.
fn request(heard: &[u8]) -> Option<(String, usize)> {
    let end = heard.windows(4).position(|it| it == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&heard[..end]).to_ascii_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    let whole = end + length.unwrap_or(0_usize);
    let line = String::from_utf8_lossy(&heard[..end]);
    let line = line.lines().next().unwrap_or_default().to_owned();
    (heard.len() >= whole).then_some((line, whole))
}
