//! Runtime schemas.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

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

/// The runtime's schema of Smithy's shape for "nothing".
const NOTHING: &str = "UNIT";

/// The runtime's schemas of other shapes without members. Ours must not be called like them.
const PRELUDE: [(ShapeKind, &str); 13] = [
    (ShapeKind::BigDecimal, "BIG_DECIMAL"),
    (ShapeKind::BigInteger, "BIG_INTEGER"),
    (ShapeKind::Blob, "BLOB"),
    (ShapeKind::Boolean, "BOOLEAN"),
    (ShapeKind::Byte, "BYTE"),
    (ShapeKind::Document, "DOCUMENT"),
    (ShapeKind::Double, "DOUBLE"),
    (ShapeKind::Float, "FLOAT"),
    (ShapeKind::Integer, "INTEGER"),
    (ShapeKind::Long, "LONG"),
    (ShapeKind::Short, "SHORT"),
    (ShapeKind::String, "STRING"),
    (ShapeKind::Timestamp, "TIMESTAMP"),
];

/// The names of all schemas, and those of lists and maps as they are asked for.
pub(super) struct Schemas {
    shared: BTreeMap<ShapeId, ConstName>,
    inputs: Vec<ConstName>,
    outputs: Vec<ConstName>,
    /// Those of lists and maps by the shape, those of elements by the member.
    collections: RefCell<BTreeMap<ShapeId, SchemaDef>>,
    names: RefCell<Names>,
}

/// The names that schemas have so far.
struct Names(BTreeSet<ConstName>);

impl Names {
    /// A name that no other schema has: of the first of the texts if possible.
    fn free(&mut self, text: &str, apart: &str) -> ConstName {
        let numbered = (2..).map(|number| format!("{apart}{number}"));
        let texts = [text, apart].map(str::to_owned).into_iter().chain(numbered);
        let mut names = texts.map(|text| ConstName::new(&text));
        let name = names.find(|name| !self.0.contains(name));
        let name = name.expect("there is a number that no name has");
        self.0.insert(name.clone());
        name
    }
}

impl Schemas {
    /// Names the schemas of shared types and of the operations' inputs and outputs.
    pub(super) fn of(context: &Context<'_>) -> Self {
        let prelude = PRELUDE.iter().map(|(_, name)| *name);
        let prelude = prelude.chain([NOTHING]).map(ConstName::new);
        let mut names = Names(prelude.collect());
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
                names.free(&shape.name, &format!("{}Shape", shape.name)),
            );
        }
        let mut of_operations = |suffix: &str| -> Vec<ConstName> {
            let operations = model.operations.iter();
            operations
                .map(|operation| {
                    let text = format!("{}{suffix}", operation.name);
                    names.free(&text, &format!("{}Operation{suffix}", operation.name))
                })
                .collect()
        };
        let (inputs, outputs) = (of_operations("Input"), of_operations("Output"));
        Self {
            shared,
            inputs,
            outputs,
            collections: RefCell::default(),
            names: RefCell::new(names),
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

    /// The positions of a structure's members in its schema, by their names.
    pub(super) fn positions(shape: &Shape, is_input: bool) -> HashMap<&str, usize> {
        let members = ordered(shape, is_input).into_iter();
        members
            .map(|member| member.name.as_str())
            .zip(0..)
            .collect()
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
        let collections = self.collections.into_inner().into_values();
        definitions.extend(collections.map(|it| (it.name.clone(), it)));
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
        match &target.kind {
            Kind::Structure(_) if target.id.as_str() == UNIT => SchemaRef::Prelude(NOTHING),
            Kind::Structure(_) | Kind::Union(_) => {
                SchemaRef::Static(self.shared[&target.id].clone())
            }
            Kind::List(inner) => {
                let inner = self.element(model, target, "member", inner);
                self.collection(target, "List", SchemaBody::List(inner))
            }
            Kind::Map { key, value } => {
                let key = self.element(model, target, "key", key);
                let value = self.element(model, target, "value", value);
                self.collection(target, "Map", SchemaBody::Map(key, value))
            }
            simple => {
                let traits = settings(&element.traits, target, false);
                if traits.is_empty() {
                    return SchemaRef::Prelude(prelude(kind(simple)));
                }
                let of = owner.id.with_member(name);
                let text = format!("{}Element_{name}", owner.name);
                let body = SchemaBody::Element(kind(simple), traits);
                self.define(&of, &text, target, body)
            }
        }
    }

    /// The schema of a list or map.
    fn collection(&self, target: &Shape, suffix: &str, body: SchemaBody) -> SchemaRef {
        let text = format!("{}{suffix}", target.name);
        self.define(&target.id, &text, target, body)
    }

    /// The schema of what has this id, for values of the shape `target`.
    fn define(&self, id: &ShapeId, text: &str, target: &Shape, body: SchemaBody) -> SchemaRef {
        let mut collections = self.collections.borrow_mut();
        let definition = collections.entry(id.clone()).or_insert_with(|| SchemaDef {
            name: self.names.borrow_mut().free(text, &format!("{text}Schema")),
            gate: None,
            namespace: target.id.namespace().to_owned(),
            shape: target.id.name().to_owned(),
            body,
            http: None,
        });
        SchemaRef::Static(definition.name.clone())
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
/// crates have them, behind a map of headers. A header that is written later replaces one of the
/// same name, and members know better than maps.
fn ordered(shape: &Shape, is_input: bool) -> Vec<&Member> {
    let mut members = shape.members();
    if is_input {
        let order = |member: &Member| member.traits.http_prefix_headers().is_none();
        members.sort_by(|one, other| {
            let maps_first = order(one).cmp(&order(other));
            maps_first.then_with(|| one.name.cmp(&other.name))
        });
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
    let found = PRELUDE.iter().find(|(known, _)| *known == kind);
    found.map_or("DOCUMENT", |(_, name)| name)
}
