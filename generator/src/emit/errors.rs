//! Errors: the structures, the enum of an operation and the enum of the service.

use proc_macro2::TokenStream;
use quote::quote;

use super::file::Item;
use super::scope::Scope;
use super::structure::{self, builder};
use super::text::doc;
use crate::ir::{Client, Field, Operation, RetryKind, Structure, Type};

/// An error structure with its builder.
pub(crate) fn error(scope: &Scope<'_>, error: &Structure) -> Vec<Item> {
    let name = error.name.ident();
    let builder_name = error.name.builder();
    let mut items = structure::structure(scope, error, &quote!(#builder_name));
    items.extend(modeled_error(error));
    items.push(builder(scope, error, &quote!(#name)));
    items
}

fn modeled_error(error: &Structure) -> Option<Item> {
    let shape = error.error.as_ref()?;
    let name = error.name.ident();
    let builder = error.name.builder();
    let retry = shape.retry.map(|retry| match retry {
        RetryKind::Throttling => quote!(, retry = ThrottlingError),
        RetryKind::Server => quote!(, retry = ServerError),
        RetryKind::Client => quote!(, retry = ClientError),
    });
    let message = match message(error) {
        Some(field) if field.ty != Type::String => Some(quote!(, message = other)),
        Some(field) if field.sensitive => Some(quote!(, message = sensitive)),
        _ => None,
    };
    Some(Item::Code(
        quote!(modeled_error!(#name #builder #retry #message);),
    ))
}

fn message(error: &Structure) -> Option<&Field> {
    error
        .fields
        .iter()
        .find(|field| field.name.as_str() == "message")
}

/// The enum of an operation's errors.
pub(crate) fn operation_error(scope: &Scope<'_>, operation: &Operation) -> Vec<Item> {
    let name = operation.name.error();
    let errors: Vec<_> = operation
        .errors
        .iter()
        .map(|error| scope.client.structure(*error))
        .collect();
    let definition = error_enum(
        scope,
        &format!("Why a call of `{}` failed.", operation.name.as_str()),
        &quote!(#name),
        &errors,
    );
    let rows = errors
        .iter()
        .map(|error| {
            let (variant, is) = (error.name.ident(), error.name.is());
            let code = error
                .error
                .as_ref()
                .map_or(error.name.as_str(), |error| &error.code);
            quote!(#code => #variant #is)
        })
        .collect();
    vec![
        Item::Code(definition),
        Item::Table {
            name: "operation_error",
            head: quote!(#name),
            rows,
        },
    ]
}

/// The enum of all errors of the service.
pub(crate) fn service_error(scope: &Scope<'_>, client: &Client) -> Vec<Item> {
    let errors: Vec<_> = client
        .errors
        .iter()
        .map(|error| client.structure(*error))
        .collect();
    let summary = format!("Any error of {}.", client.service.title);
    let definition = error_enum(scope, &summary, &quote!(Error), &errors);
    let rows = errors
        .iter()
        .map(|error| {
            let variant = error.name.ident();
            quote!(#variant)
        })
        .collect();
    vec![
        Item::Code(definition),
        Item::Table {
            name: "service_error",
            head: quote!(Error),
            rows,
        },
    ]
}

fn error_enum(
    scope: &Scope<'_>,
    summary: &str,
    name: &TokenStream,
    errors: &[&Structure],
) -> TokenStream {
    let summary = doc(summary);
    let variants = errors.iter().map(|error| {
        let documentation = doc(error.docs.summary().unwrap_or_default());
        let variant = error.name.ident();
        let ty = scope.named("crate::types::error", error.name.as_str());
        quote!(#documentation #variant(#ty))
    });
    let unhandled = scope.named("crate::error::sealed_unhandled", "Unhandled");
    quote! {
        #summary
        #[non_exhaustive]
        #[derive(Debug)]
        pub enum #name {
            #(#variants,)*
            /// An error that the service's model does not have, or a response that cannot be read.
            #[deprecated(
                note = "match other errors with a wildcard and look at `code()`"
            )]
            Unhandled(#unhandled),
        }
    }
}
