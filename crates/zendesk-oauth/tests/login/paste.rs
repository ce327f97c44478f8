//! Pasting the address, where the browser cannot get to the machine.

use std::future::pending;
use std::io::{BufReader, Cursor, Read};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use tokio::sync::{mpsc as tokio_mpsc, oneshot};
use zendesk_oauth::token::{IssuedToken, Login, LoginError};
use zendesk_oauth::{Error, SystemClock};

use crate::account::Account;
use crate::browser;
use crate::clocks::Standing;
use crate::stranger::{assert_ends, idle};
use crate::waiting::Waiting;

/// A person with a keyboard, and what the person is told.
#[derive(Clone)]
struct Person {
    keys: tokio_mpsc::UnboundedSender<String>,
    told: Arc<Mutex<Vec<String>>>,
}

impl Person {
    /// At this login.
    fn at(login: Login) -> (Self, Login) {
        let (keys, typed) = tokio_mpsc::unbounded_channel();
        let person = Self {
            keys,
            told: Arc::default(),
        };
        let told = Arc::clone(&person.told);
        let typed = Arc::new(tokio::sync::Mutex::new(typed));
        let login = login.paste(move |wrong| {
            told.lock().unwrap().extend(wrong.map(|it| it.to_string()));
            let typed = Arc::clone(&typed);
            async move { typed.lock().await.recv().await }
        });
        (person, login)
    }

    fn pastes(&self, text: impl Into<String>) {
        self.keys.send(text.into()).unwrap();
    }

    fn told(&self) -> Vec<String> {
        self.told.lock().unwrap().clone()
    }
}

/// A login that listens, with a person in front of it.
async fn waiting() -> (Waiting, Person) {
    let mut person = None;
    let waiting = Waiting::of(Account::agreeing, |login| {
        let (at, login) = Person::at(login);
        person = Some(at);
        login
    });
    (waiting.await, person.unwrap())
}

/// Logs in without a listener: the browser's address is given to `paste`, which has it typed.
async fn pasted(
    account: &Account,
    login: Login,
    paste: impl AsyncFnOnce(String),
) -> Result<IssuedToken, Error> {
    let (show, shown) = oneshot::channel();
    let login = login.open(|url| show.send(url.to_owned()).unwrap());
    let login = tokio::spawn(login.into_future());
    let home = browser::until_home(&shown.await.unwrap()).await;
    assert!(account.redeemed().is_empty());
    paste(home.to_string()).await;
    login.await.unwrap()
}

#[tokio::test]
async fn a_pasted_address_wins_and_closes_the_listener() {
    let (waiting, person) = waiting().await;
    let idle = idle(waiting.account.port).await;
    person.pastes(format!("{}\n", waiting.home));
    let issued = waiting.login.await.unwrap().unwrap();
    assert!(waiting.account.takes(&issued).await);
    assert_ends(&idle).await;
    assert!(person.told().is_empty());
}

#[tokio::test]
async fn a_wrong_paste_is_told_and_the_right_one_after_it_counts() {
    let (waiting, person) = waiting().await;
    let home = waiting.home.clone();
    let query = home.query().unwrap();
    person.pastes("CANARY-no-address");
    person.pastes(format!("{}?code=CANARY&state=CANARY", home.path()));
    person.pastes("");
    person.pastes(waiting.url.as_str());
    person.pastes(query);
    let issued = waiting.login.await.unwrap().unwrap();
    assert!(waiting.account.takes(&issued).await);
    assert_eq!(waiting.account.redeemed().len(), 1);
    let told = person.told();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].contains("is not the address"), "{told:?}");
    assert_eq!(told[0], told[1]);
    assert!(told[2].contains("has no code"), "{told:?}");
    assert!(!told.concat().contains("CANARY"), "{told:?}");
}

#[tokio::test]
async fn the_browser_wins_over_a_person_who_pastes_nothing_or_nothing_more() {
    let (waiting, person) = waiting().await;
    person.pastes("CANARY");
    waiting.finish().await;
    let end = |login: Login| login.paste(|_| std::future::ready(None));
    Waiting::of(Account::agreeing, end).await.finish().await;
}

#[tokio::test]
async fn a_pasted_denial_ends_it() {
    let account = Account::denying().await;
    let (person, login) = Person::at(account.login());
    let paste = async |home: String| person.pastes(home);
    let error = pasted(&account, login, paste).await.unwrap_err();
    assert!(error.is_denied(), "{error}");
    assert!(account.redeemed().is_empty());
}

#[tokio::test]
async fn where_nothing_can_be_listened_on_pasting_alone_works() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    for uri in [
        format!("http://127.0.0.1:{port}/callback"),
        "https://app.example.com/callback".to_owned(),
    ] {
        let account = Account::at("approve", uri, port, SystemClock).await;
        let (person, login) = Person::at(account.login());
        let paste = async |home: String| person.pastes(home);
        let issued = pasted(&account, login, paste).await.unwrap();
        assert!(account.takes(&issued).await);
    }
}

#[tokio::test]
async fn without_a_listener_the_end_of_what_is_pasted_ends_it() {
    let uri = "https://app.example.com/callback".to_owned();
    let account = Account::at("approve", uri, 0, SystemClock).await;
    let login = account.login().paste(|_| std::future::ready(None));
    let error = login.open(|_| {}).await.unwrap_err();
    assert!(matches!(error.login(), Some(LoginError::NothingPasted)));
    assert!(!error.is_timeout() && !error.is_denied(), "{error}");
}

#[tokio::test]
async fn without_a_listener_the_deadline_counts_too() {
    let clock = Standing::new();
    let uri = "https://app.example.com/callback".to_owned();
    let account = Account::at("approve", uri, 0, clock.clone()).await;
    let login = account.login().paste(|_| pending());
    let error = login.open(move |_| clock.end_all_waits()).await;
    assert!(error.unwrap_err().is_timeout());
}

#[tokio::test]
async fn lines_of_an_input_are_pasted_and_what_is_wrong_is_told() {
    let uri = "https://app.example.com/callback".to_owned();
    let account = Account::at("approve", uri, 0, SystemClock).await;
    let (type_in, typed) = mpsc::channel();
    let told = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&told);
    let login = account
        .login()
        .paste_lines(BufReader::new(Keyboard::of(typed)), move |wrong| {
            heard.lock().unwrap().push(wrong.to_string());
        });
    let paste = async |home: String| {
        type_in.send(format!("CANARY\r\n{home}\r\n")).unwrap();
    };
    let issued = pasted(&account, login, paste).await.unwrap();
    assert!(account.takes(&issued).await);
    let told = told.lock().unwrap();
    assert_eq!(told.len(), 1);
    assert!(!told[0].contains("CANARY"), "{told:?}");
}

/// Nobody types, and the runtime ends all the same: what is read is not read in its threads.
#[test]
fn an_input_that_blocks_keeps_no_runtime_from_ending() {
    let (type_in, typed) = mpsc::channel();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let keyboard = Arc::new(Mutex::new(Some(Keyboard::of(typed))));
        let waiting = Waiting::of(Account::agreeing, |login| {
            let keyboard = keyboard.lock().unwrap().take();
            match keyboard {
                Some(keyboard) => login.paste_lines(BufReader::new(keyboard), |_| {}),
                None => login,
            }
        });
        waiting.await.finish().await;
    });
    let (say, said) = mpsc::channel();
    std::thread::spawn(move || {
        drop(runtime);
        say.send(()).unwrap();
    });
    assert!(said.recv_timeout(Duration::from_secs(10)).is_ok());
    drop(type_in);
}

/// An input that blocks until something is typed.
struct Keyboard {
    typed: mpsc::Receiver<String>,
    line: Cursor<Vec<u8>>,
}

impl Keyboard {
    fn of(typed: mpsc::Receiver<String>) -> Self {
        let line = Cursor::default();
        Self { typed, line }
    }
}

impl Read for Keyboard {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.line.position() == self.line.get_ref().len() as u64 {
            let Ok(text) = self.typed.recv() else {
                return Ok(0);
            };
            self.line = Cursor::new(text.into_bytes());
        }
        self.line.read(buffer)
    }
}
