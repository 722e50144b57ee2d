//! Types and values as users write them.

use std::collections::BTreeMap;

use crate::ir::endpoints::{Document, Expression, InputPath, InputStep, ListStep};
use crate::ir::{Client, Deprecation, Field, Presence, Type, UnionId, Width};

/// New names of types, by their old ones.
pub(super) type NewNames = BTreeMap<String, String>;

/// The type of a field, with its `Option`.
pub(super) fn field(client: &Client, field: &Field, names: &NewNames) -> String {
    let ty = ty(client, &field.ty, names);
    match field.presence {
        Presence::Optional => format!("Option<{ty}>"),
        Presence::Required | Presence::Defaulted(_) => ty,
    }
}

/// A type. Types that were renamed have their new name.
pub(super) fn ty(client: &Client, ty: &Type, names: &NewNames) -> String {
    let named = |name: &str| names.get(name).map_or(name, String::as_str).to_owned();
    let inner = |ty: &Type| self::ty(client, ty, names);
    let stream = |kind: &str, id: &UnionId| format!("{kind}<{}>", inner(&Type::Union(*id)));
    let simple = match ty {
        Type::Enum(id) => return named(client.r#enum(*id).name.as_str()),
        Type::Structure(id) => return named(client.structure(*id).name.as_str()),
        Type::Union(id) => return named(client.union(*id).name.as_str()),
        Type::List(element) => return format!("Vec<{}>", inner(element)),
        Type::Map(key, value) => return format!("HashMap<{}, {}>", inner(key), inner(value)),
        Type::Sparse(element) => return format!("Option<{}>", inner(element)),
        Type::Boxed(content) => return format!("Box<{}>", inner(content)),
        Type::Boolean => "bool",
        Type::Integer(Width::Byte) => "i8",
        Type::Integer(Width::Short) => "i16",
        Type::Integer(Width::Integer) => "i32",
        Type::Integer(Width::Long) => "i64",
        Type::Float => "f32",
        Type::Double => "f64",
        Type::BigInteger => "BigInteger",
        Type::BigDecimal => "BigDecimal",
        Type::String => "String",
        Type::Blob => "Blob",
        Type::ByteStream => "ByteStream",
        Type::Timestamp => "DateTime",
        Type::Document => "Document",
        Type::Unit => "()",
        Type::EventSender(id) => return stream("EventStreamSender", id),
        Type::EventReceiver(id) => return stream("EventReceiver", id),
    };
    simple.to_owned()
}

/// A part of an operation's input that is passed to the endpoint rules.
pub(super) fn input(path: &InputPath) -> String {
    let (start, steps) = match path {
        InputPath::Flag(start) | InputPath::Text(start, _) => (start, &[][..]),
        InputPath::List(start, steps, _) => (start, steps.as_slice()),
    };
    let steps = steps.iter().map(|step| match step {
        ListStep::Elements => "[*]".to_owned(),
        ListStep::Keys => ".keys()".to_owned(),
        ListStep::Values => ".values()".to_owned(),
        ListStep::Flatten => "[]".to_owned(),
        ListStep::Reach(steps) => format!(".{}", way(steps)),
        ListStep::Select(ways) => {
            let ways: Vec<_> = ways.iter().map(|steps| way(steps)).collect();
            format!(".[{}]", ways.join(", "))
        }
    });
    way(start) + &steps.collect::<String>()
}

fn way(steps: &[InputStep]) -> String {
    let names = steps.iter().map(|step| match step {
        InputStep::Field { name, .. } => name.to_string(),
        InputStep::Variant(name) => name.to_string(),
    });
    names.collect::<Vec<_>>().join(".")
}

/// A value of the endpoint rules, as JSON.
pub(super) fn document(value: &Document) -> String {
    match value {
        Document::Null => "null".to_owned(),
        Document::Boolean(value) => value.to_string(),
        Document::Integer(value) => value.to_string(),
        Document::Text(Expression::String(text)) => format!("{text:?}"),
        // Test cases contain no computed text.
        Document::Text(computed) => format!("{computed:?}"),
        Document::Array(values) => {
            let values: Vec<_> = values.iter().map(document).collect();
            format!("[{}]", values.join(", "))
        }
        Document::Object(members) => {
            let members = members.iter();
            let members = members.map(|(name, value)| format!("{name}: {}", document(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
    }
}

/// The message of a deprecation.
pub(super) fn deprecation(deprecated: Option<&Deprecation>) -> Option<String> {
    let Deprecation { since, note } = deprecated?;
    let mut text = "deprecated".to_owned();
    if let Some(since) = since {
        text.push_str(&format!(" since {since}"));
    }
    if let Some(note) = note {
        text.push_str(&format!(": {note}"));
    }
    Some(text)
}
