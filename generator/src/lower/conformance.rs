//! Lowers the model's protocol tests.

mod events;
mod settings;

use aws_smithy_types::base64;
use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::value::RawValue;

use self::events::Events;
use self::settings::VendorParams;
use super::{Context, values};
use crate::diagnostics::{Diagnostics, Place, json};
use crate::ir::endpoints::EndpointParameter;
use crate::ir::{
    Body, ConformanceTests, Home, Operation, OperationId, RequestTest, ResponseTest, Structure,
    StructureId, Value,
};
use crate::names::FieldName;
use crate::protocol::{Format, Protocol};
use crate::smithy::exact::Json;
use crate::smithy::{Shape, ShapeId, Traits};

const REQUESTS: &str = "smithy.test#httpRequestTests";
const RESPONSES: &str = "smithy.test#httpResponseTests";
const EVENTS: &str = "smithy.test#eventStreamTests";

/// The host of tests that do not set one.
const HOST: &str = "example.com";

/// Whether a test is for clients or servers.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Side {
    Client,
    Server,
}

/// Defines a structure with the expectations of a request and other fields.
macro_rules! request {
    ($(#[$meta:meta])* struct $name:ident { $($own:ident: $type:ty $(= $default:ident)?,)* }) => {
        $(#[$meta])*
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct $name {
            $($(#[serde($default)])? $own: $type,)*
            method: String,
            uri: String,
            host: Option<String>,
            resolved_host: Option<String>,
            #[serde(default)]
            query_params: Vec<String>,
            #[serde(default)]
            forbid_query_params: Vec<String>,
            #[serde(default)]
            require_query_params: Vec<String>,
            #[serde(default)]
            headers: IndexMap<String, Json>,
            #[serde(default)]
            forbid_headers: Vec<String>,
            #[serde(default)]
            require_headers: Vec<String>,
            body: Option<String>,
            body_media_type: Option<String>,
        }

        impl $name {
            fn test(
                self,
                id: String,
                operation: OperationId,
                params: Vec<(FieldName, Value)>,
            ) -> RequestTest {
                let media_type = self.body_media_type;
                RequestTest {
                    id,
                    operation,
                    params,
                    method: self.method,
                    uri: self.uri,
                    host: self.host.unwrap_or_else(|| HOST.to_owned()),
                    settings: None,
                    resolved_host: self.resolved_host,
                    query: self.query_params,
                    forbidden_query: self.forbid_query_params,
                    required_query: self.require_query_params,
                    headers: texts(self.headers),
                    forbidden_headers: self.forbid_headers,
                    required_headers: self.require_headers,
                    body: self.body.map(|text| Body { text, media_type }),
                }
            }
        }
    };
}

request! {
    /// An element of `@httpRequestTests`.
    struct Request {
        id: String,
        protocol: String,
        params: IndexMap<String, Json> = default,
        vendor_params_shape: Option<String>,
        vendor_params: Option<VendorParams>,
        applies_to: Option<Side>,
    }
}

request! {
    /// The request before a stream of events.
    struct Initial {}
}

/// An element of `@httpResponseTests`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Response {
    id: String,
    protocol: String,
    code: u16,
    #[serde(default)]
    headers: IndexMap<String, Json>,
    #[serde(default)]
    body: String,
    #[serde(default)]
    params: IndexMap<String, Json>,
    applies_to: Option<Side>,
}

/// The model's client tests for the service's protocol.
pub(super) fn tests(
    context: &Context<'_>,
    protocol: &'static Protocol,
    structures: &[Structure],
    operations: &[Operation],
    parameters: &[EndpointParameter],
    diagnostics: &mut Diagnostics,
) -> ConformanceTests {
    let mut lowering = Lowering {
        context,
        protocol,
        structures,
        operations,
        parameters,
        diagnostics,
    };
    let mut tests = ConformanceTests::default();
    for (id, operation) in (0..).map(OperationId).zip(&context.model.operations) {
        let (traits, shape) = (&operation.traits, &operation.id);
        for (place, test) in lowering.elements::<Request>(traits, shape, REQUESTS) {
            if lowering.is_ours(&test.protocol, test.applies_to) {
                tests.requests.push(lowering.request(id, test, &place));
            }
        }
        for (place, test) in lowering.elements::<Events>(traits, shape, EVENTS) {
            if lowering.is_ours(&test.protocol, test.applies_to) {
                tests.events.push(lowering.events(id, test, &place));
            }
        }
        let output = operations[id.0 as usize].output;
        for (place, test) in lowering.elements::<Response>(traits, shape, RESPONSES) {
            if lowering.is_ours(&test.protocol, test.applies_to) {
                let shape = operation.output.as_ref().map(|id| context.model.shape(id));
                let test = lowering.response(id, output, shape, test, &place);
                tests.outputs.push(test);
            }
        }
    }
    for (shape, structure) in &context.shapes.structures {
        let shape = context.model.shape(shape);
        let returned_by = lowering.operation_with_error(*structure);
        for (place, test) in lowering.elements::<Response>(&shape.traits, &shape.id, RESPONSES) {
            let is_ours = lowering.is_ours(&test.protocol, test.applies_to);
            if let (true, Some(operation)) = (is_ours, returned_by) {
                let test = lowering.response(operation, *structure, Some(shape), test, &place);
                tests.errors.push(test);
            }
        }
    }
    tests
}

/// The state for lowering a test.
struct Lowering<'a> {
    context: &'a Context<'a>,
    protocol: &'static Protocol,
    structures: &'a [Structure],
    operations: &'a [Operation],
    /// The parameters of the endpoint rules; none if there are no rules.
    parameters: &'a [EndpointParameter],
    diagnostics: &'a mut Diagnostics,
}

impl Lowering<'_> {
    /// The elements of a trait, each with its place.
    fn elements<T: for<'de> Deserialize<'de>>(
        &mut self,
        traits: &Traits,
        shape: &ShapeId,
        id: &str,
    ) -> Vec<(Place, T)> {
        let Some(text) = traits.text(id) else {
            return Vec::new();
        };
        // A value that is not an array has already been reported.
        let elements: Vec<&RawValue> = serde_json::from_str(&text).unwrap_or_default();
        let mut found = Vec::with_capacity(elements.len());
        for (index, element) in elements.iter().enumerate() {
            let place = Place::shape(shape).r#trait(id).index(index);
            match serde_json::from_str(element.get()) {
                Ok(_) if !is_function(element) => self.diagnostics.error(
                    place.key("id"),
                    "this id cannot be the name of a test",
                    "write it with letters, digits and underscores, starting with a letter",
                ),
                Ok(test) => found.push((place, test)),
                Err(error) => self.diagnostics.error(
                    place,
                    format!("this is not a test of a protocol: {}", json::reason(&error)),
                    "write it as Smithy's HTTP protocol compliance tests are written",
                ),
            }
        }
        found
    }

    fn is_ours(&self, protocol: &str, applies_to: Option<Side>) -> bool {
        protocol == self.protocol.id && applies_to != Some(Side::Server)
    }

    /// The first operation that models an error.
    fn operation_with_error(&self, error: StructureId) -> Option<OperationId> {
        let mut operations = (0..).map(OperationId).zip(self.operations);
        operations
            .find(|(_, operation)| operation.errors.contains(&error))
            .map(|(id, _)| id)
    }

    fn request(&mut self, operation: OperationId, mut test: Request, place: &Place) -> RequestTest {
        let input = self.context.model.operations[operation.0 as usize]
            .input
            .as_ref()
            .map(|id| self.context.model.shape(id));
        let params = self.params(input, &test.params, place);
        let id = test.id.clone();
        let (shape, vendor) = (test.vendor_params_shape.take(), test.vendor_params.take());
        let settings = settings::lower(shape.as_deref(), vendor, self.parameters);
        RequestTest {
            settings,
            ..test.test(id, operation, params)
        }
    }

    fn response(
        &mut self,
        operation: OperationId,
        structure: StructureId,
        shape: Option<&Shape>,
        test: Response,
        place: &Place,
    ) -> ResponseTest {
        ResponseTest {
            id: test.id,
            operation,
            input: self.least_input(operation),
            structure,
            params: self.params(shape, &test.params, place),
            code: test.code,
            headers: texts(test.headers),
            body: self.body(test.body, place),
        }
    }

    /// The body of a response; binary ones are in Base64.
    fn body(&mut self, text: String, place: &Place) -> Vec<u8> {
        if self.protocol.format != Format::Cbor {
            return text.into_bytes();
        }
        base64::decode(text).unwrap_or_else(|_| {
            self.diagnostics.error(
                place.clone().key("body"),
                "the body is not Base64",
                "write binary bodies in Base64",
            );
            Vec::new()
        })
    }

    /// The members of a structure that are set in `params`.
    fn params(
        &mut self,
        shape: Option<&Shape>,
        params: &IndexMap<String, Json>,
        place: &Place,
    ) -> Vec<(FieldName, Value)> {
        let place = place.clone().key("params");
        let Some(shape) = shape else {
            return Vec::new();
        };
        values::members(self.context, shape, params, &place, self.diagnostics)
    }

    /// A value for each member that a request requires.
    fn least_input(&self, operation: OperationId) -> Vec<(FieldName, Value)> {
        let operation = &self.operations[operation.0 as usize];
        let input = &self.structures[operation.input.0 as usize];
        debug_assert!(matches!(input.home, Home::OperationInput(_)));
        let required = operation.required.iter().map(|binding| &binding.field);
        required
            .filter_map(|name| input.fields.iter().find(|field| field.name == *name))
            .map(|field| (field.name.clone(), values::example(&field.ty)))
            .collect()
    }
}

/// Whether the id of a test can name a function; see the pattern of ids in the specification.
fn is_function(test: &RawValue) -> bool {
    #[derive(Deserialize)]
    struct Test {
        id: String,
    }
    let test = serde_json::from_str(test.get());
    test.is_ok_and(|Test { id }| {
        id.starts_with(|c: char| c.is_ascii_alphabetic())
            && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && syn::parse_str::<syn::Ident>(&id).is_ok()
    })
}

/// A map of strings, in its order.
fn texts(map: IndexMap<String, Json>) -> Vec<(String, String)> {
    let text = |value: Json| match value {
        Json::String(text) => text,
        other => other.to_value().to_string(),
    };
    map.into_iter()
        .map(|(key, value)| (key, text(value)))
        .collect()
}
