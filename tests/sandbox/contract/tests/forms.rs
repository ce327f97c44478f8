//! What our documents do not use yet and the lint allows: headers, lists and forms.

use serde_json::json;

use super::{
    super::{Contract, Exchange},
    samples::documents,
};

#[test]
fn lists_in_paths_and_headers_stand_between_commas() {
    let numbers = json!({"type": "array", "items": {"type": "integer"}, "maxItems": 2});
    let root = json!({
        "servers": [{"url": "https://example.com/stem/"}],
        "paths": {"/all/{ids}": {"get": {
            "operationId": "show_all",
            "parameters": [
                {"name": "ids", "in": "path", "required": true, "schema": numbers},
                {"name": "X-Ids", "in": "header", "schema": numbers},
            ],
            "responses": {"200": {"headers": {"X-Seen": {"schema": numbers}}}},
        }}},
    });
    let contract = Contract::of(&[&root]);
    let judged = |ids: &str| {
        let header = |name: &str| [(name.to_owned(), ids.replace("%20", " "))];
        let exchange = Exchange {
            method: "GET",
            path_and_query: &format!("/stem/all/{ids}"),
            request_headers: &header("x-ids"),
            request_body: b"",
            status: 200,
            response_headers: &header("x-seen"),
            response_body: b"",
        };
        let request = contract.check_request(&exchange).err();
        let response = contract.check(&exchange).err();
        (request.unwrap_or_default(), response.unwrap_or_default())
    };
    for ids in ["1", "1,2", "1,%202"] {
        assert_eq!(judged(ids), (vec![], vec![]), "{ids}");
    }
    for (ids, broken) in [
        ("1,CANARY", "type (no integer within 64 bits)"),
        ("1,2,3", "maxItems at #"),
    ] {
        let request = ["path ids", "header X-Ids"];
        let request = request.map(|it| format!("show_all 200 request: {it}: {broken}"));
        let response = vec![format!("show_all 200 response: header X-Seen: {broken}")];
        assert_eq!(judged(ids), (request.to_vec(), response), "{ids}");
    }
}

#[test]
fn headers_lists_and_forms_are_judged_by_their_schemas() {
    let rich = documents("rich");
    let roots: Vec<_> = rich.iter().map(|document| &document.root).collect();
    let contract = Contract::of(&roots);
    let judged = |method: &str, target: &str, headers: &[(&str, &str)], body: &str| {
        let headers: Vec<(String, String)> = headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let exchange = Exchange {
            method,
            path_and_query: target,
            request_headers: &headers,
            request_body: body.as_bytes(),
            status: 200,
            response_headers: &[],
            response_body: b"",
        };
        contract.check_request(&exchange).err().unwrap_or_default()
    };
    let node = |target: &str, kind: &str| {
        let headers = [("authorization", "Bearer CANARY"), ("x-kind", kind)];
        judged(
            "GET",
            target,
            &headers[..if kind.is_empty() { 1 } else { 2 }],
            "",
        )
    };
    let place = "show_node 200 request: ";
    assert_eq!(node("/nodes/1/small.json?tags=a&tags=b", "small"), [""; 0]);
    assert_eq!(
        node("/nodes/11/small.json", "small"),
        [format!("{place}path node_id: maximum at #")]
    );
    let too_long = format!("{place}query tags: maxLength at #/1");
    assert_eq!(
        node("/nodes/1/small.json?tags=a&tags=CANARY", "small"),
        [too_long]
    );
    // In a query each item has a pair of its own, so this is one item.
    let too_long = format!("{place}query tags: maxLength at #/0");
    assert_eq!(node("/nodes/1/small.json?tags=a,bc", "small"), [too_long]);
    let missing = format!("{place}header X-Kind: required, and missing");
    assert_eq!(node("/nodes/1/small.json", ""), [missing]);

    let form = |body: &str| {
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        judged("POST", "/forms", &headers, body)
    };
    let place = "send_form 200 request: body: ";
    let fine = "grant_type=small&client_secret=CANARY";
    assert_eq!(form(fine), [""; 0]);
    assert_eq!(
        form(&format!("{fine}&expires_in=5&uri=https%3A%2F%2Fa.b")),
        [""; 0]
    );
    let unknown = format!("{place}unknown key at #/more");
    assert_eq!(form(&format!("{fine}&more=1")), [unknown]);
    let integer = format!("{place}type (no integer within 64 bits) at #/expires_in");
    assert_eq!(form(&format!("{fine}&expires_in=soon")), [integer]);
    let missing = format!("{place}required at #: \"client_secret\" is missing");
    assert_eq!(form("grant_type=small"), [missing]);
}
