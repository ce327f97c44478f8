//! How the credentials of one area are doing.

use std::time::SystemTime;

use serde::Serialize;
use zendesk_oauth::token::{FileStore, LoginEndReason, Record, TokenStore as _};
use zendesk_oauth::{Credentials, Zendesk};

use super::told;
use crate::account::{Account, logins, whom};
use crate::config::{Access, Chosen, CredentialKind, Origin, Paths, Profile};
use crate::failure::{Failure, Kind};

/// One area of one profile. No secret is in it.
#[derive(Debug, Default, Serialize)]
pub(super) struct Row {
    pub(super) profile: Option<String>,
    pub(super) current: bool,
    url: String,
    area: &'static str,
    kind: &'static str,
    /// Where the credentials are from.
    from: &'static str,
    user: Option<String>,
    scopes: Option<Vec<String>>,
    valid_until: Option<String>,
    refresh_valid_until: Option<String>,
    phase: &'static str,
    pub(super) problem: Option<String>,
    /// What to do.
    pub(super) advice: Option<String>,
    /// What comes before a login, and is not the profile's.
    #[serde(skip)]
    outside: Option<Origin>,
}

const USABLE: &str = "usable";
const UNCHECKED: &str = "unchecked";
const UNREACHABLE: &str = "unreachable";
const REFUSED: &str = "refused";
const FAILING: &str = "failing";
const NO_LOGIN: &str = "no_login";
const ENDED: &str = "ended";
const EXPIRED: &str = "expired";

/// What stands for the end of a token that has none.
const NEVER: &str = "never";

impl Row {
    fn new(profile: Option<&str>, url: &str, area: &'static str, kind: CredentialKind) -> Self {
        Self {
            profile: profile.map(str::to_owned),
            url: url.to_owned(),
            area,
            kind: kind.name(),
            from: "profile",
            phase: UNCHECKED,
            ..Self::default()
        }
    }

    /// Whether the credentials work, as far as is known.
    pub(super) fn is_usable(&self) -> bool {
        matches!(self.phase, USABLE | UNCHECKED)
    }

    /// Whether nothing answered.
    pub(super) fn is_unreachable(&self) -> bool {
        self.phase == UNREACHABLE
    }

    fn failed(&mut self, failure: &Failure) {
        self.phase = match failure.kind() {
            Kind::Network | Kind::RateLimited => UNREACHABLE,
            Kind::Auth => REFUSED,
            _ => FAILING,
        };
        self.problem = Some(failure.to_string());
    }

    /// Says where the credentials are from, if that is known.
    fn from(mut self, origin: Option<&Origin>) -> Self {
        match origin {
            Some(origin @ (Origin::Flag(_) | Origin::Variable(_))) => {
                self.from = origin.level();
                self.outside = Some(origin.clone());
            }
            Some(origin) => self.from = origin.level(),
            None => self.from = "sandbox",
        }
        self
    }

    /// Says what to do, if there is something.
    fn advised(mut self) -> Self {
        let profile = self.profile.as_deref().unwrap_or("NAME");
        let another = match (&self.outside, self.area) {
            (Some(Origin::Variable(name)), _) => {
                format!("unset {name}, or set it to another one: it comes before the profile")
            }
            (Some(origin), _) => format!("give another one than that of {origin}"),
            (None, "support") => format!("run `zendesk-oauth login --profile {profile}`"),
            (None, area) => {
                format!("run `zendesk-oauth login --profile {profile} --token-stdin --area {area}`")
            }
        };
        self.advice = match self.phase {
            REFUSED | NO_LOGIN | ENDED | EXPIRED => Some(another),
            UNREACHABLE | FAILING => Some(match &self.profile {
                Some(name) => format!("run `zendesk-oauth doctor --profile {name}`"),
                None => "run `zendesk-oauth doctor`".to_owned(),
            }),
            _ => None,
        };
        self
    }

    /// What is not usable, for a person.
    pub(super) fn told(&self) -> Option<String> {
        let what = match &self.problem {
            Some(problem) => problem.clone(),
            None => self.phase.replace('_', " "),
        };
        let whose = match &self.profile {
            Some(name) => format!(" of the profile {name}"),
            None => String::new(),
        };
        let advice = self.advice.as_ref()?;
        Some(format!(
            "The credentials{whose} for {} ({}): {what}; {advice}",
            self.area, self.phase
        ))
    }

    /// What the store says of a login.
    fn take(&mut self, record: Option<&Record>, kind: CredentialKind) {
        let Some(record) = record else {
            self.phase = NO_LOGIN;
            return;
        };
        self.phase = USABLE;
        if let Some(end) = record.end() {
            let is_out = end.reason == LoginEndReason::LoggedOut;
            self.phase = if is_out { NO_LOGIN } else { ENDED };
            self.problem = Some(end.to_string());
            return;
        }
        self.scopes = record.scope().map(told::scopes);
        self.valid_until = record.valid_until().and_then(told::time);
        self.refresh_valid_until = record.refresh_valid_until().and_then(told::time);
        let now = SystemTime::now();
        let is_past = |time: Option<SystemTime>| time.is_some_and(|time| time <= now);
        let is_renewed = kind == CredentialKind::ClientCredentials
            || record.refresh_token().is_some() && !is_past(record.refresh_valid_until());
        if is_past(record.valid_until()) && !is_renewed {
            self.phase = EXPIRED;
        }
    }
}

/// The areas of the account in use, each asked for.
pub(super) async fn asked(account: &Account) -> Vec<Row> {
    let settings = account.settings();
    let url = account.url();
    let row = |area, kind, chosen: &Option<Chosen<Access>>| {
        let row = Row::new(settings.profile.as_deref(), url, area, kind);
        row.from(chosen.as_ref().map(|it| &it.origin))
    };
    let resolved = &settings.resolved;
    let mut rows = Vec::new();
    if let (Some(kind), Some(credentials)) = (settings.support_kind(), &settings.support) {
        let mut it = row("support", kind, &resolved.support);
        ask_support(&mut it, url, credentials, kind).await;
        if let (true, Some(source)) = (it.is_usable(), &settings.source) {
            let state = source.state();
            if let Some(time) = state.valid_until.and_then(told::time) {
                it.valid_until = Some(time);
            }
            if let Some(time) = state.refresh_valid_until.and_then(told::time) {
                it.refresh_valid_until = Some(time);
            }
        }
        rows.push(it);
    }
    if let Some(kind) = settings.zis_kind() {
        rows.push(row("zis", kind, &resolved.zis));
    }
    if let (Some(kind), Some(credentials)) = (settings.chat_kind(), &settings.chat) {
        let mut it = row("chat", kind, &resolved.chat);
        ask_chat(&mut it, url, credentials).await;
        rows.push(it);
    }
    rows.into_iter().map(Row::advised).collect()
}

/// The areas of a profile as they are stored. Nothing is asked.
pub(super) async fn of_file(paths: &Paths, name: &str, profile: &Profile) -> Vec<Row> {
    let url = &profile.url.value;
    let areas = [
        ("support", &profile.support),
        ("zis", &profile.zis),
        ("chat", &profile.chat),
    ];
    let mut rows = Vec::new();
    for (area, entry) in areas {
        let Some(entry) = entry else { continue };
        let kind = entry.value.kind();
        let mut row = Row::new(Some(name), url, area, kind);
        if kind.is_login() {
            match FileStore::new(paths.login(name)).load().await {
                Ok(stored) => row.take(stored.as_ref().map(|it| &it.record), kind),
                Err(error) => {
                    row.phase = "unreadable";
                    row.problem = Some(error.to_string());
                }
            }
        }
        rows.push(row);
    }
    rows.into_iter().map(Row::advised).collect()
}

/// The same, each asked for with the credentials of the profile alone.
pub(super) async fn asked_by_file(
    paths: &Paths,
    name: &str,
    profile: &Profile,
) -> Result<Vec<Row>, Failure> {
    let url = &profile.url.value;
    let mut rows = of_file(paths, name, profile).await;
    for row in &mut rows {
        let entry = match row.area {
            "support" => &profile.support,
            "chat" => &profile.chat,
            _ => continue,
        };
        let Some(entry) = entry else { continue };
        let credentials = match &entry.value {
            Access::Token(token) => Credentials::bearer(token.clone()),
            Access::ApiToken { email, token } => Credentials::api_token(email, token.clone()),
            Access::Login(_) if !row.is_usable() => continue,
            Access::Login(login) => logins::open(url, login, &paths.login(name))?.credentials(),
        };
        if row.area == "chat" {
            ask_chat(row, url, &credentials).await;
        } else {
            ask_support(row, url, &credentials, entry.value.kind()).await;
        }
    }
    logins::settle_all().await;
    Ok(rows.into_iter().map(Row::advised).collect())
}

async fn ask_support(row: &mut Row, url: &str, credentials: &Credentials, kind: CredentialKind) {
    match support(row, url, credentials, kind).await {
        Ok(()) => row.phase = USABLE,
        Err(failure) => row.failed(&failure),
    }
}

async fn support(
    row: &mut Row,
    url: &str,
    credentials: &Credentials,
    kind: CredentialKind,
) -> Result<(), Failure> {
    let whom = whom::ask(url, credentials.clone()).await?;
    row.user = whom.map(|whom| whom.to_string());
    if kind == CredentialKind::ApiToken {
        return Ok(());
    }
    let zendesk = Zendesk::at(url).support(credentials.clone()).build()?;
    match zendesk.oauth_tokens().show_current().await {
        Ok(token) => {
            let printable = |it: &String| crate::text::printable(it);
            row.scopes = token.scopes.map(|it| it.iter().map(printable).collect());
            let end = token.expires_at.map(|it| it.to_string());
            row.valid_until = Some(end.unwrap_or_else(|| NEVER.to_owned()));
            row.refresh_valid_until = token.refresh_token_expires_at.map(|it| it.to_string());
            Ok(())
        }
        // What its scopes do not let it say.
        Err(error) if error.is_forbidden() => Ok(()),
        Err(error) => Err(error.into()),
    }
}

async fn ask_chat(row: &mut Row, url: &str, credentials: &Credentials) {
    let zendesk = Zendesk::at(url).chat(credentials.clone()).build();
    let listed = match zendesk {
        Ok(zendesk) => zendesk.chat().list().await.map(drop),
        Err(error) => Err(error),
    };
    match listed {
        Ok(()) => row.phase = USABLE,
        Err(error) if error.is_forbidden() => row.phase = USABLE,
        Err(error) => row.failed(&error.into()),
    }
}
