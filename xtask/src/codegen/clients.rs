//! progenitor itself: settings, and its panics as errors.

use std::{
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Once,
};

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
    let tokens = quietly(|| Generator::new(&settings).generate_tokens(&spec))
        .map_err(|panic| {
            refused(
                document,
                "progenitor",
                &format!("progenitor panicked: {panic}"),
            )
        })?
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

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work` and gives a panic's message as an error, without a word on standard error.
fn quietly<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                previous(info);
            }
        }));
    });
    QUIET.set(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    QUIET.set(false);
    result.map_err(|panic| {
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        text.or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "it did not say why".to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_with_its_message() {
        assert_eq!(
            quietly(|| panic!("{} types", 2)),
            Err::<(), _>("2 types".to_owned())
        );
        assert_eq!(quietly(|| 1), Ok(1));
    }
}
