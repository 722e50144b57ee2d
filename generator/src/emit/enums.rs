//! String enums.

use proc_macro2::TokenStream;
use quote::quote;

use super::file::Item;
use super::scope::Scope;
use super::text::{deprecated, docs};
use crate::ir::{Enum, Redaction};

/// An enum and its implementations.
pub(crate) fn string_enum(scope: &Scope<'_>, r#enum: &Enum) -> Vec<Item> {
    let name = r#enum.name.ident();
    let rows = r#enum
        .values
        .iter()
        .map(|value| {
            let (variant, value) = (value.variant.ident(), &value.value);
            quote!(#variant = #value)
        })
        .collect();
    let sensitive = (r#enum.redaction != Redaction::None).then(|| quote!(sensitive));
    let mut items = vec![
        Item::Code(definition(scope, r#enum)),
        Item::Table {
            name: "string_enum",
            head: quote!(#name #sensitive),
            rows,
        },
    ];
    if sensitive.is_some() {
        items.push(Item::Code(quote!(opaque_debug!(#name);)));
    }
    items
}

fn definition(scope: &Scope<'_>, r#enum: &Enum) -> TokenStream {
    let name = r#enum.name.ident();
    let documentation = docs(&r#enum.docs);
    let is_deprecated = deprecated(r#enum.deprecated.as_ref());
    let derives = match r#enum.redaction {
        Redaction::None => quote!(#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]),
        _ => quote!(#[derive(Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]),
    };
    let variants = r#enum.values.iter().map(|value| {
        let documentation = docs(&value.docs);
        let deprecated = deprecated(value.deprecated.as_ref());
        let variant = value.variant.ident();
        quote!(#documentation #deprecated #variant)
    });
    let unknown = scope.named(
        "crate::primitives::sealed_enum_unknown",
        "UnknownVariantValue",
    );
    quote! {
        #documentation
        #is_deprecated
        #[non_exhaustive]
        #derives
        pub enum #name {
            #(#variants,)*
            /// A value added to the service after this crate was generated.
            #[deprecated(
                note = "match other values with a wildcard and look at `as_str()`"
            )]
            Unknown(#unknown),
        }
    }
}
