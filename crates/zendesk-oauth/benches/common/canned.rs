//! The answers that both sides read: JSON as Zendesk writes it.

/// How many clients the list has, and how many of them are on a page.
pub(crate) const CLIENTS: usize = 10_000;
pub(crate) const PAGE_SIZE: usize = 100;
pub(crate) const PAGES: usize = CLIENTS / PAGE_SIZE;

/// The answer to showing a client.
pub(crate) fn show() -> String {
    format!(r#"{{"client":{}}}"#, client(1))
}

/// The answer to listing the clients: the page of this number, counted from 0.
pub(crate) fn page(number: usize) -> String {
    let clients: Vec<String> = (0..PAGE_SIZE)
        .map(|index| client(number * PAGE_SIZE + index + 1))
        .collect();
    let has_more = number + 1 < PAGES;
    let (before, after) = (cursor(number), cursor(number + 1));
    let link = "https://acme.zendesk.com/api/v2/oauth/clients.json?page%5Bsize%5D=100";
    format!(
        concat!(
            r#"{{"clients":[{clients}],"#,
            r#""meta":{{"has_more":{has_more},"after_cursor":"{after}","before_cursor":"{before}"}},"#,
            r#""links":{{"next":"{link}&page%5Bafter%5D={after}","#,
            r#""prev":"{link}&page%5Bbefore%5D={before}"}}}}"#,
        ),
        clients = clients.join(","),
        has_more = has_more,
        after = after,
        before = before,
        link = link,
    )
}

/// What leads to the page of this number.
fn cursor(number: usize) -> String {
    format!("aBcDeFgHiJkLmNoPqRsTuVwXyZ-{number:04}")
}

/// The number of the page that a cursor leads to.
pub(crate) fn page_of(cursor: &str) -> Option<usize> {
    cursor.rsplit('-').next()?.parse().ok()
}

fn client(id: usize) -> String {
    format!(
        concat!(
            r#"{{"url":"https://acme.zendesk.com/api/v2/oauth/clients/{id}.json","id":{id},"#,
            r#""name":"Client {id}","identifier":"client_{id}","kind":"confidential","#,
            r#""company":"Acme","description":"Shows tickets on the shop floor","#,
            r#""logo_url":null,"redirect_uri":["https://acme.example/callback"],"#,
            r#""secret":"af3345kdj3...","user_id":1905826600027,"global":false,"#,
            r#""created_at":"2026-01-02T03:04:05Z","updated_at":"2026-02-03T04:05:06Z"}}"#,
        ),
        id = id
    )
}
