//! Fluent builders: what a client's methods return.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::file::Item;
use super::super::scope::Scope;
use super::super::structure::{Argument, setter_row};
use super::super::text::{deprecated, doc, docs, lines};
use crate::ir::{Field, Operation, Structure};

/// The fluent builder of an operation.
pub(crate) fn fluent_builder(
    scope: &Scope<'_>,
    operation: &Operation,
    input: &Structure,
) -> Vec<Item> {
    let name = operation.name.fluent_builder();
    let output = scope.named("super", operation.name.output().as_str());
    let error = scope.named("super", &operation.name.error().to_string());
    vec![
        Item::Code(definition(scope, operation, input)),
        Item::Code(call_methods(scope, operation, input)),
        Item::Code(setters(scope, operation, input)),
        options(scope, operation, input),
        Item::Code(quote!(fluent_builder!(#name => #output, #error);)),
    ]
}

fn definition(scope: &Scope<'_>, operation: &Operation, input: &Structure) -> TokenStream {
    let name = operation.name.fluent_builder();
    let summary = doc(format!(
        "A request to [`{}`], as it is put together.",
        operation.name.as_str()
    ));
    let inner = input.name.builder();
    let arc = scope.named("std::sync", "Arc");
    let handle = scope.named("crate::client", "Handle");
    let config = scope.option(&quote!(crate::config::Builder));
    let derives = if super::super::structure::is_streaming(input) {
        quote!(#[derive(Debug)])
    } else {
        quote!(#[derive(Clone, Debug)])
    };
    quote! {
        #summary
        #derives
        pub struct #name {
            handle: #arc<#handle>,
            inner: #inner,
            config_override: #config,
        }
    }
}

/// `Result<Output, SdkError<Error, HttpResponse>>`
pub(crate) fn call_result(
    scope: &Scope<'_>,
    operation: &Operation,
    ok: &TokenStream,
) -> TokenStream {
    let error = scope.named("super", &operation.name.error().to_string());
    let sdk_error = scope.named("aws_smithy_runtime_api::client::result", "SdkError");
    let response = scope.named(
        "aws_smithy_runtime_api::client::orchestrator",
        "HttpResponse",
    );
    let result = scope.std("Result");
    quote!(#result<#ok, #sdk_error<#error, #response>>)
}

fn call_methods(scope: &Scope<'_>, operation: &Operation, input: &Structure) -> TokenStream {
    let name = operation.name.fluent_builder();
    let inner = input.name.builder();
    let output = scope.named("super", operation.name.output().as_str());
    let error = scope.named("super", &operation.name.error().to_string());
    let marker = scope.named("super", operation.name.as_str());
    let result = call_result(scope, operation, &output);
    let customizable = scope.named("crate::client::customize", "CustomizableOperation");
    let runtime = scope.named("crate::operation", "runtime");
    let sdk_error = scope.named("aws_smithy_runtime_api::client::result", "SdkError");
    let paginator = operation
        .paginator
        .as_ref()
        .map(|_| into_paginator(operation));
    let send_docs = lines(&[
        "Sends the request and returns the response.",
        "",
        "Transient failures and throttling are retried as the client's retry configuration says.",
        "",
        "# Errors",
        "",
        &format!(
            "The service's own errors are in [`{}`]; [`SdkError`] tells them from \
             requests that could not be made or sent and responses that could not be read.",
            operation.name.error()
        ),
    ]);
    quote! {
        impl #name {
            #send_docs
            pub async fn send(self) -> #result {
                let input = self.inner.build().map_err(#sdk_error::construction_failure)?;
                #runtime::call(#marker, &self.handle, input, self.config_override).await
            }

            #paginator

            /// Lets the request be changed before it is sent: its configuration, interceptors
            /// and the HTTP request itself.
            pub fn customize(self) -> #customizable<#output, #error, Self> {
                #customizable::new(self)
            }

            /// The input as it is so far.
            pub fn as_input(&self) -> &#inner {
                &self.inner
            }
        }
    }
}

fn into_paginator(operation: &Operation) -> TokenStream {
    let paginator = operation.name.paginator();
    quote! {
        /// Lists page by page: call `send` on the result to get a stream of pages.
        pub fn into_paginator(self) -> super::paginator::#paginator {
            super::paginator::#paginator::new(self.handle, self.inner)
        }
    }
}

fn setters(scope: &Scope<'_>, operation: &Operation, input: &Structure) -> TokenStream {
    let name = operation.name.fluent_builder();
    let setters = input.fields.iter().map(|field| setter(scope, field));
    quote! {
        impl #name {
            #(#setters)*
        }
    }
}

fn setter(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let Argument {
        parameters,
        values,
        adds,
    } = Argument::of(scope, &field.ty);
    let mut documentation = docs(&field.docs);
    if let Some(added) = adds {
        let note = format!(
            "Adds {added}; [`{0}`](Self::{0}) replaces all.",
            field.name.set()
        );
        let note = lines(&["", &note]);
        documentation = quote!(#documentation #note);
    }
    let deprecated = deprecated(field.deprecated.as_ref());
    let setter = field.name.setter();
    quote! {
        #documentation
        #deprecated
        pub fn #setter(mut self, #parameters) -> Self {
            self.inner = self.inner.#setter(#(#values),*);
            self
        }
    }
}

/// The table of the setters that take options.
fn options(scope: &Scope<'_>, operation: &Operation, input: &Structure) -> Item {
    let builder = operation.name.fluent_builder();
    let rows = input
        .fields
        .iter()
        .map(|field| setter_row(scope, field))
        .collect();
    Item::Table {
        name: "fluent_options",
        head: quote!(#builder),
        rows,
    }
}

/// The input builder's way to send itself.
pub(crate) fn send_with(
    scope: &Scope<'_>,
    operation: &Operation,
    input: &Structure,
) -> TokenStream {
    let name = input.name.builder();
    let method = operation.name.method();
    let output = scope.named("super", operation.name.output().as_str());
    let result = call_result(scope, operation, &output);
    let errors = format!("As [`{0}::send`] does.", operation.name.fluent_builder());
    let summary = lines(&[
        "Sends a request with this input.",
        "",
        "# Errors",
        "",
        &errors,
    ]);
    quote! {
        impl #name {
            #summary
            pub async fn send_with(self, client: &crate::Client) -> #result {
                let mut request = client.#method();
                request.inner = self;
                request.send().await
            }
        }
    }
}
