//! The static operation table: what core knows of a call, and nothing by hand.

use quote::quote;
use serde_json::Value;
use syn::{Item, parse_quote};

use super::runtime;
use crate::{
    document::Document,
    openapi::{Operation, array, component_schemas, contents, operations, text, walk_schema},
    roles::Roles,
};

/// `OPERATIONS` and `SERVERS` of the document.
pub(super) fn table(document: &Document) -> Vec<Item> {
    let core = runtime();
    let root = &document.root;
    let rows = operations(root).into_iter().map(|operation| {
        let (id, method, path) = (operation.id(), &operation.method, operation.path);
        let security = security(&operation);
        let secured = (!security.is_empty()).then(|| quote!(.secured_by(&[#(#security),*])));
        let idempotent = (operation.value.get("x-idempotent") == Some(&Value::Bool(true)))
            .then(|| quote!(.idempotent()));
        let secrets = sends_secrets(root, &operation).then(|| quote!(.sends_secrets()));
        quote!(#core::Operation::new(#id, #method, #path) #secured #idempotent #secrets)
    });
    let servers: Vec<&str> = array(root, "servers")
        .iter()
        .map(|server| text(server, "url"))
        .collect();
    let file: syn::File = parse_quote! {
        /// Every operation of the document: method, path template, security, whether repeating it is
        /// harmless (`x-idempotent`), and whether its request carries a secret.
        pub static OPERATIONS: &[#core::Operation] = &[#(#rows),*];

        /// The servers of the document, the current one first.
        pub const SERVERS: &[&str] = &[#(#servers),*];
    };
    file.items
}

/// Names of the security schemes, any one of which will do.
fn security<'a>(operation: &Operation<'a>) -> Vec<&'a str> {
    array(operation.value, "security")
        .iter()
        .filter_map(Value::as_object)
        .flat_map(|requirement| requirement.keys().map(String::as_str))
        .collect()
}

/// Whether a parameter or a property of the body is a password.
fn sends_secrets(root: &Value, operation: &Operation<'_>) -> bool {
    let is_secret = |schema: &Value| {
        let mut found = false;
        walk_schema(schema, "", &mut |_, inner| {
            found |= text(inner, "format") == "password"
        });
        found
    };
    let parameters = operation.parameters(root);
    let bodies = operation
        .request_body(root)
        .map(|(pointer, body)| contents(&pointer, body))
        .unwrap_or_default();
    let schemas: Vec<&Value> = parameters
        .iter()
        .map(|(_, parameter)| &parameter["schema"])
        .chain(
            bodies
                .iter()
                .map(|(_, _, media_type)| &media_type["schema"]),
        )
        .collect();
    let reached = Roles::reached_by(root, schemas.iter().copied());
    schemas.into_iter().any(is_secret)
        || component_schemas(root)
            .any(|(name, _, schema)| reached.contains(name) && is_secret(schema))
}
