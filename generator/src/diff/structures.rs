//! Compares types and structures.

use super::change::Changes;
use super::kind::Kind;
use super::pairs::Pairs;
use super::side::path;
use super::spell::{self, NewNames};
use super::{Side, Sides, behaviour, docs, members, variants, wire};
use crate::ir::{Build, Client, Enum, Home, Structure, Union};

/// The shared types of both clients, without inputs and outputs, which belong to their operations.
pub(super) struct Types<'a> {
    pub(super) structures: Pairs<'a, Structure>,
    pub(super) unions: Pairs<'a, Union>,
    pub(super) enums: Pairs<'a, Enum>,
}

impl<'a> Types<'a> {
    pub(super) fn of(old: &'a Side, new: &'a Side) -> Self {
        // A renamed type must have the same members, whose types may have been renamed as well.
        let mut names = NewNames::new();
        loop {
            let types = Self::under(&names, &old.client, &new.client);
            let found = types.new_names();
            if found.len() <= names.len() {
                return types;
            }
            names = found;
        }
    }

    /// Pairs types, using the new names that are known so far.
    fn under(names: &NewNames, old: &'a Client, new: &'a Client) -> Self {
        let none = &NewNames::new();
        Self {
            structures: Pairs::of(
                shared(old),
                shared(new),
                |it| (it.home, it.name.clone()),
                |one, other| {
                    one.home == other.home
                        && is_same(&content(old, one, names), &content(new, other, none))
                },
            ),
            unions: Pairs::of(
                &old.unions,
                &new.unions,
                |it| it.name.clone(),
                |one, other| {
                    is_same(
                        &union_content(old, one, names),
                        &union_content(new, other, none),
                    )
                },
            ),
            enums: Pairs::of(
                &old.enums,
                &new.enums,
                |it| it.name.clone(),
                |one, other| is_same(&values(one), &values(other)),
            ),
        }
    }

    /// The types that were only renamed.
    pub(super) fn new_names(&self) -> NewNames {
        let names = |old: &str, new: &str| (old.to_owned(), new.to_owned());
        let structures = self.structures.renamed.iter();
        let unions = self.unions.renamed.iter();
        let enums = self.enums.renamed.iter();
        structures
            .map(|(old, new)| names(old.name.as_str(), new.name.as_str()))
            .chain(unions.map(|(old, new)| names(old.name.as_str(), new.name.as_str())))
            .chain(enums.map(|(old, new)| names(old.name.as_str(), new.name.as_str())))
            .collect()
    }

    pub(super) fn compare(&self, sides: &Sides<'_>, changes: &mut Changes) {
        let (old, new) = (&sides.old.client, &sides.new.client);
        let kind = |it: &Structure| {
            if it.error.is_some() {
                "error"
            } else {
                "structure"
            }
        };
        report(
            &self.structures,
            |it| path(old, it),
            |it| path(new, it),
            kind,
            changes,
        );
        let union_path = |it: &Union| format!("types::{}", it.name);
        report(&self.unions, union_path, union_path, |_| "union", changes);
        let enum_path = |it: &Enum| format!("types::{}", it.name);
        report(&self.enums, enum_path, enum_path, |_| "enum", changes);
        for (old, new) in self.structures.both() {
            compare(sides, old, new, changes);
        }
        for (old, new) in self.unions.both() {
            variants::compare_unions(sides, &union_path(new), old, new, changes);
        }
        for (old, new) in self.enums.both() {
            variants::compare_enums(sides, &enum_path(new), old, new, changes);
        }
    }
}

/// Reports which types were removed, added and renamed.
fn report<T>(
    pairs: &Pairs<'_, T>,
    old_path: impl Fn(&T) -> String,
    new_path: impl Fn(&T) -> String,
    kind: impl Fn(&T) -> &'static str,
    changes: &mut Changes,
) {
    for ty in &pairs.removed {
        changes.removed(Kind::TypeRemoved, old_path(ty), kind(ty));
    }
    for (old, new) in &pairs.renamed {
        changes.renamed(Kind::TypeRenamed, old_path(old), new_path(new));
    }
    for ty in &pairs.added {
        changes.added(Kind::TypeAdded, new_path(ty), kind(ty));
    }
}

/// Compares two versions of a structure: a shared type, an input or an output.
pub(super) fn compare<'a>(
    sides: &Sides<'a>,
    old: &Structure,
    new: &Structure,
    changes: &mut Changes,
) {
    let path = path(&sides.new.client, new);
    let is_input = matches!(new.home, Home::OperationInput(_));
    // The builder of an input can always fail.
    if !is_input {
        let result = |build| match build {
            Build::Infallible => new.name.as_str().to_owned(),
            Build::Fallible => format!("Result<{}, BuildError>", new.name),
        };
        let (before, after) = (result(old.build), result(new.build));
        changes.differ(
            Kind::BuildResult,
            format!("{path}::builder()"),
            before,
            after,
        );
    }
    members::compare(sides, &path, old, new, changes);
    behaviour::structure(&path, old, new, changes);
    wire::error(sides, &path, old, new, changes);
    let traits = |side: &'a Side, it| side.shape(it).map(|shape| &shape.traits);
    let (old, new) = (traits(sides.old, old), traits(sides.new, new));
    docs::compare(&path, old, new, changes);
}

fn shared(client: &Client) -> impl Iterator<Item = &Structure> {
    let is_shared = |it: &&Structure| matches!(it.home, Home::Types | Home::Error);
    client.structures.iter().filter(is_shared)
}

/// Whether a type is another one renamed. Types without members match none.
fn is_same(one: &[(String, String)], other: &[(String, String)]) -> bool {
    !one.is_empty() && one == other
}

fn content(client: &Client, structure: &Structure, names: &NewNames) -> Vec<(String, String)> {
    let fields = structure.fields.iter();
    fields
        // Every error has a message, so it does not count.
        .filter(|field| structure.error.is_none() || field.name.as_str() != "message")
        .map(|field| {
            let ty = spell::field(client, field, names);
            (field.name.to_string(), ty)
        })
        .collect()
}

fn union_content(client: &Client, union: &Union, names: &NewNames) -> Vec<(String, String)> {
    let variants = union.variants.iter();
    variants
        .map(|variant| {
            let ty = spell::ty(client, &variant.ty, names);
            (variant.name.to_string(), ty)
        })
        .collect()
}

fn values(r#enum: &Enum) -> Vec<(String, String)> {
    let values = r#enum.values.iter();
    values
        .map(|value| (value.variant.to_string(), value.value.clone()))
        .collect()
}
