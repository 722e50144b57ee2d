//! Checks that every trait is known and has a valid value.

use std::collections::BTreeMap;

use crate::diagnostics::{Diagnostics, Place};
use crate::shape_id::ShapeId;
use crate::smithy::resolve::{Kind, Model, Shape, Shapes};
use crate::smithy::suggest::did_you_mean;
use crate::smithy::traits::{self, Fault, Traits};

pub(super) fn check(model: &Model, shapes: &Shapes<'_>, diagnostics: &mut Diagnostics) {
    let mut undefined: BTreeMap<&str, (Place, usize)> = BTreeMap::new();
    for holder in &holders(model) {
        for (id, value) in holder.traits.iter() {
            match traits::form(id) {
                Some(form) => {
                    for fault in form.check(id, value, || holder.place().r#trait(id)) {
                        let Fault {
                            severity,
                            place,
                            message,
                            remedy,
                        } = fault;
                        diagnostics.record(severity, place, message, remedy);
                    }
                }
                _ if shapes.defines_trait(id) => {}
                _ if is_smithys_own(id) => unknown(id, holder.place().r#trait(id), diagnostics),
                _ => {
                    let place = || holder.place().r#trait(id).the_key();
                    let (_, count) = undefined.entry(id).or_insert_with(|| (place(), 0));
                    *count += 1;
                }
            }
        }
    }
    for (id, (place, count)) in undefined {
        not_defined(id, place, count, shapes, diagnostics);
    }
}

/// Reports a custom trait that is not defined, once for all of its uses.
fn not_defined(
    id: &str,
    place: Place,
    count: usize,
    shapes: &Shapes<'_>,
    diagnostics: &mut Diagnostics,
) {
    let (namespace, name) = id.split_once('#').unwrap_or_default();
    let uses = match count {
        1 => String::new(),
        count => format!(", and is used {count} times"),
    };
    let is_shape = shapes.iter().any(|(shape, _)| shape.as_str() == id);
    let is_at_home = shapes.iter().any(|(id, _)| id.namespace() == namespace);
    if is_shape {
        diagnostics.error(
            place,
            format!("`{id}` is not a trait{uses}"),
            "give the shape `smithy.api#trait`, or remove it here",
        );
    } else if is_at_home {
        let own = shapes.iter().map(|(id, _)| id.as_str());
        let own = own.filter(|id| shapes.defines_trait(id));
        let known = || traits::ids().map(|id| -> &str { id });
        // A file may lack `use` for one of these names.
        let in_prelude = format!("smithy.api#{name}");
        let remedy =
            did_you_mean(id, own.chain(known())).or_else(|| did_you_mean(&in_prelude, known()));
        diagnostics.error(
            place,
            format!("the trait `{id}` is defined nowhere{uses}"),
            remedy.unwrap_or_else(|| "add its definition to the model, or remove it".to_owned()),
        );
    } else {
        diagnostics.warning(
            place,
            format!("the trait `{id}` is defined nowhere{uses}: it is ignored"),
            "add its definition to the model, so that its values can be checked",
        );
    }
}

/// A shape, or a member of it, with its traits.
pub(crate) struct Holder<'m> {
    shape: &'m ShapeId,
    member: Option<&'m str>,
    pub(crate) traits: &'m Traits,
}

impl Holder<'_> {
    fn place(&self) -> Place {
        let place = Place::shape(self.shape);
        match self.member {
            Some(member) => place.member(member),
            None => place,
        }
    }
}

/// Everything in the model that has traits.
pub(crate) fn holders(model: &Model) -> Vec<Holder<'_>> {
    let service = Holder {
        shape: &model.service.id,
        member: None,
        traits: &model.service.traits,
    };
    let operations = model.operations.iter().map(|operation| Holder {
        shape: &operation.id,
        member: None,
        traits: &operation.traits,
    });
    let shapes = model.shapes.values().flat_map(|shape| {
        let members = member_traits(shape)
            .into_iter()
            .map(|(name, traits)| (Some(name), traits));
        let own = [(None, &shape.traits)];
        own.into_iter()
            .chain(members)
            .map(|(member, traits)| Holder {
                shape: &shape.id,
                member,
                traits,
            })
    });
    [service]
        .into_iter()
        .chain(operations)
        .chain(shapes)
        .collect()
}

fn member_traits(shape: &Shape) -> Vec<(&str, &Traits)> {
    match &shape.kind {
        Kind::Enum(values) => values
            .iter()
            .map(|value| (value.name.as_deref().unwrap_or_default(), &value.traits))
            .collect(),
        Kind::IntEnum(values) => values
            .iter()
            .map(|value| (value.name.as_str(), &value.traits))
            .collect(),
        _ => {
            let members = shape.members().into_iter();
            members
                .map(|member| (member.name.as_str(), &member.traits))
                .collect()
        }
    }
}

/// Whether a trait belongs to Smithy or AWS, so that clients may have to implement it.
pub(crate) fn is_smithys_own(id: &str) -> bool {
    let (namespace, _) = id.split_once('#').unwrap_or_default();
    let root = namespace.split('.').next().unwrap_or_default();
    root == "smithy" || root == "aws"
}

fn unknown(id: &str, place: Place, diagnostics: &mut Diagnostics) {
    diagnostics.error(
        place.the_key(),
        format!("the trait `{id}` is not known"),
        match did_you_mean(id, traits::ids()) {
            Some(question) => {
                format!("{question} If not, the trait may be newer than this generator: update it")
            }
            None => "check the spelling; if the trait is newer than this generator, update it"
                .to_owned(),
        },
    );
}
