//! Compares messages: places and formats of members, methods, URIs and statuses.

use super::change::Changes;
use super::kind::Kind;
use super::side::SideMember;
use super::{Side, Sides, form};
use crate::ir::{
    MemberTarget, Operation, SchemaBody, SchemaDef, SchemaRef, SchemaTrait, ShapeKind, Structure,
};
use crate::names::FieldName;
use crate::smithy::traits::ErrorKind;

/// Where a member is in a message, such as ``header `X-Id` `` or ``member `arn` ``.
pub(super) fn place(member: Option<SideMember<'_>>) -> Option<String> {
    let SideMember { schema, side, .. } = member?;
    let place = schema.traits.iter().find_map(|it| match it {
        SchemaTrait::HttpLabel => Some(format!("label `{}`", FieldName::new(&schema.name))),
        SchemaTrait::HttpHeader(name) => {
            let has_media_type = |it: &SchemaTrait| matches!(it, SchemaTrait::MediaType(_));
            let encoded = match schema.traits.iter().any(has_media_type) {
                true => " (in Base64)",
                false => "",
            };
            Some(format!("header `{}`{encoded}", name.to_ascii_lowercase()))
        }
        SchemaTrait::HttpPrefixHeaders(prefix) => {
            Some(format!("headers `{}*`", prefix.to_ascii_lowercase()))
        }
        SchemaTrait::HttpQuery(name) => Some(format!("query parameter `{name}`")),
        SchemaTrait::HttpQueryParams => Some("query parameters".to_owned()),
        SchemaTrait::HttpPayload => Some("body".to_owned()),
        SchemaTrait::HttpResponseCode => Some("status".to_owned()),
        SchemaTrait::EventHeader => Some(format!("header `{}` of an event", schema.name)),
        SchemaTrait::EventPayload => Some("payload of an event".to_owned()),
        _ => None,
    });
    Some(place.unwrap_or_else(|| form::place_in_body(side, schema)))
}

/// Compares where and how a member is written.
pub(super) fn member(
    sides: &Sides<'_>,
    path: &str,
    old: SideMember<'_>,
    new: SideMember<'_>,
    changes: &mut Changes,
) {
    if !sides.have_one_protocol() {
        return;
    }
    let places = (place(Some(old)), place(Some(new)));
    changes.differ_if_any(Kind::MemberPlace, path, places.0, places.1);
    // A change of the type is reported separately.
    if let (Some(before), Some(after)) = (format(old), format(new)) {
        changes.differ(Kind::TimestampFormat, path, before, after);
    }
    if old.schema.kind == new.schema.kind {
        let (before, after) = (form::of(old), form::of(new));
        changes.differ_if_any(Kind::Form, path, before, after);
    }
}

/// The format of a member's timestamps; `None` if it has none.
fn format(member: SideMember<'_>) -> Option<&'static str> {
    let SideMember { schema, side, .. } = member;
    let by_place = schema.traits.iter().find_map(|it| match it {
        SchemaTrait::HttpHeader(_) | SchemaTrait::HttpPrefixHeaders(_) => Some("http-date"),
        SchemaTrait::HttpQuery(_) | SchemaTrait::HttpLabel => Some("date-time"),
        _ => None,
    });
    let default = by_place.unwrap_or(side.client.service.protocol.protocol.timestamps.name());
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
        SchemaRef::Any(kind) => (*kind == ShapeKind::Timestamp).then_some(default),
        SchemaRef::Unit => None,
        SchemaRef::Static(name) => {
            let schema = side.schema(name)?;
            match &schema.body {
                SchemaBody::Element(ShapeKind::Timestamp) => {
                    Some(explicit(&schema.traits).unwrap_or(default))
                }
                SchemaBody::List(inner) | SchemaBody::Map(_, inner) => {
                    format_of_element(side, inner, default)
                }
                SchemaBody::Element(_) | SchemaBody::Members(..) => None,
            }
        }
    }
}

fn explicit(traits: &[SchemaTrait]) -> Option<&'static str> {
    traits.iter().find_map(|it| match it {
        SchemaTrait::TimestampFormat(format) => Some(format.name()),
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
    let roots = (form::root(sides.old, old), form::root(sides.new, new));
    if let (Some(before), Some(after)) = roots {
        changes.differ(Kind::Form, path, before, after);
    }
    // A payload that appears or disappears is a change of the member's place.
    if let (Some(old), Some(new)) = (&old.payload, &new.payload) {
        let (old, new) = (old.media_type.clone(), new.media_type.clone());
        changes.differ_if_any(Kind::MediaType, path, old, new);
    }
}

/// Method, URI and status, with the names of fields as labels.
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

/// Compares the code and the status of an error.
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
    let codes = (old_error.codes.join(", "), new_error.codes.join(", "));
    changes.differ(Kind::ErrorCode, path, codes.0, codes.1);
    let status = |side: &Side, structure| {
        let traits = &side.shape(structure)?.traits;
        let of_kind = || match traits.error() {
            Some(ErrorKind::Client) => Some(400),
            Some(ErrorKind::Server) => Some(500),
            None => None,
        };
        let protocol = side.client.service.protocol.protocol;
        let of_query = traits.query_error_status();
        let of_query = of_query.filter(|_| protocol.has_query_codes());
        let status = of_query.or_else(|| traits.http_error()).or_else(of_kind)?;
        Some(status.to_string())
    };
    let (before, after) = (status(sides.old, old), status(sides.new, new));
    changes.differ_if_any(Kind::ErrorStatus, path, before, after);
}
