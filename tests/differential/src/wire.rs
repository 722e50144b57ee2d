//! Values as a service sends them.

use aws_smithy_types::date_time::Format;
use generator::ir::{MemberSchema, SchemaTrait, StructureId, TimestampFormat, Type};

use crate::json::Json;
use crate::model::{Model, Place, place};
use crate::transport::{Body, Response};
use crate::value::Value;

/// A successful response with this output.
pub fn output(model: &Model, id: StructureId, output: &Value) -> Response {
    message(model, id, output, 200)
}

/// A response with this error, whose code is in the header where AWS services put it.
pub fn error(model: &Model, id: StructureId, status: u16, error: &Value) -> Response {
    let mut response = message(model, id, error, status);
    let shape = model.client.structure(id).error.as_ref().expect("an error");
    set_code(&mut response, &shape.codes[0]);
    response
}

/// Puts an error's code into its header, also where that is a member of the error.
pub fn set_code(response: &mut Response, code: &str) {
    let headers = &mut response.headers;
    headers.retain(|(name, _)| !name.eq_ignore_ascii_case("x-amzn-errortype"));
    headers.push(("x-amzn-errortype".to_owned(), code.as_bytes().to_owned()));
}

fn message(model: &Model, id: StructureId, value: &Value, status: u16) -> Response {
    let header = |(name, value): (&str, &str)| (name.to_owned(), value.as_bytes().to_owned());
    let headers = [
        ("content-type", "application/json"),
        ("x-amzn-requestid", "request-1"),
        ("x-amz-cf-id", "cloud-front-1"),
    ];
    let mut headers = Vec::from(headers.map(header));
    let mut body = Vec::new();
    for (field, member) in model.fields(id) {
        let Some(value) = value.member(&member.name) else {
            continue;
        };
        match place(member) {
            Place::Body => body.push((member.name.clone(), json(model, &field.ty, member, value))),
            Place::Header(name) => headers.push((name.to_owned(), value.bytes().to_owned())),
            other => panic!("{other:?} has no place in a response"),
        }
    }
    Response {
        status,
        headers,
        body: Body::Json(Json::Object(body)),
    }
}

/// A value as JSON. The member says how timestamps are written.
pub fn json(model: &Model, ty: &Type, member: &MemberSchema, value: &Value) -> Json {
    match (ty, value) {
        (Type::Boxed(ty), value) => json(model, ty, member, value),
        (_, Value::Boolean(value)) => Json::Boolean(*value),
        (_, Value::Integer(value)) => Json::Verbatim(value.to_string()),
        (_, Value::Float(value)) => Json::Verbatim(format!("{value:?}")),
        (_, Value::Text(text)) => Json::Text(text.clone()),
        (_, Value::Time(time)) => {
            let date_time = SchemaTrait::TimestampFormat(TimestampFormat::DateTime);
            assert!(member.traits.contains(&date_time), "{member:?}");
            Json::Text(
                time.fmt(Format::DateTime)
                    .expect("a time that can be written"),
            )
        }
        (Type::List(ty), Value::List(values)) => Json::Array(
            values
                .iter()
                .map(|value| json(model, ty, member, value))
                .collect(),
        ),
        (_, Value::Strings(entries)) => {
            let mut entries: Vec<_> = entries
                .iter()
                .map(|(key, value)| (key.clone(), Json::Text(value.clone())))
                .collect();
            entries.sort_by(|(one, _), (other, _)| one.cmp(other));
            Json::Object(entries)
        }
        (Type::Structure(id), Value::Members(_)) => {
            let fields = model.fields(*id).into_iter();
            Json::Object(
                fields
                    .filter_map(|(field, member)| {
                        let value = value.member(&member.name)?;
                        Some((member.name.clone(), json(model, &field.ty, member, value)))
                    })
                    .collect(),
            )
        }
        (Type::Union(id), Value::Members(_)) => {
            let (union, (name, value)) = (model.client.union(*id), value.variant());
            let members = model.members(union.schema.as_str());
            let is_set = |index: usize| members[index].name == name;
            let variant = union.variants.iter().find(|variant| is_set(variant.index));
            let variant = variant.expect("a variant of the union");
            let value = json(model, &variant.ty, &members[variant.index], value);
            Json::Object(vec![(name.to_owned(), value)])
        }
        (ty, value) => panic!("{value:?} is not of type {ty:?}"),
    }
}
