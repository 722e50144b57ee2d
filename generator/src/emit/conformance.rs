//! The tests that come with a model.

mod events;
mod responses;

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::endpoints::calls::setting;
use super::file::{File, Item};
use super::scope::{Scope, ident};
use super::sections::with_sections;
use super::values::Values;
use crate::ir::endpoints::CallSetting;
use crate::ir::{Client, ConformanceTests, Operation, OperationId, RequestTest};
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
    let outputs = responses::outputs(client, tests);
    add("outputs", "Successful responses.", outputs);
    let errors = responses::errors(client, tests);
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

fn pairs(pairs: &[(String, String)]) -> TokenStream {
    let pairs = pairs.iter().map(|(name, value)| quote!((#name, #value)));
    quote!(#(#pairs),*)
}
