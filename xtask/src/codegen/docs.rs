//! Doc comments that rustdoc and a reader can take.

use syn::{Attribute, Expr, ExprLit, File, Lit, Meta, parse_quote, visit_mut::VisitMut};

/// Tidies every doc comment of the file.
pub(super) fn tidy(file: &mut File) {
    Tidy.visit_file_mut(file);
}

/// progenitor's texts start without a space and end in blank lines; where it has nothing to say, it
/// repeats the name.
struct Tidy;

impl VisitMut for Tidy {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        let mut tidied = Vec::with_capacity(attributes.len());
        for attribute in attributes.drain(..) {
            match doc_text(&attribute) {
                Some(text) => tidied.extend(lines(&text)),
                None => tidied.push(attribute),
            }
        }
        *attributes = tidied;
    }
}

fn doc_text(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(meta) = &attribute.meta else {
        return None;
    };
    if !meta.path.is_ident("doc") {
        return None;
    }
    match &meta.value {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) => Some(text.value()),
        _ => None,
    }
}

fn lines(text: &str) -> Vec<Attribute> {
    text.trim()
        .lines()
        .map(|line| {
            // A call without its surroundings is no doctest, and should not count as a skipped one.
            let line = line.trim_end().replace("```ignore", "```text");
            let line = if line.is_empty() {
                String::new()
            } else {
                format!(" {line}")
            };
            parse_quote!(#[doc = #line])
        })
        .collect()
}
