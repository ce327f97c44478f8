//! Each rule refuses one small document, at the right place, and says the way out.

use std::collections::BTreeSet;

use xtask::{document::Document, lint, problem::Problem};

const BASE: &str = include_str!("base.yaml");

fn problems(text: &str) -> Vec<Problem> {
    let document = Document::parse("base", text).expect("the document parses");
    lint::check(&document)
        .err()
        .map(|problems| problems.0)
        .unwrap_or_default()
}

#[test]
fn the_small_document_breaks_no_rule() {
    let found = problems(BASE);
    assert!(found.is_empty(), "{found:#?}");
}

/// `(rule, end of the pointer, text to replace once, replacement)`.
const CASES: &[(&str, &str, &str, &str)] = &[
    (
        "openapi-version",
        "/openapi",
        "openapi: 3.0.3",
        "openapi: 3.1.0",
    ),
    (
        "info-version",
        "/info/version",
        "version: 1.0.0",
        "version: next",
    ),
    (
        "servers",
        "/servers/0",
        "    description: The account's own host.\n",
        "",
    ),
    (
        "servers",
        "/servers/0",
        "        description: The account's subdomain.\n",
        "",
    ),
    (
        "servers",
        "/paths/~1things",
        "  /things:\n    get:",
        "  /things:\n    servers: [{url: 'https://other.example.com'}]\n    get:",
    ),
    (
        "reference",
        "/paths/~1more",
        "  /things:\n    get:",
        "  /more:\n    $ref: '#/paths/~1things'\n  /things:\n    get:",
    ),
    (
        "operation-id",
        "/get",
        "      operationId: list_things\n",
        "",
    ),
    (
        "operation-id",
        "/operationId",
        "operationId: list_things",
        "operationId: listThings",
    ),
    (
        "operation-id",
        "/operationId",
        "operationId: create_thing",
        "operationId: list_things",
    ),
    (
        "reference",
        "/schema",
        "$ref: '#/components/schemas/ThingsPage'",
        "$ref: '#/components/schemas/Nothing'",
    ),
    (
        "reference",
        "/schema",
        "$ref: '#/components/schemas/ThingsPage'",
        "$ref: './common.yaml#/ThingsPage'",
    ),
    (
        "reference",
        "/parameters/PageSize",
        "    PageSize:\n      name: page[size]",
        "    PageSize:\n      $ref: '#/components/parameters/PageSize'\n      name: page[size]",
    ),
    (
        "unused-component",
        "/schemas/Lonely",
        "    Problem:\n      type: object",
        "    Lonely:\n      type: object\n      description: d\n      example: {}\n    Problem:\n      type: object",
    ),
    (
        "required-defined",
        "/CreateThing/required",
        "required: [name]",
        "required: [name, colour]",
    ),
    (
        "path-parameters",
        "~1start/get",
        "/things/{thing_id}/start",
        "/things/{thing_id}/{other}/start",
    ),
    (
        "path-parameters",
        "/parameters/0",
        "          required: true\n          description: Its id.",
        "          required: false\n          description: Its id.",
    ),
    (
        "operation-complete",
        "/get",
        "      summary: List things\n",
        "",
    ),
    (
        "operation-complete",
        "/get",
        "**Allowed for:** everyone.",
        "",
    ),
    (
        "operation-complete",
        "/get",
        "      x-idempotent: true\n      parameters:\n        - $ref",
        "      parameters:\n        - $ref",
    ),
    ("operation-complete", "/get", "      security: []\n", ""),
    (
        "operation-complete",
        "/get",
        "tags: [Things]",
        "tags: [Others]",
    ),
    (
        "parameter-complete",
        "/parameters/1",
        "          example: name\n",
        "",
    ),
    (
        "parameter-complete",
        "/parameters/1",
        "          description: The order.\n",
        "",
    ),
    (
        "schema-complete",
        "/CreateThing/properties/name",
        "          description: The name.\n",
        "",
    ),
    (
        "schema-complete",
        "/schemas/Kind",
        "      example: public\n",
        "",
    ),
    (
        "body-example",
        "/content/application~1json",
        "            example:\n              name: One\n",
        "",
    ),
    (
        "header-complete",
        "/headers/RetryAfter",
        "      description: How long to wait.\n",
        "",
    ),
    (
        "errors-documented",
        "/post/responses",
        "        '413':\n          $ref: '#/components/responses/Problem'\n",
        "",
    ),
    (
        "errors-documented",
        "/get/responses",
        "        '401':\n          $ref: '#/components/responses/Problem'\n",
        "",
    ),
    (
        "one-success",
        "/post/responses",
        "        '201':",
        "        '202':\n          description: Later.\n        '201':",
    ),
    (
        "one-success",
        "/get/responses",
        "        '307':",
        "        '204':\n          description: Nothing.\n        '307':",
    ),
    (
        "one-success",
        "/get/responses",
        "        '307':",
        "        '407':",
    ),
    (
        "redirect-location",
        "/307",
        "            Location:",
        "            Place:",
    ),
    (
        "exact-status",
        "/Problem",
        "        '413':",
        "        default:",
    ),
    (
        "media-type",
        "/content/application~1problem+json",
        "        text/plain:",
        "        application/problem+json:",
    ),
    (
        "media-type",
        "/content/text~1csv",
        "          description: A page of things.\n          content:\n            application/json:",
        "          description: A page of things.\n          content:\n            text/csv:",
    ),
    (
        "media-type",
        "/content/application~1json",
        "              schema:\n                $ref: '#/components/schemas/ThingsPage'\n",
        "",
    ),
    (
        "parameter-place",
        "/parameters/1",
        "          in: query\n          description: The order.",
        "          in: cookie\n          description: The order.",
    ),
    (
        "parameter-place",
        "/parameters/1",
        "        - name: sort\n          in: query",
        "        - name: Accept\n          in: header",
    ),
    (
        "parameter-place",
        "/parameters/1",
        "        - name: flow_token\n          in: query",
        "        - name: flow_token\n          in: header",
    ),
    (
        "parameter-style",
        "/parameters/1",
        "          description: The order.",
        "          style: deepObject\n          description: The order.",
    ),
    (
        "parameter-style",
        "/parameters/1",
        "          description: The order.",
        "          explode: false\n          description: The order.",
    ),
    (
        "parameter-schema",
        "/parameters/1",
        "          schema:\n            type: string\n      responses:",
        "          content: {application/json: {}}\n      responses:",
    ),
    (
        "parameter-schema",
        "/parameters/1",
        "          schema:\n            type: string\n      responses:",
        "          schema:\n            type: string\n            nullable: true\n      responses:",
    ),
    (
        "request-body",
        "/requestBody",
        "        required: true\n        content:",
        "        required: false\n        content:",
    ),
    (
        "request-body",
        "/content/multipart~1form-data",
        "        required: true\n        content:\n          application/json:",
        "        required: true\n        content:\n          multipart/form-data:",
    ),
    (
        "request-body",
        "/content/application~1x-www-form-urlencoded",
        "        required: true\n        content:\n          application/json:",
        "        required: true\n        content:\n          application/x-www-form-urlencoded:",
    ),
    (
        "deprecated-operation",
        "/get",
        "      summary: List things",
        "      deprecated: true\n      summary: List things",
    ),
    (
        "separate-shapes",
        "/schemas/Thing",
        "$ref: '#/components/schemas/CreateThing'",
        "$ref: '#/components/schemas/Thing'",
    ),
    (
        "named-objects",
        "/properties/kind",
        "        kind:\n          $ref: '#/components/schemas/Kind'",
        "        kind:\n          type: object\n          description: d",
    ),
    (
        "schema-keyword",
        "/CreateThing",
        "      required: [name]",
        "      additionalProperties: false\n      required: [name]",
    ),
    (
        "schema-keyword",
        "/properties/name",
        "          type: string\n          description: The name.",
        "          oneOf: [{type: string}]\n          description: The name.",
    ),
    (
        "schema-type",
        "/properties/name",
        "          type: string\n          description: The name.",
        "          description: The name.",
    ),
    (
        "open-enum",
        "/properties/name",
        "          description: The name.",
        "          enum: [a, b]\n          description: The name.",
    ),
    (
        "open-enum",
        "/properties/name",
        "          description: The name.",
        "          x-extensible-enum: [a, b]\n          description: The name.",
    ),
    (
        "open-enum",
        "/schemas/Kind",
        "[public, confidential]",
        "[public, Public]",
    ),
    (
        "open-enum",
        "/schemas/Kind",
        "[public, confidential]",
        "[public, unknown]",
    ),
    (
        "open-enum",
        "/schemas/Kind",
        "[public, confidential]",
        "['', public]",
    ),
    (
        "integer-format",
        "/Thing/properties/id",
        "          format: int64\n          description: The id.",
        "          description: The id.",
    ),
    (
        "integer-format",
        "/Thing/properties/id",
        "          format: int64\n          description: The id.",
        "          format: int32\n          description: The id.",
    ),
    (
        "known-format",
        "/properties/created_at",
        "format: date-time",
        "format: datetime",
    ),
    (
        "nullable-place",
        "/properties/kind",
        "          $ref: '#/components/schemas/Kind'\n      example",
        "          $ref: '#/components/schemas/Kind'\n          nullable: true\n      example",
    ),
    (
        "secret-format",
        "/Thing/properties/secret",
        "          format: password\n          description: The secret.",
        "          description: The secret.",
    ),
    (
        "secret-format",
        "/parameters/1/schema",
        "            type: string\n            format: password\n",
        "            type: string\n",
    ),
    (
        "secret-format",
        "/headers/Location",
        "                type: string\n                format: password\n",
        "                type: string\n",
    ),
    (
        "secret-plain",
        "/Thing/properties/secret",
        "          description: The secret.",
        "          minLength: 3\n          description: The secret.",
    ),
    (
        "name-clash",
        "/parameters/1",
        "- name: sort",
        "- name: page_size",
    ),
    (
        "name-clash",
        "/properties/name",
        "        kind:\n          $ref",
        "        Name:\n          type: string\n          description: d\n        kind:\n          $ref",
    ),
    (
        "reserved-name",
        "/schemas/Secret",
        "    Kind:\n",
        "    Secret:\n      type: string\n      description: d\n      example: e\n    Kind:\n",
    ),
    (
        "reserved-name",
        "/properties/extra",
        "        created_at:",
        "        extra:",
    ),
    ("openapi", "/info", "  title: Things\n", ""),
];

#[test]
fn each_rule_refuses_its_document_where_it_is_broken() {
    let mut missed = Vec::new();
    for (rule, place, from, to) in CASES {
        assert!(
            BASE.contains(from),
            "{rule}: the small document has no {from:?}"
        );
        let found = problems(&BASE.replacen(from, to, 1));
        let hit = found
            .iter()
            .find(|it| it.rule == *rule && it.pointer.ends_with(place));
        let complete = hit.is_some_and(|hit| {
            hit.position.is_some() && !hit.reason.is_empty() && !hit.way_out.is_empty()
        });
        if !complete {
            let found: Vec<String> = found.iter().map(Problem::to_string).collect();
            missed.push(format!(
                "{rule} at …{place} for {to:?}, found:\n{}",
                found.join("\n")
            ));
        }
    }
    assert!(missed.is_empty(), "not refused:\n{}", missed.join("\n\n"));
}

#[test]
fn every_rule_has_a_refusal() {
    let covered: BTreeSet<&str> = CASES.iter().map(|case| case.0).collect();
    let rules: BTreeSet<&str> = lint::rules().iter().map(|rule| rule.id).collect();
    assert_eq!(covered, rules);
}

#[test]
fn an_operation_id_is_unique_over_all_documents() {
    let parse = |name| Document::parse(name, BASE).expect("parses");
    let problems = lint::check_all(&[parse("first"), parse("second")])
        .expect_err("refused")
        .0;
    assert_eq!(problems.len(), 3);
    assert_eq!(problems[0].file, "openapi/second.yaml");
    assert!(
        problems[0].reason.contains("openapi/first.yaml"),
        "{}",
        problems[0]
    );
}

#[test]
fn a_problem_reads_as_place_reason_and_way_out() {
    let found = problems(&BASE.replacen(
        "          format: password\n          description: The secret.",
        "          description: The secret.",
        1,
    ));
    assert_eq!(
        found[0].to_string(),
        "openapi/base.yaml:205:9: error[secret-format] at /components/schemas/Thing/properties/secret\n  \
         why: `secret` is a secret without `format: password`\n  \
         do:  write `type: string` and `format: password`"
    );
}

#[test]
fn the_readme_of_the_documents_lists_every_rule() {
    let readme = include_str!("../../openapi/README.md");
    for rule in lint::rules() {
        let row = format!("| `{}` | {} |", rule.id, rule.purpose);
        assert!(
            readme.contains(&row),
            "openapi/README.md wants the row\n{row}"
        );
    }
}
