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
#[rustfmt::skip] // A table: one line per case.
const CASES: &[(&str, &str, &str, &str)] = &[
    ("openapi-version", "/openapi", "openapi: 3.0.3", "openapi: 3.1.0"),
    ("info-version", "/info/version", "version: 1.0.0", "version: next"),
    ("info-version", "/info/version", "version: 1.0.0", "version: 01.0.0"),
    ("info-version", "/info/version", "version: 1.0.0", "version: '1.0'"),
    ("servers", "/servers/0", "    description: The account's own host.\n", ""),
    ("servers", "/servers/0", "        description: The account's subdomain.\n", ""),
    ("operation-id", "/get", "      operationId: list_things\n", ""),
    ("operation-id", "/operationId", "operationId: list_things", "operationId: listThings"),
    ("operation-id", "/operationId", "operationId: create_thing", "operationId: list_things"),
    ("reference", "/schema", "$ref: '#/components/schemas/ThingsPage'", "$ref: '#/components/schemas/Nothing'"),
    ("reference", "/schema", "$ref: '#/components/schemas/ThingsPage'", "$ref: './common.yaml#/ThingsPage'"),
    ("reference", "/parameters/PageSize", "    PageSize:\n      name: page[size]", "    PageSize:\n      $ref: '#/components/parameters/PageSize'\n      name: page[size]"),
    ("unused-component", "/schemas/Lonely", "    Problem:\n      type: object", "    Lonely:\n      type: object\n      description: d\n      example: {}\n    Problem:\n      type: object"),
    ("required-defined", "/CreateThing/required", "required: [name]", "required: [name, colour]"),
    ("path-parameters", "~1start/get", "/things/{thing_id}/start", "/things/{thing_id}/{other}/start"),
    ("path-parameters", "/parameters/0", "          required: true\n          description: Its id.", "          required: false\n          description: Its id."),
    ("operation-complete", "/get", "      summary: List things\n", ""),
    ("operation-complete", "/get", "**Allowed for:** everyone.", ""),
    ("operation-complete", "/get", "      x-idempotent: true\n      parameters:\n        - $ref", "      parameters:\n        - $ref"),
    ("operation-complete", "/get", "      security: []\n", ""),
    ("operation-complete", "/get", "tags: [Things]", "tags: [Others]"),
    ("parameter-complete", "/parameters/1", "          example: name\n", ""),
    ("parameter-complete", "/parameters/1", "          description: The order.\n", ""),
    ("schema-complete", "/CreateThing/properties/name", "          description: The name.\n", ""),
    ("schema-complete", "/schemas/Kind", "      example: public\n", ""),
    ("body-example", "/content/application~1json", "            example:\n              name: One\n", ""),
    ("header-complete", "/headers/RetryAfter", "      description: How long to wait.\n", ""),
    ("errors-documented", "/post/responses", "        '413':\n          $ref: '#/components/responses/Problem'\n", ""),
    ("errors-documented", "/get/responses", "        '401':\n          $ref: '#/components/responses/Problem'\n", ""),
    ("one-success", "/post/responses", "        '201':", "        '202':\n          description: Later.\n        '201':"),
    ("one-success", "/get/responses", "        '307':", "        '204':\n          description: Nothing.\n        '307':"),
    ("one-success", "/get/responses", "        '307':", "        '407':"),
    ("redirect-location", "/307", "            Location:", "            Place:"),
    ("exact-status", "/Problem", "        '413':", "        default:"),
    ("media-type", "/content/application~1problem+json", "        text/plain:", "        application/problem+json:"),
    ("media-type", "/content/text~1csv", "          description: A page of things.\n          content:\n            application/json:", "          description: A page of things.\n          content:\n            text/csv:"),
    ("media-type", "/content/application~1json", "              schema:\n                $ref: '#/components/schemas/ThingsPage'\n", ""),
    ("parameter-place", "/parameters/1", "          in: query\n          description: The order.", "          in: cookie\n          description: The order."),
    ("parameter-place", "/parameters/1", "        - name: sort\n          in: query", "        - name: Accept\n          in: header"),
    ("parameter-place", "/parameters/1", "        - name: flow_token\n          in: query", "        - name: flow_token\n          in: header"),
    ("parameter-style", "/parameters/1", "          description: The order.", "          style: deepObject\n          description: The order."),
    ("parameter-style", "/parameters/1", "          description: The order.", "          explode: false\n          description: The order."),
    ("parameter-schema", "/parameters/1", "          schema:\n            type: string\n      responses:", "          content: {application/json: {}}\n      responses:"),
    ("parameter-schema", "/parameters/1", "          schema:\n            type: string\n      responses:", "          schema:\n            type: string\n            nullable: true\n      responses:"),
    ("request-body", "/requestBody", "        required: true\n        content:", "        required: false\n        content:"),
    ("request-body", "/content/multipart~1form-data", "        required: true\n        content:\n          application/json:", "        required: true\n        content:\n          multipart/form-data:"),
    ("request-body", "/content/application~1x-www-form-urlencoded", "        required: true\n        content:\n          application/json:", "        required: true\n        content:\n          application/x-www-form-urlencoded:"),
    ("deprecated-operation", "/get", "      summary: List things", "      deprecated: true\n      summary: List things"),
    ("separate-shapes", "/schemas/Thing", "$ref: '#/components/schemas/CreateThing'", "$ref: '#/components/schemas/Thing'"),
    ("named-objects", "/properties/kind", "        kind:\n          $ref: '#/components/schemas/Kind'", "        kind:\n          type: object\n          description: d"),
    ("schema-keyword", "/CreateThing", "      required: [name]", "      additionalProperties: false\n      required: [name]"),
    ("schema-keyword", "/properties/name", "          type: string\n          description: The name.", "          oneOf: [{type: string}]\n          description: The name."),
    ("schema-type", "/properties/name", "          type: string\n          description: The name.", "          description: The name."),
    ("open-enum", "/properties/name", "          description: The name.", "          enum: [a, b]\n          description: The name."),
    ("open-enum", "/properties/name", "          description: The name.", "          x-extensible-enum: [a, b]\n          description: The name."),
    ("open-enum", "/schemas/Kind", "[public, confidential]", "[public, Public]"),
    ("open-enum", "/schemas/Kind", "[public, confidential]", "[public, unknown]"),
    ("open-enum", "/schemas/Kind", "[public, confidential]", "['', public]"),
    ("integer-format", "/Thing/properties/id", "          format: int64\n          description: The id.", "          description: The id."),
    ("integer-format", "/Thing/properties/id", "          format: int64\n          description: The id.", "          format: int32\n          description: The id."),
    ("known-format", "/properties/created_at", "format: date-time", "format: datetime"),
    ("nullable-place", "/properties/kind", "          $ref: '#/components/schemas/Kind'\n      example", "          $ref: '#/components/schemas/Kind'\n          nullable: true\n      example"),
    ("secret-format", "/Thing/properties/secret", "          format: password\n          description: The secret.", "          description: The secret."),
    ("secret-format", "/parameters/1/schema", "            type: string\n            format: password\n", "            type: string\n"),
    ("secret-format", "/headers/Location", "                type: string\n                format: password\n", "                type: string\n"),
    ("secret-plain", "/Thing/properties/secret", "          description: The secret.", "          minLength: 3\n          description: The secret."),
    ("name-clash", "/parameters/1", "- name: sort", "- name: page_size"),
    ("name-clash", "/properties/name", "        kind:\n          $ref", "        Name:\n          type: string\n          description: d\n        kind:\n          $ref"),
    ("reserved-name", "/schemas/Secret", "    Kind:\n", "    Secret:\n      type: string\n      description: d\n      example: e\n    Kind:\n"),
    ("reserved-name", "/properties/extra", "        created_at:", "        extra:"),
    ("openapi", "/info", "  title: Things\n", ""),
    ("reference", "/responses/400", "          $ref: '#/components/responses/Problem'\n        '401'", "          $ref: '#/paths/~1things/get'\n        '401'"),
    ("reference", "/responses/400", "          $ref: '#/components/responses/Problem'\n        '401'", "          $ref: '#/paths/~1things/get/responses/400'\n        '401'"),
    ("reference", "/responses/400", "          $ref: '#/components/responses/Problem'\n        '401'", "          $ref: '#/components/schemas/Problem'\n        '401'"),
    ("path-item", "/query", "  /things:\n    get:", "  /things:\n    query: {}\n    get:"),
    ("path-item", "/$ref", "  /things:\n    get:", "  /more:\n    $ref: '#/paths/~1things'\n  /things:\n    get:"),
    ("path-item", "/servers", "  /things:\n    get:", "  /things:\n    servers: [{url: 'https://other.example.com'}]\n    get:"),
    ("path-template", "/paths/things", "  /things:\n", "  'things':\n"),
    ("path-template", "/paths/~1thi ngs", "  /things:\n", "  '/thi ngs':\n"),
    ("path-template", "/paths/~1things?a=b", "  /things:\n", "  '/things?a=b':\n"),
    ("path-template", "/paths/~1things#a", "  /things:\n", "  '/things#a':\n"),
    ("path-template", "/paths/~1~1things", "  /things:\n", "  '//things':\n"),
    ("path-template", "/paths/~1..~1things", "  /things:\n", "  '/../things':\n"),
    ("path-template", "/paths/~1{a}{b}", "  /things:\n", "  '/{a}{b}':\n"),
    ("path-template", "/paths/~1{a", "  /things:\n", "  '/{a':\n"),
    ("operation-id", "/operationId", "operationId: list_things", "operationId: for_subdomain"),
    ("security-scheme", "/security/0", "        - bearerAuth: []", "        - bearerAuht: []"),
    ("security-scheme", "/security/0", "        - bearerAuth: []", "        - bearerAuth: []\n          other: []"),
    ("security-scheme", "/security/0", "        - bearerAuth: []", "        - {}"),
    ("text-characters", "/description", "description: How many.", "description: \"How\\u202e many.\""),
    ("text-characters", "/description", "description: How many.", "description: \"How\\r many.\""),
    ("code-block", "/description", "      description: How many.", "      description: |\n        How many.\n\n        ```\n        code\n        ```"),
    ("code-block", "/description", "      description: How many.", "      description: |\n        How many.\n\n            code"),
    ("one-success", "/post/responses", "        '201':", "        '200':\n          description: A list.\n          content:\n            application/json:\n              schema:\n                type: array\n                items:\n                  $ref: '#/components/schemas/Thing'\n              example: []\n        '201':"),
    ("parameter-place", "/parameters/1", "        - name: sort\n          in: query", "        - name: Content-Type\n          in: header"),
    ("parameter-place", "/parameters/1", "        - name: sort\n          in: query", "        - name: Authorization\n          in: header"),
    ("parameter-place", "/parameters/1", "        - name: sort\n          in: query", "        - name: api-version\n          in: header"),
    ("parameter-place", "/parameters/1", "        - name: sort\n          in: query", "        - name: User-Agent\n          in: header"),
    ("parameter-place", "/parameters/1", "        - name: sort\n          in: query", "        - name: X Bad\n          in: header"),
    ("parameter-style", "/get", "      summary: List things", "      callbacks: {}\n      summary: List things"),
    ("parameter-style", "/get", "      summary: List things", "      servers: []\n      summary: List things"),
    ("request-body", "/requestBody", "      operationId: start_thing", "      requestBody:\n        required: true\n        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/CreateThing'\n            example: {name: One}\n      operationId: start_thing"),
    ("request-body", "/content/application~1json", "            schema:\n              $ref: '#/components/schemas/CreateThing'\n", "            encoding: {}\n            schema:\n              $ref: '#/components/schemas/CreateThing'\n"),
    ("request-body", "/requestBody", "        required: true\n        content:\n", "        required: true\n        content:\n          application/x-www-form-urlencoded:\n            schema:\n              $ref: '#/components/schemas/Kind'\n            example: public\n"),
    ("schema-keyword", "/properties/name", "          type: string\n          description: The name.", "          anyOf: []\n          type: string\n          description: The name."),
    ("schema-keyword", "/properties/name", "          type: string\n          description: The name.", "          not: {}\n          type: string\n          description: The name."),
    ("schema-keyword", "/properties/name", "          type: string\n          description: The name.", "          discriminator: {propertyName: a}\n          type: string\n          description: The name."),
    ("schema-keyword", "/properties/name", "          type: string\n          description: The name.", "          additionalProperties: true\n          type: string\n          description: The name."),
    ("schema-keyword", "/properties/name", "          type: string\n          description: The name.", "          x-rust-type: a\n          type: string\n          description: The name."),
    ("schema-keyword", "/properties/name", "          type: string\n          description: The name.", "          nulable: true\n          type: string\n          description: The name."),
    ("schema-keyword", "/properties/name", "          type: string\n          description: The name.", "          readonly: true\n          type: string\n          description: The name."),
    ("open-enum", "/schemas/Kind", "[public, confidential]", "[a², b]"),
    ("open-enum", "/schemas/Kind", "[public, confidential]", "[self, b]"),
    ("nullable-place", "/schemas/Kind", "      x-extensible-enum:", "      nullable: true\n      x-extensible-enum:"),
    ("secret-format", "/schemas/Problem/properties/access_token", "        code:\n          type: string\n          description: The code.", "        access_token:\n          type: string\n          description: The token."),
    ("name-clash", "/schemas/thing", "    Kind:\n", "    thing:\n      type: string\n      description: d\n      example: e\n    Kind:\n"),
    ("reserved-name", "/schemas/Default", "    Kind:\n", "    Default:\n      type: string\n      description: d\n      example: e\n    Kind:\n"),
    ("reserved-name", "/schemas/self", "    Kind:\n", "    self:\n      type: string\n      description: d\n      example: e\n    Kind:\n"),
    ("reserved-name", "/schemas/1kind", "    Kind:\n", "    1kind:\n      type: string\n      description: d\n      example: e\n    Kind:\n"),
    ("reserved-name", "/parameters/1", "        - name: sort", "        - name: send"),
    ("reserved-name", "/parameters/1", "        - name: sort", "        - name: new"),
    ("reserved-name", "/parameters/1", "        - name: sort", "        - name: header_map"),
    ("reserved-name", "/parameters/1", "        - name: sort", "        - name: body"),
    ("reserved-name", "/properties/Extra", "        created_at:", "        Extra:"),
    ("reserved-name", "/properties/_extra", "        created_at:", "        _extra:"),
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

/// The names that the project treats as secrets, and the ones that Zendesk's pages add.
#[test]
fn every_secret_name_is_refused_without_a_password() {
    let plain = "        secret:\n          type: string\n          format: password\n";
    assert!(BASE.contains(plain));
    for name in [
        "secret",
        "client_secret",
        "access_token",
        "refresh_token",
        "code",
        "code_verifier",
        "verification_code",
        "flow_token",
        "redirect_url",
        "oauth_access_token_response_body",
        "raw_callback_params",
        "token",
        "full_token",
    ] {
        let text = BASE.replacen(
            plain,
            &format!("        {name}:\n          type: string\n"),
            1,
        );
        let found = problems(&text);
        let place = format!("/components/schemas/Thing/properties/{name}");
        assert!(
            found
                .iter()
                .any(|it| it.rule == "secret-format" && it.pointer == place),
            "{name}: {found:#?}"
        );
    }
}

#[test]
fn problems_come_in_the_order_of_the_text() {
    let text = BASE
        .replacen("          description: The name.\n", "", 1)
        .replacen("      summary: List things\n", "", 1);
    let rules: Vec<&str> = problems(&text).iter().map(|it| it.rule).collect();
    assert_eq!(rules, ["operation-complete", "schema-complete"]);
}

#[test]
fn every_rule_has_a_refusal() {
    let mut covered: BTreeSet<&str> = CASES.iter().map(|case| case.0).collect();
    covered.insert("file-name");
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
fn a_name_of_something_else_that_is_published_is_refused() {
    for name in [
        "zendesk-oauth",
        "bundle",
        "index",
        "npm",
        "package",
        "publish",
        "site",
        "tools",
        "things.dereferenced",
        "redoc",
        "documents",
        "Things",
        "a b",
        "a_b",
        ".hidden",
        "x\"><script>",
    ] {
        let document = Document::parse(name, BASE).expect("parses");
        let problems = lint::check_all(&[document]).expect_err(name).0;
        let [problem] = problems.as_slice() else {
            panic!("{name}: {problems:?}");
        };
        assert_eq!(problem.rule, "file-name");
        assert_eq!(problem.file, format!("openapi/{name}.yaml"));
    }
    let document = Document::parse("npm-things", BASE).expect("parses");
    assert!(lint::check_all(&[document]).is_ok());
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
