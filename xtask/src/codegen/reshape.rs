//! What we change in progenitor's output: each change is named, and says why.

use heck::ToPascalCase;
use quote::ToTokens;
use syn::{
    Attribute, Expr, ExprMatch, Fields, File, ImplItem, Item, ItemImpl, ItemMod, LitStr, Pat, Type,
    UseTree, parse_quote,
    visit_mut::{self, VisitMut},
};

use super::{docs, open_enums, records};
use crate::lower::Lowered;

/// Applies every change.
///
/// # Errors
/// When a change does not find what it is for: progenitor's output has another form than we know.
pub(super) fn reshape(mut file: File, lowered: &Lowered) -> Result<File, String> {
    RuntimePath.visit_file_mut(&mut file);
    UnknownFields.visit_file_mut(&mut file);
    EmptySuccess.visit_file_mut(&mut file);
    Messages.visit_file_mut(&mut file);
    ApiVersion.visit_file_mut(&mut file);
    own_constructor(&mut file)?;
    opaque_client_debug(&mut file)?;
    own_type_attributes(types_module(&mut file)?);
    records::read_by_core(types_module(&mut file)?)?;
    own_type_attributes_of_enums(types_module(&mut file)?);
    types_module(&mut file)?.extend(
        lowered
            .open_enums
            .iter()
            .flat_map(|(name, open)| open_enums::items(name, open)),
    );
    redirect_arms(&mut file, lowered)?;
    docs::tidy(&mut file);
    Ok(file)
}

/// Generated code stands on our run time: the path `progenitor_client` becomes core's `client`.
struct RuntimePath;

impl VisitMut for RuntimePath {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        if path
            .segments
            .first()
            .is_some_and(|first| first.ident == "progenitor_client")
        {
            let rest = path.segments.iter().skip(1);
            *path = parse_quote!(::zendesk_oauth_core::client #(::#rest)*);
        }
        visit_mut::visit_path_mut(self, path);
    }

    fn visit_item_use_mut(&mut self, item: &mut syn::ItemUse) {
        if let UseTree::Path(path) = &item.tree
            && path.ident == "progenitor_client"
        {
            let rest = &path.tree;
            item.leading_colon = Some(Default::default());
            item.tree = parse_quote!(zendesk_oauth_core::client::#rest);
        }
    }
}

/// Unknown fields are kept in `Extra`, whose Debug shows keys only, and builders may leave them out.
struct UnknownFields;

impl VisitMut for UnknownFields {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        let is_map = matches!(ty, Type::Path(path)
            if path.path.segments.iter().map(|it| it.ident.to_string()).eq(["serde_json", "Map"]));
        if is_map {
            *ty = parse_quote!(::zendesk_oauth_core::Extra);
        } else {
            visit_mut::visit_type_mut(self, ty);
        }
    }

    fn visit_field_value_mut(&mut self, field: &mut syn::FieldValue) {
        let is_missing_extra = field.member == syn::Member::Named(parse_quote!(extra))
            && field
                .expr
                .to_token_stream()
                .to_string()
                .contains("no value supplied for extra");
        if is_missing_extra {
            field.expr = parse_quote!(Ok(Default::default()));
        }
        visit_mut::visit_field_value_mut(self, field);
    }
}

/// An answer without content is looked at: a login page with status 200 has deleted nothing.
struct EmptySuccess;

impl VisitMut for EmptySuccess {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        if let Expr::Call(call) = expression
            && call.func.to_token_stream().to_string() == "Ok"
            && let Some(Expr::Call(inner)) = call.args.first()
            && inner.func.to_token_stream().to_string() == "ResponseValue :: empty"
        {
            *expression = Expr::Call(inner.clone());
        } else {
            visit_mut::visit_expr_mut(self, expression);
        }
    }
}

/// What a builder says of an argument that is missing or does not convert, in words for its caller.
struct Messages;

impl VisitMut for Messages {
    fn visit_lit_str_mut(&mut self, literal: &mut LitStr) {
        let text = literal.value();
        let missing = text
            .strip_suffix(" was not initialized")
            .or_else(|| text.strip_prefix("no value supplied for "));
        let reworded = match missing {
            Some(name) => format!("`{name}` is required: set it before sending"),
            None if text.starts_with("conversion to `") => text
                .replace(":: std :: string :: String", "String")
                .replace(" :: ", "::"),
            None => return,
        };
        *literal = LitStr::new(&reworded, literal.span());
    }

    fn visit_macro_mut(&mut self, _: &mut syn::Macro) {
        // Format strings stay as they are.
    }
}

/// The document's version is no header that Zendesk asks for, and a map for it is not free.
struct ApiVersion;

impl VisitMut for ApiVersion {
    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        visit_mut::visit_block_mut(self, block);
        let text = |statement: &syn::Stmt| statement.to_token_stream().to_string();
        block.stmts.retain(|statement| {
            let text = text(statement);
            !(text.starts_with("header_map . append") && text.contains("\"api-version\""))
        });
        let is_used = block.stmts.iter().map(text);
        let has_others = is_used.clone().any(|it| it.starts_with("header_map ."));
        let has_map = is_used.clone().any(|it| it.starts_with(HEADER_MAP));
        if has_map && !has_others {
            block
                .stmts
                .retain(|statement| !text(statement).starts_with(HEADER_MAP));
            block
                .stmts
                .iter_mut()
                .for_each(|statement| WithoutHeaderMap.visit_stmt_mut(statement));
        }
    }
}

const HEADER_MAP: &str = "let mut header_map =";

struct WithoutHeaderMap;

impl VisitMut for WithoutHeaderMap {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        visit_mut::visit_expr_mut(self, expression);
        if let Expr::MethodCall(call) = expression
            && call.method == "headers"
            && call.args.to_token_stream().to_string() == "header_map"
        {
            *expression = (*call.receiver).clone();
        }
    }
}

/// The constructors that unwrap are replaced by one that takes a finished transport.
fn own_constructor(file: &mut File) -> Result<(), String> {
    let client = inherent_impls(file, "Client")
        .find(|block| {
            block
                .items
                .iter()
                .any(|item| is_function(item, "new_with_client"))
        })
        .ok_or("the constructors of `Client` are not where they were")?;
    let constructors: ItemImpl = parse_quote! {
        impl Client {
            /// A client for the account with this subdomain, at the current server of the document.
            /// Nothing is sent.
            ///
            /// # Errors
            ///
            /// When `subdomain` is not one DNS label, or the TLS backend does not start.
            pub fn for_subdomain(
                subdomain: &str,
                credentials: ::zendesk_oauth_core::Credentials,
            ) -> Result<Self, ::zendesk_oauth_core::BuildError> {
                ::zendesk_oauth_core::Transport::builder_for(SERVERS[0], subdomain)
                    .credentials(credentials)
                    .build()
                    .map(Self::from_transport)
            }

            /// A client for a base URL: scheme, host, and port and path stem if there are any; the
            /// stem takes the place of the server's own. Nothing is sent.
            ///
            /// # Errors
            ///
            /// When `base_url` is not such a URL, or the TLS backend does not start.
            pub fn new(
                base_url: &str,
                credentials: ::zendesk_oauth_core::Credentials,
            ) -> Result<Self, ::zendesk_oauth_core::BuildError> {
                ::zendesk_oauth_core::Transport::builder(base_url)
                    .credentials(credentials)
                    .build()
                    .map(Self::from_transport)
            }

            /// A client that makes its calls through `transport`: its base URL, credentials,
            /// timeouts and connection pool. Nothing is sent.
            pub fn from_transport(transport: ::zendesk_oauth_core::Transport) -> Self {
                Self {
                    baseurl: transport.base_url().to_owned(),
                    client: transport.http_client().clone(),
                    inner: transport,
                }
            }
        }
    };
    client.items = constructors.items;
    Ok(())
}

/// `Client` prints its transport, which knows what may be printed: reqwest's own Debug shows default
/// headers and proxies, and both can hold a secret.
fn opaque_client_debug(file: &mut File) -> Result<(), String> {
    let client = file.items.iter_mut().find_map(|item| match item {
        Item::Struct(item) if item.ident == "Client" => Some(item),
        _ => None,
    });
    let client = client.ok_or("there is no struct `Client`")?;
    client
        .attrs
        .retain(|attribute| !attribute.path().is_ident("derive"));
    client.attrs.push(parse_quote!(#[derive(Clone)]));
    file.items.push(parse_quote! {
        impl ::std::fmt::Debug for Client {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("Client").field("transport", &self.inner).finish_non_exhaustive()
            }
        }
    });
    Ok(())
}

/// A property that Zendesk adds is no breaking change, and types have a JSON schema for who asks.
fn own_type_attributes(types: &mut [Item]) {
    for item in types {
        if let Item::Struct(item) = item {
            let derive = item
                .attrs
                .iter()
                .position(|it| it.path().is_ident("derive"));
            let after_derive = derive.map_or(item.attrs.len(), |index| index + 1);
            item.attrs.insert(after_derive, schema_derive());
            if matches!(item.fields, Fields::Named(_)) {
                item.attrs
                    .insert(after_derive + 1, parse_quote!(#[non_exhaustive]));
            }
        }
    }
}

fn own_type_attributes_of_enums(types: &mut [Item]) {
    for item in types {
        if let Item::Enum(item) = item {
            item.attrs.push(schema_derive());
        }
    }
}

fn schema_derive() -> Attribute {
    parse_quote!(#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))])
}

/// The success of a redirect is matched by its own status again.
fn redirect_arms(file: &mut File, lowered: &Lowered) -> Result<(), String> {
    for (id, status) in &lowered.redirects {
        let builder = id.to_pascal_case();
        let mut arms = RedirectArm {
            status: *status,
            replaced: 0,
        };
        for block in inherent_impls_of_builders(file, &builder) {
            arms.visit_item_impl_mut(block);
        }
        if arms.replaced != 1 {
            return Err(format!(
                "`{id}`: {} success arms instead of one",
                arms.replaced
            ));
        }
    }
    Ok(())
}

struct RedirectArm {
    status: u16,
    replaced: usize,
}

impl VisitMut for RedirectArm {
    fn visit_expr_match_mut(&mut self, expression: &mut ExprMatch) {
        for arm in &mut expression.arms {
            let is_success = matches!(&arm.pat, Pat::Range(range)
                if range.start.as_deref().is_some_and(|start| is_number(start, "200")));
            if is_success {
                let status = self.status;
                arm.pat = parse_quote!(#status);
                self.replaced += 1;
            }
        }
    }
}

fn is_number(expression: &Expr, number: &str) -> bool {
    expression.to_token_stream().to_string() == number
}

fn is_function(item: &ImplItem, name: &str) -> bool {
    matches!(item, ImplItem::Fn(function) if function.sig.ident == name)
}

/// Blocks `impl Name { … }` at the top of the file.
fn inherent_impls<'a>(
    file: &'a mut File,
    name: &'a str,
) -> impl Iterator<Item = &'a mut ItemImpl> + 'a {
    file.items
        .iter_mut()
        .filter_map(move |item| as_inherent_impl(item, name))
}

fn inherent_impls_of_builders<'a>(
    file: &'a mut File,
    name: &'a str,
) -> impl Iterator<Item = &'a mut ItemImpl> + 'a {
    module(&mut file.items, "builder")
        .into_iter()
        .flatten()
        .filter_map(move |item| as_inherent_impl(item, name))
}

fn as_inherent_impl<'a>(item: &'a mut Item, name: &str) -> Option<&'a mut ItemImpl> {
    match item {
        Item::Impl(block) if block.trait_.is_none() => {
            let is_named = matches!(block.self_ty.as_ref(), Type::Path(path)
                if path.path.segments.last().is_some_and(|last| last.ident == name));
            is_named.then_some(block)
        }
        _ => None,
    }
}

fn types_module(file: &mut File) -> Result<&mut Vec<Item>, String> {
    module(&mut file.items, "types").ok_or_else(|| "there is no module `types`".to_owned())
}

fn module<'a>(items: &'a mut [Item], name: &str) -> Option<&'a mut Vec<Item>> {
    items.iter_mut().find_map(|item| match item {
        Item::Mod(ItemMod {
            ident,
            content: Some((_, items)),
            ..
        }) if ident == name => Some(items),
        _ => None,
    })
}
