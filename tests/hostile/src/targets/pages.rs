//! Lists: each page is an answer that another wrote, links, cursors and all.

use crate::canned::{Answer, answering};
use crate::printed::assert_fit;

/// A list by offset ends at its hundredth page.
const MOST_PAGES: usize = 100;

/// The first byte says which list and which way; pages stand between bytes of value 0.
pub fn run(data: &[u8]) {
    let Some((&which, rest)) = data.split_first() else {
        return;
    };
    let answers: Vec<Answer> = rest
        .split(|byte| *byte == 0)
        .take(8)
        .map(Answer::json)
        .collect();
    let count = answers.len();
    let heard = answering(answers, async |zendesk| {
        let clients = zendesk.oauth_clients();
        let most = MOST_PAGES + 1;
        match which % 4 {
            0 => walk(clients.list().read_ahead(false).pages(), most).await,
            1 => walk(clients.list().read_ahead(true).pages(), most).await,
            2 => walk(clients.list().before("z").read_ahead(false).pages(), most).await,
            _ => walk(clients.list_by_offset().pages(), most).await,
        }
    });
    // One that is read ahead may be asked for in vain.
    let limit = if which % 4 == 3 { MOST_PAGES } else { count } + 1;
    assert!(
        heard.requests.len() <= limit,
        "{} requests for {count} pages",
        heard.requests.len()
    );
    assert!(heard.said <= heard.requests.len(), "a page is given twice");
    let mut asked = heard.requests;
    asked.sort_unstable();
    let all = asked.len();
    asked.dedup();
    assert_eq!(asked.len(), all, "a page is asked for twice: {asked:?}");
}

/// How many pages there are until there is no more.
async fn walk<T: Send + 'static>(mut pages: zendesk_oauth::pages::Pages<T>, most: usize) -> usize {
    let mut given = 0;
    while let Some(page) = pages.next().await {
        match page {
            Ok(page) => {
                given += 1;
                let _ = (page.has_more(), page.count(), page.next_cursor());
                let debug = format!("{:?}", page.response());
                crate::printed::assert_fit_text(&debug);
            }
            Err(error) => {
                assert_fit(&error);
                break;
            }
        }
        assert!(given <= most, "a list without end");
    }
    given
}
