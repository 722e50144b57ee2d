//! Unions and enums.

use super::change::{Changes, Kind};
use super::pairs::Pairs;
use super::spell::{self, NewNames};
use super::{Side, Sides, behaviour, constraints, docs, wire};
use crate::ir::{Enum, EnumValue, Union, Variant};

/// Compares a union with what has become of it.
pub(super) fn compare_unions(
    sides: &Sides<'_>,
    path: &str,
    old: &Union,
    new: &Union,
    changes: &mut Changes,
) {
    let place = |side: &Side, union: &Union, variant: &Variant| {
        wire::place(side.variant(union, variant.index))
    };
    let pairs = Pairs::of(
        &old.variants,
        &new.variants,
        |variant| variant.name.clone(),
        |one, other| place(sides.old, old, one) == place(sides.new, new, other),
    );
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
        docs::compare(&path, &one.docs, &other.docs, changes);
        let models = (
            sides.old.variant(old, one.index),
            sides.new.variant(new, other.index),
        );
        if let (Some(old), Some(new)) = models {
            wire::member(&path, old, new, changes);
            constraints::compare(&path, old, new, changes);
        }
    }
    behaviour::deprecation(
        path,
        old.deprecated.as_ref(),
        new.deprecated.as_ref(),
        changes,
    );
    behaviour::redaction(path, old.redaction, new.redaction, changes);
    docs::compare(path, &old.docs, &new.docs, changes);
}

/// Compares an enum with what has become of it.
pub(super) fn compare_enums(path: &str, old: &Enum, new: &Enum, changes: &mut Changes) {
    let pairs = Pairs::of(
        &old.values,
        &new.values,
        |value| value.variant.clone(),
        |one, other| one.value == other.value,
    );
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
    for (old, new) in pairs.both() {
        let path = of(new);
        changes.differ(Kind::VariantValue, &path, text(old), text(new));
        behaviour::deprecation(
            &path,
            old.deprecated.as_ref(),
            new.deprecated.as_ref(),
            changes,
        );
        docs::compare(&path, &old.docs, &new.docs, changes);
    }
    behaviour::deprecation(
        path,
        old.deprecated.as_ref(),
        new.deprecated.as_ref(),
        changes,
    );
    behaviour::redaction(path, old.redaction, new.redaction, changes);
    docs::compare(path, &old.docs, &new.docs, changes);
}
