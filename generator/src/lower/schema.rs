//! Runtime schemas.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use super::types::UNIT;
use crate::ir::{
    Home, MemberSchema, MemberTarget, Operation, SchemaBody, SchemaDef, SchemaRef, SchemaTrait,
    ShapeKind, Structure,
};
use crate::lower::names::ConstName;
use crate::smithy::traits::TimestampFormat;
use crate::smithy::{Kind, Member, Model, Shape, ShapeId, Traits};

/// Serialization traits without a value, and the runtime's setter for each.
const FLAGS: [(&str, &str); 8] = [
    ("smithy.api#httpLabel", "with_http_label"),
    ("smithy.api#httpPayload", "with_http_payload"),
    ("smithy.api#httpQueryParams", "with_http_query_params"),
    ("smithy.api#httpResponseCode", "with_http_response_code"),
    ("smithy.api#hostLabel", "with_host_label"),
    ("smithy.api#streaming", "with_streaming"),
    ("smithy.api#xmlAttribute", "with_xml_attribute"),
    ("smithy.api#xmlFlattened", "with_xml_flattened"),
];

/// Serialization traits with a string, and the runtime's setter for each.
const TEXTS: [(&str, &str); 6] = [
    ("smithy.api#httpHeader", "with_http_header"),
    ("smithy.api#httpPrefixHeaders", "with_http_prefix_headers"),
    ("smithy.api#httpQuery", "with_http_query"),
    ("smithy.api#jsonName", "with_json_name"),
    ("smithy.api#mediaType", "with_media_type"),
    ("smithy.api#xmlName", "with_xml_name"),
];

/// Statics of the runtime's prelude that ours must not be called like.
const PRELUDE: [&str; 14] = [
    "BIG_DECIMAL",
    "BIG_INTEGER",
    "BLOB",
    "BOOLEAN",
    "BYTE",
    "DOCUMENT",
    "DOUBLE",
    "FLOAT",
    "INTEGER",
    "LONG",
    "SHORT",
    "STRING",
    "TIMESTAMP",
    "UNIT",
];

/// The names of all schemas, and those of lists and maps as they are asked for.
pub(super) struct Schemas {
    shared: BTreeMap<ShapeId, ConstName>,
    inputs: Vec<ConstName>,
    outputs: Vec<ConstName>,
    collections: RefCell<BTreeMap<ConstName, SchemaDef>>,
}

impl Schemas {
    /// Names the schemas of shared types and of the operations' inputs and outputs.
    pub(super) fn of(context: &Context<'_>) -> Self {
        let mut taken: BTreeSet<String> = PRELUDE.iter().map(|name| (*name).to_owned()).collect();
        let mut name = |text: &str, apart: &str| {
            let name = ConstName::new(text);
            let name = if taken.contains(name.as_str()) {
                ConstName::new(apart)
            } else {
                name
            };
            taken.insert(name.as_str().to_owned());
            name
        };
        let model = context.model;
        let mut shared = BTreeMap::new();
        for id in context
            .shapes
            .structures
            .keys()
            .chain(context.shapes.unions.keys())
        {
            let shape = model.shape(id);
            shared.insert(
                id.clone(),
                name(&shape.name, &format!("{}Shape", shape.name)),
            );
        }
        let mut of_operations = |suffix: &str| -> Vec<ConstName> {
            let operations = model.operations.iter();
            operations
                .map(|operation| {
                    let text = format!("{}{suffix}", operation.name);
                    name(&text, &format!("{}Operation{suffix}", operation.name))
                })
                .collect()
        };
        let (inputs, outputs) = (of_operations("Input"), of_operations("Output"));
        Self {
            shared,
            inputs,
            outputs,
            collections: RefCell::default(),
        }
    }

    /// The schema of a structure or union where it is at home.
    pub(super) fn name(&self, id: &ShapeId, home: Home) -> ConstName {
        match home {
            Home::Types | Home::Error => self.shared[id].clone(),
            Home::OperationInput(operation) => self.inputs[operation.0 as usize].clone(),
            Home::OperationOutput(operation) => self.outputs[operation.0 as usize].clone(),
        }
    }

    /// The position of a member in the schema of its structure.
    pub(super) fn index(&self, shape: &Shape, is_input: bool, member: &str) -> usize {
        let members = ordered(shape, is_input);
        let position = members.iter().position(|it| it.name == member);
        position.unwrap_or_else(|| panic!("`{}` has no member `{member}`", shape.id))
    }

    /// All definitions, in the order of their names.
    pub(super) fn into_definitions(
        self,
        context: &Context<'_>,
        structures: &[Structure],
        operations: &[Operation],
    ) -> Vec<SchemaDef> {
        let mut definitions = BTreeMap::new();
        for id in self.shared.keys() {
            let shape = context.model.shape(id);
            let definition = self.members(context, shape, &self.shared[id], Position::Nested);
            definitions.insert(definition.name.clone(), definition);
        }
        for (operation, model) in operations.iter().zip(&context.model.operations) {
            let input = structures[operation.input.0 as usize].schema.clone();
            let shape = model.input.as_ref().map(|id| context.model.shape(id));
            let mut definition = self.top_level(context, shape, &input, Position::Input);
            definition.http = model
                .traits
                .http()
                .map(|http| (http.method, http.uri, http.code));
            definitions.insert(input, definition);
            let output = structures[operation.output.0 as usize].schema.clone();
            let shape = model.output.as_ref().map(|id| context.model.shape(id));
            let definition = self.top_level(context, shape, &output, Position::Output);
            definitions.insert(output, definition);
        }
        definitions.extend(self.collections.into_inner());
        definitions.into_values().collect()
    }

    /// The schema of an operation's input or output, which may be nothing at all.
    fn top_level(
        &self,
        context: &Context<'_>,
        shape: Option<&Shape>,
        name: &ConstName,
        position: Position,
    ) -> SchemaDef {
        match shape {
            Some(shape) => self.members(context, shape, name, position),
            None => SchemaDef {
                name: name.clone(),
                gate: None,
                namespace: "smithy.api".to_owned(),
                shape: "Unit".to_owned(),
                body: SchemaBody::Members(ShapeKind::Structure, Vec::new()),
                http: None,
            },
        }
    }

    fn members(
        &self,
        context: &Context<'_>,
        shape: &Shape,
        name: &ConstName,
        position: Position,
    ) -> SchemaDef {
        // Errors are bound to HTTP as outputs are.
        let position = if shape.traits.error().is_some() {
            Position::Output
        } else {
            position
        };
        let members = ordered(shape, position == Position::Input);
        let members = members
            .into_iter()
            .map(|member| self.member(context, member, position != Position::Nested));
        SchemaDef {
            name: name.clone(),
            gate: None,
            namespace: shape.id.namespace().to_owned(),
            shape: shape.id.name().to_owned(),
            body: SchemaBody::Members(kind(&shape.kind), members.collect()),
            http: None,
        }
    }

    fn member(&self, context: &Context<'_>, member: &Member, is_bound: bool) -> MemberSchema {
        let model = context.model;
        let target = model.target(member);
        let target_schema = match &target.kind {
            Kind::List(element) => {
                MemberTarget::List(self.element(model, target, "member", element))
            }
            Kind::Map { key, value } => MemberTarget::Map(
                self.element(model, target, "key", key),
                self.element(model, target, "value", value),
            ),
            _ => MemberTarget::Plain,
        };
        MemberSchema {
            name: member.name.clone(),
            kind: kind(&target.kind),
            target: target_schema,
            traits: settings(&member.traits, target, is_bound),
        }
    }

    /// The schema of a list's elements, or of a map's keys or values.
    fn element(&self, model: &Model, owner: &Shape, name: &str, element: &Member) -> SchemaRef {
        let target = model.target(element);
        let (namespace, shape) = (
            target.id.namespace().to_owned(),
            target.id.name().to_owned(),
        );
        let collection = |name: ConstName, body: SchemaBody| {
            let (namespace, shape) = (namespace.clone(), shape.clone());
            let definition = SchemaDef {
                name: name.clone(),
                gate: None,
                namespace,
                shape,
                body,
                http: None,
            };
            self.collections
                .borrow_mut()
                .insert(name.clone(), definition);
            SchemaRef::Static(name)
        };
        match &target.kind {
            Kind::Structure(_) if target.id.as_str() == UNIT => SchemaRef::Prelude("UNIT"),
            Kind::Structure(_) | Kind::Union(_) => {
                SchemaRef::Static(self.shared[&target.id].clone())
            }
            Kind::List(inner) => {
                let inner = self.element(model, target, "member", inner);
                collection(
                    self.apart(&format!("{}List", target.name)),
                    SchemaBody::List(inner),
                )
            }
            Kind::Map { key, value } => {
                let key = self.element(model, target, "key", key);
                let value = self.element(model, target, "value", value);
                collection(
                    self.apart(&format!("{}Map", target.name)),
                    SchemaBody::Map(key, value),
                )
            }
            simple => {
                let traits = settings(&element.traits, target, false);
                if traits.is_empty() {
                    return SchemaRef::Prelude(prelude(kind(simple)));
                }
                let name = ConstName::new(&format!("{}Element", owner.name)).member(name);
                collection(name, SchemaBody::Element(kind(simple), traits))
            }
        }
    }

    /// A name that no other schema has.
    fn apart(&self, text: &str) -> ConstName {
        let name = ConstName::new(text);
        let others = self
            .shared
            .values()
            .chain(&self.inputs)
            .chain(&self.outputs);
        let taken = others.into_iter().any(|other| *other == name);
        if taken {
            ConstName::new(&format!("{text}Schema"))
        } else {
            name
        }
    }
}

/// Where a structure stands: only inputs, outputs and errors are bound to HTTP.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    Input,
    Output,
    Nested,
}

/// Members in the order in which they are written: those of an input by name, as the official
/// crates have them.
fn ordered(shape: &Shape, is_input: bool) -> Vec<&Member> {
    let mut members = shape.members();
    if is_input {
        members.sort_by(|one, other| one.name.cmp(&other.name));
    }
    members
}

/// The serialization traits of a member and of what it targets.
fn settings(traits: &Traits, target: &Shape, is_bound: bool) -> Vec<SchemaTrait> {
    let counts = |id: &str| is_bound || !id.starts_with("smithy.api#http");
    let mut settings = Vec::new();
    for (id, setter) in TEXTS {
        let text = traits.string(id).or_else(|| match id {
            "smithy.api#mediaType" => target.traits.string(id),
            _ => None,
        });
        if let Some(text) = text.filter(|_| counts(id)) {
            settings.push(SchemaTrait::Text(setter, text.to_owned()));
        }
    }
    for (id, setter) in FLAGS {
        let set = traits.has(id) || (id == "smithy.api#streaming" && target.traits.has(id));
        if set && counts(id) {
            settings.push(SchemaTrait::Flag(setter));
        }
    }
    let format = traits
        .timestamp_format()
        .or_else(|| target.traits.timestamp_format());
    if let Some(format) = format {
        settings.push(SchemaTrait::TimestampFormat(match format {
            TimestampFormat::EpochSeconds => "EpochSeconds",
            TimestampFormat::DateTime => "DateTime",
            TimestampFormat::HttpDate => "HttpDate",
        }));
    }
    settings
}

fn kind(kind: &Kind) -> ShapeKind {
    match kind {
        Kind::Boolean => ShapeKind::Boolean,
        Kind::Byte => ShapeKind::Byte,
        Kind::Short => ShapeKind::Short,
        Kind::Integer | Kind::IntEnum(_) => ShapeKind::Integer,
        Kind::Long => ShapeKind::Long,
        Kind::Float => ShapeKind::Float,
        Kind::Double => ShapeKind::Double,
        Kind::BigInteger => ShapeKind::BigInteger,
        Kind::BigDecimal => ShapeKind::BigDecimal,
        Kind::String | Kind::Enum(_) => ShapeKind::String,
        Kind::Blob => ShapeKind::Blob,
        Kind::Timestamp => ShapeKind::Timestamp,
        Kind::Document => ShapeKind::Document,
        Kind::List(_) => ShapeKind::List,
        Kind::Map { .. } => ShapeKind::Map,
        Kind::Structure(_) => ShapeKind::Structure,
        Kind::Union(_) => ShapeKind::Union,
    }
}

/// The runtime's own schema for a simple shape.
fn prelude(kind: ShapeKind) -> &'static str {
    match kind {
        ShapeKind::Boolean => "BOOLEAN",
        ShapeKind::Byte => "BYTE",
        ShapeKind::Short => "SHORT",
        ShapeKind::Integer => "INTEGER",
        ShapeKind::Long => "LONG",
        ShapeKind::Float => "FLOAT",
        ShapeKind::Double => "DOUBLE",
        ShapeKind::BigInteger => "BIG_INTEGER",
        ShapeKind::BigDecimal => "BIG_DECIMAL",
        ShapeKind::String => "STRING",
        ShapeKind::Blob => "BLOB",
        ShapeKind::Timestamp => "TIMESTAMP",
        ShapeKind::Document
        | ShapeKind::List
        | ShapeKind::Map
        | ShapeKind::Structure
        | ShapeKind::Union => "DOCUMENT",
    }
}
