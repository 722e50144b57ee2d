//! Collects everything that a service reaches; see
//! [service closure](https://smithy.io/2.0/spec/service-types.html#service-closure).

mod role;

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use self::role::{ERROR, INPUT, MEMBER, OPERATION, OUTPUT, RESOURCE, Role};
use super::LeftOut;
use super::assemble::Shapes;
use super::convert;
use super::model::{Kind, Model, Operation, Service, Shape};
use crate::diagnostics::{Diagnostics, Place};
use crate::shape_id::ShapeId;
use crate::smithy::ast::{Ast, AstReference, AstShape, ShapeType};
use crate::smithy::prelude;
use crate::smithy::suggest::did_you_mean;
use crate::smithy::traits::{self, Traits};

/// Collects the model of one service, before shapes are renamed.
///
/// Targets that do not exist are reported and missing in the result.
pub(super) fn collect(
    ast: &Ast,
    shapes: &Shapes<'_>,
    id: &ShapeId,
    left_out: LeftOut,
    diagnostics: &mut Diagnostics,
) -> Model {
    let service = service(shapes, id);
    let mut walk = Walk::new(shapes, id, diagnostics);
    let operations = walk.operations(id, service, &left_out);
    let others = shapes
        .iter()
        .filter(|(id, shape)| shape.r#type == ShapeType::Operation && !operations.contains_key(id));
    let missing = others.map(|(id, _)| id.name().to_owned()).collect();
    let errors = walk.errors(&Place::shape(id), service.errors.as_deref());
    let mut operations: Vec<Operation> = operations
        .into_iter()
        .map(|(id, shape)| walk.operation(id, shape, &errors))
        .collect();
    operations.sort_by(|left, right| (&left.name, &left.id).cmp(&(&right.name, &right.id)));
    let shapes = walk.reachable(&operations, &errors);
    let gaps = walk.gaps;
    let traits = service.traits.clone().unwrap_or_default();
    Model {
        protocols: protocols(service),
        service: Service {
            id: id.clone(),
            version: service.version.clone().unwrap_or_default(),
            traits,
            errors,
            rename: renames(service),
        },
        operations,
        shapes,
        left_out,
        missing,
        metadata: ast.metadata.clone().unwrap_or_default(),
        gaps,
    }
}

/// The ids of a service's operations that exist, in order.
pub(super) fn operations(shapes: &Shapes<'_>, id: &ShapeId) -> Vec<ShapeId> {
    let mut unread = Diagnostics::new();
    let mut walk = Walk::new(shapes, id, &mut unread);
    let operations = walk.operations(id, service(shapes, id), &LeftOut::default());
    operations.into_keys().cloned().collect()
}

fn service<'s>(shapes: &'s Shapes<'_>, id: &ShapeId) -> &'s AstShape {
    let service = shapes.get(id);
    service.unwrap_or_else(|| panic!("the service {id} was found among these shapes"))
}

/// The protocols of a service, in the order of the model.
pub(super) fn protocols(service: &AstShape) -> Vec<ShapeId> {
    let ids = service.traits.iter().flat_map(Traits::iter);
    let protocols = ids.filter(|(id, _)| traits::is_protocol(id));
    protocols
        .filter_map(|(id, _)| ShapeId::parse(id).ok())
        .collect()
}

fn renames(service: &AstShape) -> BTreeMap<ShapeId, String> {
    let names = service.rename.iter().flatten();
    // `parse` reports ids that are malformed.
    names
        .filter_map(|(id, name)| Some((ShapeId::parse(id).ok()?, name.clone())))
        .collect()
}

/// The maximum number of problems that suggest a shape.
const SUGGESTED: usize = 50;

struct Walk<'w, 'a> {
    shapes: &'w Shapes<'a>,
    diagnostics: &'w mut Diagnostics,
    service: &'w ShapeId,
    gaps: BTreeSet<ShapeId>,
}

impl<'w, 'a> Walk<'w, 'a> {
    fn new(shapes: &'w Shapes<'a>, service: &'w ShapeId, diagnostics: &'w mut Diagnostics) -> Self {
        Self {
            shapes,
            diagnostics,
            service,
            gaps: BTreeSet::new(),
        }
    }

    /// The operations of the service and of its resources, each once.
    fn operations(
        &mut self,
        id: &'w ShapeId,
        service: &'w AstShape,
        left_out: &LeftOut,
    ) -> BTreeMap<&'w ShapeId, &'w AstShape> {
        let mut operations = BTreeMap::new();
        let mut visited = BTreeSet::from([id]);
        let mut open = vec![(id, service)];
        while let Some((id, shape)) = open.pop() {
            let references = operations_of(id, shape);
            let listed: Vec<&ShapeId> = references.iter().map(|(_, it)| &it.target).collect();
            for (place, reference) in &references {
                let target = &reference.target;
                if left_out.has(target) {
                    continue;
                }
                let operation = self.find_unless(|| place.clone(), target, &OPERATION, &listed);
                if let Some(operation) = operation {
                    operations.insert(&reference.target, operation);
                }
            }
            for (index, reference) in shape.resources.iter().flatten().enumerate() {
                let place = || Place::shape(id).key("resources").index(index).key("target");
                let resource = self.find(place, &reference.target, &RESOURCE);
                if let Some(resource) = resource.filter(|_| visited.insert(&reference.target)) {
                    open.push((&reference.target, resource));
                }
            }
        }
        operations
    }

    fn operation(&mut self, id: &ShapeId, shape: &AstShape, common: &[ShapeId]) -> Operation {
        let place = Place::shape(id);
        let mut errors = self.errors(&place, shape.errors.as_deref());
        let own: BTreeSet<ShapeId> = errors.iter().cloned().collect();
        errors.extend(common.iter().filter(|error| !own.contains(error)).cloned());
        Operation {
            id: id.clone(),
            name: id.name().to_owned(),
            input: self.structure(id, place.clone().key("input"), shape.input.as_ref(), &INPUT),
            output: self.structure(id, place.key("output"), shape.output.as_ref(), &OUTPUT),
            errors,
            traits: shape.traits.clone().unwrap_or_default(),
        }
    }

    /// The input or output of an operation, unless it is the unit type.
    fn structure(
        &mut self,
        operation: &ShapeId,
        place: Place,
        reference: Option<&AstReference>,
        role: &Role,
    ) -> Option<ShapeId> {
        let target = &reference?.target;
        if target.as_str() == prelude::UNIT {
            return None;
        }
        let found = self.find(|| place.clone().key("target"), target, role);
        if found.is_none() {
            self.gaps.insert(operation.clone());
        }
        found.map(|_| target.clone())
    }

    fn errors(&mut self, place: &Place, references: Option<&[AstReference]>) -> Vec<ShapeId> {
        let mut errors: Vec<ShapeId> = Vec::new();
        let mut listed = BTreeSet::new();
        for (index, reference) in references.unwrap_or_default().iter().enumerate() {
            let target = &reference.target;
            let place = || place.clone().key("errors").index(index).key("target");
            let Some(shape) = self.find(place, target, &ERROR) else {
                continue;
            };
            let is_misspelled = |traits: &Traits| traits::is_misspelled(traits, "smithy.api#error");
            let is_reported = shape.traits.as_ref().is_some_and(is_misspelled);
            if !shape.has_trait("smithy.api#error") && !is_reported {
                self.diagnostics.error(
                    place(),
                    format!("`{target}` is used as an error but has no `smithy.api#error`"),
                    "add the trait to the structure, with the value `client` or `server`",
                );
            }
            if listed.insert(target) {
                errors.push(target.clone());
            }
        }
        errors
    }

    /// The shapes that operations and errors reach, directly or indirectly.
    fn reachable(
        &mut self,
        operations: &[Operation],
        errors: &[ShapeId],
    ) -> BTreeMap<ShapeId, Shape> {
        let roots = operations.iter().flat_map(|operation| {
            operation
                .input
                .iter()
                .chain(&operation.output)
                .chain(&operation.errors)
        });
        let mut open: BTreeSet<ShapeId> = roots.chain(errors).cloned().collect();
        let mut reached = BTreeMap::new();
        while let Some(id) = open.pop_first() {
            let Some(ast) = self.shapes.get(&id) else {
                continue;
            };
            let Some(shape) = convert::shape(&id, ast, self.shapes, self.diagnostics) else {
                continue;
            };
            for member in shape.members() {
                let place = || Place::shape(&id).member(&member.name).key("target");
                let target = self.find(place, &member.target, &MEMBER);
                if target.is_some() && member.target != id && !reached.contains_key(&member.target)
                {
                    open.insert(member.target.clone());
                }
            }
            if self.diagnostics.has_errors() && !self.is_whole(&shape, ast) {
                self.gaps.insert(id.clone());
            }
            reached.insert(id, shape);
        }
        reached
    }

    /// Whether a shape is complete: no problem has removed anything from it.
    fn is_whole(&self, shape: &Shape, ast: &AstShape) -> bool {
        let old_values = ast.traits.as_ref().and_then(|it| it.get("smithy.api#enum"));
        let modeled = match old_values {
            Some(values) => values.as_array().map_or(0, Vec::len),
            None => ast.members.as_ref().map_or(0, IndexMap::len),
        };
        let has_values = match &shape.kind {
            Kind::Enum(values) => values.len() == modeled,
            Kind::IntEnum(values) => values.len() == modeled,
            _ => true,
        };
        has_values && self.has_mixins(ast)
    }

    /// Whether the mixins of a shape, and their mixins, exist. Uses no recursion, because they may
    /// be nested too deeply.
    fn has_mixins(&self, ast: &AstShape) -> bool {
        let mut visited = BTreeSet::new();
        let mut open = vec![ast];
        while let Some(shape) = open.pop() {
            for mixin in shape.mixins.iter().flatten() {
                match self.shapes.get(&mixin.target) {
                    _ if !visited.insert(&mixin.target) => {}
                    Some(found) if found.r#type == ast.r#type => open.push(found),
                    _ => return false,
                }
            }
        }
        true
    }

    /// The target of a reference, if it exists and is of the right type.
    fn find(
        &mut self,
        place: impl Fn() -> Place,
        target: &ShapeId,
        role: &Role,
    ) -> Option<&'w AstShape> {
        self.find_unless(place, target, role, &[])
    }

    /// The same, without suggesting some shapes.
    fn find_unless(
        &mut self,
        place: impl Fn() -> Place,
        target: &ShapeId,
        role: &Role,
        others: &[&ShapeId],
    ) -> Option<&'w AstShape> {
        let found = self.checked(place, target, role, others);
        if found.is_none() {
            self.gaps.insert(self.service.clone());
        }
        found
    }

    fn checked(
        &mut self,
        place: impl Fn() -> Place,
        target: &ShapeId,
        role: &Role,
        others: &[&ShapeId],
    ) -> Option<&'w AstShape> {
        let Some(shape) = self.shapes.get(target) else {
            // Suggestions compare all names, so they are limited to the problems that people read.
            let is_read = self.diagnostics.len() < SUGGESTED;
            let shapes = self.shapes.iter().filter(|_| is_read);
            let candidates: Vec<&str> = shapes
                .filter(|(id, shape)| role.allows(shape.r#type) && !others.contains(id))
                .map(|(id, _)| id.as_str())
                .collect();
            let among = |id: &str| did_you_mean(id, candidates.iter().copied());
            // A name without a namespace may be one of the prelude's.
            let in_prelude = format!("smithy.api#{}", target.name());
            self.diagnostics.error(
                place(),
                format!("the shape `{target}` does not exist"),
                among(target.as_str())
                    .or_else(|| among(&in_prelude))
                    .unwrap_or_else(|| "define the shape, or correct the target".to_owned()),
            );
            return None;
        };
        if !role.allows(shape.r#type) {
            self.diagnostics.error(
                place(),
                format!(
                    "`{target}` is {}, and {} must be {}",
                    shape.r#type.with_article(),
                    role.subject,
                    role.wanted()
                ),
                match role.types {
                    [] => "target a data shape, such as a structure or a string".to_owned(),
                    _ => format!("target {}", role.wanted()),
                },
            );
            return None;
        }
        if shape.has_trait("smithy.api#mixin") {
            self.diagnostics.error(
                place(),
                format!("`{target}` is a mixin, which only other shapes may use"),
                "target a shape that has the mixin instead",
            );
            return None;
        }
        Some(shape)
    }
}

/// The references of a service or resource to operations, each with its place.
fn operations_of<'s>(id: &ShapeId, shape: &'s AstShape) -> Vec<(Place, &'s AstReference)> {
    let lists = [
        ("operations", &shape.operations),
        ("collectionOperations", &shape.collection_operations),
    ];
    let listed = lists.into_iter().flat_map(|(key, references)| {
        let place = Place::shape(id).key(key);
        let references = references.iter().flatten().enumerate();
        references.map(move |(index, reference)| (place.clone().index(index), reference))
    });
    let lifecycle = [
        ("create", &shape.create),
        ("put", &shape.put),
        ("read", &shape.read),
        ("update", &shape.update),
        ("delete", &shape.delete),
        ("list", &shape.list),
    ];
    let single = lifecycle
        .into_iter()
        .filter_map(|(key, reference)| Some((Place::shape(id).key(key), reference.as_ref()?)));
    listed
        .chain(single)
        .map(|(place, reference)| (place.key("target"), reference))
        .collect()
}
