//! Writes values as XML.

use generator::ir::{SchemaTrait, TimestampFormat, Type};

use super::{each_member, float, is_flat, time_text};
use crate::model::{Model, Schema};
use crate::tree::{Format, Tree};
use crate::value::Value;

/// Appends a value with its name: an element, an attribute, or an element for each entry.
pub fn append(
    model: &Model,
    members: &mut Vec<(String, Tree)>,
    name: &str,
    ty: &Type,
    schema: Schema<'_>,
    value: &Value,
) {
    if let (Type::Boxed(ty) | Type::Sparse(ty), _) = (ty, value) {
        return append(model, members, name, ty, schema, value);
    }
    let name = match schema.has(&SchemaTrait::XmlAttribute) {
        true => format!("@{name}"),
        false => name.to_owned(),
    };
    if !is_flat(model, schema) {
        return members.push((name, content(model, ty, schema, value)));
    }
    match (ty, value) {
        (Type::List(ty), Value::List(values)) => {
            let element = model.element(schema);
            for value in values {
                append(model, members, &name, ty, element, value);
            }
        }
        (Type::Map(..), Value::Map(_)) => {
            let entries = entries(model, ty, schema, value).into_iter();
            members.extend(entries.map(|entry| (name.clone(), entry)));
        }
        _ => members.push((name, content(model, ty, schema, value))),
    }
}

fn content(model: &Model, ty: &Type, schema: Schema<'_>, value: &Value) -> Tree {
    let mut inside = Vec::new();
    match (ty, value) {
        (_, Value::Null) => return Tree::Null,
        (Type::Boxed(ty) | Type::Sparse(ty), value) => return content(model, ty, schema, value),
        (_, Value::Boolean(value)) => return Tree::Boolean(*value),
        (_, Value::Integer(value)) => return Tree::Verbatim(value.to_string()),
        (_, Value::Float(value)) => return float(model, *value),
        (_, Value::Text(text)) => return Tree::Text(text.clone()),
        (_, Value::Blob(bytes)) => return Tree::Bytes(bytes.clone()),
        (_, Value::Time(time)) => {
            let format = schema.timestamps().unwrap_or(TimestampFormat::DateTime);
            return Tree::Text(time_text(time, format));
        }
        (Type::List(ty), Value::List(values)) => {
            let element = model.element(schema);
            let name = element.name(Format::Xml).unwrap_or("member");
            for value in values {
                append(model, &mut inside, name, ty, element, value);
            }
        }
        (Type::Map(..), Value::Map(_)) => {
            let entries = entries(model, ty, schema, value).into_iter();
            inside.extend(entries.map(|entry| ("entry".to_owned(), entry)));
        }
        (Type::Structure(_) | Type::Union(_), Value::Members(_)) => {
            each_member(model, ty, value, &mut |member, ty, value| {
                let (name, schema) = (model.wire_name(member), Schema::of(member));
                append(model, &mut inside, &name, ty, schema, value);
            });
        }
        (ty, value) => panic!("{value:?} is not of type {ty:?}"),
    }
    Tree::Object(inside)
}

/// The entries of a map, each an object of key and value.
fn entries(model: &Model, ty: &Type, schema: Schema<'_>, value: &Value) -> Vec<Tree> {
    let (Type::Map(_, ty), Value::Map(values)) = (ty, value) else {
        panic!("{value:?} is not of type {ty:?}");
    };
    let (key, element) = (model.key(schema), model.element(schema));
    let key_name = key.name(Format::Xml).unwrap_or("key");
    let name = element.name(Format::Xml).unwrap_or("value");
    let mut values: Vec<_> = values.iter().collect();
    values.sort_by_key(|(key, _)| *key);
    let entry = |(key, value): (&String, &Value)| {
        let mut members = vec![(key_name.to_owned(), Tree::Text(key.clone()))];
        append(model, &mut members, name, ty, element, value);
        Tree::Object(members)
    };
    values.into_iter().map(entry).collect()
}
