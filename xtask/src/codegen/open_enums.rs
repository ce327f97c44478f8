//! Enums that survive values they do not know.

use heck::ToPascalCase;
use proc_macro2::Ident;
use quote::format_ident;
use syn::{Item, parse_quote};

use crate::lower::OpenEnum;

/// The items of one open enum: the type and its conversions.
pub(super) fn items(name: &str, open: &OpenEnum) -> Vec<Item> {
    let name = format_ident!("{}", name.to_pascal_case());
    let variants: Vec<Ident> = open
        .values
        .iter()
        .map(|value| format_ident!("{}", value.to_pascal_case()))
        .collect();
    let values = &open.values;
    let description = format!(
        "{}\n\nA value that the document does not list is kept as it came, in `Unknown`.",
        open.description.trim()
    );
    let docs: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    let file: syn::File = parse_quote! {
        #[doc = #description]
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[cfg_attr(
            feature = "schemars",
            derive(::schemars::JsonSchema),
            schemars(with = "::std::string::String")
        )]
        #[non_exhaustive]
        pub enum #name {
            #(#[doc = #docs] #variants,)*
            /// A value that the document does not list.
            Unknown(::std::string::String),
        }

        impl #name {
            /// The value as it is sent and received.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #values,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                // A known value takes no memory on the way.
                struct Text;
                impl ::serde::de::Visitor<'_> for Text {
                    type Value = #name;

                    fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                        f.write_str("a string")
                    }

                    fn visit_str<E>(self, text: &str) -> ::std::result::Result<#name, E> {
                        Ok(#name::from(text))
                    }
                }
                deserializer.deserialize_str(Text)
            }
        }

        impl ::std::convert::From<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#values => Self::#variants,)*
                    other => Self::Unknown(other.to_owned()),
                }
            }
        }

        impl ::std::convert::From<::std::string::String> for #name {
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::std::convert::From<#name> for ::std::string::String {
            fn from(value: #name) -> Self {
                match value {
                    #name::Unknown(value) => value,
                    known => known.as_str().to_owned(),
                }
            }
        }
    };
    file.items
}
