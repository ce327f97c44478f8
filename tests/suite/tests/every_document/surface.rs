//! The public surface of each generated crate, one line per item, read from `generated.rs`.

use quote::ToTokens;
use syn::{
    Attribute, Fields, File, FnArg, ImplItem, Item, ItemImpl, ReceiverKind, ReturnType, Signature,
    Visibility,
};
use xtask::document::Document;

use crate::documents::{documents, generated, snake};

fn surface(document: &Document) -> String {
    let file: File = syn::parse_file(&generated(document)).expect("generated code is Rust");
    let mut lines = Vec::new();
    list("", &file.items, &mut lines);
    lines.sort();
    lines.join("\n")
}

fn list(module: &str, items: &[Item], lines: &mut Vec<String>) {
    for item in items {
        match item {
            Item::Mod(item) if is_public(&item.vis) => {
                if let Some((_, items)) = &item.content {
                    list(&format!("{module}{}::", item.ident), items, lines);
                }
            }
            Item::Struct(item) if is_public(&item.vis) => {
                let name = format!("{module}{}{}", item.ident, tidy(&item.generics));
                lines.push(format!("{name}: struct {}", marks(&item.attrs)));
                if let Fields::Named(fields) = &item.fields {
                    for field in fields.named.iter().filter(|field| is_public(&field.vis)) {
                        let field_name = field.ident.as_ref().map(ToString::to_string);
                        lines.push(format!(
                            "{name}.{}: {}",
                            field_name.unwrap_or_default(),
                            tidy(&field.ty)
                        ));
                    }
                }
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let name = format!("{module}{}", item.ident);
                lines.push(format!("{name}: enum {}", marks(&item.attrs)));
                for variant in &item.variants {
                    lines.push(format!(
                        "{name}::{}{}",
                        variant.ident,
                        tidy(&variant.fields)
                    ));
                }
            }
            Item::Static(item) if is_public(&item.vis) => {
                lines.push(format!("{module}{}: static {}", item.ident, tidy(&item.ty)));
            }
            Item::Const(item) if is_public(&item.vis) => {
                lines.push(format!("{module}{}: const {}", item.ident, tidy(&item.ty)));
            }
            Item::Use(item) if is_public(&item.vis) => {
                lines.push(format!("{module}use {}", tidy(&item.tree)));
            }
            Item::Impl(block) => list_impl(module, block, lines),
            Item::Macro(item) if tidy(&item.mac.path).ends_with("deserialize_record") => {
                let record = item.mac.tokens.clone().into_iter().next();
                let record = record.map(|it| it.to_string()).unwrap_or_default();
                lines.push(format!("{module}{record}: impl Deserialize<'de>"));
            }
            _ => {}
        }
    }
}

fn list_impl(module: &str, block: &ItemImpl, lines: &mut Vec<String>) {
    let name = format!("{module}{}", tidy(&block.self_ty));
    if let Some(implemented) = &block.trait_ {
        lines.push(format!("{name}: impl {}", tidy(&implemented.0)));
        return;
    }
    for item in &block.items {
        if let ImplItem::Fn(function) = item
            && is_public(&function.vis)
        {
            lines.push(format!("{name}::{}", signature(&function.sig)));
        }
    }
}

fn signature(signature: &Signature) -> String {
    let arguments: Vec<String> = signature
        .inputs
        .iter()
        .map(|argument| match argument {
            FnArg::Receiver(receiver) => {
                let is_borrowed = matches!(receiver.kind, ReceiverKind::Reference(..));
                (if is_borrowed { "&self" } else { "self" }).to_owned()
            }
            FnArg::Typed(argument) => format!("{}: {}", tidy(&argument.pat), tidy(&argument.ty)),
        })
        .collect();
    let asynchronous = if signature.asyncness.is_some() {
        "async "
    } else {
        ""
    };
    let output = match &signature.output {
        ReturnType::Default => String::new(),
        ReturnType::Type(_, ty) => format!(" -> {}", tidy(ty)),
    };
    let bounds = signature
        .generics
        .where_clause
        .as_ref()
        .map(|clause| format!(" where {}", tidy(&clause.predicates)))
        .unwrap_or_default();
    format!(
        "{asynchronous}fn {}({}){output}{bounds}",
        signature.ident,
        arguments.join(", ")
    )
}

/// Derives, and what else decides who may build or match the type.
fn marks(attributes: &[Attribute]) -> String {
    let mut marks = Vec::new();
    for attribute in attributes {
        let path = attribute.path();
        if path.is_ident("derive") || path.is_ident("cfg_attr") || path.is_ident("non_exhaustive") {
            marks.push(tidy(&attribute.meta));
        }
    }
    marks.join(" ")
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Tokens as a person would write them: no prelude paths, no spaces around punctuation.
fn tidy(tokens: &impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    for (from, to) in [
        (" :: ", "::"),
        (":: ", "::"),
        (" ::", "::"),
        (" < ", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ,", ","),
        (", >", ">"),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        ("& ", "&"),
        (" :", ":"),
        (" <", "<"),
        (",>", ">"),
        ("::std::option::", ""),
        ("::std::string::", ""),
        ("::std::vec::", ""),
        ("::std::convert::", ""),
        ("std::convert::", ""),
        ("::std::fmt::", ""),
        ("::std::default::", ""),
        ("::std::result::", ""),
        ("::serde::", ""),
        ("::schemars::", ""),
        ("::zendesk_oauth_core::", "core::"),
        ("crate::generated::", ""),
    ] {
        text = text.replace(from, to);
    }
    text
}

#[test]
fn each_client_has_its_surface() {
    for document in documents() {
        insta::assert_snapshot!(
            format!("surface_of_{}", snake(&document)),
            surface(&document)
        );
    }
}
