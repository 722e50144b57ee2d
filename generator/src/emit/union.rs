//! Tagged unions.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::file::Item;
use super::scope::Scope;
use super::text::{deprecated, doc, docs};
use crate::ir::{Redaction, Type, Union, Variant};

/// A union and its implementations.
pub(crate) fn union(scope: &Scope<'_>, union: &Union) -> Vec<Item> {
    let mut items = vec![
        Item::Code(definition(scope, union)),
        Item::Code(methods(scope, union)),
    ];
    if union.redaction != Redaction::None {
        items.push(redacted_debug(union));
    }
    items.push(table(union));
    items
}

fn definition(scope: &Scope<'_>, union: &Union) -> TokenStream {
    let name = union.name.ident();
    let documentation = docs(&union.docs);
    let deprecated = deprecated(union.deprecated.as_ref());
    let derives = match union.redaction {
        Redaction::None => quote!(#[derive(Clone, Debug, PartialEq)]),
        Redaction::Fields | Redaction::Whole => quote!(#[derive(Clone, PartialEq)]),
    };
    let variants = union.variants.iter().map(|variant| {
        let documentation = docs(&variant.docs);
        let deprecated = self::deprecated(variant.deprecated.as_ref());
        let name = variant.name.ident();
        match variant.ty {
            Type::Unit => quote!(#documentation #deprecated #name),
            ref ty => {
                let ty = scope.ty(ty);
                quote!(#documentation #deprecated #name(#ty))
            }
        }
    });
    quote! {
        #documentation
        #deprecated
        #[non_exhaustive]
        #derives
        pub enum #name {
            #(#variants,)*
            /// A variant added to the service after this crate was generated. It cannot be sent.
            #[non_exhaustive]
            Unknown,
        }
    }
}

fn methods(scope: &Scope<'_>, union: &Union) -> TokenStream {
    let name = union.name.ident();
    let methods = union
        .variants
        .iter()
        .map(|variant| variant_methods(scope, variant));
    quote! {
        impl #name {
            #(#methods)*

            /// Whether this is a variant that this crate does not know.
            #[inline]
            pub fn is_unknown(&self) -> bool {
                matches!(self, Self::Unknown)
            }
        }
    }
}

fn variant_methods(scope: &Scope<'_>, variant: &Variant) -> TokenStream {
    let (name, r#as, is) = (variant.name.ident(), variant.name.r#as(), variant.name.is());
    let [result, ok, err] = ["Result", "Ok", "Err"].map(|name| scope.std(name));
    let (returns, pattern, value) = match &variant.ty {
        Type::Unit => (quote!(()), quote!(Self::#name), quote!(())),
        ty => {
            // The accessor returns the content of a box, not the box.
            let ty = match ty {
                Type::Boxed(inner) => scope.ty(inner),
                ty => scope.ty(ty),
            };
            (quote!(&#ty), quote!(Self::#name(value)), quote!(value))
        }
    };
    let as_summary = doc(format!("Returns the value of [`Self::{name}`]."));
    let is_summary = doc(format!("Whether this is [`Self::{name}`]."));
    quote! {
        #as_summary
        ///
        /// # Errors
        ///
        /// Returns the union itself if it is another variant.
        #[inline]
        pub fn #r#as(&self) -> #result<#returns, &Self> {
            if let #pattern = self { #ok(#value) } else { #err(self) }
        }

        #is_summary
        #[inline]
        pub fn #is(&self) -> bool {
            self.#r#as().is_ok()
        }
    }
}

/// A `Debug` that hides the values of sensitive variants.
fn redacted_debug(union: &Union) -> Item {
    let name = union.name.ident();
    let whole = union.redaction == Redaction::Whole;
    let rows = union
        .variants
        .iter()
        .map(|variant| {
            let name = variant.name.ident();
            match variant.ty {
                Type::Unit if whole => quote!(#name hidden),
                Type::Unit => quote!(#name unit),
                _ if whole || variant.sensitive => quote!(#name sensitive),
                _ => quote!(#name),
            }
        })
        .collect();
    Item::Table {
        name: "redacted_union_debug",
        head: quote!(#name),
        rows,
    }
}

/// The table that binds the union to its schema.
fn table(union: &Union) -> Item {
    let name = union.name.ident();
    let schema = union.schema.ident();
    let rows = union
        .variants
        .iter()
        .map(|variant| {
            let index = Literal::usize_unsuffixed(variant.index);
            let name = variant.name.ident();
            let unit = (variant.ty == Type::Unit).then(|| quote!(unit));
            quote!(#index => #name #unit)
        })
        .collect();
    Item::Table {
        name: "union",
        head: quote!(#name, crate::schema::#schema),
        rows,
    }
}
