//! Records that keep unknown fields: core reads them, faster than what serde derives.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{
    Field, Item, ItemStruct, LitStr, Meta, Path, Token, parse_quote, punctuated::Punctuated,
    spanned::Spanned,
};

/// Takes the derived `Deserialize` from each struct with unknown fields, and adds core's.
///
/// # Errors
/// When a field has a serde attribute that core does not know.
pub(super) fn read_by_core(types: &mut Vec<Item>) -> Result<(), String> {
    let mut readers = Vec::new();
    for item in types.iter_mut() {
        if let Item::Struct(item) = item
            && item.fields.iter().any(is_extra)
        {
            readers.push(reader(item)?);
            derive_no_deserialize(item)?;
        }
    }
    types.extend(readers);
    Ok(())
}

fn is_extra(field: &Field) -> bool {
    serde_metas(field).is_ok_and(|metas| metas.iter().any(|it| it.path().is_ident("flatten")))
}

fn reader(record: &ItemStruct) -> Result<Item, String> {
    let name = &record.ident;
    let mut fields = TokenStream::new();
    for field in record.fields.iter().filter(|field| !is_extra(field)) {
        let field_name = field.ident.as_ref().ok_or("a field without a name")?;
        let text = name_in_document(field).map_err(|it| format!("`{name}.{field_name}`: {it}"))?;
        fields.extend(quote!(#field_name: #text,));
    }
    Ok(parse_quote!(::zendesk_oauth_core::deserialize_record!(#name { #fields });))
}

fn name_in_document(field: &Field) -> Result<LitStr, String> {
    let own = field.ident.to_token_stream().to_string();
    let mut name = LitStr::new(own.trim_start_matches("r#"), field.span());
    for meta in serde_metas(field)? {
        if meta.path().is_ident("rename") {
            let value = &meta
                .require_name_value()
                .map_err(|it| it.to_string())?
                .value;
            name = parse_quote!(#value);
        } else if !meta.path().is_ident("skip_serializing_if") {
            let meta = meta.to_token_stream();
            return Err(format!("`serde({meta})` is unknown"));
        }
    }
    Ok(name)
}

fn serde_metas(field: &Field) -> Result<Vec<Meta>, String> {
    let mut metas = Vec::new();
    for attribute in field.attrs.iter().filter(|it| it.path().is_ident("serde")) {
        let list = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
        metas.extend(list.map_err(|error| error.to_string())?);
    }
    Ok(metas)
}

fn derive_no_deserialize(record: &mut ItemStruct) -> Result<(), String> {
    for attribute in &mut record.attrs {
        if attribute.path().is_ident("derive") {
            let derived = attribute
                .parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated)
                .map_err(|error| error.to_string())?;
            let others = derived
                .iter()
                .filter(|it| !it.to_token_stream().to_string().ends_with(":: Deserialize"));
            *attribute = parse_quote!(#[derive(#(#others),*)]);
        }
    }
    Ok(())
}
