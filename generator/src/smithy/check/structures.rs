//! Checks the use of structures as inputs, outputs, errors and unit.

use std::collections::BTreeMap;

use super::a;
use crate::diagnostics::{Diagnostics, Place};
use crate::shape_id::ShapeId;
use crate::smithy::prelude::UNIT;
use crate::smithy::resolve::{Kind, Model, Shape};
use crate::smithy::traits::Traits;

const INPUT: &str = "smithy.api#input";
const OUTPUT: &str = "smithy.api#output";
const ERROR: &str = "smithy.api#error";

/// Traits that exclude each other.
const CONFLICTS: [(&str, &str); 5] = [
    (INPUT, OUTPUT),
    (INPUT, ERROR),
    (OUTPUT, ERROR),
    ("smithy.api#readonly", "smithy.api#idempotent"),
    ("smithy.api#required", "smithy.api#recommended"),
];

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    for operation in &model.operations {
        conflicts(
            &operation.traits,
            || Place::shape(&operation.id),
            diagnostics,
        );
    }
    for shape in model.shapes.values() {
        conflicts(&shape.traits, || Place::shape(&shape.id), diagnostics);
        for member in shape.members() {
            let place = || Place::shape(&shape.id).member(&member.name);
            conflicts(&member.traits, place, diagnostics);
        }
        targets(model, shape, diagnostics);
    }
    ends(model, diagnostics);
}

fn conflicts(traits: &Traits, place: impl Fn() -> Place, diagnostics: &mut Diagnostics) {
    for (one, other) in CONFLICTS {
        if traits.has(one) && traits.has(other) {
            diagnostics.error(
                place().r#trait(other).the_key(),
                format!("`{one}` and `{other}` exclude each other"),
                "remove one of them",
            );
            diagnostics.see(place().r#trait(one).the_key(), format!("`{one}`"));
        }
    }
}

/// Checks that the unit type is only used for variants, and that structures of an operation are not
/// used elsewhere.
fn targets(model: &Model, shape: &Shape, diagnostics: &mut Diagnostics) {
    for member in shape.members() {
        let place = Place::shape(&shape.id).member(&member.name).key("target");
        let target = model.shapes.get(&member.target);
        if member.target.as_str() == UNIT && !matches!(shape.kind, Kind::Union(_)) {
            diagnostics.error(
                place,
                format!(
                    "a member of {} targets `{UNIT}`, which has no values",
                    a(&shape.kind)
                ),
                "target another shape: only members of unions can have no value",
            );
        } else if let Some(mark) = target.and_then(mark) {
            diagnostics.error(
                place,
                format!(
                    "`{}` has `{mark}` and is the target of a member",
                    member.target
                ),
                format!("remove `{mark}` from it, or target a structure without the trait"),
            );
            let place = Place::shape(&member.target).r#trait(mark).the_key();
            diagnostics.see(place, "the trait");
        }
    }
}

/// The trait that reserves a structure for one operation.
fn mark(shape: &Shape) -> Option<&'static str> {
    [INPUT, OUTPUT].into_iter().find(|id| shape.traits.has(id))
}

/// Checks inputs and outputs of operations.
fn ends(model: &Model, diagnostics: &mut Diagnostics) {
    let mut users: BTreeMap<(&ShapeId, &str), &str> = BTreeMap::new();
    for operation in &model.operations {
        let ends = [
            (&operation.input, "input", INPUT, OUTPUT),
            (&operation.output, "output", OUTPUT, INPUT),
        ];
        for (id, key, own, foreign) in ends {
            let Some(shape) = id.as_ref().and_then(|id| model.shapes.get(id)) else {
                continue;
            };
            let place = || Place::shape(&operation.id).key(key).key("target");
            let wrong = [foreign, ERROR].into_iter().find(|id| shape.traits.has(id));
            // Two of these traits on the same structure have been reported.
            if let Some(wrong) = wrong.filter(|_| !shape.traits.has(own)) {
                diagnostics.error(
                    place(),
                    format!("`{}` has `{wrong}` and is an operation's {key}", shape.id),
                    format!("remove the trait, or make another structure the {key}"),
                );
                let trait_place = Place::shape(&shape.id).r#trait(wrong).the_key();
                diagnostics.see(trait_place, "the trait");
            }
            if !shape.traits.has(own) {
                continue;
            }
            if let Some(first) = users.insert((&shape.id, key), &operation.name) {
                diagnostics.error(
                    place(),
                    format!(
                        "`{}` has `{own}` and is the {key} of two operations: `{first}` and `{}`",
                        shape.id, operation.name
                    ),
                    "remove the trait, or give each operation a structure of its own",
                );
            }
        }
    }
}
