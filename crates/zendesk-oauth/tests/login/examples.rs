//! The examples, run against the sandbox.

use std::io::{BufReader, Read};
use std::path::PathBuf;
use std::sync::mpsc;

use tokio::sync::oneshot;
use zendesk_oauth::SystemClock;
use zendesk_oauth::token::{FileStore, LoginError};

use crate::account::Account;
use crate::browser;

#[allow(dead_code, reason = "its main is for a person")]
#[path = "../../examples/keep_fresh.rs"]
mod keep_fresh;
#[allow(dead_code, reason = "its main is for a person")]
#[path = "../../examples/login.rs"]
mod login;

/// An input with one line, that comes later.
struct OneLine(mpsc::Receiver<String>);

impl Read for OneLine {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let line = self.0.recv().unwrap_or_default();
        buffer[..line.len()].copy_from_slice(line.as_bytes());
        Ok(line.len())
    }
}

#[tokio::test]
async fn login_logs_in_by_pasting() {
    let uri = "https://app.example.com/callback";
    let account = Account::at("approve", uri.to_owned(), 0, SystemClock).await;
    let (type_in, typed) = mpsc::channel();
    let (show, shown) = oneshot::channel();
    let browse = async {
        let url: String = shown.await.unwrap();
        let home = browser::until_home(&url).await;
        type_in.send(format!("{home}\n")).unwrap();
    };
    let show = |url: &str| show.send(url.to_owned()).unwrap();
    let input = BufReader::new(OneLine(typed));
    let run = login::run(&account.endpoint, uri, input, show);
    let (issued, ()) = tokio::join!(run, browse);
    assert!(account.takes(&issued.unwrap()).await);
}

#[tokio::test]
async fn keep_fresh_logs_in_once_and_goes_on_with_that_login() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("keep_fresh_example");
    let mut turns = 0..100;
    let account = loop {
        // A port that was free may be taken by the time it is listened on.
        turns.next().expect("a port is free");
        let _ = std::fs::remove_dir_all(&folder);
        let account = Account::agreeing().await;
        let (show, shown) = oneshot::channel();
        let show = |url: &str| show.send(url.to_owned()).unwrap();
        let store = FileStore::new(&folder);
        let source = keep_fresh::source(&account.endpoint, store, &account.redirect_uri, show);
        let browse = async {
            let url: Result<String, _> = shown.await;
            if let Ok(url) = url {
                browser::open(&url).await;
            }
        };
        match tokio::join!(source, browse).0 {
            Ok(source) => break (account, source),
            Err(error) => {
                let error = error.downcast::<zendesk_oauth::Error>().unwrap();
                assert!(
                    matches!(error.login(), Some(LoginError::Listener { .. })),
                    "{error}"
                );
            }
        }
    };
    let (account, source) = account;
    let mut out = Vec::new();
    keep_fresh::run(account.sandbox.url(), &source, &mut out)
        .await
        .unwrap();
    drop(source);

    // Another process, later: the login is there, and is refreshed.
    let store = FileStore::new(&folder);
    let show = |_: &str| unreachable!("somebody has logged in");
    let source = keep_fresh::source(&account.endpoint, store, &account.redirect_uri, show).await;
    let source = source.unwrap();
    source.refresh().await.unwrap();
    keep_fresh::run(account.sandbox.url(), &source, &mut out)
        .await
        .unwrap();
    let out = String::from_utf8(out).unwrap();
    assert!(out.contains("Usable, token 1\n"), "{out}");
    assert!(out.ends_with("Usable, token 2\n"), "{out}");
    assert_eq!(account.redeemed().len(), 2);
}
