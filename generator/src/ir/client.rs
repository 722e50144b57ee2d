//! A client as a whole, and what it has and needs.

use std::collections::BTreeSet;

use super::endpoints::{BuiltIn, ParameterSource};
use super::{
    AuthScheme, ConformanceTests, EndpointDiscovery, Endpoints, Enum, EnumId, FirstCall, Gate,
    GateId, LeftOut, NamedScheme, Operation, OperationId, OperationModule, Package, SchemaDef,
    Service, Sessions, Structure, StructureId, Union, UnionId,
};
use crate::names::FeatureName;
use crate::protocol::Format;

/// A client crate: what lowering gives to emission.
#[derive(Clone, Debug)]
pub struct Client {
    /// The package that is generated.
    pub package: Package,
    /// Items that only some operations need, if users choose operations by features.
    pub gates: Vec<Gate>,
    /// The service it calls.
    pub service: Service,
    /// All structures, including operation inputs, outputs and errors.
    pub structures: Vec<Structure>,
    /// All unions, by name.
    pub unions: Vec<Union>,
    /// All string enums, by name.
    pub enums: Vec<Enum>,
    /// All operations, by name.
    pub operations: Vec<Operation>,
    /// The error structures, by name.
    pub errors: Vec<StructureId>,
    /// The runtime schemas that serialization uses.
    pub schemas: Vec<SchemaDef>,
    /// How the endpoint of a call is resolved.
    pub endpoints: Endpoints,
    /// How the service is asked for endpoints, if it has an operation for that.
    pub discovery: Option<EndpointDiscovery>,
    /// Sessions that some calls are signed with, if there are any.
    pub sessions: Option<Sessions>,
    /// The call of the first program on the crate's page; `None` if no operation is simple enough.
    pub first_call: Option<FirstCall>,
    /// Operations of the service that the client does not have, because they are not supported.
    pub left_out: Vec<LeftOut>,
    /// Tests that come with the model.
    pub conformance: ConformanceTests,
}

impl Client {
    /// The structure with this id.
    pub fn structure(&self, id: StructureId) -> &Structure {
        &self.structures[id.0 as usize]
    }

    /// The union with this id.
    pub fn union(&self, id: UnionId) -> &Union {
        &self.unions[id.0 as usize]
    }

    /// The errors of an operation, each with its codes. If several share a code, the first is read.
    pub fn error_codes(&self, operation: &Operation) -> Vec<(Vec<&str>, &Structure)> {
        let mut taken = BTreeSet::new();
        let errors = operation.errors.iter().map(|id| {
            let structure = self.structure(*id);
            let codes = structure.error.iter().flat_map(|error| &error.codes);
            let codes = codes.map(String::as_str).filter(|code| taken.insert(*code));
            (codes.collect(), structure)
        });
        errors.collect()
    }

    /// The enum with this id.
    pub fn r#enum(&self, id: EnumId) -> &Enum {
        &self.enums[id.0 as usize]
    }

    /// The operation with this id.
    pub fn operation(&self, id: OperationId) -> &Operation {
        &self.operations[id.0 as usize]
    }

    /// The gate with this id.
    pub fn gate(&self, id: GateId) -> &Gate {
        &self.gates[id.0 as usize]
    }

    /// The features of the operations, in the order of the operations; none if users cannot choose.
    pub fn features(&self) -> impl Iterator<Item = &FeatureName> {
        self.operations.iter().filter_map(|it| it.feature.as_ref())
    }

    /// Whether users choose operations by cargo features.
    pub fn has_features(&self) -> bool {
        self.features().next().is_some()
    }

    /// Whether an input of the service has an idempotency token to fill in.
    pub fn has_idempotency_tokens(&self) -> bool {
        self.operations
            .iter()
            .any(|operation| operation.idempotency_token.is_some())
    }

    /// Whether an operation sends or receives its body as a stream.
    pub fn has_streaming(&self) -> bool {
        self.operations.iter().any(|operation| {
            operation.streaming.as_ref().is_some_and(|streaming| {
                streaming.request.is_some() && !operation.sends_events
                    || streaming.response.is_some() && !operation.receives_events
            })
        })
    }

    /// Whether an operation has waiters.
    pub fn has_waiters(&self) -> bool {
        self.needs(OperationModule::Waiter)
    }

    /// Whether an operation has checksums whose algorithm users choose.
    pub fn has_checksums(&self) -> bool {
        let modules = [
            OperationModule::RequestChecksum,
            OperationModule::ResponseChecksum,
        ];
        modules.into_iter().any(|module| self.needs(module))
    }

    /// Whether some requests are streams that are sent in chunks, with a trailing checksum.
    pub fn has_chunks(&self) -> bool {
        self.operations.iter().any(|operation| {
            let mut streaming = operation.streaming.iter();
            operation.request_checksum.is_some() && streaming.any(|it| it.request.is_some())
        })
    }

    /// Whether requests can be presigned.
    pub fn has_presigning(&self) -> bool {
        self.needs(OperationModule::Presign)
    }

    /// Whether users configure how endpoints depend on their account.
    pub fn has_account_ids(&self) -> bool {
        let source = ParameterSource::BuiltIn(BuiltIn::AccountIdEndpointMode);
        let mut parameters = self.endpoints.parameters.iter();
        parameters.any(|parameter| parameter.source == source)
    }

    /// Whether requests may be signed with Signature Version 4A, because the service or an endpoint
    /// requires it.
    pub fn has_sigv4a(&self) -> bool {
        let is_named = self.endpoints.schemes.contains(&NamedScheme::SigV4A);
        self.service.has(AuthScheme::SigV4A) || is_named && self.service.has(AuthScheme::SigV4)
    }

    /// Whether the authentication of a request depends on its endpoint.
    pub fn has_endpoint_auth(&self) -> bool {
        let schemes = &self.endpoints.schemes;
        let is_usual = |it: &AuthScheme| matches!(it, AuthScheme::SigV4 | AuthScheme::NoAuth);
        let has_others = !self.service.schemes().all(is_usual);
        let names_others = schemes.iter().any(|it| *it != NamedScheme::SigV4);
        self.has_sigv4a()
            || names_others && self.service.has(AuthScheme::SigV4)
            || has_others && !schemes.is_empty()
    }

    /// The modules that the client has in addition to those of its operations.
    pub fn operation_modules(&self) -> impl Iterator<Item = OperationModule> {
        let needed = OperationModule::needed(&self.operations, !self.errors.is_empty());
        let sessions = self.sessions.is_some();
        // The discovery of endpoints needs it as well.
        let of_call = sessions && self.discovery.is_none();
        needed
            .chain(sessions.then_some(OperationModule::Sessions))
            .chain(of_call.then_some(OperationModule::OfCall))
    }

    /// Whether the client has this module.
    pub fn needs(&self, module: OperationModule) -> bool {
        self.operation_modules().any(|it| it == module)
    }

    /// Whether a response may lack a required member.
    pub fn has_required_members(&self) -> bool {
        self.structures
            .iter()
            .flat_map(|structure| &structure.fields)
            .any(|field| field.required && !field.ty.is_stream())
    }

    /// Whether some elements in XML have a name with a prefix.
    pub(crate) fn has_prefixes(&self) -> bool {
        let protocol = self.service.protocol.protocol;
        protocol.format == Format::Xml && self.schemas.iter().any(SchemaDef::has_prefixes)
    }
}
