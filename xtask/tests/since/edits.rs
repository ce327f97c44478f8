//! Small edits of a small document, each with its verdict, and with that of its reverse.

use xtask::{
    document::Document,
    spec::since::{
        compare::{Comparison, compare},
        finding::Effect::{self, Breaking, Compatible, Texts},
    },
};

const BASE: &str = include_str!("base.yaml");

fn compared(old: &str, new: &str) -> Comparison {
    let parse = |text| Document::parse("base", text).expect("the document parses");
    compare(&parse(old), &parse(new))
}

/// An edit: `(text to replace once, replacement, verdict, verdict of the reverse, words that a finding has)`.
type Edit = (&'static str, &'static str, Effect, Effect, &'static str);

#[rustfmt::skip] // A table: one line per case.
const EDITS: &[Edit] = &[
    // Texts.
    ("description: A small document.", "description: A document.", Texts, Texts, "info: `description` reads"),
    ("      summary: List things\n", "", Texts, Texts, "`summary` is gone"),
    ("              name: One", "              name: Two", Texts, Texts, "`example` reads"),
    ("            read: Read\n", "            read: Reads\n", Texts, Texts, "scope `read`: its description"),
    ("    description: Things.", "    description: All things.", Texts, Texts, "declared tags"),
    ("          nullable: false\n", "", Texts, Texts, "`nullable` was `false`, is absent"),
    ("[red, blue]", "[blue, red]", Texts, Texts, "another order"),
    ("info:\n", "# A comment.\ninfo:\n", Texts, Texts, "laid out differently"),
    ("        - bearerAuth: []\n        - oauth2: [read]\n", "        - oauth2: [read]\n        - bearerAuth: []\n", Texts, Texts, "each alternative is written in another order"),
    // Operations.
    ("  /things/{thing_id}:\n", "  /things/{thing_id}/:\n", Breaking, Breaking, "the path was `/things/{thing_id}`, is `/things/{thing_id}/`"),
    ("    delete:\n", "    patch:\n", Breaking, Breaking, "the method was `DELETE`, is `PATCH`"),
    ("    delete:\n      operationId: delete_thing", "    patch:\n      operationId: patch_thing", Breaking, Breaking, "the operation is gone"),
    ("    delete:\n", "    options:\n      responses: {}\n    delete:\n", Compatible, Breaking, "the operation is new"),
    ("operationId: list_things", "operationId: things_list", Breaking, Breaking, "`operationId` was `list_things`, is `things_list`"),
    ("      tags: [Things]\n      x-idempotent: true", "      tags: [Others]\n      x-idempotent: true", Breaking, Breaking, "the first tag was `Things`, is `Others`"),
    ("      tags: [Things]\n      x-idempotent: true", "      tags: [Things, Others]\n      x-idempotent: true", Compatible, Breaking, "tag `Others` is new"),
    ("x-idempotent: true", "x-idempotent: false", Breaking, Compatible, "`x-idempotent` was `true`, is `false`"),
    ("      x-idempotent: true\n", "", Breaking, Compatible, "`x-idempotent` was `true`, is absent"),
    ("      summary: List things\n", "      summary: List things\n      deprecated: true\n", Compatible, Compatible, "`deprecated`"),
    ("      summary: List things\n", "      summary: List things\n      x-new: 1\n", Breaking, Breaking, "`x-new` was absent, is `1`"),
    ("      summary: List things\n", "      summary: List things\n      callbacks: {}\n", Breaking, Breaking, "`callbacks` was absent"),
    // Parameters.
    ("        - name: sort\n          in: query\n", "        - name: order\n          in: query\n", Breaking, Breaking, "query parameter `sort`: is gone"),
    ("        - name: sort\n          in: query\n", "        - name: sort\n          in: header\n", Breaking, Breaking, "was in query, is in header"),
    ("        - name: sort\n          in: query\n", "        - name: sort\n          in: query\n          required: true\n", Breaking, Compatible, "`required` was absent, is `true`"),
    ("        - name: sort\n", "        - {name: q, in: query, schema: {type: string}}\n        - name: sort\n", Compatible, Breaking, "query parameter `q`: is new, optional"),
    ("        - name: sort\n", "        - {name: q, in: query, required: true, schema: {type: string}}\n        - name: sort\n", Breaking, Breaking, "query parameter `q`: is new, required"),
    ("      operationId: delete_thing\n", "      operationId: delete_thing\n      parameters: [{name: q, in: query, schema: {type: string}}]\n", Compatible, Breaking, "query parameter `q`: is new, optional"),
    ("            default: name\n", "            default: id\n", Breaking, Breaking, "`default` was `name`, is `id`"),
    ("            default: name\n", "", Breaking, Breaking, "`default` was `name`, is absent"),
    ("        - name: sort\n          in: query\n", "        - name: sort\n          in: query\n          style: spaceDelimited\n", Breaking, Breaking, "`style` was absent"),
    ("        - name: sort\n          in: query\n", "        - name: sort\n          in: query\n          style: form\n          explode: true\n", Texts, Texts, "`explode` was absent, is `true`"),
    ("        - name: sort\n          in: query\n", "        - name: sort\n          in: query\n          explode: false\n", Breaking, Breaking, "`explode` was absent, is `false`"),
    ("        - name: sort\n          in: query\n", "        - name: sort\n          in: query\n          deprecated: true\n", Compatible, Compatible, "`deprecated`"),
    ("            type: string\n            format: uuid", "            type: string", Breaking, Breaking, "header parameter `X-Trace`: `format` was `uuid`, is absent"),
    ("          type: integer\n          format: int64\n    delete:", "          type: string\n          format: int64\n    delete:", Breaking, Breaking, "path parameter `thing_id`: `type` was `integer`, is `string`"),
    ("        maximum: 100\n", "        maximum: 50\n", Breaking, Compatible, "`maximum` was `100`, is `50`"),
    ("        maximum: 100\n", "", Compatible, Breaking, "`maximum` was `100`, is absent"),
    ("      name: page[size]", "      name: page[length]", Breaking, Breaking, "query parameter `page[size]`: is gone"),
    ("        - $ref: '#/components/parameters/PageSize'\n", "        - {name: 'page[size]', in: query, schema: {type: integer, maximum: 100}}\n", Texts, Texts, "was a reference to"),
    // Request bodies.
    ("        required: false\n", "        required: true\n", Breaking, Compatible, "request body: `required` was `false`, is `true`"),
    ("        required: false\n", "", Texts, Texts, "`required` was `false`, is absent"),
    ("      requestBody:\n        required: false\n        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/CreateThing'\n            example:\n              name: One\n", "", Breaking, Compatible, "request body: is gone"),
    ("            example:\n              name: One\n", "          text/plain:\n            schema:\n              type: string\n", Compatible, Breaking, "text/plain: is a new media type"),
    ("          application/json:\n            schema:\n              $ref: '#/components/schemas/CreateThing'\n", "          multipart/form-data:\n            schema:\n              $ref: '#/components/schemas/CreateThing'\n", Breaking, Breaking, "request body, application/json: the media type is gone"),
    ("      required: [name]\n", "      required: [name, labels]\n", Breaking, Compatible, "member `labels`: was optional, is required"),
    ("      required: [name]\n", "", Compatible, Breaking, "request body, member `name`: was required, is optional"),
    ("        labels:\n", "        weight: {type: integer}\n        labels:\n", Compatible, Breaking, "member `weight`: is a new member"),
    ("      required: [name]\n      properties:\n", "      required: [name, weight]\n      properties:\n        weight: {type: integer}\n", Breaking, Breaking, "member `weight`: is a new member, required"),
    ("          maxLength: 20\n", "          maxLength: 10\n", Breaking, Compatible, "`maxLength` was `20`, is `10`"),
    ("          maxLength: 20\n", "          maxLength: 20\n          nullable: true\n", Compatible, Breaking, "`nullable` was absent, is `true`"),
    ("          maxLength: 20\n", "          maxLength: 20\n          readOnly: true\n", Breaking, Compatible, "`readOnly`"),
    ("          maxLength: 20\n", "          maxLength: 20\n          pattern: a\n", Breaking, Compatible, "`pattern`"),
    ("          items:\n            type: string\n", "          items:\n            type: integer\n", Breaking, Breaking, "member `labels[]`: `type`"),
    ("[red, blue]", "[red, blue, green]", Compatible, Breaking, "value `green` is new"),
    // Responses.
    ("        '404':\n          $ref: '#/components/responses/Problem'\n", "", Compatible, Compatible, "response 404: is gone"),
    ("        '201':\n", "        '202':\n", Breaking, Breaking, "response 201: is gone"),
    ("        '201':\n", "        '204': {description: None.}\n        '201':\n", Breaking, Breaking, "response 204: is new"),
    ("            text/csv:\n              schema:\n                type: string\n", "", Breaking, Compatible, "response 200, text/csv: the media type is gone"),
    ("          description: Gone.\n", "          description: Gone.\n          content: {application/json: {schema: {type: string}}}\n", Breaking, Breaking, "response 204: has a body now"),
    ("            X-Total:\n              schema:\n                type: integer\n", "            X-Total:\n              schema:\n                type: integer\n            X-Pages: {schema: {type: integer}}\n", Compatible, Breaking, "header `X-Pages`: is new"),
    ("            X-Total:\n              schema:\n                type: integer\n", "            X-Total:\n              schema:\n                type: string\n", Breaking, Breaking, "response 200, header `X-Total`: `type`"),
    ("          required: true\n          schema:\n            type: string\n      content:", "          schema:\n            type: string\n      content:", Breaking, Compatible, "header `Retry-After`: `required` was `true`"),
    // Schemas that are received.
    ("          format: password\n", "", Breaking, Breaking, "member `things[].secret`: `format` was `password`, is absent"),
    ("          nullable: false\n", "          nullable: true\n", Breaking, Compatible, "member `things[].name`: `nullable` was `false`, is `true`"),
    ("      required: [id, name]\n", "      required: [id]\n", Breaking, Compatible, "member `things[].name`: was required, is optional"),
    ("        secret:\n", "        age: {type: integer}\n        secret:\n", Compatible, Breaking, "member `things[].age`: is a new member"),
    ("      required: [id, name]\n      properties:\n", "      required: [id, name, age]\n      properties:\n        age: {type: integer}\n", Compatible, Breaking, "member `things[].age`: is a new member, required"),
    ("          maximum: 9\n", "          maximum: 10\n", Breaking, Compatible, "`maximum` was `9`, is `10`"),
    ("          format: password\n", "          format: password\n          writeOnly: true\n", Breaking, Compatible, "`writeOnly`"),
    ("          format: password\n", "          format: password\n          readOnly: true\n", Compatible, Compatible, "`readOnly`"),
    ("          format: password\n", "          format: password\n          title: Secret\n", Breaking, Breaking, "`title` was absent"),
    ("          format: password\n", "          format: password\n          xml: {name: s}\n", Breaking, Breaking, "`xml` was absent"),
    ("[wrong, gone]", "[wrong, gone, late]", Breaking, Breaking, "value `late` is new"),
    ("[public, confidential]", "[public, confidential, secret]", Compatible, Breaking, "known value `secret` is new"),
    ("      x-extensible-enum: [public, confidential]\n", "", Breaking, Breaking, "`x-extensible-enum` was"),
    ("          allOf:\n            - $ref: '#/components/schemas/Kind'\n          description: The kind.\n", "          $ref: '#/components/schemas/Kind'\n", Compatible, Compatible, "no longer in an `allOf` of one"),
    ("            - $ref: '#/components/schemas/Kind'\n          description: The kind.\n", "            - $ref: '#/components/schemas/Kind'\n          description: The kind.\n          nullable: true\n", Breaking, Compatible, "member `things[].kind`: `nullable`"),
    ("            - $ref: '#/components/schemas/Kind'\n          description: The kind.\n", "            - $ref: '#/components/schemas/Kind'\n            - type: string\n", Breaking, Breaking, "member `things[].kind`"),
    ("            $ref: '#/components/schemas/Thing'\n    ThingsPage:", "            $ref: '#/components/schemas/Kind'\n    ThingsPage:", Breaking, Breaking, "was the schema `Thing`, is the schema `Kind`"),
    ("    ThingsPage:\n      type: object\n", "    ThingsPage:\n      type: object\n      additionalProperties: false\n", Breaking, Breaking, "`additionalProperties` was absent, is `false`"),
    ("    ThingsPage:\n      type: object\n", "    ThingsPage:\n      type: object\n      additionalProperties: true\n", Compatible, Breaking, "`additionalProperties` was absent, is `true`"),
    ("    CreateThing:\n      type: object\n", "    CreateThing:\n      type: object\n      additionalProperties: false\n", Breaking, Compatible, "request body: `additionalProperties`"),
    ("        word:\n          type: string\n", "        word:\n          type: string\n        other: {type: string}\n", Compatible, Breaking, "component `schemas/Lonely`, member `other`"),
    ("    Lonely:\n", "    Alone:\n", Breaking, Breaking, "component `schemas/Lonely`: is gone"),
    ("    Lonely:\n", "    Alone: {type: string}\n    Lonely:\n", Compatible, Breaking, "component `schemas/Alone`: is new"),
    // Credentials.
    ("        - oauth2: [read]\n", "", Breaking, Compatible, "the alternative `oauth2` is gone"),
    ("        - oauth2: [read]\n", "        - oauth2: [read, write]\n", Breaking, Compatible, "scope `write` of `oauth2` is new"),
    ("      security: []\n", "      security: [{bearerAuth: []}]\n", Breaking, Breaking, "sending no credentials is gone"),
    ("      security: []\n", "", Breaking, Breaking, "sending no credentials is gone"),
    ("security:\n  - bearerAuth: []\npaths", "security:\n  - bearerAuth: []\n  - oauth2: []\npaths", Compatible, Breaking, "the alternative `oauth2` is new"),
    ("      scheme: bearer\n", "      scheme: basic\n", Breaking, Breaking, "scheme `bearerAuth`: `scheme` was `bearer`, is `basic`"),
    ("            write: Write\n", "", Breaking, Compatible, "flow `authorizationCode`, scope `write`: is gone"),
    ("tokenUrl: https://example.com/tokens", "tokenUrl: https://example.com/token", Breaking, Breaking, "`tokenUrl` was"),
    // Servers and the document.
    ("  - url: https://{subdomain}.example.com\n", "  - url: https://{subdomain}.example.net\n", Breaking, Breaking, "servers: the first was"),
    ("  - url: https://old.example.com\n", "", Breaking, Compatible, "`https://old.example.com` is gone"),
    ("        default: example\n", "        default: sample\n", Breaking, Breaking, "variable `subdomain`: `default` was `example`"),
    ("      operationId: delete_thing\n", "      operationId: delete_thing\n      servers: [{url: 'https://x.example.com'}]\n", Breaking, Breaking, "servers: the first was"),
    ("openapi: 3.0.3", "openapi: 3.0.4", Compatible, Compatible, "`openapi` was `3.0.3`, is `3.0.4`"),
    ("openapi: 3.0.3", "openapi: 3.1.0", Breaking, Breaking, "`openapi` was"),
    ("  title: Things\n", "  title: All things\n", Breaking, Breaking, "info: `title` was"),
    ("tags:\n  - name: Things\n", "x-other: 1\ntags:\n  - name: Things\n", Breaking, Breaking, "`x-other` was absent"),
];

#[test]
fn each_edit_has_its_verdict_and_so_has_its_reverse() {
    let mut wrong = Vec::new();
    for (from, to, effect, reverse, words) in EDITS {
        assert!(BASE.contains(from), "{from}");
        let edited = BASE.replacen(from, to, 1);
        let there = compared(BASE, &edited);
        let back = compared(&edited, BASE);
        let told: Vec<String> = there
            .findings()
            .map(|one| {
                format!(
                    "{:?} {}: {} ({})",
                    one.effect, one.place, one.what, one.pointer
                )
            })
            .collect();
        if there.effect() != Some(*effect) {
            wrong.push(format!(
                "{to}\n  is {:?}, not {effect:?}: {told:#?}",
                there.effect()
            ));
        }
        if !told.iter().any(|line| line.contains(words)) {
            wrong.push(format!("{to}\n  nobody says {words}: {told:#?}"));
        }
        if back.effect() != Some(*reverse) {
            let told: Vec<_> = back.findings().collect();
            wrong.push(format!(
                "back from {to}\n  is {:?}, not {reverse:?}: {told:#?}",
                back.effect()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_document_does_not_differ_from_itself_nor_by_its_version() {
    assert_eq!(compared(BASE, BASE).effect(), None);
    let raised = BASE.replacen("version: 1.0.0", "version: 1.0.1", 1);
    assert_eq!(compared(BASE, &raised).effect(), None);
}

#[test]
fn a_shared_schema_is_found_in_every_operation_that_uses_it_and_in_no_other() {
    let edited = BASE.replacen("          format: password\n", "", 1);
    let found = compared(BASE, &edited);
    let effects: Vec<_> = found
        .operations
        .iter()
        .map(|one| (one.id.as_str(), one.effect()))
        .collect();
    assert_eq!(
        effects,
        [
            ("list_things", Some(Breaking)),
            ("create_thing", Some(Breaking)),
            ("delete_thing", None)
        ]
    );
    let finding = &found.operations[0].findings[0];
    assert_eq!(
        finding.pointer,
        "/components/schemas/Thing/properties/secret/format"
    );
}

#[test]
fn what_no_rule_knows_is_said_to_be_unknown() {
    let edited = BASE.replacen("info:\n", "x-new: 1\ninfo:\n", 1);
    let found = compared(BASE, &edited);
    assert!(
        found
            .rest
            .iter()
            .any(|one| !one.known && one.effect == Breaking)
    );
}

#[test]
fn references_in_circles_and_out_of_the_document_end() {
    let circle = BASE.replacen(
        "    Lonely:\n      type: object\n      properties:\n        word:\n          type: string\n",
        "    Lonely:\n      allOf: [{$ref: '#/components/schemas/Lonely'}]\n    A: {$ref: '#/components/schemas/B'}\n    B: {$ref: '#/components/schemas/A'}\n    C: {$ref: 'other.yaml#/C'}\n",
        1,
    );
    assert_eq!(compared(&circle, &circle).effect(), None);
    let edited = circle.replacen("other.yaml", "another.yaml", 1);
    assert_eq!(compared(&circle, &edited).effect(), Some(Breaking));
}
