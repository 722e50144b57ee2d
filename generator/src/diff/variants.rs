//! Compares unions and enums.

use std::collections::BTreeSet;

use super::change::Changes;
use super::kind::Kind;
use super::pairs::Pairs;
use super::spell::{self, NewNames};
use super::{Side, Sides, behaviour, constraints, docs, wire};
use crate::ir::{Enum, EnumValue, StreamErrors, Union, Variant};

/// Compares two versions of a union.
pub(super) fn compare_unions<'a>(
    sides: &Sides<'a>,
    path: &str,
    old: &Union,
    new: &Union,
    changes: &mut Changes,
) {
    let pairs = of_unions(sides, old, new);
    let of = |variant: &Variant| format!("{path}::{}", variant.name);
    for variant in &pairs.removed {
        changes.add(Kind::VariantRemoved, of(variant));
    }
    for (old, new) in &pairs.renamed {
        changes.renamed(Kind::VariantRenamed, of(old), of(new));
    }
    for variant in &pairs.added {
        changes.add(Kind::VariantAdded, of(variant));
    }
    for (one, other) in pairs.both() {
        let path = of(other);
        let before = spell::ty(&sides.old.client, &one.ty, &sides.names);
        let after = spell::ty(&sides.new.client, &other.ty, &NewNames::new());
        changes.differ(Kind::VariantType, &path, before, after);
        behaviour::sensitivity(&path, one.sensitive, other.sensitive, changes);
        behaviour::deprecation(
            &path,
            one.deprecated.as_ref(),
            other.deprecated.as_ref(),
            changes,
        );
        let models = (
            sides.old.variant(old, one.index),
            sides.new.variant(new, other.index),
        );
        if let (Some(old), Some(new)) = models {
            wire::member(sides, &path, old, new, changes);
            if old.side.sends(&old.owner.id) || new.side.sends(&new.owner.id) {
                constraints::compare(&path, old, new, changes);
            }
            docs::compare_members(&path, old, new, changes);
        }
    }
    behaviour::deprecation(
        path,
        old.deprecated.as_ref(),
        new.deprecated.as_ref(),
        changes,
    );
    behaviour::redaction(path, old.redaction, new.redaction, changes);
    stream_errors(sides, old, new, changes);
    let traits = |side: &'a Side, it| side.union_shape(it).map(|shape| &shape.traits);
    let (old, new) = (traits(sides.old, old), traits(sides.new, new));
    docs::compare(path, old, new, changes);
}

/// Compares the errors that may end a stream of events.
fn stream_errors(sides: &Sides<'_>, old: &Union, new: &Union, changes: &mut Changes) {
    let (Some(before), Some(after)) = (&old.stream, &new.stream) else {
        return;
    };
    let names = |side: &Side, stream: &StreamErrors| {
        let errors = stream.errors.iter();
        let errors = errors.map(|(_, error)| side.client.structure(*error).name.to_string());
        errors.collect::<BTreeSet<_>>()
    };
    let errors = (names(sides.old, before), names(sides.new, after));
    let path = |name: &String| format!("types::error::{}::{name}", after.name);
    for name in errors.0.difference(&errors.1) {
        changes.add(Kind::VariantRemoved, path(name));
    }
    for name in errors.1.difference(&errors.0) {
        changes.add(Kind::VariantAdded, path(name));
    }
}

/// Pairs the variants of two unions.
pub(super) fn of_unions<'a>(
    sides: &Sides<'_>,
    old: &'a Union,
    new: &'a Union,
) -> Pairs<'a, Variant> {
    let place = |side: &Side, union: &Union, variant: &Variant| {
        wire::place(side.variant(union, variant.index))
    };
    Pairs::of(
        &old.variants,
        &new.variants,
        |variant| variant.name.clone(),
        |one, other| place(sides.old, old, one) == place(sides.new, new, other),
    )
}

/// Pairs the variants of two enums.
pub(super) fn of_enums<'a>(old: &'a Enum, new: &'a Enum) -> Pairs<'a, EnumValue> {
    Pairs::of(
        &old.values,
        &new.values,
        |value| value.variant.clone(),
        |one, other| one.value == other.value,
    )
}

/// Compares two versions of an enum.
pub(super) fn compare_enums<'a>(
    sides: &Sides<'a>,
    path: &str,
    old: &Enum,
    new: &Enum,
    changes: &mut Changes,
) {
    let pairs = of_enums(old, new);
    let traits = |side: &'a Side, r#enum, value| {
        let value = side.enum_value(r#enum, value)?;
        Some(&value.traits)
    };
    let of = |value: &EnumValue| format!("{path}::{}", value.variant);
    let text = |value: &EnumValue| format!("{:?}", value.value);
    for value in &pairs.removed {
        changes.removed(Kind::VariantRemoved, of(value), text(value));
    }
    for (old, new) in &pairs.renamed {
        changes.renamed(Kind::VariantRenamed, of(old), of(new));
    }
    for value in &pairs.added {
        changes.added(Kind::VariantAdded, of(value), text(value));
    }
    for (one, other) in pairs.both() {
        let path = of(other);
        changes.differ(Kind::VariantValue, &path, text(one), text(other));
        behaviour::deprecation(
            &path,
            one.deprecated.as_ref(),
            other.deprecated.as_ref(),
            changes,
        );
        let words = (traits(sides.old, old, one), traits(sides.new, new, other));
        docs::compare(&path, words.0, words.1, changes);
    }
    behaviour::deprecation(
        path,
        old.deprecated.as_ref(),
        new.deprecated.as_ref(),
        changes,
    );
    behaviour::redaction(path, old.redaction, new.redaction, changes);
    let traits = |side: &'a Side, it| side.enum_shape(it).map(|shape| &shape.traits);
    let (old, new) = (traits(sides.old, old), traits(sides.new, new));
    docs::compare(path, old, new, changes);
}
