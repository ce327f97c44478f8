//! Pages for people: plain HTML without scripts, in light and dark.

use std::sync::LazyLock;

use axum::http::{StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::Answer;

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1b2733;--quiet:#5a6b7b;--paper:#fff;--ground:#f3f5f7;--line:#cfd7de;--deed:#17494d}\
@media(prefers-color-scheme:dark){:root{--ink:#e8edf2;--quiet:#a3b1be;--paper:#1c242c;--ground:#12181d;--line:#3a4752;--deed:#2b7d84}}\
*{box-sizing:border-box}\
body{margin:0;padding:1rem;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}\
main{max-width:28rem;margin:4vh auto;padding:1.5rem;background:var(--paper);border:1px solid var(--line);border-radius:.5rem;overflow-wrap:anywhere}\
h1{margin:0 0 1rem;font-size:1.25rem}\
p.quiet{color:var(--quiet)}\
dt{color:var(--quiet)}\
dd{margin:0 0 .75rem}\
select,button{width:100%;min-height:2.75rem;padding:.5rem .75rem;font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);border-radius:.25rem}\
label{display:block;margin:1rem 0 .25rem}\
button{margin-top:.75rem;cursor:pointer}\
button#allow{margin-top:1.5rem;color:#fff;background:var(--deed);border-color:var(--deed)}\
:focus-visible{outline:3px solid var(--deed);outline-offset:2px}";

/// The page's own style and nothing else. There is no `form-action`: browsers apply it to the redirect that
/// answers a form as well, and that goes to the client.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = STANDARD.encode(Sha256::digest(STYLE));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; frame-ancestors 'none'"
    )
});

/// A page under a title. The title and the content are HTML: whatever a caller sent must have been escaped.
///
/// Codes are in its address and in its content, so it is neither kept nor named to other sites; and nobody
/// is to be tricked into its buttons from another site's frame.
pub(crate) fn page(status: StatusCode, title: &str, content: &str) -> Answer {
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n\
         <body>\n<main>\n<h1>{title}</h1>\n{content}\n</main>\n</body>\n</html>\n"
    );
    Answer::html(status, html)
        .with(header::CONTENT_SECURITY_POLICY, &POLICY)
        .with(header::X_FRAME_OPTIONS, "DENY")
        .with(header::CACHE_CONTROL, "no-store")
        .with(header::REFERRER_POLICY, "no-referrer")
        .with(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
}

/// Text that stays text, within an element as well as within a quoted attribute.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        assert_eq!(
            escaped("<a href=\"x\" title='y'>&"),
            "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;"
        );
    }

    #[test]
    fn the_style_is_what_the_policy_lets_through() {
        let answer = page(StatusCode::OK, "Title", "");
        let whole = std::str::from_utf8(&answer.body).unwrap();
        let style = whole.split_once("<style>").unwrap().1;
        let style = style.split_once("</style>").unwrap().0;
        let hash = STANDARD.encode(Sha256::digest(style));
        assert!(POLICY.contains(&hash) && !POLICY.contains("form-action"));
    }
}
