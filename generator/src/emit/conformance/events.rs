//! Tests of streams of events.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::responses::{answering, checks};
use super::{
    ANSWER, FRAMES, GIVEN, Helper, RECEIVED, SAME, SENT, Tests, expected, listening, stream,
};
use crate::emit::scope::{Scope, ident};
use crate::emit::values::Values;
use crate::ir::{
    Client, ConformanceTests, Event, EventStreamTest, Operation, Outcome, Presence, RequestTest,
    SentFrame, Structure, StructureId, Value,
};
use crate::names::FieldName;

/// All tests of streams.
pub(super) fn tests(client: &Client, tests: &ConformanceTests) -> Tests {
    let scope = Scope::new(client, []);
    let mut helpers = BTreeSet::new();
    let functions = tests.events.iter().map(|test| {
        let operation = client.operation(test.operation);
        if operation.sends_events {
            helpers.insert(GIVEN);
        }
        let body = match &test.request {
            Some(request) => initial_request(&scope, operation, request, &mut helpers),
            None if !test.sent.is_empty() => sends(&scope, operation, test, &mut helpers),
            None => receives(&scope, operation, test, &mut helpers),
        };
        let id = ident(&test.id);
        quote! {
            #[tokio::test]
            async fn #id() {
                #body
            }
        }
    });
    let functions = functions.collect();
    Tests {
        functions,
        imports: scope.imports(),
        helpers,
    }
}

/// Compares the members of an output, except for its stream.
pub(super) fn members(
    scope: &Scope<'_>,
    structure: &Structure,
    params: &[(FieldName, Value)],
    actual: &Ident,
) -> TokenStream {
    let checks = params.iter().filter_map(|(name, expected)| {
        let mut fields = structure.fields.iter();
        let field = fields.find(|field| field.name == *name)?;
        let values = Values::in_tests(scope);
        let (name, expected) = (name.field(), values.value(expected));
        let expected = match field.presence {
            Presence::Optional => quote!(Some(#expected)),
            Presence::Required | Presence::Defaulted(_) => expected,
        };
        Some(quote!(same::check_same(&#actual.#name, &#expected);))
    });
    quote!(#(#checks)*)
}

/// The request before the events.
fn initial_request(
    scope: &Scope<'_>,
    operation: &Operation,
    request: &RequestTest,
    helpers: &mut BTreeSet<Helper>,
) -> TokenStream {
    helpers.insert(SENT);
    let (method, params) = (
        operation.name.method(),
        Values::in_tests(scope).members(&request.params),
    );
    let stream = stream(operation, &TokenStream::new());
    let (listening, expected) = (listening(request), expected(request));
    quote! {
        let (client, sent) = #listening;
        let result = client.#method() #params #stream.send().await;
        sent.check(&result, sent::Expected { #expected });
    }
}

/// Events that are sent.
fn sends(
    scope: &Scope<'_>,
    operation: &Operation,
    test: &EventStreamTest,
    helpers: &mut BTreeSet<Helper>,
) -> TokenStream {
    helpers.insert(FRAMES);
    let (method, params) = (
        operation.name.method(),
        Values::in_tests(scope).members(&test.input),
    );
    let events = test.sent.iter().map(|sent| event(scope, &sent.value));
    let stream = stream(operation, &quote!(#(#events),*));
    let frames = test.sent.iter().map(frame);
    quote! {
        let (client, sent) = frames::listening();
        let result = client.#method() #params #stream.send().await;
        sent.check(&result, &[#(#frames),*]).await;
    }
}

fn frame(sent: &SentFrame) -> TokenStream {
    let bytes = Literal::byte_string(&sent.bytes);
    let body = match &sent.body {
        Some(body) => {
            let (text, media_type) = (&body.text, body.media_type.as_deref().unwrap_or_default());
            quote!(Some((#media_type, #text)))
        }
        None => quote!(None),
    };
    quote!((#bytes, #body))
}

/// An element of a stream that is sent.
fn event(scope: &Scope<'_>, event: &Event) -> TokenStream {
    match event {
        Event::Value(of) => {
            let value = Values::in_tests(scope).value(of);
            quote!(Ok(#value))
        }
        Event::Error(union, error, members) => {
            let structure = scope.client.structure(*error);
            let (ty, variant) = (error_type(scope, structure), structure.name.ident());
            let [_, errors] = scope.events(*union);
            let values = Values::in_tests(scope);
            let (members, built) = (values.members(members), values.built(structure));
            quote!(Err(#errors::#variant(#ty::builder() #members.build() #built)))
        }
    }
}

fn error_type(scope: &Scope<'_>, error: &Structure) -> TokenStream {
    scope.named("crate::types::error", error.name.as_str())
}

/// Events that are received, or the expected failure.
fn receives(
    scope: &Scope<'_>,
    operation: &Operation,
    test: &EventStreamTest,
    helpers: &mut BTreeSet<Helper>,
) -> TokenStream {
    helpers.insert(ANSWER);
    let call = received_call(scope, operation, test);
    let receiver = operation
        .streaming
        .as_ref()
        .and_then(|it| it.response.as_ref());
    let receiver = receiver
        .filter(|_| operation.receives_events)
        .map(FieldName::field);
    let is_refused = !(200..300).contains(&test.answer.code);
    match (&test.outcome, receiver) {
        (Outcome::Failure(Some(error)), _) if is_refused => refused(scope, *error, &call),
        (Outcome::Failure(None), _) if is_refused => quote! {
            #call.expect_err("the call fails");
        },
        (_, None) => quote! {
            #call.expect("the response is read");
        },
        (Outcome::Success, Some(receiver)) => {
            helpers.extend([RECEIVED, SAME]);
            received(scope, operation, test, &call, &receiver)
        }
        (Outcome::Failure(None), Some(receiver)) => {
            helpers.insert(RECEIVED);
            quote! {
                if let Ok(output) = #call {
                    let (events, error) = received::all(output.#receiver).await;
                    assert!(error.is_some(), "{events:?}");
                }
            }
        }
        (Outcome::Failure(Some(error)), Some(receiver)) => {
            helpers.extend([RECEIVED, SAME]);
            let ends = ends(scope, test, *error);
            quote! {
                let output = #call.expect("the response is read");
                let (_, error) = received::all(output.#receiver).await;
                let error = error.expect("the stream fails").into_service_error();
                #ends
            }
        }
    }
}

/// The call whose response has the events.
fn received_call(scope: &Scope<'_>, operation: &Operation, test: &EventStreamTest) -> TokenStream {
    let (method, params) = (
        operation.name.method(),
        Values::in_tests(scope).members(&test.input),
    );
    let stream = stream(operation, &TokenStream::new());
    let answer = &test.answer;
    let client = answering(answer.code, &answer.headers, &answer.body);
    quote!(#client.#method() #params #stream.send().await)
}

/// A response that is read, with all of its events.
fn received(
    scope: &Scope<'_>,
    operation: &Operation,
    test: &EventStreamTest,
    call: &TokenStream,
    receiver: &Ident,
) -> TokenStream {
    let structure = scope.client.structure(operation.output);
    let members = members(scope, structure, &test.output, &ident("output"));
    let events = test.received.iter().filter_map(|event| match event {
        Event::Value(of) => Some(Values::in_tests(scope).value(of)),
        Event::Error(..) => None,
    });
    quote! {
        let output = #call.expect("the response is read");
        #members
        let (events, error) = received::all(output.#receiver).await;
        assert!(error.is_none(), "{error:?}");
        same::check_same(&events, &vec![#(#events),*]);
    }
}

/// A call that fails before there is a stream.
fn refused(scope: &Scope<'_>, error: StructureId, call: &TokenStream) -> TokenStream {
    let is = scope.client.structure(error).name.is();
    quote! {
        let error = #call.expect_err("the call fails").into_service_error();
        assert!(error.#is(), "{error:?}");
    }
}

/// Compares the error that a stream ends with.
fn ends(scope: &Scope<'_>, test: &EventStreamTest, error: StructureId) -> TokenStream {
    let structure = scope.client.structure(error);
    let variant = structure.name.ident();
    let found = test.received.iter().find_map(|event| match event {
        Event::Error(union, id, members) if *id == error => Some((*union, members)),
        _ => None,
    });
    let Some((union, members)) = found else {
        let is = structure.name.is();
        return quote!(assert!(error.#is(), "{error:?}"););
    };
    let [_, errors] = scope.events(union);
    let checks = checks(scope, structure, members, &ident("error"));
    quote! {
        let #errors::#variant(error) = error else {
            panic!("this is another error: {error:?}");
        };
        #checks
    }
}
