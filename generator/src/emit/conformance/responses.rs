//! Tests of responses.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::{ANSWER, SAME, STREAM, Tests, events, given, pairs, stream};
use crate::emit::scope::{Scope, ident};
use crate::emit::values::Values;
use crate::ir::{Client, ConformanceTests, Field, Home, ResponseTest, Structure, Value};
use crate::names::FieldName;

/// The tests of responses that succeed.
pub(super) fn outputs(client: &Client, tests: &ConformanceTests) -> Tests {
    responses(client, &tests.outputs, output)
}

/// The tests of responses that fail.
pub(super) fn errors(client: &Client, tests: &ConformanceTests) -> Tests {
    responses(client, &tests.errors, error)
}

fn responses(
    client: &Client,
    tests: &[ResponseTest],
    function: fn(&Scope<'_>, &ResponseTest) -> TokenStream,
) -> Tests {
    let scope = Scope::new(client, []);
    let mut helpers = BTreeSet::from([ANSWER]);
    helpers.extend(given(&scope, tests.iter().map(|test| test.operation)));
    for test in tests {
        let structure = scope.client.structure(test.structure);
        if has_events(structure) {
            helpers.extend((!test.params.is_empty()).then_some(SAME));
            continue;
        }
        for field in compared(structure) {
            helpers.insert(if is_stream(field) { STREAM } else { SAME });
        }
    }
    Tests {
        functions: tests.iter().map(|test| function(&scope, test)).collect(),
        imports: scope.imports(),
        helpers,
    }
}

/// A test of a response that succeeds.
fn output(scope: &Scope<'_>, test: &ResponseTest) -> TokenStream {
    let id = ident(&test.id);
    let structure = scope.client.structure(test.structure);
    let call = call(scope, test);
    let checks = checks(scope, structure, &test.params, &ident("output"));
    quote! {
        #[tokio::test]
        async fn #id() {
            let output = #call.expect("the response is read");
            #checks
        }
    }
}

/// A test of a response that fails.
fn error(scope: &Scope<'_>, test: &ResponseTest) -> TokenStream {
    let id = ident(&test.id);
    let structure = scope.client.structure(test.structure);
    let operation = scope.client.operation(test.operation);
    let module = format!("crate::operation::{}", operation.name.module().as_str());
    let enumeration = scope.named(&module, &operation.name.error().to_string());
    let variant = structure.name.ident();
    let call = call(scope, test);
    let checks = checks(scope, structure, &test.params, &ident("error"));
    quote! {
        #[tokio::test]
        async fn #id() {
            let error = #call.expect_err("the call fails").into_service_error();
            let #enumeration::#variant(error) = error else {
                panic!("this is another error: {error:?}");
            };
            #checks
        }
    }
}

/// The call that gets the response.
fn call(scope: &Scope<'_>, test: &ResponseTest) -> TokenStream {
    let operation = scope.client.operation(test.operation);
    let (method, members) = (
        operation.name.method(),
        Values::in_tests(scope).members(&test.input),
    );
    let stream = stream(operation, &TokenStream::new());
    let client = answering(test.code, &test.headers, &test.body);
    quote!(#client.#method() #members #stream.send().await)
}

/// A client that gets a response.
pub(super) fn answering(code: u16, headers: &[(String, String)], body: &[u8]) -> TokenStream {
    let (code, headers) = (Literal::u16_unsuffixed(code), pairs(headers));
    let body = match str::from_utf8(body) {
        Ok(text) => quote!(#text),
        Err(_) => {
            let bytes = Literal::byte_string(body);
            quote!(#bytes)
        }
    };
    quote!(answer::answering(#code, &[#headers], #body))
}

/// Compares each field with what the test expects.
pub(super) fn checks(
    scope: &Scope<'_>,
    structure: &Structure,
    params: &[(FieldName, Value)],
    actual: &Ident,
) -> TokenStream {
    if has_events(structure) {
        return events::members(scope, structure, params, actual);
    }
    let all = params;
    let fields: Vec<_> = compared(structure).collect();
    let params: Vec<_> = all
        .iter()
        .filter(|(_, value)| !matches!(value, Value::Stream(_)))
        .cloned()
        .collect();
    let expected = (fields.iter().any(|field| !is_stream(field))).then(|| {
        let ty = top_level(scope, structure);
        let values = Values::in_tests(scope);
        let (members, built) = (values.members(&params), values.built(structure));
        quote!(let expected = #ty::builder() #members.build() #built;)
    });
    let checks = fields.iter().map(|field| {
        let name = field.name.field();
        if !is_stream(field) {
            return quote!(same::check_same(&#actual.#name, &expected.#name););
        }
        let mut params = all.iter();
        let text = params.find(|(param, _)| *param == field.name);
        let text = match text {
            Some((_, Value::Stream(text))) => text.as_str(),
            _ => "",
        };
        quote!(stream::check_stream(#actual.#name, #text).await;)
    });
    let unread = fields.is_empty().then(|| quote!(drop(#actual);));
    quote! {
        #expected
        #(#checks)*
        #unread
    }
}

/// The type of an operation's input or output, or of another structure.
fn top_level(scope: &Scope<'_>, structure: &Structure) -> TokenStream {
    let module = match structure.home {
        Home::Types => "crate::types".to_owned(),
        Home::Error => "crate::types::error".to_owned(),
        Home::OperationInput(id) | Home::OperationOutput(id) => {
            let module = scope.client.operation(id).name.module();
            format!("crate::operation::{}", module.as_str())
        }
    };
    scope.named(&module, structure.name.as_str())
}

/// The fields that are read from a response.
fn compared(structure: &Structure) -> impl Iterator<Item = &Field> {
    let fields = structure.fields.iter();
    fields.filter(|field| field.index.is_some())
}

fn is_stream(field: &Field) -> bool {
    field.ty.is_stream()
}

/// Whether a structure is the output of a call that returns a stream of events.
fn has_events(structure: &Structure) -> bool {
    let mut fields = structure.fields.iter();
    fields.any(|field| field.ty.streamed_union().is_some())
}
