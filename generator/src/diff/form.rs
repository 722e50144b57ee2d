//! Compares the form of bodies: names of members, and namespaces and attributes of XML.
//!
//! Forms of the query protocols use the names and the nesting of XML.

use super::Side;
use super::change::Changes;
use super::kind::Kind;
use super::side::SideMember;
use crate::ir::{
    MemberSchema, MemberTarget, Operation, SchemaBody, SchemaRef, SchemaTrait, Service, ShapeKind,
};
use crate::protocol::{Format, Names, Protocol};

/// The description of an element without a namespace.
const NO_NAMESPACE: &str = "without a namespace";

/// The place of a member that is part of a body.
pub(super) fn place_in_body(side: &Side, schema: &MemberSchema) -> String {
    let name = name(&schema.traits).unwrap_or(&schema.name);
    let protocol = protocol(side);
    match protocol.names {
        Names::Modeled | Names::Json => format!("member `{name}`"),
        Names::Xml | Names::Ec2Query if schema.traits.contains(&SchemaTrait::XmlAttribute) => {
            format!("attribute `{name}`")
        }
        Names::Xml => format!("element `{name}`"),
        Names::Ec2Query => match query_name(&schema.traits).filter(|it| *it != capitalized(name)) {
            Some(in_requests) => format!("element `{name}` (`{in_requests}` in requests)"),
            None => format!("element `{name}`"),
        },
    }
}

/// The form of a member's value in XML; `None` in other formats.
pub(super) fn of(member: SideMember<'_>) -> Option<String> {
    let SideMember { schema, side, .. } = member;
    if protocol(side).format != Format::Xml {
        return None;
    }
    let is_flat = schema.traits.contains(&SchemaTrait::XmlFlattened);
    let collection = match &schema.target {
        MemberTarget::Plain => None,
        MemberTarget::List(element) => Some(list(side, element, is_flat)),
        MemberTarget::Map(key, value) => Some(map(side, key, value, is_flat)),
    };
    let parts = match (collection, namespace(&schema.traits)) {
        (Some(collection), Some(namespace)) => format!("{collection} {namespace}"),
        (Some(part), None) | (None, Some(part)) => part,
        (None, None) => NO_NAMESPACE.to_owned(),
    };
    Some(parts)
}

fn list(side: &Side, element: &SchemaRef, is_flat: bool) -> String {
    let own = match is_flat {
        true => "a flat list".to_owned(),
        false => format!("a list of {}", part(side, element, "member")),
    };
    own + &below(side, element)
}

fn map(side: &Side, key: &SchemaRef, value: &SchemaRef, is_flat: bool) -> String {
    let flat = if is_flat { "flat " } else { "" };
    let (key, name) = (part(side, key, "key"), part(side, value, "value"));
    format!("a {flat}map of {key} and {name}{}", below(side, value))
}

/// The name of the elements of a list, or of the keys or values of a map.
fn part(side: &Side, element: &SchemaRef, default: &str) -> String {
    let traits = match element {
        SchemaRef::Static(name) => side.schema(name).map(|schema| schema.traits.as_slice()),
        SchemaRef::Any(_) | SchemaRef::Unit => None,
    };
    let traits = traits.unwrap_or_default();
    let name = format!("`{}`", name(traits).unwrap_or(default));
    match namespace(traits) {
        Some(namespace) => format!("{name} {namespace}"),
        None => name,
    }
}

/// The content of each element of a list or map, if that is a list or map itself.
fn below(side: &Side, element: &SchemaRef) -> String {
    let SchemaRef::Static(name) = element else {
        return String::new();
    };
    match side.schema(name).map(|schema| &schema.body) {
        Some(SchemaBody::List(inner)) => format!(", each {}", list(side, inner, false)),
        Some(SchemaBody::Map(key, value)) => format!(", each {}", map(side, key, value, false)),
        _ => String::new(),
    }
}

/// The root of the XML document that an operation sends; `None` if it sends none.
pub(super) fn root(side: &Side, operation: &Operation) -> Option<String> {
    if !has_documents(protocol(side)) {
        return None;
    }
    let input = side.input_schema(operation)?;
    let shape = side.shape(side.client.structure(operation.input))?;
    let SchemaBody::Members(_, members) = &input.body else {
        return None;
    };
    let is_payload = |it: &&MemberSchema| it.traits.contains(&SchemaTrait::HttpPayload);
    let (traits, shape) = match members.iter().find(is_payload) {
        Some(member) if matches!(member.kind, ShapeKind::Structure | ShapeKind::Union) => {
            let target = &shape.member(&member.name)?.target;
            (&member.traits, side.model.shapes.get(target)?)
        }
        Some(_) => return None,
        None if members.iter().all(is_bound) => return None,
        None => (&input.traits, shape),
    };
    let name = name(traits)
        .or_else(|| shape.traits.string("smithy.api#xmlName"))
        .unwrap_or(shape.id.name());
    let of_shape = || {
        let (uri, prefix) = shape.traits.xml_namespace()?;
        Some(in_namespace(&uri, prefix.as_deref()))
    };
    let namespace = namespace(traits).or_else(of_shape);
    let namespace = namespace.map(|it| format!(" {it}")).unwrap_or_default();
    Some(format!("a document `{name}`{namespace}"))
}

/// Compares the service's settings for all documents.
pub(super) fn service(path: &str, old: &Service, new: &Service, changes: &mut Changes) {
    if !has_documents(new.protocol.protocol) {
        return;
    }
    let documents = |service: &Service| match &service.protocol.xml_namespace {
        Some((uri, prefix)) => format!("documents {}", in_namespace(uri, prefix.as_deref())),
        None => format!("documents {NO_NAMESPACE}"),
    };
    changes.differ(Kind::Form, path, documents(old), documents(new));
}

/// Whether requests are XML documents.
fn has_documents(protocol: &Protocol) -> bool {
    protocol.format == Format::Xml && protocol.binds_to_http
}

fn protocol(side: &Side) -> &'static Protocol {
    side.client.service.protocol.protocol
}

fn is_bound(member: &MemberSchema) -> bool {
    member.traits.iter().any(|it| {
        matches!(
            it,
            SchemaTrait::HttpHeader(_)
                | SchemaTrait::HttpPrefixHeaders(_)
                | SchemaTrait::HttpQuery(_)
                | SchemaTrait::HttpQueryParams
                | SchemaTrait::HttpLabel
        )
    })
}

fn name(traits: &[SchemaTrait]) -> Option<&str> {
    traits.iter().find_map(|it| match it {
        SchemaTrait::JsonName(name) | SchemaTrait::XmlName(name) => Some(name.as_str()),
        _ => None,
    })
}

fn query_name(traits: &[SchemaTrait]) -> Option<&str> {
    traits.iter().find_map(|it| match it {
        SchemaTrait::Ec2QueryName(name) => Some(name.as_str()),
        _ => None,
    })
}

fn capitalized(name: &str) -> String {
    let (first, rest) = name.split_at(name.chars().next().map_or(0, char::len_utf8));
    first.to_uppercase() + rest
}

fn namespace(traits: &[SchemaTrait]) -> Option<String> {
    traits.iter().find_map(|it| match it {
        SchemaTrait::XmlNamespace { uri, prefix } => Some(in_namespace(uri, prefix.as_deref())),
        _ => None,
    })
}

fn in_namespace(uri: &str, prefix: Option<&str>) -> String {
    let prefix = prefix.map(|it| format!(" as `{it}`")).unwrap_or_default();
    format!("in the namespace `{uri}`{prefix}")
}
