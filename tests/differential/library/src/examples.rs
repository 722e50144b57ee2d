//! Values made from the model alone: everything set, or only what is required.

use std::collections::HashMap;

use aws_smithy_types::DateTime;
use generator::ir::{Field, MemberSchema, StructureId, Type, UnionId, Width};

use crate::model::{Model, Place, place};
use crate::value::Value;

/// Creates examples. All strings, numbers and times in an example differ, so that no two members
/// can be confused.
pub struct Examples<'a> {
    model: &'a Model,
    /// Selects the value of an enum and the member of a union.
    round: usize,
    made: i64,
    /// The structures and unions around the current value.
    inside: Vec<Shape>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Structure(StructureId),
    Union(UnionId),
}

/// Which members of a structure are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Every member.
    Full,
    /// The members that the model requires.
    Minimal,
}

/// How deep structures with all members may be nested.
const DEEPEST: usize = 8;

impl<'a> Examples<'a> {
    /// Examples with the variants of this round.
    pub fn new(model: &'a Model, round: usize) -> Self {
        Self {
            model,
            round,
            made: 0,
            inside: Vec::new(),
        }
    }

    /// A structure.
    pub fn structure(&mut self, id: StructureId, extent: Extent) -> Value {
        let extent = match self.inside.contains(&Shape::Structure(id)) {
            true => Extent::Minimal,
            false if self.inside.len() > DEEPEST => Extent::Minimal,
            false => extent,
        };
        self.inside.push(Shape::Structure(id));
        let mut members = Vec::new();
        for (field, member) in self.model.fields(id) {
            if extent == Extent::Full || field.required {
                let value = self.member(field, member, extent);
                members.push((member.name.clone(), value));
            }
        }
        self.inside.pop();
        Value::Members(members)
    }

    fn member(&mut self, field: &Field, member: &MemberSchema, extent: Extent) -> Value {
        match (place(member), &field.ty) {
            // Header values are visible ASCII.
            (Place::Header(_), Type::String) => {
                Value::Text(format!("{} {}", member.name, self.count()))
            }
            (Place::PrefixHeaders(_), _) => {
                let value = Value::Text(format!("{} {}", member.name, self.count()));
                Value::Map(HashMap::from([("key".to_owned(), value)]))
            }
            // Endpoints do not allow arbitrary text.
            (Place::Label, Type::String) if self.model.is_told_to_endpoints(field) => {
                Value::Text(format!("{}-{}", member.name.to_lowercase(), self.count()))
            }
            (Place::Label, Type::String) => {
                let count = self.count();
                Value::Text(format!(
                    "arn:aws:ivs:eu-west-1:123456789012:{}/é {count}",
                    member.name
                ))
            }
            (_, ty) => self.value(ty, &member.name, extent),
        }
    }

    fn value(&mut self, ty: &Type, name: &str, extent: Extent) -> Value {
        match ty {
            Type::Boolean => Value::Boolean(true),
            Type::Integer(Width::Byte | Width::Short) => Value::Integer(self.count() % 100),
            Type::Integer(Width::Integer | Width::Long) => Value::Integer(self.count()),
            Type::Float | Type::Double => Value::Float(self.count() as f64 + 0.25),
            Type::String => Value::Text(format!("{name} {} é\u{1f980}/:?&=+%\"\\\n", self.count())),
            Type::Blob | Type::ByteStream => {
                Value::Blob(format!("{name} {}\0\u{1f980}", self.count()).into_bytes())
            }
            Type::Document => {
                let value = Value::Text(format!("{name} {}", self.count()));
                Value::Map(HashMap::from([("document".to_owned(), value)]))
            }
            Type::Timestamp => Value::Time(DateTime::from_secs(1_700_000_000 + self.count())),
            Type::Enum(id) => {
                let values = &self.model.client.r#enum(*id).values;
                let value = values.get(self.round % values.len().max(1));
                Value::Text(value.map_or("unheard of", |value| &value.value).to_owned())
            }
            Type::Structure(id) => self.structure(*id, extent),
            Type::Union(id) => self.union(*id, extent),
            Type::List(ty) => {
                let many = if self.inside.len() > 3 { 1 } else { 2 };
                Value::List((0..many).map(|_| self.value(ty, name, extent)).collect())
            }
            Type::Map(key, ty) => {
                if let Type::Enum(_) = **key {
                    let key = self.value(key, name, extent).text().to_owned();
                    return Value::Map(HashMap::from([(key, self.value(ty, name, extent))]));
                }
                let mut entry = |_| {
                    let key = format!("{name} key {}/é", self.count());
                    (key, self.value(ty, name, extent))
                };
                Value::Map((0..2).map(&mut entry).collect())
            }
            Type::EventSender(id) | Type::EventReceiver(id) => {
                let events = (0..2).map(|_| self.union(*id, extent));
                Value::List(events.collect())
            }
            Type::Boxed(ty) | Type::Sparse(ty) => self.value(ty, name, extent),
            Type::Unit => Value::Members(Vec::new()),
            other => panic!("the tests do not know values of type {other:?}"),
        }
    }

    fn union(&mut self, id: UnionId, extent: Extent) -> Value {
        let union = self.model.client.union(id);
        // Inside of itself, the union uses a variant without a shape, if there is one.
        let is_inside = self.inside.contains(&Shape::Union(id));
        let mut variants: Vec<_> = union.variants.iter().collect();
        if is_inside
            && variants
                .iter()
                .any(|variant| variant.ty.shapes().is_empty())
        {
            variants.retain(|variant| variant.ty.shapes().is_empty());
        }
        let variant = variants[self.round % variants.len()];
        let member = &self.model.members(union.schema.as_str())[variant.index];
        self.inside.push(Shape::Union(id));
        let value = self.value(&variant.ty, &member.name, extent);
        self.inside.pop();
        Value::Members(vec![(member.name.clone(), value)])
    }

    fn count(&mut self) -> i64 {
        self.made += 1;
        self.made
    }
}
