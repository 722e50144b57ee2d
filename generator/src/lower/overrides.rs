//! New names for operations, shapes and members from the configuration.
//!
//! They apply only to Rust. Messages use the ids of shapes and the names of members, which do not
//! change.

use std::collections::{BTreeMap, BTreeSet};

use super::types::Shapes;
use crate::config::{Entry, Rename, ServiceConfig, UnknownNames};
use crate::diagnostics::{Diagnostics, Place};
use crate::shape_id::{IDENTIFIERS, is_identifier};
use crate::smithy::suggest::did_you_mean;
use crate::smithy::{Kind, Model, Operation, Shape, ShapeId};

/// The new names by shape id.
pub(crate) struct Overrides<'a> {
    config: &'a ServiceConfig,
    names: BTreeMap<ShapeId, &'a Entry>,
}

/// Applies the names of the configuration to the model.
///
/// # Errors
///
/// Reports an entry for something that does not exist or has no name in Rust, duplicate entries,
/// and new names that no shape could have. Clashes are found later, together with all others in the
/// scope.
pub(crate) fn apply<'a>(
    model: &mut Model,
    config: &'a ServiceConfig,
) -> Result<Overrides<'a>, Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    let mut names: BTreeMap<ShapeId, (&Entry, &Entry)> = BTreeMap::new();
    // Entries refer to original names, so all are looked up before any is applied.
    let named = match config.rename.is_empty() {
        true => BTreeSet::new(),
        false => named(model),
    };
    for Rename { of, to } in &config.rename {
        if !is_identifier(to.as_str()) {
            to.error(
                config,
                Place::root(),
                format!("`{to}` is not a valid name"),
                IDENTIFIERS,
                &mut diagnostics,
            );
            continue;
        }
        let id = match find(of, &named, model) {
            Ok(id) => id,
            Err(_) if config.unknown_names == UnknownNames::PassOver => continue,
            Err((message, remedy)) => {
                of.error(config, Place::root(), message, remedy, &mut diagnostics);
                continue;
            }
        };
        if let Some((first, _)) = names.insert(id.clone(), (of, to)) {
            let message = format!("`{id}` is renamed twice");
            let remedy = "remove one of the entries";
            let first = [(first, "the first")];
            of.error_with(
                config,
                Place::root(),
                message,
                remedy,
                &first,
                &mut diagnostics,
            );
        }
        set(model, &id, to.as_str());
    }
    let operations = &mut model.operations;
    operations.sort_by(|one, other| (&one.name, &one.id).cmp(&(&other.name, &other.id)));
    let names = names.into_iter().map(|(id, (_, to))| (id, to));
    let names = names.collect();
    diagnostics.into_result(Overrides { config, names })
}

/// Everything that has a name in Rust: operations, types, their fields and variants.
fn named(model: &Model) -> BTreeSet<ShapeId> {
    let types = Shapes::of(model);
    let shapes = types.structures.keys().chain(types.unions.keys());
    let shapes = shapes.chain(types.enums.keys()).cloned();
    let operations = model
        .operations
        .iter()
        .map(|operation| operation.id.clone());
    let members = model.shapes.values().flat_map(members);
    operations.chain(shapes).chain(members).collect()
}

fn members(shape: &Shape) -> Vec<ShapeId> {
    let names: Vec<&str> = match &shape.kind {
        Kind::Structure(members) | Kind::Union(members) => {
            members.iter().map(|member| member.name.as_str()).collect()
        }
        Kind::Enum(values) => {
            let names = values.iter().filter_map(|value| value.name.as_deref());
            names.collect()
        }
        _ => Vec::new(),
    };
    let ids = names.into_iter().map(|name| shape.id.with_member(name));
    ids.collect()
}

/// The id that an entry refers to, or message and remedy if it is wrong.
fn find(of: &Entry, named: &BTreeSet<ShapeId>, model: &Model) -> Result<ShapeId, (String, String)> {
    let mut found = named.iter().filter(|id| of.means(id));
    match (found.next(), found.next()) {
        (Some(id), None) => Ok(id.clone()),
        (Some(one), Some(other)) => Err((
            format!("`{of}` may be `{one}` or `{other}`"),
            "write it with its namespace".to_owned(),
        )),
        (None, _) => Err(nothing(of, named, model)),
    }
}

fn nothing(of: &Entry, named: &BTreeSet<ShapeId>, model: &Model) -> (String, String) {
    let is_end = |operation: &&Operation| {
        let mut ends = operation.input.iter().chain(&operation.output);
        ends.any(|id| of.means(id))
    };
    if let Some(operation) = model.operations.iter().find(is_end) {
        return (
            format!(
                "the type of `{of}` is derived from `{}`",
                operation.id.name()
            ),
            "rename the operation, and its input and output follow".to_owned(),
        );
    }
    if let Some(shape) = model.shapes.keys().find(|id| of.means(id)) {
        let kind = model.shape(shape).kind.name();
        return (
            format!("`{of}` is of type `{kind}`, which has no Rust type"),
            "remove the entry".to_owned(),
        );
    }
    let known = named.iter().map(|id| match of.as_str().contains('#') {
        true => id.as_str(),
        false => id.without_namespace(),
    });
    (
        format!("the client has nothing called `{of}`"),
        did_you_mean(of.as_str(), known).unwrap_or_else(|| {
            "use the model's name of an operation, a shape, or a member such as `Thing$name`"
                .to_owned()
        }),
    )
}

fn set(model: &mut Model, id: &ShapeId, name: &str) {
    if let Some(operation) = model.operations.iter_mut().find(|it| it.id == *id) {
        name.clone_into(&mut operation.name);
        return;
    }
    let Some(shape) = model.shapes.get_mut(&id.without_member()) else {
        return;
    };
    let Some(member) = id.member() else {
        name.clone_into(&mut shape.name);
        return;
    };
    match &mut shape.kind {
        Kind::Structure(members) | Kind::Union(members) => {
            let mut members = members.iter_mut();
            if let Some(found) = members.find(|it| it.name == member) {
                found.rust_name = Some(name.to_owned());
            }
        }
        Kind::Enum(values) => {
            let mut values = values.iter_mut();
            if let Some(found) = values.find(|it| it.name.as_deref() == Some(member)) {
                found.rust_name = Some(name.to_owned());
            }
        }
        _ => {}
    }
}

/// An operation, a shape, a member or a value that has a name in Rust.
pub(super) struct Named {
    pub(super) id: ShapeId,
    pub(super) place: Place,
    /// Its name in messages.
    pub(super) called: String,
}

impl Named {
    pub(super) fn shape(id: &ShapeId) -> Self {
        Self {
            id: id.clone(),
            place: Place::shape(id),
            called: format!("`{id}`"),
        }
    }

    pub(super) fn member(shape: &ShapeId, name: &str) -> Self {
        Self {
            id: shape.with_member(name),
            place: Place::shape(shape).member(name),
            called: format!("`{name}`"),
        }
    }
}

impl Overrides<'_> {
    /// Records that the name of the first of `things` is taken, by the others if there are any. The
    /// place is the entry of the configuration that caused it, or else in the model.
    pub(super) fn clash(
        &self,
        things: &[Named],
        message: String,
        remedy: &str,
        diagnostics: &mut Diagnostics,
    ) {
        let Some((late, first)) = things.split_first() else {
            return;
        };
        let renamed = things.iter().find_map(|thing| {
            let name = self.names.get(&thing.id)?;
            Some((name, thing.place.clone()))
        });
        if let Some((name, place)) = renamed {
            name.error(
                self.config,
                place,
                message,
                "give it another name",
                diagnostics,
            );
            return;
        }
        diagnostics.error(late.place.clone(), message, remedy);
        for other in first {
            diagnostics.see(other.place.clone(), &other.called);
        }
    }
}
