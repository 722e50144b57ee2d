//! Lowers operations.

mod required;

use super::checksums;
use super::endpoints::Parameters;
use super::links::Owner;
use super::paginators::paginator;
use super::schema::Schemas;
use super::sensitivity::{is_hidden, sensitive_headers};
use super::shapes::{deprecation, structure};
use super::waiters::waiters;
use super::{Context, describe, discovery, endpoints, examples, presigning, unique};
use crate::diagnostics::Diagnostics;
use crate::harmless::url_segment;
use crate::ir::{
    Build, Home, HostPart, Operation, OperationId, Payload, PresetQuery, Redaction, Streaming,
    Structure, StructureId,
};
use crate::names::{FieldName, OperationName, TypeName};
use crate::protocol::Protocol;
use crate::smithy::{Kind, Member, Operation as ModelOperation, Shape, ShapeId};

/// All operations, sorted by name. Adds their inputs and outputs to the structures.
pub(super) fn operations(
    context: &Context<'_>,
    structures: &mut Vec<Structure>,
    schemas: &Schemas,
    protocol: &'static Protocol,
    parameters: &Parameters,
    diagnostics: &mut Diagnostics,
) -> Vec<Operation> {
    let operations = (0..).map(OperationId).zip(&context.model.operations);
    operations
        .map(|(id, operation)| {
            let shape = |id: &Option<ShapeId>| id.as_ref().map(|id| context.model.shape(id));
            Lowering {
                context,
                schemas,
                protocol,
                operation,
                input: shape(&operation.input),
                output: shape(&operation.output),
                id,
                parameters,
            }
            .operation(structures, diagnostics)
        })
        .collect()
}

/// One operation while it is lowered.
struct Lowering<'a> {
    context: &'a Context<'a>,
    schemas: &'a Schemas,
    protocol: &'static Protocol,
    operation: &'a ModelOperation,
    input: Option<&'a Shape>,
    output: Option<&'a Shape>,
    parameters: &'a Parameters,
    id: OperationId,
}

impl Lowering<'_> {
    fn operation(
        &self,
        structures: &mut Vec<Structure>,
        diagnostics: &mut Diagnostics,
    ) -> Operation {
        let (context, operation) = (self.context, self.operation);
        let (model, customized) = (context.model, context.customized);
        let name = OperationName::renamed(operation.id.name(), &operation.name);
        let [input, output] = self.ends(&name, structures, diagnostics);
        let errors = self.errors(structures);
        let sends_events = model.has_events(self.input);
        let receives_events = model.has_events(self.output);
        Operation {
            feature: None,
            docs: describe::of_operation(context, self.id, operation),
            examples: examples::examples(context, operation, diagnostics),
            reference: self.reference(),
            deprecated: deprecation(&operation.traits),
            input,
            output,
            waiters: waiters(context, operation, structures, &errors, diagnostics),
            errors,
            idempotency_token: self.idempotency_token(),
            required: self.required(),
            paginator: paginator(context, operation),
            recordable: self.recordable(),
            sensitive_output: self.has_sensitive_responses(),
            sensitive_headers: self.sensitive_headers(),
            endpoint_bindings: endpoints::bindings(model, operation, self.parameters, diagnostics),
            host_prefix: self.host_prefix(),
            sensitive_host: self.has_sensitive_host(),
            streaming: self.streaming(),
            sends_events,
            initial_request: sends_events && !self.protocol.binds_to_http,
            receives_events,
            initial_response: receives_events && self.has_initial_response(),
            accepts_events: receives_events && self.protocol.states_what_it_accepts(),
            payload: self.payload(),
            compressed: operation.traits.is_compressed_by("gzip"),
            checksum: checksums::is_md5(operation),
            request_checksum: checksums::of_requests(model, operation, self.input),
            response_checksum: checksums::of_responses(operation, self.input),
            tree_hash: customized.tree_hashes.get(&operation.id).cloned(),
            requires_length: self.requires_length(),
            unsigned_payload: operation.traits.unsigned_payload(),
            optional_payload_signing: customized.optional_payload_signing.contains(&operation.id),
            prefixed: self.prefixed(),
            filled_labels: self.filled_labels(),
            may_pause: sends_events || receives_events || self.is_unprotected(),
            lenient_dates: customized.lenient_dates.operations.contains(&operation.id),
            long_polling: customized.long_polling.contains(&operation.id),
            bare_path: self.has_bare_path(),
            discovered: discovery::of_operation(context, operation, self.input),
            preset_query: self.preset_query(),
            presigned: presigning::body(context, self.protocol, operation),
            name,
        }
    }

    /// Adds the input and the output to the structures.
    fn ends(
        &self,
        name: &OperationName,
        structures: &mut Vec<Structure>,
        diagnostics: &mut Diagnostics,
    ) -> [StructureId; 2] {
        let ends = [
            (self.input, name.input(), Home::OperationInput(self.id)),
            (self.output, name.output(), Home::OperationOutput(self.id)),
        ];
        ends.map(|(shape, name, home)| {
            let id = StructureId(structures.len() as u32);
            structures.push(self.top_level(shape, name, home, diagnostics));
            id
        })
    }

    /// The operation's errors, in the order of their names.
    fn errors(&self, structures: &[Structure]) -> Vec<StructureId> {
        let ids = &self.context.shapes.structures;
        let errors = self.operation.errors.iter().map(|error| ids[error]);
        let mut errors: Vec<_> = errors.collect();
        errors.sort_by_key(|id| structures[id.0 as usize].name.clone());
        errors
    }

    fn top_level(
        &self,
        shape: Option<&Shape>,
        name: TypeName,
        home: Home,
        diagnostics: &mut Diagnostics,
    ) -> Structure {
        let Some(shape) = shape else {
            return Structure {
                docs: describe::of_nothing(&self.operation.name, home),
                schema: self.schemas.name(&self.operation.id, home),
                name,
                home,
                gate: None,
                deprecated: None,
                fields: Vec::new(),
                build: Build::Infallible,
                redaction: Redaction::None,
                error: None,
            };
        };
        let owner = Owner::new(self.context.model, shape, name, home);
        let mut structure = structure(self.context, &owner, self.schemas);
        structure.docs = describe::of_top_level(self.context, &owner, &self.operation.name);
        unique::members(self.context, &structure, shape, diagnostics);
        structure
    }

    /// The URL contains the service's SDK id, unless the model sets another name.
    fn reference(&self) -> Option<String> {
        let service = &self.context.model.service;
        let aws = service.traits.aws_service()?;
        let id = aws.doc_id.unwrap_or_else(|| {
            let id = aws.sdk_id.to_lowercase().replace(' ', "-");
            format!("{id}-{}", service.version)
        });
        let operation = &self.operation.name;
        let id = url_segment(&id);
        Some(format!(
            "https://docs.aws.amazon.com/goto/WebAPI/{id}/{operation}"
        ))
    }

    /// The members of the input.
    fn members(&self) -> impl Iterator<Item = &Member> {
        self.input.into_iter().flat_map(|shape| shape.members())
    }

    fn idempotency_token(&self) -> Option<FieldName> {
        let mut members = self.members();
        let token = members.find(|member| member.traits.idempotency_token())?;
        Some(FieldName::new(token.rust_name()))
    }

    /// The errors and the output.
    fn responses(&self) -> impl Iterator<Item = &Shape> {
        let errors = self.operation.errors.iter();
        let errors = errors.map(|id| self.context.model.shape(id));
        errors.chain(self.output)
    }

    fn has_sensitive_responses(&self) -> bool {
        let sensitive = &self.context.sensitive;
        self.responses().any(|it| sensitive.contains(&it.id))
    }

    fn sensitive_headers(&self) -> Vec<String> {
        let headers = |response| sensitive_headers(self.context.model, response);
        self.responses().flat_map(headers).collect()
    }

    fn has_sensitive_host(&self) -> bool {
        let is_hidden = |member: &Member| is_hidden(self.context.model, member);
        self.members()
            .any(|member| member.traits.host_label() && is_hidden(member))
    }

    /// Whether the output has members beside its events, which an event of their own brings.
    fn has_initial_response(&self) -> bool {
        let members = self.output.map_or(0, |shape| shape.members().len());
        !self.protocol.binds_to_http && members > 1
    }

    fn requires_length(&self) -> bool {
        let target = |member| self.context.model.target(member);
        self.members()
            .any(|member| target(member).traits.requires_length())
    }

    /// Whether nothing watches for streams that stall.
    fn is_unprotected(&self) -> bool {
        let customized = self.context.customized;
        let unprotected = &customized.without_stalled_stream_protection;
        unprotected.contains(&self.operation.id)
    }

    /// Whether the path is empty after removing what the endpoint already contains.
    fn has_bare_path(&self) -> bool {
        let labels = &self.context.customized.endpoint_labels;
        let is_taken = |it: &Member| it.traits.http_label() && labels.contains(&it.name);
        let uri = self.operation.traits.http().map(|http| http.uri);
        let path = uri.as_deref().map(|uri| uri.split('?').next());
        path == Some(Some("/")) && self.members().any(is_taken)
    }

    /// Plain strings that are not sensitive.
    fn recordable(&self) -> Vec<(String, FieldName)> {
        let model = self.context.model;
        let mut members: Vec<_> = self
            .members()
            .filter(|member| matches!(model.target(member).kind, Kind::String))
            .filter(|member| !is_hidden(model, member))
            .collect();
        members.sort_by(|one, other| one.name.cmp(&other.name));
        members
            .into_iter()
            .map(|member| (member.name.clone(), FieldName::new(member.rust_name())))
            .collect()
    }

    /// The host prefix of `@endpoint`, split into text and labels.
    fn host_prefix(&self) -> Vec<HostPart> {
        let mut parts = Vec::new();
        let mut rest = self.operation.traits.endpoint().unwrap_or_default();
        while let Some((text, more)) = rest.split_once('{') {
            let (label, more) = more.split_once('}').unwrap_or((more, ""));
            if !text.is_empty() {
                parts.push(HostPart::Text(text.to_owned()));
            }
            if let Some(member) = self.members().find(|member| member.name == label) {
                parts.push(HostPart::Field(FieldName::new(member.rust_name())));
            }
            rest = more;
        }
        if !rest.is_empty() {
            parts.push(HostPart::Text(rest.to_owned()));
        }
        parts
    }

    /// Path members from which a prefix is removed.
    fn prefixed(&self) -> Vec<FieldName> {
        let shapes = &self.context.customized.prefixed;
        let members = self.members().filter(|it| it.traits.http_label());
        let members = members.filter(|it| shapes.contains(&it.target));
        members
            .map(|member| FieldName::new(member.rust_name()))
            .collect()
    }

    /// Path members with a default.
    fn filled_labels(&self) -> Vec<(FieldName, String)> {
        let values = &self.context.customized.empty_labels;
        let members = self.members().filter(|it| it.traits.http_label());
        let filled = members.filter_map(|member| {
            let value = values.get(&member.name)?;
            Some((FieldName::new(member.rust_name()), value.clone()))
        });
        filled.collect()
    }

    /// The query parameters of the URI, if a map of the input might set them as well.
    fn preset_query(&self) -> Option<PresetQuery> {
        let map = self
            .members()
            .find(|member| self.protocol.binds_to_http && member.traits.http_query_params())?;
        let http = self.operation.traits.http()?;
        let names: Vec<_> = http.query_names().map(str::to_owned).collect();
        (!names.is_empty()).then(|| PresetQuery {
            names,
            field: FieldName::new(map.rust_name()),
        })
    }

    fn streaming(&self) -> Option<Streaming> {
        let streamed = |shape: Option<&Shape>| {
            let mut members = shape.into_iter().flat_map(|shape| shape.members());
            let target = |member| self.context.model.target(member);
            let member = members.find(|member| target(member).traits.streaming())?;
            Some(FieldName::new(member.rust_name()))
        };
        let (request, response) = (streamed(self.input), streamed(self.output));
        (request.is_some() || response.is_some()).then_some(Streaming { request, response })
    }

    fn payload(&self) -> Option<Payload> {
        let protocol = self.protocol;
        let member = self
            .members()
            .find(|member| protocol.binds_to_http && member.traits.http_payload())?;
        let target = self.context.model.target(member);
        let media_type = match &target.kind {
            Kind::Blob => "application/octet-stream",
            Kind::String | Kind::Enum(_) => "text/plain",
            Kind::Document | Kind::Structure(_) => protocol.media_type,
            _ => "",
        };
        let media_type = target.traits.media_type().unwrap_or(media_type);
        let is_document = matches!(target.kind, Kind::Document);
        let is_structure = matches!(target.kind, Kind::Structure(_));
        Some(Payload {
            media_type: (!media_type.is_empty()).then(|| media_type.to_owned()),
            document: is_document.then(|| FieldName::new(member.rust_name())),
            unset: is_structure.then_some(protocol.empty_structure),
        })
    }
}
