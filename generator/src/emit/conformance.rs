//! The tests that come with a model.

mod events;

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::endpoints::calls::setting;
use super::file::{File, Item};
use super::scope::{Scope, ident};
use super::sections::with_sections;
use super::values::Values;
use crate::ir::endpoints::CallSetting;
use crate::ir::{
    Client, ConformanceTests, Field, Home, Operation, OperationId, RequestTest, ResponseTest,
    Structure, Value,
};
use crate::names::FieldName;
use crate::protocol::Format;

/// Names a template that tests use.
macro_rules! helper {
    ($name:literal) => {
        Helper {
            name: $name,
            text: include_str!(concat!("../../../templates/src/conformance/", $name, ".rs")),
        }
    };
}

/// A module that tests use. A client whose tests do not use it does not get it, because unused code
/// is a warning.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Helper {
    name: &'static str,
    text: &'static str,
}

/// A client whose requests stay in memory, for all tests.
const HARNESS: Helper = helper!("harness");

/// For tests of requests and of responses.
const SENT: Helper = helper!("sent");
const ANSWER: Helper = helper!("answer");

/// For streams of events: inputs of calls, sent events, received events.
const GIVEN: Helper = helper!("given");
const FRAMES: Helper = helper!("frames");
const RECEIVED: Helper = helper!("received");

/// For members of responses: streams and all others.
const STREAM: Helper = helper!("stream");
const SAME: Helper = helper!("same");

/// For bodies of requests.
const TEXT: Helper = Helper {
    name: "body",
    text: include_str!("../../../templates/protocol/conformance/text.rs"),
};
const CBOR: Helper = Helper {
    name: "body",
    text: include_str!("../../../templates/protocol/conformance/cbor.rs"),
};

/// The idempotency token of all tests.
const TOKEN: &str = "00000000-0000-4000-8000-000000000000";

/// `conformance.rs` and the files below it; none if the model has no tests.
pub(crate) fn files(client: &Client) -> Vec<File> {
    let tests = &client.conformance;
    if tests.is_empty() {
        return Vec::new();
    }
    let mut files = Vec::new();
    let mut helpers = BTreeSet::from([HARNESS]);
    let mut modules = Vec::new();
    let mut add = |name: &str, docs: &str, tests: Tests| {
        if tests.functions.is_empty() {
            return;
        }
        // A test may have the name of a function in a helper, and a type that of one of its types.
        let uses = tests.helpers.iter().map(|helper| {
            let module = ident(helper.name);
            quote!(
                use super::#module;
            )
        });
        let imports = tests.imports;
        let mut items = vec![Item::Code(quote!(#imports #(#uses)*))];
        items.extend(tests.functions.into_iter().map(Item::Code));
        let path = format!("src/conformance/{name}.rs");
        files.push(File::rust(path, &[docs], items));
        helpers.extend(tests.helpers);
        modules.push(ident(name));
    };
    add("requests", "Requests.", requests(client, tests));
    let outputs = responses(client, &tests.outputs, output);
    add("outputs", "Successful responses.", outputs);
    let errors = responses(client, &tests.errors, error);
    add("errors", "Errors.", errors);
    add("events", "Streams of events.", events::tests(client, tests));
    let frames = tests.events.iter().any(|test| !test.sent.is_empty());
    if frames || tests.all_requests().next().is_some() {
        helpers.insert(match client.service.protocol.protocol.format {
            Format::Cbor => CBOR,
            Format::Json | Format::Xml => TEXT,
        });
    }
    files.extend(helpers.iter().map(|helper| {
        let path = format!("src/conformance/{}.rs", helper.name);
        with_sections(File::template(path, helper.text), client)
    }));
    modules.extend(helpers.iter().map(|helper| ident(helper.name)));
    modules.sort();
    files.push(root(client, &modules));
    files
}

/// The tests of a file.
struct Tests {
    imports: TokenStream,
    /// What the functions use.
    helpers: BTreeSet<Helper>,
    functions: Vec<TokenStream>,
}

fn requests(client: &Client, tests: &ConformanceTests) -> Tests {
    let scope = Scope::new(client, []);
    let functions = tests.requests.iter().map(|test| request(&scope, test));
    let functions: Vec<_> = functions.collect();
    let mut helpers = BTreeSet::from([SENT]);
    helpers.extend(given(
        &scope,
        tests.requests.iter().map(|test| test.operation),
    ));
    Tests {
        functions,
        imports: scope.imports(),
        helpers,
    }
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

/// The import for events in inputs, if one of these operations sends some.
fn given(scope: &Scope<'_>, mut operations: impl Iterator<Item = OperationId>) -> Option<Helper> {
    operations
        .any(|it| scope.client.operation(it).sends_events)
        .then_some(GIVEN)
}

/// Sets a stream of events, which may be empty.
fn stream(operation: &Operation, events: &TokenStream) -> Option<TokenStream> {
    let streaming = operation.streaming.as_ref()?;
    let field = streaming
        .request
        .as_ref()
        .filter(|_| operation.sends_events)?;
    let field = field.field();
    Some(quote!(.#field(given::given([#events]))))
}

/// `conformance.rs`
fn root(client: &Client, modules: &[Ident]) -> File {
    let tokens = client
        .has_idempotency_tokens()
        .then(|| quote!(.idempotency_token_provider(#TOKEN)));
    let modules = quote!(#(mod #modules;)*);
    let settings = quote! {
        /// The settings that are the same in all tests.
        fn settings() -> crate::config::Builder {
            crate::config::Builder::new() #tokens
        }
    };
    let docs = [
        "The model's tests of the protocol.",
        "",
        "They are Smithy's [HTTP protocol compliance tests][tests], named by their ids.",
        "",
        "[tests]: https://smithy.io/2.0/additional-specs/http-protocol-compliance-tests.html",
    ];
    let items = vec![Item::Code(modules), Item::Code(settings)];
    File::rust("src/conformance.rs", &docs, items)
}

/// A test of a request.
fn request(scope: &Scope<'_>, test: &RequestTest) -> TokenStream {
    let id = ident(&test.id);
    let operation = scope.client.operation(test.operation);
    let method = operation.name.method();
    let params = Values::in_tests(scope).members(&test.params);
    let stream = stream(operation, &TokenStream::new());
    let listening = listening(test);
    let customized = test.settings.as_ref().and_then(|it| customized(&it.call));
    let expected = expected(test);
    quote! {
        #[tokio::test]
        async fn #id() {
            let (client, sent) = #listening;
            let result = client.#method() #params #stream #customized.send().await;
            sent.check(&result, sent::Expected { #expected });
        }
    }
}

/// Makes the client of a test.
fn listening(test: &RequestTest) -> TokenStream {
    let settings = match &test.settings {
        Some(settings) => settings.client.iter().map(setting).collect(),
        None => {
            let url = format!("https://{}", test.host);
            vec![quote!(.endpoint_url(#url))]
        }
    };
    quote!(sent::listening(|config| config #(#settings)*))
}

/// Changes settings for a call.
fn customized(settings: &[CallSetting]) -> Option<TokenStream> {
    let changes = settings.iter().map(setting);
    (!settings.is_empty())
        .then(|| quote!(.customize().config_override(crate::config::Builder::new() #(#changes)*)))
}

/// The fields of `Expected`.
fn expected(test: &RequestTest) -> TokenStream {
    let (method, uri) = (&test.method, &test.uri);
    let list = |name: &str, values: &[String]| {
        let name = ident(name);
        (!values.is_empty()).then(|| quote!(#name: &[#(#values),*],))
    };
    let host = test.resolved_host.as_deref();
    let host = host.map(|host| quote!(host: Some(#host),));
    let headers = (!test.headers.is_empty()).then(|| {
        let headers = pairs(&test.headers);
        quote!(headers: &[#headers],)
    });
    let lists = [
        list("query", &test.query),
        list("forbidden_query", &test.forbidden_query),
        list("required_query", &test.required_query),
        list("forbidden_headers", &test.forbidden_headers),
        list("required_headers", &test.required_headers),
    ];
    let body = test.body.as_ref().map(|body| {
        let (text, media_type) = (&body.text, body.media_type.as_deref().unwrap_or_default());
        quote!(body: Some((#media_type, #text)),)
    });
    quote! {
        method: #method,
        uri: #uri,
        #host
        #headers
        #(#lists)*
        #body
        ..sent::Expected::default()
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
fn answering(code: u16, headers: &[(String, String)], body: &[u8]) -> TokenStream {
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
fn checks(
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

fn pairs(pairs: &[(String, String)]) -> TokenStream {
    let pairs = pairs.iter().map(|(name, value)| quote!((#name, #value)));
    quote!(#(#pairs),*)
}
