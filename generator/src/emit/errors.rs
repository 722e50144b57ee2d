//! Errors: the structures, the enum of an operation and the enum of the service.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::file::Item;
use super::scope::Scope;
use super::structure::{builder_path, structure};
use super::text::{all_operations, doc};
use crate::ir::{Client, Field, Operation, RetryKind, StreamErrors, Structure, Type, Union};

/// An error structure without its builder.
pub(crate) fn error(scope: &Scope<'_>, error: &Structure) -> Vec<Item> {
    let mut items = structure(scope, error);
    items.extend(retryable(error));
    items.extend(modeled_error(error));
    items
}

/// The method that says whether an error is retryable.
fn retryable(error: &Structure) -> Option<Item> {
    let (name, kind) = (error.name.ident(), retry_kind(error)?);
    Some(Item::Code(quote! {
        impl #name {
            /// Returns why a call that failed with this error may be retried.
            pub fn retryable_error_kind(&self) -> aws_smithy_types::retry::ErrorKind {
                aws_smithy_types::retry::ErrorKind::#kind
            }
        }
    }))
}

fn retry_kind(error: &Structure) -> Option<Ident> {
    let kind = match error.error.as_ref()?.retry? {
        RetryKind::Throttling => "ThrottlingError",
        RetryKind::Server => "ServerError",
        RetryKind::Client => "ClientError",
    };
    Some(format_ident!("{kind}"))
}

fn modeled_error(error: &Structure) -> Option<Item> {
    let shape = error.error.as_ref()?;
    let (name, builder) = (error.name.ident(), builder_path(error));
    let retry = retry_kind(error).map(|kind| quote!(, retry = #kind));
    let is_text = message(error).is_none_or(|field| field.ty == Type::String);
    let message = match (is_text, shape.sensitive) {
        (true, false) => None,
        (true, true) => Some(quote!(, message = sensitive)),
        (false, false) => Some(quote!(, message = other)),
        (false, true) => Some(quote!(, message = hidden)),
    };
    Some(Item::Code(
        quote!(modeled_error!(#name, #builder #retry #message);),
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
    let errors = scope.client.error_codes(operation);
    let summary = format!("Why a call of `{}` failed.", operation.name.as_str());
    one_of(scope, &summary, &operation.name.error(), errors)
}

/// The enum of the errors that end a stream of events, identified by the names of their members.
pub(crate) fn stream_error(scope: &Scope<'_>, union: &Union, stream: &StreamErrors) -> Vec<Item> {
    let errors = stream.errors.iter().map(|(member, error)| {
        let error = scope.client.structure(*error);
        (vec![member.as_str()], error)
    });
    let summary = format!("Why a stream of `{}` failed.", union.name.as_str());
    let name = stream.name.ident();
    let mut items = one_of(scope, &summary, &name, errors.collect());
    if stream.is_sent {
        let rows = stream.errors.iter().map(|(member, error)| {
            let variant = scope.client.structure(*error).name.ident();
            quote!(#member => #variant)
        });
        items.push(Item::Table {
            name: "sent_error",
            head: quote!(#name),
            rows: rows.collect(),
        });
    }
    items
}

/// An enum of errors, each with its codes.
fn one_of(
    scope: &Scope<'_>,
    summary: &str,
    name: &Ident,
    errors: Vec<(Vec<&str>, &Structure)>,
) -> Vec<Item> {
    let variants = errors.iter().map(|(_, error)| {
        let ty = scope.named("crate::types::error", error.name.as_str());
        variant(error, &ty)
    });
    let definition = error_enum(scope, summary, &quote!(#name), variants);
    let rows = errors
        .iter()
        .map(|(codes, error)| {
            let (variant, is) = (error.name.ident(), error.name.is());
            match codes.as_slice() {
                [] => quote!(#variant #is),
                codes => quote!(#(#codes)|* => #variant #is),
            }
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
    let variants = errors.iter().map(|error| {
        let name = error.name.ident();
        let ty = match error.gate {
            Some(gate) => {
                let gate = client.gate(gate).name.ident();
                quote!(#gate!(#name))
            }
            None => {
                let module = scope.named("crate::types", "error");
                quote!(#module::#name)
            }
        };
        variant(error, &ty)
    });
    let definition = error_enum(scope, &summary, &quote!(Error), variants);
    let variants = errors.iter().map(|error| error.name.ident());
    let mut items = vec![
        Item::Code(definition),
        Item::Table {
            name: "service_error",
            head: quote!(Error),
            rows: variants.map(|variant| quote!(#variant)).collect(),
        },
    ];
    if errors.iter().any(|error| error.gate.is_some()) {
        let all = all_operations();
        items.push(Item::Code(quote!(#[cfg(not(#all))] absent_error!(Absent);)));
    }
    items
}

fn variant(error: &Structure, ty: &TokenStream) -> TokenStream {
    let documentation = doc(error.docs.summary().unwrap_or_default());
    let variant = error.name.ident();
    quote!(#documentation #variant(#ty))
}

fn error_enum(
    scope: &Scope<'_>,
    summary: &str,
    name: &TokenStream,
    variants: impl Iterator<Item = TokenStream>,
) -> TokenStream {
    let summary = doc(summary);
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
