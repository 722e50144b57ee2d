//! An operation's file: its types, its data, its builders and its paginator.

mod checksums;
mod discovery;
mod fluent;
mod hooks;

use proc_macro2::TokenStream;
use quote::quote;

use super::errors::operation_error;
use super::file::{File, Item};
use super::paginator::paginator;
use super::scope::Scope;
use super::structure::{builder, structure};
use super::text::{deprecated, docs, lines};
use crate::ir::{Client, Operation, Structure};

/// The file of an operation.
pub(crate) fn operation(client: &Client, operation: &Operation) -> File {
    let name = &operation.name;
    let (input, output) = (
        client.structure(operation.input),
        client.structure(operation.output),
    );
    let scope = Scope::new(client, defined(operation, input, output));
    let mut items = vec![Item::Code(definition(operation, input, output))];
    items.push(specification(client, operation));
    items.push(Item::Code(hooks::implementation(&scope, client, operation)));
    let checksums = checksums::implementations(&scope, client, operation);
    items.extend(checksums.into_iter().map(Item::Code));
    items.extend(optional_signing(operation, output).map(Item::Code));
    let discovery = discovery::implementations(&scope, client, operation);
    items.extend(discovery.into_iter().map(Item::Code));
    items.extend(structure(&scope, input));
    items.extend(structure(&scope, output));
    items.extend(operation_error(&scope, operation));
    items.extend(builders(client, operation, input, output));
    items.extend(paginator(client, operation, input, output));
    items.insert(0, Item::Code(scope.imports()));
    let docs = format!("Types for the `{}` operation.", name.as_str());
    File::rust(
        format!("src/operation/{}.rs", name.module()),
        &[&docs],
        items,
    )
}

/// Names that the file defines.
fn defined(operation: &Operation, input: &Structure, output: &Structure) -> Vec<String> {
    vec![
        operation.name.as_str().to_owned(),
        operation.name.error().to_string(),
        input.name.as_str().to_owned(),
        output.name.as_str().to_owned(),
    ]
}

fn definition(operation: &Operation, input: &Structure, output: &Structure) -> TokenStream {
    let name = operation.name.ident();
    let documentation = docs(&operation.docs);
    let related = lines(&related(operation, input, output));
    let deprecated = deprecated(operation.deprecated.as_ref());
    quote! {
        #documentation
        #related
        #deprecated
        #[non_exhaustive]
        #[derive(Clone, Debug, Default)]
        pub struct #name;
    }
}

/// The method that excludes the body of a call from its signature.
fn optional_signing(operation: &Operation, output: &Structure) -> Option<TokenStream> {
    let output = output.name.ident();
    operation.optional_payload_signing.then(|| {
        quote! {
            impl<E, B> crate::client::customize::CustomizableOperation<#output, E, B> {
                /// Excludes the body from the signature of this call.
                ///
                /// The body is then read one time less, and only the connection, and a checksum if
                /// the call has one, protect its integrity.
                pub fn disable_payload_signing(self) -> Self {
                    self.interceptor(crate::operation::optional_signing::UnsignedBody)
                }
            }
        }
    })
}

/// Links to the operation's other items.
fn related(operation: &Operation, input: &Structure, output: &Structure) -> Vec<String> {
    let name = &operation.name;
    let (method, error) = (name.method(), name.error());
    let call = format!("[`Client::{method}`]({})", name.link());
    let (input, output) = (input.name.as_str(), output.name.as_str());
    let mut links = vec![
        String::new(),
        format!("- made by {call}"),
        format!("- sends [`{input}`], returns [`{output}`] or [`{error}`]"),
    ];
    if operation.paginator.is_some() {
        let paginator = name.paginator();
        links.push(format!(
            "- page by page: [`{paginator}`](paginator::{paginator})"
        ));
    }
    links.extend(operation.waiters.iter().map(|waiter| {
        let method = waiter.name.method();
        format!("- waits: [`Client::{method}`](crate::client::Waiters::{method})")
    }));
    if let Some(reference) = &operation.reference {
        links.push(format!("- [API reference]({reference})"));
    }
    links
}

/// The table with what the runtime needs to know about the operation, except for its types.
fn specification(client: &Client, operation: &Operation) -> Item {
    let name = operation.name.ident();
    let text = operation.name.metadata();
    let service = &client.service.sdk_id;
    Item::Code(quote!(operation!(#name = #service #text);))
}

/// The module of the builders.
fn builders(
    client: &Client,
    operation: &Operation,
    input: &Structure,
    output: &Structure,
) -> Vec<Item> {
    let names = [
        operation.name.fluent_builder().to_string(),
        input.name.builder().to_string(),
        output.name.builder().to_string(),
    ];
    let scope = Scope::new(client, names);
    let mut items = fluent::fluent_builder(&scope, operation, input);
    items.push(builder(&scope, input));
    items.push(builder(&scope, output));
    items.insert(0, Item::Code(scope.imports()));
    let head = quote! {
        /// Builders of requests and of what is in them.
        pub mod builders
    };
    vec![Item::Module { head, items }]
}
