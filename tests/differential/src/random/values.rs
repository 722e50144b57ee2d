//! Random values of the model's types.

use std::collections::HashMap;

use aws_smithy_types::DateTime;
use generator::ir::{EnumId, Field, MemberSchema, StructureId, Type, UnionId, Width};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::Union;

use super::{Direction, text};
use crate::model::{Model, Place, place};
use crate::value::Value;

/// A structure, in which required members are missing now and then.
pub fn structure(model: &Model, id: StructureId, direction: Direction) -> BoxedStrategy<Value> {
    let members = model.fields(id).into_iter().map(|(field, member)| {
        let name = member.name.clone();
        let share = if field.required { 0.95 } else { 0.6 };
        let value = prop::option::weighted(share, self::member(model, field, member, direction));
        value.prop_map(move |value| value.map(|value| (name.clone(), value)))
    });
    // A list of strategies: nested ones would need a deep stack for a large structure.
    let members: Vec<_> = members.collect();
    members
        .prop_map(|members| Value::Members(members.into_iter().flatten().collect()))
        .boxed()
}

fn member(
    model: &Model,
    field: &Field,
    member: &MemberSchema,
    direction: Direction,
) -> BoxedStrategy<Value> {
    match place(member) {
        Place::Header(_) => text::header_value().prop_map(Value::Blob).boxed(),
        _ => value(model, &field.ty, direction),
    }
}

/// A value of any type.
pub fn value(model: &Model, ty: &Type, direction: Direction) -> BoxedStrategy<Value> {
    match ty {
        Type::Boolean => any::<bool>().prop_map(Value::Boolean).boxed(),
        Type::Integer(width) => integer(*width),
        Type::Float => any::<f32>()
            .prop_map(|value| Value::Float(value.into()))
            .boxed(),
        Type::Double => any::<f64>().prop_map(Value::Float).boxed(),
        Type::String => text::string().prop_map(Value::Text).boxed(),
        Type::Timestamp => time(direction),
        Type::Enum(id) => string_enum(model, *id),
        Type::Structure(id) => structure(model, *id, direction),
        Type::Union(id) => union(model, *id, direction),
        Type::List(ty) => list(value(model, ty, direction)),
        Type::Map(..) => strings(),
        Type::Boxed(ty) => value(model, ty, direction),
        other => panic!("the tests do not know values of type {other:?}"),
    }
}

fn integer(width: Width) -> BoxedStrategy<Value> {
    let (low, high) = match width {
        Width::Byte => (i8::MIN.into(), i8::MAX.into()),
        Width::Short => (i16::MIN.into(), i16::MAX.into()),
        Width::Integer => (i32::MIN.into(), i32::MAX.into()),
        Width::Long => (i64::MIN, i64::MAX),
    };
    prop_oneof![
        Just(0),
        Just(-1),
        Just(low),
        Just(high),
        0..1000_i64.min(high),
        low..=high
    ]
    .prop_map(Value::Integer)
    .boxed()
}

/// A time: what is received has to be one that can be written.
fn time(direction: Direction) -> BoxedStrategy<Value> {
    const FIRST: i64 = -62_135_596_800;
    const LAST: i64 = 253_402_300_799;
    let seconds = match direction {
        Direction::Received => FIRST..=LAST,
        Direction::Sent => FIRST * 2..=LAST * 2,
    };
    let nanos = prop_oneof![
        Just(0),
        Just(500_000_000),
        Just(1),
        Just(999_999_999),
        0..1_000_000_000_u32
    ];
    (
        prop_oneof![1_500_000_000..2_000_000_000_i64, seconds],
        nanos,
    )
        .prop_map(|(seconds, nanos)| Value::Time(DateTime::from_secs_and_nanos(seconds, nanos)))
        .boxed()
}

fn string_enum(model: &Model, id: EnumId) -> BoxedStrategy<Value> {
    let values = model.client.r#enum(id).values.iter();
    let values: Vec<_> = values.map(|value| value.value.clone()).collect();
    let lower: Vec<_> = values.iter().map(|value| value.to_lowercase()).collect();
    prop_oneof![
        6 => prop::sample::select(values),
        1 => prop::sample::select(lower),
        1 => text::string(),
    ]
    .prop_map(Value::Text)
    .boxed()
}

fn union(model: &Model, id: UnionId, direction: Direction) -> BoxedStrategy<Value> {
    let union = model.client.union(id);
    let members = model.members(union.schema.as_str());
    let variants = union.variants.iter().map(|variant| {
        let name = members[variant.index].name.clone();
        value(model, &variant.ty, direction)
            .prop_map(move |value| Value::Members(vec![(name.clone(), value)]))
    });
    Union::new(variants).boxed()
}

fn list(element: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    prop_oneof![
        1 => Just(Vec::new()),
        8 => vec(element.clone(), 1..4),
        1 => (element, 20..60_usize).prop_map(|(value, times)| vec![value; times]),
    ]
    .prop_map(Value::List)
    .boxed()
}

fn strings() -> BoxedStrategy<Value> {
    let entries = vec((text::string(), text::string()), 0..4);
    entries
        .prop_map(|entries| Value::Strings(HashMap::from_iter(entries)))
        .boxed()
}
