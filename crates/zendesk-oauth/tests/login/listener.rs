//! What strangers send to the listener, while the browser is away.

use crate::waiting::Waiting;
use crate::{browser, stranger};

#[tokio::test]
async fn other_requests_are_refused_and_do_not_end_the_login() {
    let waiting = Waiting::start().await;
    let (path, target) = (waiting.home.path(), waiting.target());
    for (method, target, status) in [
        ("GET", "/", 404),
        ("GET", "/favicon.ico", 404),
        ("GET", "/?error=access_denied", 404),
        ("GET", &target.replace("/callback", "/other"), 404),
        ("GET", &target.replace("/callback", "/callback/"), 404),
        ("GET", path, 400),
        ("GET", &format!("{target}&code=abc"), 400),
        ("GET", &format!("{target}&error=access_denied"), 400),
        ("HEAD", &target, 405),
        ("POST", &target, 405),
        ("OPTIONS", &target, 405),
    ] {
        let request = format!("{method} {target} HTTP/1.1\r\nhost: x\r\n\r\n");
        let answer = stranger::sent(waiting.account.port, request).await;
        let expected = format!("HTTP/1.1 {status} ");
        assert!(answer.starts_with(&expected), "{method} {target}: {answer}");
    }
    waiting.finish().await;
}

#[tokio::test]
async fn without_the_state_neither_a_code_nor_a_refusal_counts() {
    let waiting = Waiting::start().await;
    for query in [
        "code=abc",
        "code=abc&state=",
        "code=abc&state=another",
        "error=access_denied",
        "error=access_denied&state=another",
    ] {
        let mut forged = waiting.listener();
        forged.set_query(Some(query));
        let page = browser::open(forged.as_str()).await;
        assert_eq!(page.status, 400, "{query}");
        assert!(!page.text.contains("abc"), "{}", page.text);
    }
    waiting.finish().await;
}

#[tokio::test]
async fn a_refusal_with_the_state_ends_it_with_its_code() {
    let waiting = Waiting::start().await;
    let mut url = waiting.listener();
    let (_, state) = url.query_pairs().find(|(name, _)| name == "state").unwrap();
    let query = format!("error=invalid_scope&error_description=CANARY&state={state}");
    url.set_query(Some(&query));
    let page = browser::open(url.as_str()).await;
    assert_eq!(page.status, 200);
    assert!(!page.text.contains("CANARY"));
    let error = waiting.login.await.unwrap().unwrap_err();
    assert_eq!(
        error.callback().unwrap().oauth_error(),
        Some("invalid_scope")
    );
    assert!(!error.is_denied());
    assert!(!format!("{error} {error:?}").contains("CANARY"), "{error}");
}
