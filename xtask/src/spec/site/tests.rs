//! The site as files; `tests/browser` opens it.

use super::*;
use crate::{openapi::operations, spec::Published};

fn documents() -> Vec<Document> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    Published::read(&top)
        .expect("the documents of this repository")
        .documents
}

fn text(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(files[name].clone()).expect("text")
}

#[test]
fn each_document_has_a_page_and_its_downloads_and_the_index_leads_to_both() {
    let documents = documents();
    let files = own_files(&documents);
    let index = text(&files, "index.html");
    for document in &documents {
        let page = format!("{}.html", document.name);
        assert!(files.contains_key(&page));
        assert!(index.contains(&format!("href=\"{page}\"")), "{page}");
        for (form, _) in DOWNLOADS {
            let file = form.file(&document.name);
            assert!(files.contains_key(&file), "{file}");
            assert!(index.contains(&format!("href=\"{file}\"")), "{file}");
        }
    }
}

#[test]
fn whatever_a_page_names_is_in_the_folder() {
    let files = own_files(&documents());
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        let page = String::from_utf8(bytes.clone()).expect("text");
        for start in ["href=\"", "src=\""] {
            for (_, rest) in page
                .match_indices(start)
                .map(|(at, _)| page.split_at(at + start.len()))
            {
                let target = rest.split(['"', '#']).next().expect("a first part");
                let known = files.contains_key(target)
                    || target.starts_with("assets/redoc.")
                    || target == "data:,";
                assert!(known, "{name} names {target:?}");
            }
        }
    }
}

#[test]
fn everything_can_be_searched_and_hits_lead_to_its_anchor() {
    let documents = documents();
    let json = serde_json::to_value(search::entries_of(&documents)).expect("JSON");
    let hrefs: Vec<&str> = json
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|entry| entry["h"].as_str())
        .collect();
    for document in documents
        .iter()
        .filter(|it| it.name != crate::spec::bundle::NAME)
    {
        for operation in operations(&document.root) {
            let href = format!("{}.html#operation/{}", document.name, operation.id());
            assert!(hrefs.contains(&href.as_str()), "{href}");
        }
        for (name, ..) in crate::openapi::component_schemas(&document.root) {
            let href = format!("{}.html#schema/{name}", document.name);
            assert!(hrefs.contains(&href.as_str()), "{href}");
        }
    }
}

#[test]
fn the_same_documents_give_the_same_bytes() {
    assert_eq!(own_files(&documents()), own_files(&documents()));
}

#[test]
fn markup_in_a_document_is_text_on_the_pages() {
    let text_of = "openapi: 3.0.3\ninfo: {title: '<b>T</b>', version: '1', description: '<script>x</script>'}\npaths: {}\n";
    let document = Document::parse("x", text_of).expect("YAML");
    let files = own_files(&[document]);
    for name in ["index.html", "x.html"] {
        let page = text(&files, name);
        assert!(page.contains("&lt;b&gt;T"), "{page}");
        assert!(!page.contains("<script>x"), "{page}");
    }
}

#[test]
fn nothing_in_a_document_ends_a_script_or_an_element() {
    let hostile =
        "</script></title><!-- \\\" ' --><img src=x onerror=alert(1)>{{downloads}}\u{2028}";
    let quoted = serde_json::to_string(hostile).expect("JSON");
    let document = format!(
        "openapi: 3.0.3\ninfo: {{title: {quoted}, version: {quoted}, description: {quoted}}}\n\
         servers: [{{url: {quoted}}}]\npaths: {{/a: {{get: {{operationId: a, summary: {quoted}, responses: {{}}}}}}}}\n"
    );
    let document = Document::parse("x", &document).expect("YAML");
    let files = own_files(&[document]);
    let harmless = own_files(&[Document::parse(
        "x",
        "openapi: 3.0.3\ninfo: {title: t, version: t, description: t}\n\
         servers: [{url: t}]\npaths: {/a: {get: {operationId: a, summary: t, responses: {}}}}\n",
    )
    .expect("YAML")]);
    for name in ["index.html", "x.html"] {
        let marks = |files| text(files, name).matches(['<', '\"']).count();
        assert_eq!(marks(&files), marks(&harmless), "{name} has more markup");
    }
    // The scripts are files of their own, each one statement whose value is JSON.
    for (name, start) in [
        ("assets/x.js", "window.apiDocument = "),
        ("assets/search.js", "window.searchEntries = "),
    ] {
        let script = text(&files, name);
        let json = script.strip_prefix(start).expect("one assignment");
        let json = json.trim_end().strip_suffix(';').expect("one statement");
        let value: serde_json::Value = serde_json::from_str(json).expect("JSON and no more");
        assert!(value.to_string().contains("onerror"));
    }
}
