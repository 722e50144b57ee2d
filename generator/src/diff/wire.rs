//! What is on the wire: places and formats of members, methods, URIs and statuses.

use super::change::{Changes, Kind};
use super::side::SideMember;
use super::{Side, Sides};
use crate::ir::{
    MemberTarget, Operation, SchemaBody, SchemaDef, SchemaRef, SchemaTrait, ShapeKind, Structure,
};
use crate::lower::names::FieldName;
use crate::smithy::traits::ErrorKind;

/// Where a member stands in a message, such as ``header `X-Id` `` or ``member `arn` ``.
pub(super) fn place(member: Option<SideMember<'_>>) -> Option<String> {
    let SideMember { schema, .. } = member?;
    let flag = |setter| schema.traits.contains(&SchemaTrait::Flag(setter));
    let text = |setter| text(&schema.traits, setter);
    Some(if flag("with_http_label") {
        format!("label `{}`", FieldName::new(&schema.name))
    } else if let Some(name) = text("with_http_header") {
        let encoded = match text("with_media_type") {
            Some(_) => " (in Base64)",
            None => "",
        };
        format!("header `{}`{encoded}", name.to_ascii_lowercase())
    } else if let Some(prefix) = text("with_http_prefix_headers") {
        format!("headers `{}*`", prefix.to_ascii_lowercase())
    } else if let Some(name) = text("with_http_query") {
        format!("query parameter `{name}`")
    } else if flag("with_http_query_params") {
        "query parameters".to_owned()
    } else if flag("with_http_payload") {
        "body".to_owned()
    } else if flag("with_http_response_code") {
        "status".to_owned()
    } else {
        let name = text("with_json_name").unwrap_or(&schema.name);
        format!("member `{name}`")
    })
}

/// Compares where and how a member is written.
pub(super) fn member(path: &str, old: SideMember<'_>, new: SideMember<'_>, changes: &mut Changes) {
    let places = (place(Some(old)), place(Some(new)));
    changes.differ_if_any(Kind::MemberPlace, path, places.0, places.1);
    // Another type is another change.
    if let (Some(before), Some(after)) = (format(old), format(new)) {
        changes.differ(Kind::TimestampFormat, path, before, after);
    }
}

/// How the timestamps of a member are written; `None` if it has none.
fn format(member: SideMember<'_>) -> Option<&'static str> {
    let SideMember { schema, side, .. } = member;
    let text = |setter| text(&schema.traits, setter).is_some();
    let default = if text("with_http_header") || text("with_http_prefix_headers") {
        "http-date"
    } else if text("with_http_query")
        || schema
            .traits
            .contains(&SchemaTrait::Flag("with_http_label"))
    {
        "date-time"
    } else {
        "epoch-seconds"
    };
    match &schema.target {
        MemberTarget::Plain if schema.kind == ShapeKind::Timestamp => {
            Some(explicit(&schema.traits).unwrap_or(default))
        }
        MemberTarget::Plain => None,
        MemberTarget::List(element) | MemberTarget::Map(_, element) => {
            format_of_element(side, element, default)
        }
    }
}

fn format_of_element(
    side: &Side,
    element: &SchemaRef,
    default: &'static str,
) -> Option<&'static str> {
    match element {
        SchemaRef::Prelude(name) => (*name == "TIMESTAMP").then_some(default),
        SchemaRef::Static(name) => match &side.schema(name)?.body {
            SchemaBody::Element(ShapeKind::Timestamp, traits) => {
                Some(explicit(traits).unwrap_or(default))
            }
            SchemaBody::List(inner) | SchemaBody::Map(_, inner) => {
                format_of_element(side, inner, default)
            }
            SchemaBody::Element(..) | SchemaBody::Members(..) => None,
        },
    }
}

fn explicit(traits: &[SchemaTrait]) -> Option<&'static str> {
    let format = traits.iter().find_map(|it| match it {
        SchemaTrait::TimestampFormat(format) => Some(*format),
        SchemaTrait::Flag(_) | SchemaTrait::Text(..) => None,
    })?;
    // The schema has the names of the runtime's variants; users know those of Smithy.
    Some(match format {
        "HttpDate" => "http-date",
        "DateTime" => "date-time",
        "EpochSeconds" => "epoch-seconds",
        other => other,
    })
}

fn text<'a>(traits: &'a [SchemaTrait], setter: &str) -> Option<&'a str> {
    traits.iter().find_map(|it| match it {
        SchemaTrait::Text(name, text) if *name == setter => Some(text.as_str()),
        _ => None,
    })
}

/// Compares method, URI, status and body of an operation.
pub(super) fn operation(
    sides: &Sides<'_>,
    path: &str,
    old: &Operation,
    new: &Operation,
    changes: &mut Changes,
) {
    let schemas = (sides.old.input_schema(old), sides.new.input_schema(new));
    if let Some((before, after)) = schemas.0.and_then(http).zip(schemas.1.and_then(http)) {
        changes.differ(Kind::Method, path, before.0, after.0);
        changes.differ(Kind::Uri, path, before.1, after.1);
        changes.differ(Kind::Status, path, before.2, after.2);
    }
    // Whether there is a payload at all is a matter of the member's place.
    if let (Some(old), Some(new)) = (&old.payload, &new.payload) {
        let (old, new) = (old.media_type.clone(), new.media_type.clone());
        changes.differ_if_any(Kind::MediaType, path, old, new);
    }
}

/// Method, URI and status, with labels called as the fields are.
pub(super) fn http(schema: &SchemaDef) -> Option<(String, String, String)> {
    let (method, uri, code) = schema.http.as_ref()?;
    let parts = uri.split('{').map(|part| match part.split_once('}') {
        None => part.to_owned(),
        Some((label, rest)) => {
            let (name, greedy) = match label.strip_suffix('+') {
                Some(name) => (name, "+"),
                None => (label, ""),
            };
            format!("{}{greedy}}}{rest}", FieldName::new(name))
        }
    });
    let uri = parts.collect::<Vec<_>>().join("{");
    Some((method.clone(), uri, code.to_string()))
}

/// Compares what responses call an error, and their status.
pub(super) fn error(
    sides: &Sides<'_>,
    path: &str,
    old: &Structure,
    new: &Structure,
    changes: &mut Changes,
) {
    let (Some(old_error), Some(new_error)) = (&old.error, &new.error) else {
        return;
    };
    changes.differ(Kind::ErrorCode, path, &old_error.code, &new_error.code);
    let status = |side: &Side, structure| {
        let traits = &side.shape(structure)?.traits;
        let of_kind = || match traits.error() {
            Some(ErrorKind::Client) => Some(400),
            Some(ErrorKind::Server) => Some(500),
            None => None,
        };
        let status = traits.http_error().or_else(of_kind)?;
        Some(status.to_string())
    };
    let (before, after) = (status(sides.old, old), status(sides.new, new));
    changes.differ_if_any(Kind::ErrorStatus, path, before, after);
}
