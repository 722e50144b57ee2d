//! What templates need to know about endpoint discovery.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::scope::Scope;
use crate::ir::{Client, EndpointDiscovery, Operation, PathStep};

/// The implementations of the traits for discovery: for operations that need an endpoint, and for
/// the one that returns it.
pub(crate) fn implementations(
    scope: &Scope<'_>,
    client: &Client,
    operation: &Operation,
) -> Vec<TokenStream> {
    let asked = client.discovery.as_ref();
    let asked = asked.filter(|it| client.operation(it.operation).name == operation.name);
    let discovers = asked.map(|asked| discovers(scope, client, operation, asked));
    let discovered = discovered(scope, client, operation);
    discovers.into_iter().chain(discovered).collect()
}

/// The operation that returns endpoints.
fn discovers(
    scope: &Scope<'_>,
    client: &Client,
    operation: &Operation,
    asked: &EndpointDiscovery,
) -> TokenStream {
    let name = operation.name.ident();
    let builder = client.structure(operation.input).name.builder();
    let (some, string) = (scope.std("Some"), scope.std("String"));
    let result = scope.std("Result");
    let error = scope.named("aws_smithy_types::error::operation", "BuildError");
    let (operation_field, ids) = (&asked.asks_for_operation, &asked.asks_for_ids);
    let by_operation = operation_field.is_some();
    let by_ids = ids.is_some();
    let sets_operation = operation_field.as_ref().map(|field| {
        let set = field.set();
        quote!(.#set(#some(asked.operation.to_owned())))
    });
    let sets_ids = ids.as_ref().map(|field| {
        let set = field.set();
        quote!(.#set(#some(asked.ids.clone().into_iter().collect())))
    });
    let parameter = match by_operation || by_ids {
        true => quote!(asked),
        false => quote!(_),
    };
    let option = scope.option(&quote!((#string, i64)));
    let endpoints = step(&quote!(output), &asked.endpoints);
    let address = step(&quote!(endpoint), &asked.address);
    let (minutes, or_zero) = (
        asked.minutes.field.field(),
        asked.minutes.optional.then(|| quote!(.unwrap_or_default())),
    );
    quote! {
        impl crate::operation::discovery::Discovers for #name {
            const BY_OPERATION: bool = #by_operation;
            const BY_IDS: bool = #by_ids;

            fn input(#parameter: &crate::operation::discovery::Asked) -> #result<Self::Input, #error> {
                builders::#builder::default() #sets_operation #sets_ids .build()
            }

            fn endpoint(output: Self::Output) -> #option {
                let endpoint = #endpoints.into_iter().next()?;
                let minutes = endpoint.#minutes #or_zero;
                #some((#address, minutes))
            }
        }
    }
}

fn step(of: &TokenStream, step: &PathStep) -> TokenStream {
    let field = step.field.field();
    match step.optional {
        true => quote!(#of.#field?),
        false => quote!(#of.#field),
    }
}

/// An operation whose endpoint is discovered.
fn discovered(scope: &Scope<'_>, client: &Client, operation: &Operation) -> Option<TokenStream> {
    let discovered = operation.discovered.as_ref()?;
    let name = operation.name.ident();
    let required = discovered.required;
    let input = client.structure(operation.input).name.ident();
    let ids = (!discovered.ids.is_empty()).then(|| {
        let rows = discovered.ids.iter().map(|(id, field)| {
            let field = field.field();
            quote!((#id, input.#field.as_deref()))
        });
        let (vec, option) = (scope.std("Vec"), scope.option(&quote!(&str)));
        quote! {
            #[inline]
            fn ids(input: &#input) -> #vec<(&'static str, #option)> {
                #vec::from([#(#rows),*])
            }
        }
    });
    Some(quote! {
        impl crate::operation::discovery::Discovered for #name {
            const REQUIRED: bool = #required;
            #ids
        }
    })
}
