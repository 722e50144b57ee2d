//! Random values of the model's types.

use std::collections::HashMap;
use std::fmt;

use aws_smithy_types::DateTime;
use generator::ir::{EnumId, Field, MemberSchema, StructureId, Type, UnionId, Width};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::{NewTree, Union};
use proptest::test_runner::TestRunner;

use super::{Direction, text};
use crate::model::{Model, Place, place};
use crate::value::Value;

/// A structure. Sometimes required members are missing.
pub fn structure(
    model: &'static Model,
    id: StructureId,
    direction: Direction,
) -> BoxedStrategy<Value> {
    Values { model, direction }.structure(id, 0)
}

/// Values of a model.
#[derive(Clone, Copy)]
struct Values {
    model: &'static Model,
    direction: Direction,
}

/// The depth of nesting at which only required members are set.
const DEEPEST: usize = 6;

/// A strategy that is created when it is used: shapes may contain themselves, and most of a large
/// one is not used.
#[derive(Clone)]
struct Later<F>(F);

impl<F> fmt::Debug for Later<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Later")
    }
}

impl<F: Fn() -> BoxedStrategy<Value>> Strategy for Later<F> {
    type Tree = <BoxedStrategy<Value> as Strategy>::Tree;
    type Value = Value;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        (self.0)().new_tree(runner)
    }
}

impl Values {
    fn structure(self, id: StructureId, depth: usize) -> BoxedStrategy<Value> {
        // Values end there, except for required members.
        let fields = self.model.fields(id).into_iter();
        let fields = fields.filter(|(field, _)| field.required || depth < DEEPEST);
        let members = fields.map(|(field, member)| {
            let name = member.name.clone();
            let share = match depth {
                _ if field.required => 0.95,
                0..=1 => 0.6,
                2..=3 => 0.3,
                _ => 0.1,
            };
            let value = Later(move || self.member(field, member, depth));
            let value = prop::option::weighted(share, value);
            value.prop_map(move |value| value.map(|value| (name.clone(), value)))
        });
        // A list of strategies: nested ones would need a deep stack for a large structure.
        let members: Vec<_> = members.collect();
        members
            .prop_map(|members| Value::Members(members.into_iter().flatten().collect()))
            .boxed()
    }

    fn member(
        self,
        field: &'static Field,
        member: &MemberSchema,
        depth: usize,
    ) -> BoxedStrategy<Value> {
        let is_received = self.direction == Direction::Received;
        match (place(member), &field.ty) {
            (Place::Header(_), _) if is_received => self.header(&field.ty),
            (Place::PrefixHeaders(_), _) => map("[a-z]{1,5}".boxed(), header_text()),
            (Place::Header(_), Type::String) => header_text(),
            (_, ty) => self.value(ty, depth),
        }
    }

    /// The value of a header in a response. Its type may be wrong.
    fn header(self, ty: &'static Type) -> BoxedStrategy<Value> {
        let any = text::header_value().prop_map(Value::Blob).boxed();
        match ty {
            Type::Boolean | Type::Integer(_) | Type::Float | Type::Double | Type::Timestamp => {
                prop_oneof![4 => self.value(ty, 0), 1 => any].boxed()
            }
            _ => any,
        }
    }

    /// A value of any type.
    fn value(self, ty: &'static Type, depth: usize) -> BoxedStrategy<Value> {
        match ty {
            Type::Boolean => any::<bool>().prop_map(Value::Boolean).boxed(),
            Type::Integer(width) => integer(*width),
            Type::Float => float(any::<f32>().prop_map(f64::from).boxed()),
            Type::Double => float(any::<f64>().boxed()),
            Type::String => text::string().prop_map(Value::Text).boxed(),
            Type::Timestamp => time(self.direction),
            Type::Blob | Type::ByteStream => bytes(),
            Type::Document => document(),
            Type::Enum(id) => self.string_enum(*id),
            Type::Structure(id) => self.structure(*id, depth + 1),
            Type::Union(id) => self.union(*id, depth + 1),
            Type::List(ty) => self.list(ty, depth),
            Type::Map(key, ty) => {
                let value = Later(move || self.value(ty, depth + 1)).boxed();
                match &**key {
                    // The order of keys that are enums depends on the crate's hashes.
                    Type::Enum(id) => self.entry(*id, value),
                    _ => map(text::string(), value),
                }
            }
            Type::EventSender(id) | Type::EventReceiver(id) => {
                let event = Later(move || self.union(*id, depth + 1));
                vec(event, 0..4).prop_map(Value::List).boxed()
            }
            Type::Boxed(ty) => self.value(ty, depth),
            Type::Sparse(ty) => {
                prop_oneof![1 => Just(Value::Null), 4 => self.value(ty, depth)].boxed()
            }
            Type::Unit => Just(Value::Members(Vec::new())).boxed(),
            other => panic!("the tests do not know values of type {other:?}"),
        }
    }

    fn string_enum(self, id: EnumId) -> BoxedStrategy<Value> {
        let values = self.model.client.r#enum(id).values.iter();
        let values: Vec<_> = values.map(|value| value.value.clone()).collect();
        let any = text::string().prop_map(Value::Text);
        if values.is_empty() {
            return any.boxed();
        }
        let lower: Vec<_> = values.iter().map(|value| value.to_lowercase()).collect();
        prop_oneof![
            6 => prop::sample::select(values).prop_map(Value::Text),
            1 => prop::sample::select(lower).prop_map(Value::Text),
            1 => any,
        ]
        .boxed()
    }

    fn union(self, id: UnionId, depth: usize) -> BoxedStrategy<Value> {
        let union = self.model.client.union(id);
        let members = self.model.members(union.schema.as_str());
        let mut variants: Vec<_> = union.variants.iter().collect();
        // At the maximum depth, variants contain no other shapes, if possible.
        let is_leaf = |ty: &Type| ty.shapes().is_empty();
        if depth > DEEPEST && variants.iter().any(|variant| is_leaf(&variant.ty)) {
            variants.retain(|variant| is_leaf(&variant.ty));
        }
        let variants = variants.into_iter().map(|variant| {
            let name = members[variant.index].name.clone();
            Later(move || self.value(&variant.ty, depth))
                .prop_map(move |value| Value::Members(vec![(name.clone(), value)]))
        });
        Union::new(variants).boxed()
    }

    fn list(self, ty: &'static Type, depth: usize) -> BoxedStrategy<Value> {
        if depth > DEEPEST {
            return Just(Value::List(Vec::new())).boxed();
        }
        let element = Later(move || self.value(ty, depth));
        let many = if ty.shapes().is_empty() || depth == 0 {
            20..60
        } else {
            4..5_usize
        };
        prop_oneof![
            1 => Just(Vec::new()),
            8 => vec(element.clone(), 1..4),
            1 => (element, many).prop_map(|(value, times)| vec![value; times]),
        ]
        .prop_map(Value::List)
        .boxed()
    }

    fn entry(self, id: EnumId, value: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
        (self.string_enum(id), value)
            .prop_map(|(key, value)| Value::Map(HashMap::from([(key.text().to_owned(), value)])))
            .boxed()
    }
}

fn header_text() -> BoxedStrategy<Value> {
    "[!-~]([ -~]{0,20}[!-~])?".prop_map(Value::Text).boxed()
}

fn float(any: BoxedStrategy<f64>) -> BoxedStrategy<Value> {
    let special = prop::sample::select(vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY]);
    let common = prop::sample::select(vec![0.0, 1.0, -0.5, 1e21, 0.1, 16_777_217.0]);
    prop_oneof![8 => any, 2 => common, 1 => special]
        .prop_map(Value::Float)
        .boxed()
}

fn bytes() -> BoxedStrategy<Value> {
    vec(any::<u8>(), 0..20).prop_map(Value::Blob).boxed()
}

fn document() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Boolean),
        any::<i64>().prop_map(Value::Integer),
        text::string().prop_map(Value::Text),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::List),
            map(text::string(), inner.boxed()),
        ]
    })
    .boxed()
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

/// A time. In responses, it must be one that can be written.
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

fn map(key: BoxedStrategy<String>, value: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    vec((key, value), 0..4)
        .prop_map(|entries| Value::Map(HashMap::from_iter(entries)))
        .boxed()
}
