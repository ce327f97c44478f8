//! A login whose browser stands before the last step.

use reqwest::Url;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use zendesk_oauth::token::{IssuedToken, Login, LoginError};
use zendesk_oauth::{Clock, Error, SystemClock, reqwest};

use crate::account::Account;
use crate::browser;

pub(crate) struct Waiting {
    pub(crate) account: Account,
    /// The URL that was handed out.
    pub(crate) url: Url,
    /// Where the browser is sent to.
    pub(crate) home: Url,
    pub(crate) login: JoinHandle<Result<IssuedToken, Error>>,
}

impl Waiting {
    pub(crate) async fn start() -> Self {
        Self::of(Account::agreeing, |login| login).await
    }

    pub(crate) async fn with(consent: &str, host: &str, clock: impl Clock + Clone) -> Self {
        let account = async || Account::with(consent, host, clock.clone()).await;
        Self::of(account, |login| login).await
    }

    pub(crate) async fn denied() -> Self {
        Self::with("deny", "127.0.0.1", SystemClock).await
    }

    /// A port that was free may be taken by the time it is listened on: then with another account.
    pub(crate) async fn of(
        account: impl AsyncFn() -> Account,
        mut change: impl FnMut(Login) -> Login,
    ) -> Self {
        for _ in 0..100 {
            let account = account().await;
            let (show, shown) = oneshot::channel();
            let login = change(account.login());
            let login = login.open(|url| show.send(url.to_owned()).unwrap());
            let login = tokio::spawn(login.into_future());
            let Ok(url) = shown.await else {
                let error = login.await.unwrap().unwrap_err();
                assert!(
                    matches!(error.login(), Some(LoginError::Listener { .. })),
                    "{error}"
                );
                continue;
            };
            let home = browser::until_home(&url).await;
            return Self {
                account,
                url: Url::parse(&url).unwrap(),
                home,
                login,
            };
        }
        panic!("no port was free");
    }

    /// Where the listener is, whatever the redirect URI calls it.
    pub(crate) fn listener(&self) -> Url {
        let mut url = self.home.clone();
        url.set_host(Some("127.0.0.1")).unwrap();
        url
    }

    /// The target of the callback, code included.
    pub(crate) fn target(&self) -> String {
        format!("{}?{}", self.home.path(), self.home.query().unwrap())
    }

    /// The browser comes home, and the login ends well.
    pub(crate) async fn finish(self) {
        assert!(!self.login.is_finished());
        assert!(self.account.redeemed().is_empty());
        let page = browser::open(self.listener().as_str()).await;
        assert_eq!(page.status, 200);
        let issued = self.login.await.unwrap().unwrap();
        assert!(self.account.takes(&issued).await);
    }
}
