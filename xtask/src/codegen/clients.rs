//! progenitor itself, with our settings.

use heck::ToPascalCase;
use progenitor::{GenerationSettings, Generator, InterfaceStyle, TagStyle};
use progenitor_impl::HooksMode;
use syn::File;

use super::{refused, runtime};
use crate::{
    document::Document,
    lower::{Lowered, RESERVED_SCHEMAS},
    problem::Problems,
};

/// progenitor's own output for the lowered document.
pub(super) fn generate(document: &Document, lowered: &Lowered) -> Result<File, Problems> {
    let spec: openapiv3::OpenAPI = serde_json::from_value(lowered.root.clone())
        .map_err(|error| refused(document, "lowered", &error.to_string()))?;
    let settings = settings(lowered);
    let tokens = Generator::new(&settings)
        .generate_tokens(&spec)
        .map_err(|error| {
            refused(
                document,
                "progenitor",
                &format!("progenitor refused: {error}"),
            )
        })?;
    syn::parse2(tokens).map_err(|error| refused(document, "progenitor", &error.to_string()))
}

fn settings(lowered: &Lowered) -> GenerationSettings {
    let core = runtime();
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged)
        .with_hooks(HooksMode::Expected)
        .with_inner_type(quote::quote!(#core::Transport));
    for name in RESERVED_SCHEMAS {
        settings.with_replacement(
            name,
            format!("::zendesk_oauth_core::{name}"),
            std::iter::empty(),
        );
    }
    for name in lowered.open_enums.keys() {
        let path = format!("crate::generated::types::{}", name.to_pascal_case());
        settings.with_replacement(name.to_pascal_case(), path, std::iter::empty());
    }
    settings
}
