//! Steps, and what they expect. No line that is printed here shows a secret.

// An area uses what it needs of it.
#![allow(dead_code)]

use std::{env, fmt::Debug, process::ExitCode};

use reqwest::{Client, Url, redirect::Policy};
use zendesk::apis::{Error, ResponseContent, configuration::Configuration};

/// An expectation that was not met, in words.
pub struct Unmet(String);

impl From<&str> for Unmet {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<reqwest::Error> for Unmet {
    /// Without the URL, for a query may hold a secret.
    fn from(error: reqwest::Error) -> Self {
        Self(error.without_url().to_string())
    }
}

impl<T> From<Error<T>> for Unmet {
    fn from(error: Error<T>) -> Self {
        match error {
            Error::Reqwest(error) => error.into(),
            // Its text can quote the body.
            Error::Serde(_) => "the body cannot be read".into(),
            Error::Io(error) => Self(error.to_string()),
            Error::ResponseError(response) => Self(format!("came {}", response.status)),
        }
    }
}

/// Says how each step went.
#[derive(Default)]
pub struct Report {
    failed: bool,
}

impl Report {
    /// Says in one line how a step went, and gives what it gave for the steps that follow.
    pub fn step<T>(&mut self, name: &str, result: Result<T, Unmet>) -> Option<T> {
        match result {
            Ok(value) => {
                println!("pass {name}");
                Some(value)
            }
            Err(Unmet(reason)) => {
                println!("fail {name}: {reason}");
                self.failed = true;
                None
            }
        }
    }

    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(u8::from(self.failed))
    }
}

/// Says that the client cannot express what a step needs. Whoever calls it has asserted that this is still so.
pub fn limit(step: &str, id: &str) {
    println!("limit {step}: {id}");
}

/// Compares what is no secret.
pub fn expect<T: Debug + PartialEq>(what: &str, actual: T, expected: T) -> Result<(), Unmet> {
    ensure(
        actual == expected,
        &format!("{what}: expected {expected:?}, came {actual:?}"),
    )
}

/// For what must not be shown, or is no comparison.
pub fn ensure(condition: bool, otherwise: &str) -> Result<(), Unmet> {
    if condition {
        Ok(())
    } else {
        Err(otherwise.into())
    }
}

/// The response that the client gives as its error, which must have this status.
pub fn refusal<T, E>(
    result: Result<T, Error<E>>,
    status: u16,
) -> Result<ResponseContent<E>, Unmet> {
    match result {
        Err(Error::ResponseError(response)) => {
            expect("status", response.status.as_u16(), status)?;
            Ok(response)
        }
        Err(error) => Err(error.into()),
        Ok(_) => Err("expected an error, came a success".into()),
    }
}

/// The client's settings, with the access token of this environment variable.
pub fn configuration(token: &str) -> Result<Configuration, Unmet> {
    let mut configuration = Configuration::new();
    configuration.base_path = base_path(&configuration.base_path)?;
    configuration.bearer_access_token = Some(environment(token)?);
    // Redirects are for the browser. Here they are seen and not followed.
    configuration.client = Client::builder().redirect(Policy::none()).build()?;
    Ok(configuration)
}

/// Another host; the path remains that of the document's first server.
fn base_path(documented: &str) -> Result<String, Unmet> {
    let not_a_url = "ZENDESK_URL is not a URL";
    let sandbox = Url::parse(&environment("ZENDESK_URL")?).map_err(|_| not_a_url)?;
    let documented = Url::parse(documented).map_err(|_| "the document's server is not a URL")?;
    let base = sandbox.join(documented.path()).map_err(|_| not_a_url)?;
    Ok(base.as_str().trim_end_matches('/').to_owned())
}

fn environment(name: &str) -> Result<String, Unmet> {
    env::var(name).map_err(|_| Unmet(format!("{name} is not set")))
}
