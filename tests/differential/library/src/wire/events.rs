//! Writes events of a stream as frames.

use aws_smithy_eventstream::frame::write_message_to;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use generator::ir::{MemberSchema, SchemaTrait, StructureId, Type, UnionId, Width};

use super::{append, envelope, payload};
use crate::model::{Model, Protocol};
use crate::transport::{Body, Response};
use crate::tree::{Format, Tree};
use crate::value::Value;

/// The frames of some events.
pub fn frames(model: &Model, id: UnionId, events: Option<&Value>) -> Vec<u8> {
    let events = match events {
        Some(Value::List(events)) => events.as_slice(),
        _ => &[],
    };
    let messages = events.iter().map(|event| message(model, id, event));
    messages.flat_map(|message| frame(&message)).collect()
}

/// Puts events into a response. Protocols without HTTP bindings put the other members into a first
/// message.
pub fn replace_body(model: &Model, response: &mut Response, events: Vec<u8>) {
    let is_rest = matches!(model.protocol, Protocol::RestJson | Protocol::RestXml);
    let mut bytes = Vec::new();
    if !is_rest {
        let headers = headers("initial-response", model.protocol.format().media_type());
        bytes = frame(&Message::new_from_parts(headers, response.body.bytes()));
    }
    bytes.extend(events);
    for (name, value) in &mut response.headers {
        if name == "content-type" {
            *value = b"application/vnd.amazon.eventstream".to_vec();
        }
    }
    response.body = Body::Bytes(bytes);
}

fn frame(message: &Message) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_message_to(message, &mut bytes).expect("a message that is not too long");
    bytes
}

fn headers(kind: &str, media_type: &str) -> Vec<Header> {
    let texts = [
        (":message-type", "event"),
        (":event-type", kind),
        (":content-type", media_type),
    ];
    let header = |(name, value): (&'static str, &str)| {
        Header::new(name, HeaderValue::String(value.to_owned().into()))
    };
    texts.map(header).into()
}

fn message(model: &Model, id: UnionId, event: &Value) -> Message {
    let (name, value) = event.variant();
    let union = model.client.union(id);
    let members = model.members(union.schema.as_str());
    let mut variants = union.variants.iter();
    let variant = variants.find(|variant| members[variant.index].name == name);
    match variant.map(|variant| &variant.ty) {
        Some(Type::Structure(id)) => structure(model, *id, name, value),
        _ => Message::new_from_parts(headers(name, "application/octet-stream"), Vec::new()),
    }
}

fn structure(model: &Model, id: StructureId, name: &str, value: &Value) -> Message {
    let format = model.protocol.format();
    let (mut bound, mut members, mut whole) = (Vec::new(), Vec::new(), None);
    // A payload in XML has a root, even if it is empty.
    let empty = Value::Members(Vec::new());
    for (field, member) in model.fields(id) {
        let has = |wanted: SchemaTrait| member.traits.contains(&wanted);
        let is_root = format == Format::Xml
            && matches!(field.ty, Type::Structure(_))
            && has(SchemaTrait::EventPayload);
        let value = value.member(&member.name);
        let Some(value) = value.or(is_root.then_some(&empty)) else {
            continue;
        };
        if has(SchemaTrait::EventHeader) {
            bound.push(Header::new(member.name.clone(), header(&field.ty, value)));
        } else if has(SchemaTrait::EventPayload) {
            whole = Some(body(model, &field.ty, member, value));
        } else {
            append(model, &mut members, &field.ty, member, value);
        }
    }
    let (media_type, bytes) = whole.unwrap_or_else(|| {
        let tree = match format {
            Format::Xml => {
                let root = envelope::root(model, model.client.structure(id).schema.as_str());
                Tree::Object(vec![(root, Tree::Object(members))])
            }
            _ => Tree::Object(members),
        };
        (format.media_type(), format.write(&tree))
    });
    let mut all = headers(name, media_type);
    all.extend(bound);
    Message::new_from_parts(all, bytes)
}

/// The member that is the whole payload of an event, and its media type.
fn body(model: &Model, ty: &Type, member: &MemberSchema, value: &Value) -> (&'static str, Vec<u8>) {
    match value {
        Value::Blob(bytes) => ("application/octet-stream", bytes.clone()),
        Value::Text(text) => ("text/plain", text.clone().into_bytes()),
        value => {
            let media_type = model.protocol.format().media_type();
            (media_type, payload(model, ty, member, value).bytes())
        }
    }
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "values are made for the width of their type"
)]
fn header(ty: &Type, value: &Value) -> HeaderValue {
    match (ty, value) {
        (_, Value::Boolean(value)) => HeaderValue::Bool(*value),
        (Type::Integer(Width::Byte), Value::Integer(value)) => HeaderValue::Byte(*value as i8),
        (Type::Integer(Width::Short), Value::Integer(value)) => HeaderValue::Int16(*value as i16),
        (Type::Integer(Width::Integer), Value::Integer(value)) => HeaderValue::Int32(*value as i32),
        (_, Value::Integer(value)) => HeaderValue::Int64(*value),
        (_, Value::Blob(bytes)) => HeaderValue::ByteArray(bytes.clone().into()),
        (_, Value::Time(time)) => HeaderValue::Timestamp(*time),
        (_, value) => HeaderValue::String(value.text().to_owned().into()),
    }
}
