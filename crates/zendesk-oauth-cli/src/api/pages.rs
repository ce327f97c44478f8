//! Where the items of a list are in an answer, and where the next page is. No IO.

use reqwest::Url;
use serde_json::Value;

use super::path;
use crate::failure::Failure;

/// The items, taken out of the answer. `None` if there is no list in it.
pub(super) fn items(answer: &mut Value, path: &str) -> Result<Option<Vec<Value>>, Failure> {
    let taken = |value: &mut Value| match value.take() {
        Value::Array(items) => items,
        _ => Vec::new(),
    };
    let members = match answer {
        Value::Array(_) => return Ok(Some(taken(answer))),
        Value::Object(members) => members,
        _ => return Ok(None),
    };
    let lists: Vec<String> = members
        .iter()
        .filter(|(_, value)| value.is_array())
        .map(|(name, _)| name.clone())
        .collect();
    let path = path.split('?').next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    let last = last.strip_suffix(".json").unwrap_or(last);
    let name = match &lists[..] {
        [] => return Ok(None),
        [one] => one,
        several => several
            .iter()
            .find(|name| *name == last || *name == "results")
            .ok_or_else(|| {
                Failure::failed(format!(
                    "the answer has several lists ({}): leave out --paginate, and follow its pages one by one",
                    several.join(", ")
                ))
            })?,
    };
    Ok(members.get_mut(name).map(taken))
}

/// The path of the next page. `current` is that of this one.
///
/// `meta.has_more` counts where there is one: the last page may have a link all the same.
pub(crate) fn next(
    account: &str,
    current: &str,
    answer: &Value,
) -> Result<Option<String>, Failure> {
    let text = |value: &Value| {
        value
            .as_str()
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
    };
    let meta = &answer["meta"];
    let link = text(&answer["links"]["next"]);
    match &meta["has_more"] {
        Value::Bool(false) => return Ok(None),
        Value::Bool(true) if link.is_none() => {
            let cursor = text(&meta["after_cursor"]).or_else(|| text(&meta["after"]));
            let cursor = cursor.ok_or_else(|| {
                Failure::failed("the answer says that there is more, but not where")
            })?;
            return Ok(Some(with_cursor(account, current, &cursor)));
        }
        Value::Bool(true) | Value::Null => {}
        _ => {
            let message = "the answer does not say whether there is more: `has_more` is neither true nor false";
            return Err(Failure::failed(message));
        }
    }
    let link = link.or_else(|| text(&answer["next_page"]));
    let next = link.map(|link| path::of_link(account, current, &link));
    next.transpose()
}

/// The same page with `page[after]`.
fn with_cursor(account: &str, current: &str, cursor: &str) -> String {
    let (path, query) = current.split_once('?').unwrap_or((current, ""));
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| {
            let name = pair.split('=').next().unwrap_or_default();
            !pair.is_empty()
                && !matches!(name, "page[after]" | "page%5Bafter%5D" | "page%5bafter%5d")
        })
        .collect();
    let Ok(mut url) = Url::parse(&format!("{account}{path}")) else {
        return current.to_owned();
    };
    url.query_pairs_mut().append_pair("page[after]", cursor);
    let after = url.query().unwrap_or_default();
    let pairs: Vec<&str> = kept.into_iter().chain([after]).collect();
    format!("{path}?{}", pairs.join("&"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ACCOUNT: &str = "https://acme.zendesk.com";

    #[track_caller]
    fn leads(answer: &Value, to: Option<&str>) {
        let next = next(ACCOUNT, "/api/v2/x?page[after]=old&a=1", answer).unwrap();
        assert_eq!(next.as_deref(), to, "{answer}");
    }

    #[test]
    fn pages_of_every_kind_are_followed() {
        let link = "https://acme.zendesk.com/api/v2/x?page=2";
        let there = Some("/api/v2/x?page=2");
        leads(
            &json!({"meta": {"has_more": true}, "links": {"next": link}}),
            there,
        );
        leads(&json!({"links": {"next": link}}), there);
        leads(&json!({"next_page": link}), there);
        let after = Some("/api/v2/x?a=1&page%5Bafter%5D=c%3D%3D");
        leads(&json!({"meta": {"has_more": true, "after": "c=="}}), after);
        leads(
            &json!({"meta": {"has_more": true, "after_cursor": "c=="}, "links": {"next": null}}),
            after,
        );
    }

    #[test]
    fn the_last_page_is_the_last() {
        let link = "https://acme.zendesk.com/api/v2/x?page=2";
        leads(
            &json!({"meta": {"has_more": false, "after_cursor": "c"}, "links": {"next": link}}),
            None,
        );
        for answer in [
            json!({"next_page": null}),
            json!({}),
            json!([]),
            json!(1),
            json!({"links": []}),
        ] {
            leads(&answer, None);
        }
    }

    #[test]
    fn no_link_leads_elsewhere() {
        for answer in [
            json!({"next_page": "https://evil.example/api/v2/x?CANARY"}),
            json!({"meta": {"has_more": true}, "links": {"next": "//evil.example/"}}),
            json!({"meta": {"has_more": true}}),
            json!({"meta": {"has_more": "CANARY"}}),
        ] {
            let error = next(ACCOUNT, "/x", &answer).unwrap_err().to_string();
            assert!(!error.contains("CANARY"), "{error}");
        }
    }

    #[test]
    fn the_list_of_an_answer_is_found() {
        let found = |mut answer: Value| items(&mut answer, "/api/v2/users.json?x=1");
        assert_eq!(found(json!([1])).unwrap().unwrap(), [json!(1)]);
        assert_eq!(
            found(json!({"a": [1], "meta": {}})).unwrap().unwrap(),
            [json!(1)]
        );
        assert_eq!(
            found(json!({"groups": [1], "users": [2]}))
                .unwrap()
                .unwrap(),
            [json!(2)]
        );
        assert!(found(json!({"user": {}})).unwrap().is_none());
        assert!(found(json!({"groups": [1], "roles": [2]})).is_err());
    }
}
