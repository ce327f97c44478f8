//! The call, and those of further pages.

use std::process::ExitCode;

use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::Value;
use zendesk_oauth::{Credentials, RetryPolicy};
use zendesk_oauth_core::Transport;

use super::arguments::{Area, Arguments};
use super::trail::Trail;
use super::{body, fields, header, makes_secret, pages, path, print};
use crate::account::{Account, RawRequest};
use crate::change::{confirm, placeholder, show_request};
use crate::failure::{Failure, Kind};
use crate::output::{Format, OutputFlags};

/// A call that was checked.
struct Call {
    method: Method,
    path: String,
    headers: HeaderMap,
    body: Option<Value>,
}

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let method = arguments.method.clone();
    let reads = matches!(method, Method::GET | Method::HEAD);
    if arguments.paginate && method != Method::GET {
        return Err(Failure::usage("--paginate goes with GET only"));
    }
    if reads && arguments.input.is_some() {
        return Err(Failure::usage(format!("--input: {method} takes no body")));
    }
    fields::check_path(&arguments.path)?;
    let headers = header::all(&arguments.headers)?;
    let (query, body) = if reads {
        (fields::query(&arguments.fields)?, None)
    } else if let Some(input) = &arguments.input {
        (Vec::new(), Some(body::read(input)?))
    } else {
        (Vec::new(), fields::body(&arguments.fields)?)
    };
    let account = Account::open(&arguments.account).await?;
    let path = path::of_argument(account.url(), &arguments.path, arguments.area)?;
    if !arguments.output.reveal && !arguments.change.dry_run {
        makes_secret::refuse(&method, &path)?;
    }
    let call = Call {
        path: path::with_query(&path, &query),
        method,
        headers,
        body,
    };
    let credentials = credentials(&account, arguments.area)?;
    let output = &arguments.output;
    if arguments.change.dry_run {
        let placeholder = placeholder(account.settings(), arguments.area == Area::Support);
        show_request(&account, output, async |zendesk| {
            let transport = Transport::builder(zendesk.base_url())
                .credentials(placeholder)
                .retry_policy(RetryPolicy::never())
                .build();
            let transport = transport.map_err(zendesk_oauth::Error::from)?;
            call.request(&call.path).send(&transport).await
        })
        .await?;
        account.close().await?;
        return Ok(ExitCode::SUCCESS);
    }
    if call.method == Method::DELETE {
        confirm(
            arguments.change,
            &format!("DELETE {}", call.shown_path()),
            call.last_segment(),
        )?;
    }
    let transport = account.transport_with(credentials, None)?;
    if arguments.paginate {
        call.paginate(&transport, output, arguments.include).await?;
    } else {
        let answer = call.request(&call.path).send(&transport).await?;
        if arguments.include {
            print::head(&answer.0);
        }
        print::body(output, &answer, &call.path)?;
    }
    account.close().await?;
    Ok(ExitCode::SUCCESS)
}

fn credentials(account: &Account, area: Area) -> Result<Credentials, Failure> {
    let settings = account.settings();
    let missing = |what: &str, variable: &str| {
        let message = format!("there are no credentials for {what}: set {variable}");
        Failure::new(Kind::Auth, message)
    };
    match area {
        Area::Support => account.support_credentials().cloned(),
        Area::Zis => settings
            .zis
            .clone()
            .ok_or_else(|| missing("ZIS", "ZENDESK_ZIS_TOKEN")),
        Area::Chat => settings
            .chat
            .clone()
            .ok_or_else(|| missing("Chat", "ZENDESK_CHAT_TOKEN")),
    }
}

impl Call {
    fn request<'a>(&'a self, path: &'a str) -> RawRequest<'a> {
        let request = RawRequest::new(self.method.clone(), path).headers(self.headers.clone());
        match &self.body {
            Some(body) => request.json(body),
            None => request,
        }
    }

    fn shown_path(&self) -> &str {
        self.path.split('?').next().unwrap_or_default()
    }

    fn last_segment(&self) -> &str {
        let mut segments = self.shown_path().rsplit('/');
        segments.find(|it| !it.is_empty()).unwrap_or("/")
    }

    /// Page after page. Only one is held at a time, and a number for each that was seen.
    async fn paginate(
        &self,
        transport: &Transport,
        output: &OutputFlags,
        include: bool,
    ) -> Result<(), Failure> {
        // A list without columns is JSON, as one answer is.
        let mut output = output.clone();
        if output.format == Format::Table && output.columns.is_empty() {
            output.format = Format::Json;
        }
        let mut rows = output.rows(print::SHAPE);
        let mut trail = Trail::default();
        let mut path = self.path.clone();
        loop {
            trail.step(&path)?;
            let answer = self.request(&path).send(transport).await?;
            if include {
                print::head(&answer.0);
            }
            let none = || {
                Failure::failed(format!(
                    "the answer of {} has no list: leave out --paginate",
                    self.shown_path()
                ))
            };
            let mut value = answer.json().ok_or_else(none)?;
            let next = pages::next(transport.base_url(), &path, &value);
            for item in pages::items(&mut value, &path)?.ok_or_else(none)? {
                rows.push(&print::shown(&output, item))?;
            }
            match next? {
                Some(next) => path = next,
                None => return rows.finish(),
            }
        }
    }
}
