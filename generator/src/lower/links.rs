//! Turns names in documentation into links.
//!
//! Models name operations, shapes and members in code spans. A name that can mean only one item
//! becomes a link to it; any other does not change.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::docs::Link;
use super::types::Shapes;
use crate::ir::Home;
use crate::names::{FieldName, OperationName, TypeName, VariantName};
use crate::smithy::{Kind, Model, Shape};

/// The Rust items for names in the model.
#[derive(Default)]
pub(super) struct Links {
    /// The targets of operations and types; `None` if a name has several meanings.
    items: BTreeMap<String, Option<String>>,
    /// The values of enums. A name that is also that of a member may mean the value.
    values: BTreeSet<String>,
}

/// A type whose members a documentation text may name.
pub(super) struct Owner<'a> {
    pub(super) shape: &'a Shape,
    pub(super) name: TypeName,
    pub(super) home: Home,
    path: String,
    /// The names of its members, computed on demand.
    members: OnceCell<HashSet<&'a str>>,
}

impl<'a> Owner<'a> {
    /// A type that is public in `home`.
    pub(super) fn new(model: &Model, shape: &'a Shape, name: TypeName, home: Home) -> Self {
        Self {
            path: path(model, &name, home),
            shape,
            name,
            home,
            members: OnceCell::new(),
        }
    }

    /// A shared type.
    pub(super) fn shared(model: &Model, shape: &'a Shape) -> Self {
        Self::new(model, shape, TypeName::new(&shape.name), home(shape))
    }

    /// A link to the type, with its kind for rustdoc.
    pub(super) fn link(&self, kind: &str) -> String {
        format!("[`{}`]({kind}@{})", self.name, self.path)
    }

    /// The link to a variant or to the accessor of a field, with the member's Rust name.
    fn member(&self, name: &str) -> Option<Link> {
        let members = self.members.get_or_init(|| match &self.shape.kind {
            Kind::Structure(members) | Kind::Union(members) => {
                members.iter().map(|member| member.name.as_str()).collect()
            }
            _ => HashSet::new(),
        });
        members.get(name)?;
        let (text, end) = match self.shape.kind {
            Kind::Union(_) => (VariantName::new(name).to_string(), ""),
            // Editors resolve links to methods, but not to fields of the same name.
            _ => (FieldName::new(name).to_string(), "()"),
        };
        let path = format!("{}::{text}{end}", self.path);
        Some(Link { text, path })
    }
}

impl Links {
    /// Collects the items of a model. Operations and shapes that the client lacks have already been
    /// removed from it.
    pub(super) fn of(model: &Model, shapes: &Shapes) -> Self {
        let mut links = Self::default();
        for operation in &model.operations {
            let name = OperationName::new(&operation.name);
            links.add(&operation.name, name.link());
            let input = operation.input.iter().map(|id| (id, name.input()));
            let output = operation.output.iter().map(|id| (id, name.output()));
            for (id, ty) in input.chain(output) {
                let path = format!("{}::{ty}", name.module_path());
                links.add_type(model.shape(id), "struct", &path);
            }
        }
        let structures = shapes.structures.keys().map(|id| ("struct", id));
        let enums = shapes.unions.keys().chain(shapes.enums.keys());
        for (kind, id) in structures.chain(enums.map(|id| ("enum", id))) {
            let shape = model.shape(id);
            links.add_type(shape, kind, &Owner::shared(model, shape).path);
        }
        links.add_other_meanings(model);
        links
    }

    /// Links contain the kind because rustdoc warns of a redundant path without it in files where
    /// the name is in scope.
    fn add_type(&mut self, shape: &Shape, kind: &str, path: &str) {
        let path = format!("{kind}@{path}");
        // A text may use the name that the shape had before the service renamed it.
        if shape.id.name() != shape.name {
            self.add(shape.id.name(), path.clone());
        }
        self.add(&shape.name, path);
    }

    fn add(&mut self, name: &str, path: String) {
        self.items
            .entry(name.to_owned())
            .and_modify(|path| *path = None)
            .or_insert(Some(path));
    }

    /// Some models spell members like types, and anything can be a value.
    fn add_other_meanings(&mut self, model: &Model) {
        for shape in model.shapes.values() {
            match &shape.kind {
                Kind::Structure(members) | Kind::Union(members) => {
                    for member in members {
                        self.forget(&member.name);
                    }
                }
                Kind::Enum(values) => {
                    for value in values {
                        self.forget(&value.value);
                        self.values.insert(value.value.clone());
                    }
                }
                _ => {}
            }
        }
    }

    fn forget(&mut self, name: &str) {
        if let Some(path) = self.items.get_mut(name) {
            *path = None;
        }
    }

    /// The target of a name in a text that may name members of `owners`. The text does not link to
    /// its own subjects.
    pub(super) fn find(&self, owners: &[Owner<'_>], subjects: &[&str], name: &str) -> Option<Link> {
        if subjects.contains(&name) {
            return None;
        }
        if let Some(path) = self.items.get(name) {
            return Some(Link {
                text: name.to_owned(),
                path: path.clone()?,
            });
        }
        if self.values.contains(name) {
            return None;
        }
        let mut members = owners.iter().filter_map(|owner| owner.member(name));
        let member = members.next()?;
        members.next().is_none().then_some(member)
    }
}

/// The module of a shared type.
fn home(shape: &Shape) -> Home {
    if shape.traits.error().is_some() {
        Home::Error
    } else {
        Home::Types
    }
}

/// The public path of a type.
fn path(model: &Model, name: &TypeName, home: Home) -> String {
    match home {
        Home::Types => format!("crate::types::{name}"),
        Home::Error => format!("crate::types::error::{name}"),
        Home::OperationInput(id) | Home::OperationOutput(id) => {
            let operation = &model.operations[id.0 as usize];
            let module = OperationName::new(&operation.name).module_path();
            format!("{module}::{name}")
        }
    }
}
