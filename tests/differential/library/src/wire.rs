//! Writes values as a service does.

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format as TimeFormat;
use generator::ir::{MemberSchema, SchemaTrait, StructureId, TimestampFormat, Type};

use crate::model::{Model, Place, Protocol, Schema, place};
use crate::transport::{Body, Response};
use crate::tree::{Format, Tree};
use crate::value::Value;

mod envelope;
mod events;
mod xml;

pub use envelope::{error_body, set_code};

/// A successful response with this output.
pub fn output(model: &Model, id: StructureId, output: &Value) -> Response {
    let mut response = message(model, id, output, 200);
    if let Body::Tree(tree, _) = &mut response.body {
        envelope::wrap_output(model, id, tree);
    }
    response
}

/// A response with this error.
pub fn error(model: &Model, id: StructureId, status: u16, error: &Value) -> Response {
    let mut response = message(model, id, error, status);
    if let Body::Tree(tree, _) = &mut response.body {
        *tree = error_body(model, std::mem::replace(tree, Tree::EMPTY));
    }
    let shape = model.client.structure(id).error.as_ref().expect("an error");
    set_code(model, &mut response, &shape.codes[0]);
    response
}

fn message(model: &Model, id: StructureId, value: &Value, status: u16) -> Response {
    let header = |(name, value): (&str, &str)| (name.to_owned(), value.as_bytes().to_owned());
    let format = model.protocol.format();
    let headers = [
        ("content-type", format.media_type()),
        ("x-amzn-requestid", "request-1"),
        ("x-amz-cf-id", "cloud-front-1"),
    ];
    let mut response = Response {
        status,
        headers: Vec::from(headers.map(header)),
        body: Body::Tree(Tree::EMPTY, format),
    };
    if model.protocol == Protocol::RpcV2Cbor {
        response
            .headers
            .push(header(("smithy-protocol", "rpc-v2-cbor")));
    }
    let mut members = Vec::new();
    let mut events = None;
    for (field, member) in model.fields(id) {
        if let Type::EventReceiver(union) = field.ty {
            events = Some(events::frames(model, union, value.member(&member.name)));
            continue;
        }
        let Some(value) = value.member(&member.name) else {
            continue;
        };
        match place(member) {
            Place::Body => append(model, &mut members, &field.ty, member, value),
            Place::Header(name) => {
                let value = header_value(&field.ty, Schema::of(member), value);
                response.headers.push((name.to_owned(), value));
            }
            Place::PrefixHeaders(prefix) => {
                if let Value::Map(entries) = value {
                    let header = |(key, value): (&String, &Value)| {
                        (format!("{prefix}{key}"), value.bytes().to_owned())
                    };
                    response.headers.extend(entries.iter().map(header));
                }
            }
            Place::Payload => {
                response.body = match value {
                    Value::Blob(bytes) => Body::Bytes(bytes.clone()),
                    Value::Text(text) => Body::Bytes(text.clone().into_bytes()),
                    value => payload(model, &field.ty, member, value),
                };
                return response;
            }
            Place::Status => {}
            other => panic!("{other:?} has no place in a response"),
        }
    }
    response.body = Body::Tree(Tree::Object(members), format);
    if let Some(events) = events {
        events::replace_body(model, &mut response, events);
    }
    response
}

fn append(
    model: &Model,
    members: &mut Vec<(String, Tree)>,
    ty: &Type,
    member: &MemberSchema,
    value: &Value,
) {
    let (name, schema) = (model.wire_name(member), Schema::of(member));
    if model.protocol.format() == Format::Xml {
        xml::append(model, members, &name, ty, schema, value);
    } else {
        members.push((name, tree(model, ty, schema, value)));
    }
}

/// A structure or union that is the whole body.
fn payload(model: &Model, ty: &Type, member: &MemberSchema, value: &Value) -> Body {
    let format = model.protocol.format();
    let schema = Schema::of(member);
    let tree = match format {
        Format::Xml => {
            let name = match (schema.name(format), ty) {
                (Some(name), _) => name.to_owned(),
                (None, Type::Structure(id)) => {
                    envelope::root(model, model.client.structure(*id).schema.as_str())
                }
                (None, Type::Union(id)) => {
                    envelope::root(model, model.client.union(*id).schema.as_str())
                }
                (None, other) => panic!("{other:?} is no payload"),
            };
            let mut members = Vec::new();
            xml::append(model, &mut members, &name, ty, schema, value);
            Tree::Object(members)
        }
        _ => tree(model, ty, schema, value),
    };
    Body::Tree(tree, format)
}

fn header_value(ty: &Type, schema: Schema<'_>, value: &Value) -> Vec<u8> {
    match value {
        Value::Blob(bytes) => bytes.clone(),
        Value::Text(text) => text.clone().into_bytes(),
        Value::Boolean(value) => value.to_string().into_bytes(),
        Value::Integer(value) => value.to_string().into_bytes(),
        Value::Float(value) => value.to_string().into_bytes(),
        Value::Time(time) => {
            let format = schema.timestamps().unwrap_or(TimestampFormat::HttpDate);
            time_text(time, format).into_bytes()
        }
        Value::List(values) => {
            let inner = match ty {
                Type::List(inner) => inner,
                other => other,
            };
            let values = values
                .iter()
                .map(|value| header_value(inner, schema, value));
            values.collect::<Vec<_>>().join(&b", "[..])
        }
        other => panic!("{other:?} does not go into a header"),
    }
}

/// A value in JSON or CBOR.
fn tree(model: &Model, ty: &Type, schema: Schema<'_>, value: &Value) -> Tree {
    match (ty, value) {
        (_, Value::Null) => Tree::Null,
        (Type::Boxed(ty) | Type::Sparse(ty), value) => tree(model, ty, schema, value),
        (Type::Document, value) => document(value),
        (_, Value::Boolean(value)) => Tree::Boolean(*value),
        (_, Value::Integer(value)) => Tree::Verbatim(value.to_string()),
        (_, Value::Float(value)) => float(model, *value),
        (_, Value::Text(text)) => Tree::Text(text.clone()),
        (_, Value::Blob(bytes)) => Tree::Bytes(bytes.clone()),
        (_, Value::Time(time)) => {
            let format = schema.timestamps().unwrap_or(TimestampFormat::EpochSeconds);
            match (model.protocol, format) {
                (Protocol::RpcV2Cbor, _) => {
                    let seconds = time_text(time, TimestampFormat::EpochSeconds);
                    Tree::Tagged(1, Box::new(Tree::Verbatim(seconds)))
                }
                (_, TimestampFormat::EpochSeconds) => Tree::Verbatim(time_text(time, format)),
                _ => Tree::Text(time_text(time, format)),
            }
        }
        (Type::List(ty), Value::List(values)) => {
            let element = model.element(schema);
            let values = values.iter().map(|value| tree(model, ty, element, value));
            Tree::Array(values.collect())
        }
        (Type::Map(_, ty), Value::Map(entries)) => {
            let element = model.element(schema);
            let entry =
                |(key, value): (&String, &Value)| (key.clone(), tree(model, ty, element, value));
            let mut entries: Vec<_> = entries.iter().map(entry).collect();
            entries.sort_by(|(one, _), (other, _)| one.cmp(other));
            Tree::Object(entries)
        }
        (Type::Structure(_) | Type::Union(_), Value::Members(_)) => {
            let mut members = Vec::new();
            each_member(model, ty, value, &mut |member, ty, value| {
                append(model, &mut members, ty, member, value);
            });
            Tree::Object(members)
        }
        (ty, value) => panic!("{value:?} is not of type {ty:?}"),
    }
}

/// Calls a function with each member of a structure that is set, or with the member of a union.
fn each_member(
    model: &Model,
    ty: &Type,
    value: &Value,
    each: &mut dyn FnMut(&MemberSchema, &Type, &Value),
) {
    match ty {
        Type::Structure(id) => {
            for (field, member) in model.fields(*id) {
                if let Some(value) = value.member(&member.name) {
                    each(member, &field.ty, value);
                }
            }
        }
        Type::Union(id) => {
            let (union, (name, value)) = (model.client.union(*id), value.variant());
            let members = model.members(union.schema.as_str());
            let is_set = |index: usize| members[index].name == name;
            let variant = union.variants.iter().find(|variant| is_set(variant.index));
            let variant = variant.expect("a variant of the union");
            each(&members[variant.index], &variant.ty, value);
        }
        other => panic!("{other:?} has no members"),
    }
}

fn float(model: &Model, value: f64) -> Tree {
    let text = match value {
        f64::INFINITY => "Infinity".to_owned(),
        f64::NEG_INFINITY => "-Infinity".to_owned(),
        value => format!("{value:?}"),
    };
    if value.is_finite() || model.protocol.format() == Format::Cbor {
        Tree::Verbatim(text)
    } else {
        Tree::Text(text)
    }
}

fn document(value: &Value) -> Tree {
    match value {
        Value::Null => Tree::Null,
        Value::Boolean(value) => Tree::Boolean(*value),
        Value::Integer(value) => Tree::Verbatim(value.to_string()),
        Value::Float(value) => Tree::Verbatim(format!("{value:?}")),
        Value::Text(text) => Tree::Text(text.clone()),
        Value::List(values) => Tree::Array(values.iter().map(document).collect()),
        Value::Map(entries) => {
            let entries = entries.iter();
            Tree::Object(
                entries
                    .map(|(key, value)| (key.clone(), document(value)))
                    .collect(),
            )
        }
        other => panic!("{other:?} is no document"),
    }
}

/// A time as text.
fn time_text(time: &DateTime, format: TimestampFormat) -> String {
    let format = match format {
        TimestampFormat::EpochSeconds => TimeFormat::EpochSeconds,
        TimestampFormat::DateTime => TimeFormat::DateTime,
        TimestampFormat::HttpDate => TimeFormat::HttpDate,
    };
    time.fmt(format).expect("a time that can be written")
}

/// Whether a list or map has no element around its entries.
fn is_flat(model: &Model, schema: Schema<'_>) -> bool {
    model.protocol.format() == Format::Xml && schema.has(&SchemaTrait::XmlFlattened)
}
