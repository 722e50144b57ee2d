//! Finds documentation that a maintainer must write or review.

use super::Replacement;
use crate::diff::Side;
use crate::lower::markdown;
use crate::smithy::{Kind, Model, Shape, ShapeId, Traits};

/// A shape or member whose documentation needs attention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanting {
    /// The shape's name.
    pub shape: String,
    /// Its type: `operation`, `structure`, and so on.
    pub kind: &'static str,
    /// The member; `None` for the shape itself.
    pub member: Option<String>,
    /// Why.
    pub reason: Reason,
}

/// Why documentation needs attention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is new and has no documentation.
    New,
    /// It is not new and has no documentation.
    Missing,
    /// The documentation is unchanged, but this has changed: `target`, or traits such as `@length`.
    Changed(Vec<String>),
}

impl Replacement {
    /// What needs documentation in the client of the new model, shape by shape.
    pub fn wanting(&self, old: &Side, new: &Side) -> Vec<Wanting> {
        let List { items, .. } = List::of(&new.model);
        let known = List::of(&old.model);
        let wanting = items.into_iter().filter_map(|item| {
            let reason = match (item.is_documented, self.changed.get(&item.id)) {
                (false, _) if known.has(&self.origins.get(&item.id)) => Reason::Missing,
                (false, _) => Reason::New,
                (true, Some(changes)) => Reason::Changed(changes.clone()),
                (true, None) => return None,
            };
            Some(Wanting {
                shape: item.id.name().to_owned(),
                kind: item.kind,
                member: item.id.member().map(str::to_owned),
                reason,
            })
        });
        wanting.collect()
    }
}

/// A documented item of generated code.
struct Item {
    id: ShapeId,
    kind: &'static str,
    is_documented: bool,
}

struct List<'a> {
    model: &'a Model,
    items: Vec<Item>,
}

impl<'a> List<'a> {
    /// The service, its operations, and the types that they use with their members.
    fn of(model: &'a Model) -> Self {
        let mut list = Self {
            model,
            items: Vec::new(),
        };
        list.add(model.service.id.clone(), "service", &model.service.traits);
        for operation in &model.operations {
            list.add(operation.id.clone(), "operation", &operation.traits);
        }
        let shapes = model.shapes.values();
        for shape in shapes.filter(|shape| shape.id.namespace() != "smithy.api") {
            list.add_shape(shape);
        }
        list
    }

    fn has(&self, id: &ShapeId) -> bool {
        self.items.iter().any(|item| item.id == *id)
    }

    fn add(&mut self, id: ShapeId, kind: &'static str, traits: &Traits) {
        self.items.push(Item {
            id,
            kind,
            is_documented: is_documented(traits),
        });
    }

    fn add_shape(&mut self, shape: &Shape) {
        let kind = shape.kind.name();
        match &shape.kind {
            Kind::Structure(members) | Kind::Union(members) => {
                self.add(shape.id.clone(), kind, &shape.traits);
                for member in members {
                    // Members without documentation have that of their target.
                    let target = self.model.target(member);
                    let is_documented =
                        is_documented(&member.traits) || is_documented(&target.traits);
                    self.items.push(Item {
                        id: shape.id.with_member(&member.name),
                        kind,
                        is_documented,
                    });
                }
            }
            Kind::Enum(values) => {
                self.add(shape.id.clone(), kind, &shape.traits);
                for value in values {
                    if let Some(name) = &value.name {
                        self.add(shape.id.with_member(name), kind, &value.traits);
                    }
                }
            }
            _ => {}
        }
    }
}

fn is_documented(traits: &Traits) -> bool {
    let words = traits.documentation();
    words.is_some_and(|words| !markdown(words).is_empty())
}
