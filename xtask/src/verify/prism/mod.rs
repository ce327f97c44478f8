//! Prism: a mock of each document, asked with the document's own examples.
//!
//! [`requests`] makes the requests, with [`credentials`], and says what is documented of their answers; [`answers`]
//! compares.

mod answers;
mod credentials;
mod requests;
#[cfg(unix)]
#[cfg(test)]
mod tests;

use std::{fs, net::TcpStream, thread, time::Duration};

use serde_json::Value;

use crate::{
    document::Document,
    openapi,
    verify::{
        job::Job,
        limits::{self, LIMITS},
        process::Server,
        scenario::Shown,
        tool::{NODE, Need, Tool},
    },
};

/// Prism takes some seconds to start, more on a busy machine.
const START: Duration = Duration::from_secs(120);

const STEP: &str = "mock";

/// Prism as a tool.
pub struct Prism;

impl Tool for Prism {
    fn name(&self) -> &'static str {
        "prism"
    }

    fn packages(&self) -> &'static [&'static str] {
        &["@stoplight/prism-cli"]
    }

    fn needs(&self) -> &'static [Need] {
        &[NODE]
    }

    fn steps(&self) -> &'static [&'static str] {
        &[STEP]
    }

    fn run(&self, _step: &str, job: &Job) -> Result<String, String> {
        let text = fs::read_to_string(&job.file).map_err(|error| error.to_string())?;
        let document = Document::parse(&job.document, &text).map_err(|error| error.to_string())?;
        let mut command = job.tools.node("prism");
        command
            .args(["mock", "--port", "0", "--host", "127.0.0.1"])
            .arg(&job.file)
            .current_dir(&job.work);
        let (server, address) = Server::start(&mut command, START, |line| {
            let (_, address) = line.split_once("listening on ")?;
            Some(address.trim().to_owned())
        })?;
        let asked = ask_all(&document.root, &address);
        drop(server);
        see_closed(&address)?;
        let (count, shown) = asked?;
        limits::compare(LIMITS, self.name(), job, &[STEP], &shown)?;
        Ok(match shown.len() {
            0 => format!("{count} requests"),
            1 => format!("{count} requests, 1 limit"),
            more => format!("{count} requests, {more} limits"),
        })
    }
}

/// Asks everything, and gives how many requests were answered as documented, and the limits that showed themselves.
fn ask_all(root: &Value, address: &str) -> Result<(usize, Vec<Shown>), String> {
    let agent = answers::agent();
    let mut count = 0;
    for operation in openapi::operations(root) {
        for request in requests::documented(root, &operation)? {
            answers::expect(&agent, address, &request)?;
            count += 1;
        }
    }
    let mut shown = Vec::new();
    for (id, request) in requests::limits(root)? {
        // The limit is that this request is answered as it should not be.
        if answers::expect(&agent, address, &request).is_ok() {
            shown.push((STEP.to_owned(), id.to_owned()));
        }
    }
    shown.dedup();
    Ok((count, shown))
}

/// A server that outlives its run would answer the next one.
fn see_closed(address: &str) -> Result<(), String> {
    let authority = address.trim_start_matches("http://");
    for _ in 0..100 {
        if TcpStream::connect(authority).is_err() {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(20));
    }
    Err(format!("{authority} is still open after Prism was ended"))
}
