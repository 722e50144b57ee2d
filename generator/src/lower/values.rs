//! Lowers values of tests and examples to typed values.

use indexmap::IndexMap;

use crate::diagnostics::{Diagnostics, Place};
use crate::ir::{Event, Type, Value, Width};
use crate::lower::Context;
use crate::lower::presence::{float, timestamp};
use crate::names::{FieldName, VariantName};
use crate::smithy::exact::Json;
use crate::smithy::suggest::did_you_mean;
use crate::smithy::{Kind, Shape};

/// The members of a structure that have values; null means none.
pub(super) fn members(
    context: &Context<'_>,
    shape: &Shape,
    values: &IndexMap<String, Json>,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Vec<(FieldName, Value)> {
    let members = shape.members();
    let mut found = Vec::with_capacity(values.len());
    for (name, json) in values {
        let place = place.clone().key(name);
        let Some(member) = members.iter().find(|member| member.name == *name) else {
            let known = members.iter().map(|member| member.name.as_str());
            diagnostics.error(
                place.the_key(),
                format!("`{}` has no member `{name}`", shape.id),
                did_you_mean(name, known).unwrap_or_else(|| "name a member".to_owned()),
            );
            continue;
        };
        if json.is_null() {
            continue;
        }
        let target = context.model.target(member);
        let ty = context.shapes.member_type(context.model, &shape.id, member);
        let value = Reader {
            context,
            diagnostics,
        }
        .value(target, &ty, json, &place);
        if let Some(value) = value {
            found.push((FieldName::new(member.rust_name()), value));
        }
    }
    found
}

/// A value of the union of a stream: an event or an error.
pub(super) fn event(
    context: &Context<'_>,
    shape: &Shape,
    json: &Json,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<Event> {
    let union = *context.shapes.unions.get(&shape.id)?;
    if let Json::Object(values) = json {
        let model = context.model;
        for member in shape.members() {
            let target = model.target(member);
            let Some(Json::Object(values)) = values.get(&member.name) else {
                continue;
            };
            if target.traits.error().is_some() {
                let place = place.clone().key(&member.name);
                let values = members(context, target, values, &place, diagnostics);
                let error = *context.shapes.structures.get(&target.id)?;
                return Some(Event::Error(union, error, values));
            }
        }
    }
    let mut reader = Reader {
        context,
        diagnostics,
    };
    let value = reader.value(shape, &Type::Union(union), json, place);
    value.map(Event::Value)
}

/// Any value of a type, for a request that is not compared.
pub(super) fn example(ty: &Type) -> Value {
    match ty {
        Type::Boolean => Value::Boolean(true),
        Type::Integer(_) => Value::Integer(1),
        Type::Float => Value::Float(1.0),
        Type::Double => Value::Double(1.0),
        Type::BigInteger | Type::BigDecimal => Value::BigNumber("1".to_owned()),
        Type::Blob => Value::Blob("example".to_owned()),
        Type::Timestamp => Value::Timestamp(0, 0),
        Type::Enum(id) => Value::Enum(*id, "example".to_owned()),
        Type::List(element) => Value::List(vec![example(element)]),
        Type::Sparse(element) => Value::Sparse(Some(Box::new(example(element)))),
        _ => Value::String("example".to_owned()),
    }
}

struct Reader<'a, 'd> {
    context: &'a Context<'a>,
    diagnostics: &'d mut Diagnostics,
}

impl Reader<'_, '_> {
    /// A value of a shape; `None`, and a diagnostic, if the JSON has another type.
    fn value(&mut self, shape: &Shape, ty: &Type, json: &Json, place: &Place) -> Option<Value> {
        let value = match (ty, json) {
            (Type::Boxed(inner), _) => Some(Value::Boxed(Box::new(
                self.value(shape, inner, json, place)?,
            ))),
            (Type::Sparse(_), Json::Null) => Some(Value::Sparse(None)),
            (Type::Sparse(inner), _) => {
                let value = self.value(shape, inner, json, place)?;
                Some(Value::Sparse(Some(Box::new(value))))
            }
            (Type::List(element), Json::Array(values)) => {
                Some(self.list(shape, element, values, place))
            }
            (Type::Map(key, value), Json::Object(entries)) => {
                Some(self.map(shape, (key, value), entries, place))
            }
            (Type::Structure(id), Json::Object(values)) => {
                let members = members(self.context, shape, values, place, self.diagnostics);
                Some(Value::Structure(*id, members))
            }
            (Type::Union(_), Json::Object(values)) => return self.union(shape, ty, values, place),
            _ => simple(ty, json),
        };
        if value.is_none() {
            self.diagnostics.error(
                place.clone(),
                format!("this is not a value of `{}`", shape.id),
                format!("give one of type {}", shape.kind.name()),
            );
        }
        value
    }

    fn list(&mut self, shape: &Shape, ty: &Type, values: &[Json], place: &Place) -> Value {
        let Kind::List(member) = &shape.kind else {
            unreachable!("the type was made from the shape");
        };
        let target = self.context.model.target(member);
        let values = values.iter().enumerate();
        let values = values.filter_map(|(index, value)| {
            self.value(target, ty, value, &place.clone().index(index))
        });
        Value::List(values.collect())
    }

    fn map(
        &mut self,
        shape: &Shape,
        (key_type, value_type): (&Type, &Type),
        entries: &IndexMap<String, Json>,
        place: &Place,
    ) -> Value {
        let Kind::Map { key, value } = &shape.kind else {
            unreachable!("the type was made from the shape");
        };
        let (key, value) = (
            self.context.model.target(key),
            self.context.model.target(value),
        );
        let entries = entries.iter().filter_map(|(name, json)| {
            let place = place.clone().key(name);
            let name = Json::String(name.clone());
            let name = self.value(key, key_type, &name, &place.clone().the_key())?;
            Some((name, self.value(value, value_type, json, &place)?))
        });
        Value::Map(entries.collect())
    }

    fn union(
        &mut self,
        shape: &Shape,
        ty: &Type,
        values: &IndexMap<String, Json>,
        place: &Place,
    ) -> Option<Value> {
        let mut set = values.iter().filter(|(_, value)| !value.is_null());
        let members = shape.members();
        let found = match (set.next(), set.next()) {
            (Some((name, json)), None) => members
                .into_iter()
                .find(|member| member.name == *name)
                .map(|member| (member, json)),
            _ => None,
        };
        let (Some((member, json)), Type::Union(id)) = (found, ty) else {
            self.diagnostics.error(
                place.clone(),
                format!(
                    "a value of the union `{}` has exactly one of its members",
                    shape.id
                ),
                "name one member",
            );
            return None;
        };
        let model = self.context.model;
        let inner = self.context.shapes.member_type(model, &shape.id, member);
        let place = place.clone().key(&member.name);
        let value = self.value(model.target(member), &inner, json, &place)?;
        Some(Value::Union(
            *id,
            VariantName::new(member.rust_name()),
            Box::new(value),
        ))
    }
}

/// A simple value. Blobs are strings, and so are numbers that JSON lacks.
fn simple(ty: &Type, json: &Json) -> Option<Value> {
    Some(match (ty, json) {
        (Type::Boolean, Json::Boolean(value)) => Value::Boolean(*value),
        (Type::Integer(width), Json::Number(text)) => Value::Integer(integer(*width, text)?),
        (Type::Float, value) => Value::Float(float(&value.to_value())?),
        (Type::Double, value) => Value::Double(float(&value.to_value())?),
        (Type::BigInteger | Type::BigDecimal, Json::Number(text)) => Value::BigNumber(text.clone()),
        (Type::String, Json::String(text)) => Value::String(text.clone()),
        (Type::Enum(id), Json::String(text)) => Value::Enum(*id, text.clone()),
        (Type::Blob, Json::String(text)) => Value::Blob(text.clone()),
        (Type::ByteStream, Json::String(text)) => Value::Stream(text.clone()),
        (Type::Timestamp, value) => {
            let time = timestamp(&value.to_value())?;
            Value::Timestamp(time.secs(), time.subsec_nanos())
        }
        (Type::Document, value) => Value::Document(value.to_value()),
        (Type::Unit, _) => Value::Unit,
        _ => return None,
    })
}

/// A number, if it is in the range of the type.
fn integer(width: Width, text: &str) -> Option<i64> {
    let number: i64 = text.parse().ok()?;
    let is_known = match width {
        Width::Byte => i8::try_from(number).is_ok(),
        Width::Short => i16::try_from(number).is_ok(),
        Width::Integer => i32::try_from(number).is_ok(),
        Width::Long => true,
    };
    is_known.then_some(number)
}
