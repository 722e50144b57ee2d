//! The traits in schemas.

use crate::ir::SchemaTrait;
use crate::protocol::Protocol;
use crate::smithy::{Kind, Shape, Traits};

/// The serialization traits of a member and of its target that the protocol uses.
pub(super) fn settings(
    protocol: &Protocol,
    traits: &Traits,
    target: &Shape,
    is_bound: bool,
) -> Vec<SchemaTrait> {
    let counts = |id: &str| protocol.heeds(id) && (is_bound || !id.starts_with("smithy.api#http"));
    let text = |id: &str, make: fn(String) -> SchemaTrait| {
        let text = traits.string(id).or_else(|| match id {
            "smithy.api#mediaType" => target.traits.string(id),
            _ => None,
        });
        let text = text.filter(|_| counts(id))?;
        Some(make(text.to_owned()))
    };
    let flag = |id: &str, flag: SchemaTrait| {
        let is_set = traits.has(id) || (id == "smithy.api#streaming" && target.traits.has(id));
        (is_set && counts(id)).then_some(flag)
    };
    let namespace = xml_namespace(traits).filter(|_| counts("smithy.api#xmlNamespace"));
    let format = traits
        .timestamp_format()
        .or_else(|| target.traits.timestamp_format());
    let format = format.filter(|_| counts("smithy.api#timestampFormat"));
    let settings = [
        text("smithy.api#httpHeader", SchemaTrait::HttpHeader),
        text(
            "smithy.api#httpPrefixHeaders",
            SchemaTrait::HttpPrefixHeaders,
        ),
        text("smithy.api#httpQuery", SchemaTrait::HttpQuery),
        text("smithy.api#jsonName", SchemaTrait::JsonName),
        text("smithy.api#mediaType", SchemaTrait::MediaType),
        text("smithy.api#xmlName", SchemaTrait::XmlName),
        text("aws.protocols#ec2QueryName", SchemaTrait::Ec2QueryName),
        namespace,
        flag("smithy.api#httpLabel", SchemaTrait::HttpLabel),
        flag("smithy.api#httpPayload", SchemaTrait::HttpPayload),
        flag("smithy.api#httpQueryParams", SchemaTrait::HttpQueryParams),
        flag("smithy.api#httpResponseCode", SchemaTrait::HttpResponseCode),
        flag("smithy.api#hostLabel", SchemaTrait::HostLabel),
        flag("smithy.api#eventHeader", SchemaTrait::EventHeader),
        flag("smithy.api#eventPayload", SchemaTrait::EventPayload),
        flag("smithy.api#streaming", SchemaTrait::Streaming),
        flag("smithy.api#xmlAttribute", SchemaTrait::XmlAttribute),
        flag("smithy.api#xmlFlattened", SchemaTrait::XmlFlattened),
        format.map(SchemaTrait::TimestampFormat),
    ];
    settings.into_iter().flatten().collect()
}

/// The XML name of a structure or union as the root of a document, unless it is among the traits of
/// the payload's member: the code that checks the root's name does not see the type.
pub(super) fn root_name(
    protocol: &Protocol,
    traits: &[SchemaTrait],
    target: &Shape,
) -> Option<SchemaTrait> {
    let is_name = |it: &SchemaTrait| matches!(it, SchemaTrait::XmlName(_));
    let is_element = matches!(target.kind, Kind::Structure(_) | Kind::Union(_));
    if !protocol.heeds("smithy.api#xmlName") || !is_element || traits.iter().any(is_name) {
        return None;
    }
    let of_type = of_shape(protocol, target).into_iter().find(is_name);
    Some(of_type.unwrap_or_else(|| SchemaTrait::XmlName(target.id.name().to_owned())))
}

/// The serialization traits of a shape itself.
pub(super) fn of_shape(protocol: &Protocol, shape: &Shape) -> Vec<SchemaTrait> {
    if !protocol.heeds("smithy.api#xmlName") {
        return Vec::new();
    }
    let name = shape.traits.string("smithy.api#xmlName");
    let name = name.map(|name| SchemaTrait::XmlName(name.to_owned()));
    name.into_iter()
        .chain(xml_namespace(&shape.traits))
        .collect()
}

fn xml_namespace(traits: &Traits) -> Option<SchemaTrait> {
    let (uri, prefix) = traits.xml_namespace()?;
    Some(SchemaTrait::XmlNamespace { uri, prefix })
}
