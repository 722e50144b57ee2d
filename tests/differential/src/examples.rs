//! Values made from the model alone: everything set, or only what is required.

use std::collections::HashMap;

use aws_smithy_types::DateTime;
use generator::ir::{Field, MemberSchema, StructureId, Type, Width};

use crate::model::{Model, Place, place};
use crate::value::Value;

/// Makes examples. Each string, number and time in an example is another, so that no two members
/// can be taken for each other.
pub struct Examples<'a> {
    model: &'a Model,
    /// Which value of an enum and which member of a union is taken.
    round: usize,
    made: i64,
}

/// How much of a structure is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Every member.
    Full,
    /// The members that the model requires.
    Minimal,
}

impl<'a> Examples<'a> {
    /// Examples that take the variants of this round.
    pub fn new(model: &'a Model, round: usize) -> Self {
        Self {
            model,
            round,
            made: 0,
        }
    }

    /// A structure.
    pub fn structure(&mut self, id: StructureId, extent: Extent) -> Value {
        let mut members = Vec::new();
        for (field, member) in self.model.fields(id) {
            if extent == Extent::Full || field.required {
                let value = self.member(field, member, extent);
                members.push((member.name.clone(), value));
            }
        }
        Value::Members(members)
    }

    fn member(&mut self, field: &Field, member: &MemberSchema, extent: Extent) -> Value {
        match place(member) {
            // Header values are visible ASCII.
            Place::Header(_) => Value::Text(format!("{} {}", member.name, self.count())),
            Place::Label => {
                let count = self.count();
                Value::Text(format!(
                    "arn:aws:ivs:eu-west-1:123456789012:{}/é {count}",
                    member.name
                ))
            }
            Place::Body | Place::Query => self.value(&field.ty, &member.name, extent),
        }
    }

    fn value(&mut self, ty: &Type, name: &str, extent: Extent) -> Value {
        match ty {
            Type::Boolean => Value::Boolean(true),
            Type::Integer(Width::Integer | Width::Long) => Value::Integer(self.count()),
            Type::Float | Type::Double => Value::Float(self.count() as f64 + 0.25),
            Type::String => Value::Text(format!("{name} {} é\u{1f980}/:?&=+%\"\\\n", self.count())),
            Type::Timestamp => Value::Time(DateTime::from_secs(1_700_000_000 + self.count())),
            Type::Enum(id) => {
                let values = &self.model.client.r#enum(*id).values;
                Value::Text(values[self.round % values.len()].value.clone())
            }
            Type::Structure(id) => self.structure(*id, extent),
            Type::Union(id) => {
                let union = self.model.client.union(*id);
                let variant = &union.variants[self.round % union.variants.len()];
                let member = &self.model.members(union.schema.as_str())[variant.index];
                let value = self.value(&variant.ty, &member.name, extent);
                Value::Members(vec![(member.name.clone(), value)])
            }
            Type::List(ty) => Value::List((0..2).map(|_| self.value(ty, name, extent)).collect()),
            Type::Map(..) => {
                let entry = |n: i64| (format!("{name} key {n}/é"), format!("value {n}"));
                Value::Strings(HashMap::from_iter((0..2).map(|_| entry(self.count()))))
            }
            Type::Boxed(ty) => self.value(ty, name, extent),
            other => panic!("the tests do not know values of type {other:?}"),
        }
    }

    fn count(&mut self) -> i64 {
        self.made += 1;
        self.made
    }
}
