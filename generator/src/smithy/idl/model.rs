//! Merges all files into one model.

use indexmap::IndexMap;

use super::complete;
use super::merge;
use super::names::{Defined, Names};
use super::node::{Entry, Node, Problem, Value};
use super::parser::File;
use super::version;
use crate::diagnostics::{Diagnostics, Span};

/// A parsed file.
pub(super) enum Parsed {
    Idl(File),
    Json(Node),
}

/// The model with absolute names.
pub(super) struct Model {
    pub(super) is_version_one: bool,
    pub(super) metadata: Vec<Entry>,
    pub(super) shapes: IndexMap<String, Definition>,
    /// `apply` statements for shapes and members that no file defines, by id.
    pub(super) applied: IndexMap<String, Definition>,
}

/// A shape as in the JSON AST.
pub(super) struct Definition {
    pub(super) span: Span,
    pub(super) node: Node,
    pub(super) resource: Option<Node>,
    pub(super) is_version_one: bool,
}

/// Traits for a shape or member that is defined elsewhere.
struct Applied {
    id: String,
    span: Span,
    traits: Vec<Entry>,
}

impl Model {
    pub(super) fn of(files: Vec<Parsed>, problems: &mut Diagnostics) -> Self {
        let mut is_version_one = true;
        let mut model = Self {
            is_version_one,
            metadata: Vec::new(),
            shapes: IndexMap::new(),
            applied: IndexMap::new(),
        };
        let mut applied = Vec::new();
        let defined = defined(&files);
        for file in files {
            is_version_one &= match file {
                Parsed::Idl(file) => model.take_idl(file, &defined, &mut applied, problems),
                Parsed::Json(file) => model.take_json(file, &mut applied, problems),
            };
        }
        model.is_version_one = is_version_one;
        model.apply(applied, problems);
        model
    }

    /// Adds the definitions of a file; returns whether it has version 1.0.
    fn take_idl(
        &mut self,
        file: File,
        defined: &Defined,
        applied: &mut Vec<Applied>,
        problems: &mut Diagnostics,
    ) -> bool {
        let is_version_one = file.is_version_one();
        let File {
            metadata,
            namespace,
            uses,
            shapes,
            applied: statements,
            ..
        } = file;
        let names = Names::of(&namespace, &uses, &shapes, defined, problems);
        for mut entry in metadata {
            names.resolve(&mut entry.value, problems);
            self.add_metadata(entry, problems);
        }
        for mut shape in shapes {
            names.resolve(&mut shape.definition, problems);
            merge::settle_references(&mut shape.definition);
            if let Some(resource) = &mut shape.resource {
                names.resolve(resource, problems);
            }
            let definition = Definition {
                span: shape.span,
                node: shape.definition,
                resource: shape.resource,
                is_version_one,
            };
            self.add(format!("{namespace}#{}", shape.name), definition, problems);
        }
        for statement in statements {
            let mut target = statement.target;
            names.resolve(&mut target, problems);
            let mut traits = statement.traits;
            for entry in &mut traits {
                names.resolve_entry(entry, problems);
            }
            applied.push(Applied {
                id: target.string().unwrap_or_default().to_owned(),
                span: target.span,
                traits,
            });
        }
        is_version_one
    }

    fn take_json(
        &mut self,
        file: Node,
        applied: &mut Vec<Applied>,
        problems: &mut Diagnostics,
    ) -> bool {
        let is_version_one = is_version_one(&file);
        let Value::Object(entries) = file.value else {
            return is_version_one;
        };
        for Entry { key, value } in entries {
            match (key.name.as_str(), value.value) {
                ("metadata", Value::Object(entries)) => {
                    for entry in entries {
                        self.add_metadata(entry, problems);
                    }
                }
                ("shapes", Value::Object(shapes)) => {
                    for mut shape in shapes {
                        let (id, span) = (shape.key.name, shape.key.span);
                        shape.value.span = span;
                        if shape.value.get("type").and_then(Node::string) == Some("apply") {
                            let traits = shape.value.get_mut("traits");
                            let traits = traits.and_then(Node::entries_mut).map(std::mem::take);
                            let traits = traits.unwrap_or_default();
                            applied.push(Applied { id, span, traits });
                            continue;
                        }
                        let definition = Definition {
                            span,
                            node: shape.value,
                            resource: None,
                            is_version_one,
                        };
                        self.add(id, definition, problems);
                    }
                }
                _ => {}
            }
        }
        is_version_one
    }

    /// Adds metadata. Lists are joined; other values must be unique.
    fn add_metadata(&mut self, entry: Entry, problems: &mut Diagnostics) {
        merge::add(&mut self.metadata, entry, "the metadata", problems);
    }

    /// Adds a shape. Several files may define the same shape if the definitions agree.
    fn add(&mut self, id: String, mut definition: Definition, problems: &mut Diagnostics) {
        // Duplicate traits are merged as if they were applied.
        merge::settle_traits(&mut definition.node, problems);
        let Some(first) = self.shapes.get_mut(&id) else {
            self.shapes.insert(id, definition);
            return;
        };
        if merge::same_shape(&first.node, &definition.node) {
            merge::join_traits(&mut first.node, definition.node, problems);
            return;
        }
        let message = format!("`{id}` is defined twice, in different ways");
        Problem::new(
            definition.span,
            message,
            "keep one of the definitions, or rename a shape",
        )
        .and(first.span, "the first")
        .record(problems);
    }

    /// Adds the traits of `apply` statements to their shapes.
    fn apply(&mut self, applied: Vec<Applied>, problems: &mut Diagnostics) {
        let mut by_shape: IndexMap<String, Vec<(Option<String>, Applied)>> = IndexMap::new();
        for statement in applied {
            let (shape, member) = match statement.id.split_once('$') {
                Some((shape, member)) => (shape.to_owned(), Some(member.to_owned())),
                None => (statement.id.clone(), None),
            };
            by_shape.entry(shape).or_default().push((member, statement));
        }
        for (id, statements) in by_shape {
            let mut shape = self.shapes.get_mut(&id);
            let members = shape.as_ref().map(|it| merge::member_places(&it.node));
            for (member, statement) in statements {
                let place = match (&member, &members) {
                    (Some(member), Some(members)) => {
                        members.get(member.as_str()).copied().map(Some)
                    }
                    (None, Some(_)) => Some(None),
                    (_, None) => None,
                };
                let target = match (place, &mut shape) {
                    (Some(place), Some(shape)) => merge::at_mut(&mut shape.node, place),
                    _ => None,
                };
                let target = match target {
                    Some(target) => target,
                    None => {
                        &mut self
                            .applied
                            .entry(statement.id)
                            .or_insert_with(|| applying(statement.span))
                            .node
                    }
                };
                let traits = target.object_mut("traits");
                for entry in statement.traits {
                    if let Some(entries) = traits.entries_mut() {
                        merge::add(entries, entry, "the trait", problems);
                    }
                }
            }
        }
    }

    /// Fills in what depends on other shapes, in any file.
    pub(super) fn complete(&mut self, problems: &mut Diagnostics) {
        complete::complete(&mut self.shapes, problems);
        version::check(&self.shapes, problems);
        if !self.is_version_one {
            version::raise(&mut self.shapes);
        }
    }
}

/// An `apply` statement in the form of the JSON AST.
fn applying(span: Span) -> Definition {
    let r#type = Node::new(Value::String("apply".to_owned()), span);
    Definition {
        span,
        node: Node::new(Value::Object(vec![Entry::new("type", span, r#type)]), span),
        resource: None,
        is_version_one: false,
    }
}

fn is_version_one(file: &Node) -> bool {
    matches!(file.get("smithy").and_then(Node::string), Some("1" | "1.0"))
}

fn defined(files: &[Parsed]) -> Defined {
    let mut defined = Defined::new();
    let r#type = |node: &Node| {
        node.get("type")
            .and_then(Node::string)
            .unwrap_or_default()
            .to_owned()
    };
    for file in files {
        match file {
            Parsed::Idl(file) => {
                let shapes = file.shapes.iter();
                defined.extend(shapes.map(|shape| {
                    (
                        format!("{}#{}", file.namespace, shape.name),
                        r#type(&shape.definition),
                    )
                }));
            }
            Parsed::Json(file) => {
                let shapes = file
                    .get("shapes")
                    .map(Node::entries)
                    .unwrap_or_default()
                    .iter();
                let shapes = shapes.map(|it| (it.key.name.clone(), r#type(&it.value)));
                defined.extend(shapes.filter(|(_, it)| it != "apply"));
            }
        }
    }
    defined
}
