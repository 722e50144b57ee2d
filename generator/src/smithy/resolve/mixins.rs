//! Flattens [mixins](https://smithy.io/2.0/spec/mixins.html): copies their members and traits into
//! the shape.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::assemble::{Applied, apply};
use crate::diagnostics::{Diagnostics, Place};
use crate::shape_id::ShapeId;
use crate::smithy::ast::{AstMember, AstReference, AstShape, ShapeType};
use crate::smithy::check::LEVELS;
use crate::smithy::suggest::did_you_mean;
use crate::smithy::traits::Traits;

type ById<'a> = BTreeMap<ShapeId, Cow<'a, AstShape>>;

const MIXIN: &str = "smithy.api#mixin";

/// Flattens all shapes with mixins, and applies traits to all shapes.
///
/// Traits that are applied to a shape override those of its mixins, and traits that are applied to
/// a mixin are inherited, so both happen in one pass, mixins first.
pub(super) fn flatten(by_id: &mut ById<'_>, applied: &Applied<'_>, diagnostics: &mut Diagnostics) {
    // The depth of nested mixins, which is limited because each level repeats all members.
    let mut levels: BTreeMap<ShapeId, usize> = BTreeMap::new();
    for id in mixins_first(by_id, diagnostics) {
        let Some(shape) = by_id.get(&id) else {
            continue;
        };
        if shape.has_trait(MIXIN) {
            check_properties(&id, shape, diagnostics);
        }
        let statements = applied.get(&id).map_or(&[][..], Vec::as_slice);
        let mut mixins = shape.mixins.as_deref().unwrap_or_default();
        let below = mixins
            .iter()
            .map(|mixin| levels.get(&mixin.target).copied().unwrap_or(0));
        let level = below.max().map_or(0, |level| level + 1);
        if level > LEVELS {
            if level == LEVELS + 1 {
                too_deep(&id, diagnostics);
            }
            mixins = &[];
        }
        if level > 0 {
            levels.insert(id.clone(), level);
        }
        if mixins.is_empty() && statements.is_empty() {
            continue;
        }
        let mut flattening = Flattening {
            id: &id,
            from: BTreeMap::new(),
            by_id,
            diagnostics,
        };
        let mut local = shape.clone().into_owned();
        let for_inherited = flattening.apply_to_local(&mut local, statements);
        let mut flat = flattening.shape(&local, mixins);
        flattening.apply_to_inherited(&mut flat, &for_inherited);
        by_id.insert(id, Cow::Owned(flat));
    }
}

/// Checks that a mixin has no properties that are not inherited, such as an input.
fn check_properties(id: &ShapeId, shape: &AstShape, diagnostics: &mut Diagnostics) {
    let is_set = |it: &Option<AstReference>| {
        it.as_ref()
            .is_some_and(|it| it.target.as_str() != "smithy.api#Unit")
    };
    let found = [
        ("input", is_set(&shape.input)),
        ("output", is_set(&shape.output)),
        ("identifiers", shape.identifiers.is_some()),
        ("properties", shape.properties.is_some()),
        ("create", shape.create.is_some()),
        ("put", shape.put.is_some()),
        ("read", shape.read.is_some()),
        ("update", shape.update.is_some()),
        ("delete", shape.delete.is_some()),
        ("list", shape.list.is_some()),
        (
            "collectionOperations",
            shape.collection_operations.is_some(),
        ),
    ];
    let of_resources = shape.r#type == ShapeType::Resource;
    let lists = [
        ("operations", of_resources && shape.operations.is_some()),
        ("resources", of_resources && shape.resources.is_some()),
    ];
    for (key, _) in found.into_iter().chain(lists).filter(|(_, is_set)| *is_set) {
        diagnostics.error(
            Place::shape(id).key(key),
            format!(
                "the mixin `{id}` has `{key}`, which mixins of type `{}` cannot have",
                shape.r#type
            ),
            "move it to the shapes that use the mixin",
        );
    }
}

fn too_deep(id: &ShapeId, diagnostics: &mut Diagnostics) {
    diagnostics.error(
        Place::shape(id).key("mixins"),
        format!("`{id}` has more than {LEVELS} levels of mixins"),
        "list mixins side by side instead of nesting them",
    );
}

/// All shapes, each after its mixins. A cycle of mixins is reported and cut.
fn mixins_first(by_id: &ById<'_>, diagnostics: &mut Diagnostics) -> Vec<ShapeId> {
    let mut order = Vec::new();
    let mut done: BTreeSet<&ShapeId> = BTreeSet::new();
    for start in by_id.keys() {
        let mut stack: Vec<(&ShapeId, usize)> = vec![(start, 0)];
        let mut open: BTreeSet<&ShapeId> = BTreeSet::from([start]);
        while let Some((id, next)) = stack.pop() {
            if done.contains(id) {
                continue;
            }
            let mixins = by_id.get(id).and_then(|shape| shape.mixins.as_deref());
            match mixins.unwrap_or_default().get(next) {
                None => {
                    done.insert(id);
                    open.remove(id);
                    order.push(id.clone());
                }
                Some(mixin) => {
                    stack.push((id, next + 1));
                    if open.contains(&mixin.target) {
                        diagnostics.error(
                            Place::shape(id).key("mixins").index(next).key("target"),
                            format!("`{id}` is a mixin of itself, through `{}`", mixin.target),
                            "break the cycle of mixins",
                        );
                    } else if by_id.contains_key(&mixin.target) {
                        stack.push((&mixin.target, 0));
                        open.insert(&mixin.target);
                    }
                }
            }
        }
    }
    order
}

struct Flattening<'s, 'a> {
    id: &'s ShapeId,
    /// The shape or mixin that first defined each member.
    from: BTreeMap<String, ShapeId>,
    by_id: &'s ById<'a>,
    diagnostics: &'s mut Diagnostics,
}

impl<'s> Flattening<'s, '_> {
    fn shape(&mut self, local: &AstShape, mixins: &[AstReference]) -> AstShape {
        // Fields that are not set to `None` are never inherited.
        let mut flat = AstShape {
            member: None,
            key: None,
            value: None,
            members: None,
            version: None,
            operations: None,
            resources: None,
            errors: None,
            rename: None,
            traits: None,
            ..local.clone()
        };
        let mut traits = Traits::new();
        for (index, reference) in mixins.iter().enumerate() {
            if let Some(mixin) = self.mixin(local, index, reference) {
                traits.extend(&inherited(mixin.traits.as_ref()));
                self.inherit(&mut flat, &reference.target, mixin);
            }
        }
        self.inherit(&mut flat, self.id, local);
        traits.extend(local.traits.as_ref().unwrap_or(&Traits::new()));
        flat.traits = Some(traits);
        flat
    }

    /// The mixin that a shape refers to, if it is valid.
    fn mixin(
        &mut self,
        local: &AstShape,
        index: usize,
        reference: &AstReference,
    ) -> Option<&'s AstShape> {
        let target = &reference.target;
        let place = Place::shape(self.id).key("mixins").index(index);
        let Some(mixin) = self.by_id.get(target) else {
            self.diagnostics.error(
                place.key("target"),
                format!("the mixin `{target}` does not exist"),
                did_you_mean(target.as_str(), self.by_id.keys().map(ShapeId::as_str))
                    .unwrap_or_else(|| "define the mixin, or correct its id".to_owned()),
            );
            return None;
        };
        if mixin.r#type != local.r#type {
            self.diagnostics.error(
                place.key("target"),
                format!(
                    "the mixin `{target}` is {} and the shape {}",
                    mixin.r#type.with_article(),
                    local.r#type.with_article()
                ),
                format!("use a mixin that is {}", local.r#type.with_article()),
            );
            return None;
        }
        if !mixin.has_trait(MIXIN) {
            self.diagnostics.error(
                place.key("target"),
                format!("`{target}` is not a mixin"),
                format!("give it the trait `{MIXIN}`, or copy its members"),
            );
        }
        Some(mixin)
    }

    /// Adds the content of `from` to the shape.
    fn inherit(&mut self, flat: &mut AstShape, id: &ShapeId, from: &AstShape) {
        for (name, slot, member) in [
            ("member", &mut flat.member, &from.member),
            ("key", &mut flat.key, &from.key),
            ("value", &mut flat.value, &from.value),
        ] {
            match (slot.as_mut(), member) {
                (Some(old), Some(new)) => self.merge_member(name, old, id, new),
                (None, Some(new)) => {
                    self.from.insert(name.to_owned(), id.clone());
                    *slot = Some(new.clone());
                }
                (_, None) => {}
            }
        }
        if let Some(members) = &from.members {
            let all = flat.members.get_or_insert_default();
            self.merge_members(all, id, members);
        }
        merge_references(&mut flat.operations, from.operations.as_deref());
        merge_references(&mut flat.resources, from.resources.as_deref());
        merge_references(&mut flat.errors, from.errors.as_deref());
        if let Some(rename) = &from.rename {
            let all = flat.rename.get_or_insert_default();
            all.extend(rename.iter().map(|(id, name)| (id.clone(), name.clone())));
        }
        flat.version = from.version.clone().or(flat.version.take());
    }

    fn merge_members(
        &mut self,
        all: &mut IndexMap<String, AstMember>,
        id: &ShapeId,
        added: &IndexMap<String, AstMember>,
    ) {
        for (name, member) in added {
            match all.get_mut(name) {
                Some(old) => self.merge_member(name, old, id, member),
                None => {
                    self.from.insert(name.clone(), id.clone());
                    all.insert(name.clone(), member.clone());
                }
            }
        }
    }

    /// Merges a redefined member, which may have other traits but not another target.
    fn merge_member(&mut self, name: &str, old: &mut AstMember, id: &ShapeId, new: &AstMember) {
        if old.target != new.target {
            let first = self.from.get(name).unwrap_or(self.id);
            // The shape itself is merged last; in that case, the first mixin is shown.
            let other = if id == self.id { first } else { id };
            self.diagnostics.error(
                Place::shape(self.id).member(name),
                format!(
                    "`{}` has two members `{name}`: that of `{first}` is `{}`, that of `{id}` is \
                     `{}`",
                    self.id, old.target, new.target
                ),
                "rename one of the members, or give both the same target",
            );
            let place = Place::shape(other).member(name);
            self.diagnostics.see(place, format!("that of `{other}`"));
        }
        if let Some(traits) = &new.traits {
            old.traits.get_or_insert_default().extend(traits);
        }
    }

    /// Applies traits to the shape and to its own members, and returns the statements for inherited
    /// members.
    fn apply_to_local<'t>(
        &mut self,
        shape: &mut AstShape,
        statements: &[(Option<&'t str>, &'t Traits)],
    ) -> Vec<(&'t str, &'t Traits)> {
        let mut for_inherited = Vec::new();
        for (member, traits) in statements {
            let entry = member.map_or_else(|| self.id.clone(), |name| self.id.with_member(name));
            let own = match member {
                None => Some(shape.traits.get_or_insert_default()),
                Some(name) => {
                    member_mut(shape, name).map(|member| member.traits.get_or_insert_default())
                }
            };
            match (own, member) {
                (Some(own), _) => apply(own, traits, &entry, self.diagnostics),
                (None, Some(name)) => for_inherited.push((*name, *traits)),
                (None, None) => {}
            }
        }
        for_inherited
    }

    /// Applies traits to inherited members, overriding inherited traits.
    fn apply_to_inherited(&mut self, flat: &mut AstShape, statements: &[(&str, &Traits)]) {
        for (name, traits) in statements {
            match member_mut(flat, name) {
                Some(member) => member.traits.get_or_insert_default().extend(traits),
                None => self.diagnostics.error(
                    Place::shape_entry(&self.id.with_member(name)),
                    format!("traits are applied to the member `{name}`, which does not exist"),
                    did_you_mean(name, members(flat)).unwrap_or_else(|| {
                        format!("add the member to `{}`, or remove the statement", self.id)
                    }),
                ),
            }
        }
    }
}

fn members(shape: &AstShape) -> impl Iterator<Item = &str> {
    let members = shape.members.iter().flatten();
    members.map(|(name, _)| name.as_str())
}

fn member_mut<'s>(shape: &'s mut AstShape, name: &str) -> Option<&'s mut AstMember> {
    match shape.r#type {
        ShapeType::List | ShapeType::Set if name == "member" => shape.member.as_mut(),
        ShapeType::Map if name == "key" => shape.key.as_mut(),
        ShapeType::Map if name == "value" => shape.value.as_mut(),
        _ => shape.members.as_mut()?.get_mut(name),
    }
}

/// The traits of a mixin that shapes inherit.
fn inherited(traits: Option<&Traits>) -> Traits {
    let mut traits = traits.cloned().unwrap_or_default();
    let mixin = traits.get(MIXIN).cloned().unwrap_or_default();
    let local = mixin.get("localTraits").and_then(|ids| ids.as_array());
    for id in local.into_iter().flatten().filter_map(|id| id.as_str()) {
        traits.remove(id);
    }
    traits.remove(MIXIN);
    traits
}

fn merge_references(all: &mut Option<Vec<AstReference>>, added: Option<&[AstReference]>) {
    let Some(added) = added.filter(|added| !added.is_empty()) else {
        return;
    };
    let all = all.get_or_insert_default();
    let mut targets: BTreeSet<ShapeId> = all.iter().map(|it| it.target.clone()).collect();
    let new = added.iter().filter(|it| targets.insert(it.target.clone()));
    all.extend(new.cloned());
}
