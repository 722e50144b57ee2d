//! What the names in documentation lead to.
//!
//! Models name operations, shapes and members in code spans. Where such a name can mean one item
//! only, it becomes a link to it; where it can mean several, it stays as it is.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::docs::Link;
use super::types::Shapes;
use crate::ir::Home;
use crate::names::{FieldName, OperationName, TypeName, VariantName};
use crate::smithy::{Kind, Model, Shape};

/// The items that names of the model became.
#[derive(Default)]
pub(super) struct Links {
    /// What operations and types lead to; `None` where a name has several meanings.
    items: BTreeMap<String, Option<String>>,
    /// The values of enums: a member that is called like one may not be meant.
    values: BTreeSet<String>,
}

/// A type whose members documentation may speak of.
pub(super) struct Owner<'a> {
    pub(super) shape: &'a Shape,
    pub(super) name: TypeName,
    pub(super) home: Home,
    path: String,
    /// The names of its members, once a text asks for one.
    members: OnceCell<HashSet<&'a str>>,
}

impl<'a> Owner<'a> {
    /// A type that is public there.
    pub(super) fn new(model: &Model, shape: &'a Shape, name: TypeName, home: Home) -> Self {
        Self {
            path: path(model, &name, home),
            shape,
            name,
            home,
            members: OnceCell::new(),
        }
    }

    /// A type of its own.
    pub(super) fn shared(model: &Model, shape: &'a Shape) -> Self {
        Self::new(model, shape, TypeName::new(&shape.name), home(shape))
    }

    /// A link to the type, which is of this kind to rustdoc.
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
            // Editors know how to link to a method, and not to a field of the same name.
            _ => (FieldName::new(name).to_string(), "()"),
        };
        let path = format!("{}::{text}{end}", self.path);
        Some(Link { text, path })
    }
}

impl Links {
    /// Collects what a model's names became. Operations and shapes that the client does not have
    /// are not in the model any more.
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

    /// The kind goes with the path: rustdoc finds the path alone redundant in files where the name
    /// is in scope, and wants nothing but the name there.
    fn add_type(&mut self, shape: &Shape, kind: &str, path: &str) {
        let path = format!("{kind}@{path}");
        // A text may be older than the service that renames the shape.
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

    /// Some models write members like types, and anything can be a value.
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

    /// What a name leads to in a text that may speak of the members of some types. The subjects of
    /// the text are not linked to: their documentation is what is being read.
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

/// Where a shape that is a type of its own has its home.
fn home(shape: &Shape) -> Home {
    if shape.traits.error().is_some() {
        Home::Error
    } else {
        Home::Types
    }
}

/// The path by which users know a type.
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
