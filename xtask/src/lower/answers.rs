//! Rewrites of what an operation sends and answers.

use serde_json::{Map, Value, json};

use super::Lowered;
use crate::{openapi::text, roles::is_error};

/// Calls `rewrite` with each operation's id and object.
pub(super) fn each_operation(root: &mut Value, mut rewrite: impl FnMut(&str, &mut Value)) {
    let Some(paths) = root.get_mut("paths").and_then(Value::as_object_mut) else {
        return;
    };
    for item in paths.values_mut().filter_map(Value::as_object_mut) {
        for operation in item
            .values_mut()
            .filter(|value| value.get("responses").is_some())
        {
            let id = text(operation, "operationId").to_owned();
            rewrite(&id, operation);
        }
    }
}

fn each_responses(lowered: &mut Lowered, mut rewrite: impl FnMut(&mut Map<String, Value>)) {
    each_operation(&mut lowered.root, |_, operation| {
        if let Some(responses) = operation
            .get_mut("responses")
            .and_then(Value::as_object_mut)
        {
            rewrite(responses);
        }
    });
}

fn json_response(description: &str, schema: Value) -> Value {
    json!({"description": description, "content": {"application/json": {"schema": schema}}})
}

/// Every documented error becomes `4XX` and `5XX` with one schema, core's `ApiErrorBody`: progenitor
/// panics on two error schemas in one operation, and Zendesk has five and plain text besides.
pub(super) fn errors_as_one_body(lowered: &mut Lowered) {
    each_responses(lowered, |responses| {
        responses.retain(|status, _| !is_error(status));
        for range in ["4XX", "5XX"] {
            let schema = json!({"$ref": "#/components/schemas/ApiErrorBody"});
            responses.insert(range.to_owned(), json_response("An error.", schema));
        }
    });
    add_schema(
        lowered,
        "ApiErrorBody",
        json!({"type": "object", "description": "Any error body."}),
    );
}

/// A redirect becomes a success with core's `Redirect`: progenitor ignores 3xx answers, and here the
/// `Location` is the answer. The generated match arm gets its status back afterwards.
pub(super) fn redirect_as_success(lowered: &mut Lowered) {
    let mut redirects = Vec::new();
    each_operation(&mut lowered.root, |id, operation| {
        let Some(responses) = operation
            .get_mut("responses")
            .and_then(Value::as_object_mut)
        else {
            return;
        };
        let Some(status) = responses
            .keys()
            .find(|status| status.starts_with('3'))
            .cloned()
        else {
            return;
        };
        responses.remove(&status);
        let schema = json!({"$ref": "#/components/schemas/Redirect"});
        responses.insert("200".to_owned(), json_response("A redirect.", schema));
        redirects.extend(status.parse().map(|status: u16| (id.to_owned(), status)));
    });
    if !redirects.is_empty() {
        add_schema(
            lowered,
            "Redirect",
            json!({"type": "object", "description": "A redirect."}),
        );
    }
    lowered.redirects.extend(redirects);
}

/// The success becomes `2XX`: a client has to treat a 2xx that it does not know like 200 (RFC 9110,
/// section 15), and a created secret must not be lost because the answer was 200 instead of 201.
pub(super) fn success_as_range(lowered: &mut Lowered) {
    each_responses(lowered, |responses| {
        let known: Vec<String> = responses
            .keys()
            .filter(|status| status.starts_with('2'))
            .cloned()
            .collect();
        let mut success = None;
        for status in known {
            let response = responses.remove(&status);
            success = success.or(response);
        }
        if let Some(mut success) = success {
            if let Some(content) = success.get_mut("content").and_then(Value::as_object_mut) {
                content.retain(|media_type, _| media_type == "application/json");
            }
            if let Some(object) = success.as_object_mut() {
                object.remove("headers");
            }
            responses.insert("2XX".to_owned(), success);
        }
    });
}

/// A body that may be JSON or a form is sent as JSON: progenitor panics on two media types.
pub(super) fn one_request_body(lowered: &mut Lowered) {
    each_operation(&mut lowered.root, |_, operation| {
        let content = operation
            .pointer_mut("/requestBody/content")
            .and_then(Value::as_object_mut);
        if let Some(content) = content.filter(|content| content.contains_key("application/json")) {
            content.retain(|media_type, _| media_type == "application/json");
        }
    });
}

/// Adds a schema that stands for a type of core.
pub(super) fn add_schema(lowered: &mut Lowered, name: &str, schema: Value) {
    lowered.root["components"]["schemas"][name] = schema;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::tests::{at, lowered};

    const RESPONSES: &str = "/paths/~1things/get/responses";

    #[test]
    fn five_envelopes_and_text_become_one_error_body() {
        let mut lowered = lowered(
            json!({"responses": {"204": {}, "401": {"content": {"text/plain": {}}}, "422": {"content": {"application/json": {}}}, "503": {}}}),
            json!({}),
        );
        errors_as_one_body(&mut lowered);
        let statuses: Vec<_> = at(&lowered, RESPONSES)
            .as_object()
            .unwrap()
            .keys()
            .collect();
        assert_eq!(statuses, ["204", "4XX", "5XX"]);
    }

    #[test]
    fn a_redirect_is_the_success_and_keeps_its_status_aside() {
        let mut lowered = lowered(
            json!({"operationId": "start_thing", "responses": {"307": {"headers": {}}, "400": {}}}),
            json!({}),
        );
        redirect_as_success(&mut lowered);
        assert_eq!(lowered.redirects["start_thing"], 307);
        assert!(at(&lowered, &format!("{RESPONSES}/307")).is_null());
        assert_eq!(
            at(
                &lowered,
                &format!("{RESPONSES}/200/content/application~1json/schema/$ref")
            ),
            "#/components/schemas/Redirect"
        );
    }

    #[test]
    fn any_2xx_with_the_documented_content_is_the_success() {
        let mut lowered = lowered(
            json!({"responses": {"201": {"headers": {"Location": {}}, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}}}),
            json!({"A": {"type": "object"}}),
        );
        success_as_range(&mut lowered);
        assert!(at(&lowered, &format!("{RESPONSES}/201")).is_null());
        assert!(
            at(
                &lowered,
                &format!("{RESPONSES}/2XX/content/application~1json")
            )
            .is_object()
        );
    }

    #[test]
    fn two_successes_become_one() {
        let token = json!({"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}});
        let mut lowered = lowered(
            json!({"responses": {"200": token, "201": token, "400": {}}}),
            json!({"A": {"type": "object"}}),
        );
        success_as_range(&mut lowered);
        let responses = at(&lowered, RESPONSES).as_object().unwrap();
        let statuses: Vec<_> = responses.keys().collect();
        assert_eq!(statuses, ["2XX", "400"]);
        assert_eq!(responses["2XX"], token);
    }

    #[test]
    fn a_form_beside_json_is_left_out() {
        let mut lowered = lowered(
            json!({"responses": {}, "requestBody": {"content": {"application/json": {}, "application/x-www-form-urlencoded": {}}}}),
            json!({}),
        );
        one_request_body(&mut lowered);
        let content = at(&lowered, "/paths/~1things/get/requestBody/content");
        assert_eq!(content.as_object().unwrap().len(), 1);
    }
}
