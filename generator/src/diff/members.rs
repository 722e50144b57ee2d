//! Compares the fields of a structure.

use super::change::Changes;
use super::kind::Kind;
use super::pairs::Pairs;
use super::side::SideMember;
use super::spell::{self, NewNames};
use super::{Side, Sides, behaviour, constraints, docs, wire};
use crate::ir::{Field, Structure};

/// A field while it is compared.
#[derive(Clone, Copy)]
pub(super) struct Member<'a> {
    pub(super) field: &'a Field,
    /// The member in the model; `None` for the message that every error has.
    pub(super) model: Option<SideMember<'a>>,
    /// Whether it is part of requests.
    pub(super) is_sent: bool,
}

impl<'a> Member<'a> {
    pub(super) fn of(side: &'a Side, structure: &'a Structure, field: &'a Field) -> Self {
        Self {
            field,
            model: side.member(structure, field),
            is_sent: side.is_sent(structure),
        }
    }

    /// Whether users or the service must set it.
    pub(super) fn is_required(&self) -> bool {
        self.model
            .is_some_and(|model| model.member.traits.required())
    }

    /// Whether users must set it in a request.
    fn is_demanded(&self) -> bool {
        let is_filled_in = self.model.is_some_and(|model| {
            let traits = &model.member.traits;
            traits.idempotency_token() || traits.default().is_some_and(|value| !value.is_null())
        });
        self.is_sent && self.is_required() && !is_filled_in
    }
}

/// Compares the fields of a structure that both clients have at `path`.
pub(super) fn compare(
    sides: &Sides<'_>,
    path: &str,
    old: &Structure,
    new: &Structure,
    changes: &mut Changes,
) {
    let pairs = pairs(sides, old, new);
    for field in &pairs.removed {
        let ty = spell::field(&sides.old.client, field, &sides.names);
        changes.removed(Kind::FieldRemoved, of(path, field), ty);
    }
    for (old, new) in &pairs.renamed {
        changes.renamed(Kind::FieldRenamed, of(path, old), of(path, new));
    }
    for field in &pairs.added {
        let ty = spell::field(&sides.new.client, field, &NewNames::new());
        changes.added(Kind::FieldAdded, of(path, field), ty);
        if Member::of(sides.new, new, field).is_demanded() {
            changes.add(Kind::MemberRequired, of(path, field));
        }
    }
    for (old_field, new_field) in pairs.both() {
        let old = Member::of(sides.old, old, old_field);
        let new = Member::of(sides.new, new, new_field);
        pair(sides, &of(path, new_field), old, new, changes);
    }
}

fn of(path: &str, field: &Field) -> String {
    format!("{path}::{}", field.name)
}

/// Pairs the fields of two structures.
pub(super) fn pairs<'a>(
    sides: &Sides<'_>,
    old: &'a Structure,
    new: &'a Structure,
) -> Pairs<'a, Field> {
    let is_same = |one: &Field, other: &Field| {
        let places = (
            wire::place(sides.old.member(old, one)),
            wire::place(sides.new.member(new, other)),
        );
        let types = (
            spell::field(&sides.old.client, one, &sides.names),
            spell::field(&sides.new.client, other, &NewNames::new()),
        );
        places.0.is_some() && places.0 == places.1 && types.0 == types.1
    };
    Pairs::of(&old.fields, &new.fields, |it| it.name.clone(), is_same)
}

/// Compares an old and a new field.
fn pair(sides: &Sides<'_>, path: &str, old: Member<'_>, new: Member<'_>, changes: &mut Changes) {
    let before = spell::field(&sides.old.client, old.field, &sides.names);
    let after = spell::field(&sides.new.client, new.field, &NewNames::new());
    let is_same_type = before == after;
    changes.differ(Kind::FieldType, path, before, after);
    if new.is_demanded() && !old.is_demanded() {
        changes.add(Kind::MemberRequired, path);
    }
    if new.is_sent && old.is_required() && !new.is_required() {
        changes.add(Kind::MemberOptional, path);
    }
    behaviour::member(path, &old, &new, is_same_type, changes);
    let is_sent = old.is_sent || new.is_sent;
    if let (Some(old), Some(new)) = (old.model, new.model) {
        wire::member(sides, path, old, new, changes);
        // Fields of responses only may have any value.
        if is_same_type && is_sent {
            constraints::compare(path, old, new, changes);
        }
        docs::compare_members(path, old, new, changes);
    }
}
