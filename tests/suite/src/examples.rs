//! Every example of the document is parsed into its generated type, written back and compared.

use serde_json::{Value, json};
use xtask::roles::Roles;
use zendesk_oauth_core::ApiErrorBody;

use crate::{
    described::{Described, TypedClient},
    documents::schema_examples,
    typed::there_and_back,
};

/// The example of each component schema that becomes a type.
pub fn schema_examples_survive<C: TypedClient>(described: &Described<C>) {
    for (schema, example) in schema_examples(&described.document) {
        let place = format!("{}: schema {schema}", described.document.name);
        (described.type_of(&schema).there_and_back)(&place, &example);
    }
}

/// The examples of each operation, errors included.
pub fn examples_of_bodies_and_answers_survive<C: TypedClient>(described: &Described<C>) {
    for operation in &described.operations {
        let id = &operation.id;
        let exchange = described.exchange(id);
        for (name, example) in &operation.bodies {
            let body = exchange.body_type.as_ref();
            let body = body.unwrap_or_else(|| panic!("the body of {id} is not driven"));
            (body.there_and_back)(&format!("{id}: body {name}"), example);
        }
        let (mut answers, mut is_empty) = (0, true);
        for answer in operation.answers.iter().filter(|it| it.status < 300) {
            let has_content = !answer.media_type.is_empty();
            is_empty &= !has_content;
            for (name, example) in answer.examples.iter().filter(|_| has_content) {
                let place = format!("{id}: {} {name}", answer.status);
                let typed = exchange.answer_type.as_ref();
                let typed = typed.unwrap_or_else(|| panic!("the answer of {id} is not driven"));
                (typed.there_and_back)(&place, example);
                answers += 1;
            }
        }
        assert!(is_empty || answers > 0, "the answer of {id} has no example");
        for answer in operation.answers.iter().filter(|it| it.status >= 400) {
            let is_json = answer.media_type == "application/json";
            for (name, example) in answer.examples.iter().filter(|_| is_json) {
                let place = format!("{id}: {} {name}", answer.status);
                there_and_back::<ApiErrorBody>(&place, example);
            }
        }
    }
}

/// What Zendesk adds tomorrow must not fail an answer.
pub fn answers_survive_what_no_document_knows<C: TypedClient>(described: &Described<C>) {
    let roles = Roles::of(&described.document.root);
    for (schema, example) in schema_examples(&described.document) {
        let Value::Object(mut members) = example else {
            continue;
        };
        if !roles.response.contains(&schema) {
            continue;
        }
        let unknown = json!({"deep": [1, null]});
        members.insert("a_field_of_tomorrow".to_owned(), unknown);
        let place = format!("{schema} with an unknown field");
        (described.type_of(&schema).there_and_back)(&place, &Value::Object(members));
    }
}
