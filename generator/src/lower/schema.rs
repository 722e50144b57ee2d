//! Lowers runtime schemas.

mod traits;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use self::traits::{of_shape, root_name, settings};
use super::Context;
use super::types::UNIT;
use crate::ir::{
    Home, MemberSchema, MemberTarget, Operation, SchemaBody, SchemaDef, SchemaRef, SchemaTrait,
    ShapeKind, Structure,
};
use crate::names::ConstName;
use crate::protocol::Protocol;
use crate::smithy::{Kind, Member, Model, Shape, ShapeId};

/// The names of all schemas. Those of lists and maps are defined on demand.
pub(super) struct Schemas {
    protocol: &'static Protocol,
    shared: BTreeMap<ShapeId, ConstName>,
    inputs: Vec<ConstName>,
    outputs: Vec<ConstName>,
    /// Schemas of lists and maps by shape, those of elements by member.
    collections: RefCell<BTreeMap<ShapeId, SchemaDef>>,
    names: RefCell<Names>,
}

/// The names that are taken so far.
struct Names(BTreeSet<ConstName>);

impl Names {
    /// A name that no other schema has, made from `text` if possible.
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
    /// The protocol that the schemas are for.
    pub(super) fn protocol(&self) -> &'static Protocol {
        self.protocol
    }

    /// Names the schemas of shared types and of the operations' inputs and outputs.
    pub(super) fn of(context: &Context<'_>, protocol: &'static Protocol) -> Self {
        let mut names = Names(
            SchemaRef::RUNTIME
                .iter()
                .map(|name| ConstName::new(name))
                .collect(),
        );
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
            protocol,
            shared,
            inputs,
            outputs,
            collections: RefCell::default(),
            names: RefCell::new(names),
        }
    }

    /// The schema of a structure or union in its module.
    pub(super) fn name(&self, id: &ShapeId, home: Home) -> ConstName {
        match home {
            Home::Types | Home::Error => self.shared[id].clone(),
            Home::OperationInput(operation) => self.inputs[operation.0 as usize].clone(),
            Home::OperationOutput(operation) => self.outputs[operation.0 as usize].clone(),
        }
    }

    /// The positions of a structure's members in its schema, by their names.
    pub(super) fn positions<'s>(
        &self,
        shape: &'s Shape,
        is_input: bool,
    ) -> HashMap<&'s str, usize> {
        let members = ordered(shape, is_input && self.protocol.sorts_inputs()).into_iter();
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
            let http = model.traits.http().filter(|_| self.protocol.binds_to_http);
            definition.http = http.map(|http| (http.method, http.uri, http.code));
            definitions.insert(input, definition);
            let output = structures[operation.output.0 as usize].schema.clone();
            let shape = model.output.as_ref().map(|id| context.model.shape(id));
            let mut definition = self.top_level(context, shape, &output, Position::Output);
            if model.traits.s3_unwrapped_xml_output() {
                definition.traits.push(SchemaTrait::XmlUnwrappedOutput);
            }
            definitions.insert(output, definition);
        }
        let collections = self.collections.into_inner().into_values();
        definitions.extend(collections.map(|it| (it.name.clone(), it)));
        definitions.into_values().collect()
    }

    /// The schema of an operation's input or output, which may be absent in the model.
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
                traits: Vec::new(),
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
        // Errors are bound to HTTP like outputs.
        let position = if shape.traits.error().is_some() {
            Position::Output
        } else {
            position
        };
        let is_sorted = position == Position::Input && self.protocol.sorts_inputs();
        let members = ordered(shape, is_sorted);
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
            traits: of_shape(self.protocol, shape),
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
        let mut traits = settings(self.protocol, &member.traits, target, is_bound);
        if traits.contains(&SchemaTrait::HttpPayload) {
            traits.extend(root_name(self.protocol, &traits, target));
        }
        MemberSchema {
            name: member.name.clone(),
            kind: kind(&target.kind),
            target: target_schema,
            traits,
        }
    }

    /// The schema of a list's elements, or of a map's keys or values.
    fn element(&self, model: &Model, owner: &Shape, name: &str, element: &Member) -> SchemaRef {
        let target = model.target(element);
        let traits = settings(self.protocol, &element.traits, target, false);
        // The list or map determines the XML name of its elements, not the name that their shape
        // has as the root of a document.
        let is_apart = !traits.is_empty() || !of_shape(self.protocol, target).is_empty();
        let define = |suffix: Option<&str>, body: SchemaBody, traits: Vec<SchemaTrait>| match suffix
            .filter(|_| traits.is_empty())
        {
            Some(suffix) => {
                let text = format!("{}{suffix}", target.name);
                self.define(&target.id, &text, target, body, traits)
            }
            None => {
                let of = owner.id.with_member(name);
                let text = format!("{}Element_{name}", owner.name);
                self.define(&of, &text, target, body, traits)
            }
        };
        match &target.kind {
            Kind::Structure(_) if target.id.as_str() == UNIT => SchemaRef::Unit,
            Kind::Structure(_) | Kind::Union(_) if !is_apart => {
                SchemaRef::Static(self.shared[&target.id].clone())
            }
            Kind::List(inner) => {
                let inner = self.element(model, target, "member", inner);
                define(Some("List"), SchemaBody::List(inner), traits)
            }
            Kind::Map { key, value } => {
                let key = self.element(model, target, "key", key);
                let value = self.element(model, target, "value", value);
                define(Some("Map"), SchemaBody::Map(key, value), traits)
            }
            simple if !is_apart => SchemaRef::Any(kind(simple)),
            other => define(None, SchemaBody::Element(kind(other)), traits),
        }
    }

    /// Defines the schema with this id for values of the shape `target`.
    fn define(
        &self,
        id: &ShapeId,
        text: &str,
        target: &Shape,
        body: SchemaBody,
        traits: Vec<SchemaTrait>,
    ) -> SchemaRef {
        let mut collections = self.collections.borrow_mut();
        let definition = collections.entry(id.clone()).or_insert_with(|| SchemaDef {
            name: self.names.borrow_mut().free(text, &format!("{text}Schema")),
            gate: None,
            namespace: target.id.namespace().to_owned(),
            shape: target.id.name().to_owned(),
            body,
            http: None,
            traits,
        });
        SchemaRef::Static(definition.name.clone())
    }
}

/// The role of a structure: only inputs, outputs and errors are bound to HTTP.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    Input,
    Output,
    Nested,
}

/// Members in the order in which they are written. Sorted ones are ordered by name, like in the
/// official crates, after a map of headers: a header that is written later replaces one of the same
/// name, and members take precedence over maps.
fn ordered(shape: &Shape, is_sorted: bool) -> Vec<&Member> {
    let mut members = shape.members();
    if is_sorted {
        members.sort_by(|one, other| place(one).cmp(&place(other)));
    }
    members
}

/// The sort key of a member. Query parameters keep the model's order, as in the official crates.
fn place(member: &Member) -> (u8, Option<&str>) {
    match member.traits.http_query() {
        Some(_) => (2, None),
        None if member.traits.http_prefix_headers().is_some() => (0, Some(&member.name)),
        None => (1, Some(&member.name)),
    }
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
