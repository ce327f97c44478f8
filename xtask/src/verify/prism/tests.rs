//! Prism as a line of shell that names a server of the test, which gives one answer after the other.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::Path,
};

use super::{
    requests::{Answer, Request},
    *,
};
use crate::verify::job::Tools;

const DOCUMENT: &str = "chat-oauth-tokens";

fn document() -> Document {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let documents = crate::outputs::read_documents(&top).unwrap();
    let mut documents = documents.into_iter();
    documents.find(|it| it.name == DOCUMENT).unwrap()
}

/// The requests of the documentation, and those of the limits.
fn asked(root: &Value) -> (Vec<Request>, Vec<Request>) {
    let documented = openapi::operations(root)
        .iter()
        .flat_map(|operation| requests::documented(root, operation).unwrap())
        .collect();
    let limits = requests::limits(root).unwrap();
    (documented, limits.into_iter().map(|(_, it)| it).collect())
}

fn right(request: &Request) -> String {
    let Answer {
        statuses,
        bodies,
        headers,
    } = &request.answer;
    let body = bodies.iter().flatten().next();
    let body = body.map(ToString::to_string).unwrap_or_default();
    let headers: String = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    let length = match statuses[0] {
        204 => String::new(),
        _ => format!("Content-Length: {}\r\n", body.len()),
    };
    format!(
        "HTTP/1.1 {} Some\r\nConnection: close\r\n{headers}{length}\r\n{body}",
        statuses[0]
    )
}

fn wrong() -> String {
    "HTTP/1.1 418 Wrong\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".to_owned()
}

/// Gives these answers, and closes unless it is to stay open.
fn serve(listener: TcpListener, answers: Vec<String>, stays: bool) {
    thread::spawn(move || {
        for answer in answers {
            let (stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(&stream);
            let mut length = 0;
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                let line = line.trim().to_lowercase();
                if line.is_empty() {
                    break;
                }
                if let Some(value) = line.strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
            }
            reader.read_exact(&mut vec![0; length]).unwrap();
            (&stream).write_all(answer.as_bytes()).unwrap();
        }
        if stays {
            thread::sleep(Duration::from_secs(60));
        }
    });
}

fn outcome(answers: Vec<String>, stays: bool) -> Result<String, String> {
    let folder = tempfile::TempDir::new().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let programs = folder.path().join("node/node_modules/.bin");
    fs::create_dir_all(&programs).unwrap();
    let script = format!("#!/bin/sh\necho listening on http://{address}\nexec sleep 600\n");
    fs::write(programs.join("prism"), script).unwrap();
    let executable = fs::Permissions::from_mode(0o755);
    fs::set_permissions(programs.join("prism"), executable).unwrap();
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    serve(listener, answers, stays);
    let job = Job {
        document: DOCUMENT.to_owned(),
        file: top.join(format!("openapi/{DOCUMENT}.yaml")),
        areas: vec![],
        work: folder.path().to_owned(),
        tools: Tools {
            folder: folder.path().to_owned(),
        },
        top,
    };
    Prism.run(STEP, &job)
}

/// Every answer right, and every limit showing itself; how many are of the documentation.
fn answers() -> (Vec<String>, usize) {
    let (documented, limits) = asked(&document().root);
    let all = documented.iter().chain(&limits).map(right).collect();
    (all, documented.len())
}

#[test]
fn each_documented_request_is_sent_and_each_limit_seen() {
    let (answers, documented) = answers();
    assert!(documented > 0);
    assert_eq!(
        outcome(answers, false),
        Ok(format!("{documented} requests, 1 limit"))
    );
}

#[test]
fn a_wrong_answer_to_any_of_them_fails() {
    let (answers, documented) = answers();
    for place in [0, documented - 1] {
        let mut answers = answers.clone();
        answers[place] = wrong();
        let said = outcome(answers, false).unwrap_err();
        assert!(said.contains("418 instead of"), "{said}");
    }
}

#[test]
fn a_limit_that_no_longer_shows_fails() {
    let (mut answers, documented) = answers();
    answers[documented..].fill(wrong());
    let said = outcome(answers, false).unwrap_err();
    assert!(
        said.contains("`prism-server-path` at mock no longer shows"),
        "{said}"
    );
}

#[test]
fn a_server_that_stays_open_fails() {
    let (answers, _) = answers();
    let said = outcome(answers, true).unwrap_err();
    assert!(
        said.contains("is still open after Prism was ended"),
        "{said}"
    );
}
