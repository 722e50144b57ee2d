//! What the names in customizations stand for.

use crate::config::{Entry, Layer, ServiceConfig, UnknownNames};
use crate::diagnostics::Diagnostics;
use crate::smithy::ast::ShapeType;
use crate::smithy::suggest::did_you_mean;
use crate::smithy::{Assembled, ShapeId};

/// A name that stands for everything that it could be.
const ALL: &str = "*";

/// Finds names in a model, and notes those that are not there.
pub(super) struct Names<'a> {
    config: &'a ServiceConfig,
    problems: Diagnostics,
}

impl<'a> Names<'a> {
    pub(super) fn new(config: &'a ServiceConfig) -> Self {
        Self {
            config,
            problems: Diagnostics::new(),
        }
    }

    /// The result, unless there was a problem.
    pub(super) fn into_result<T>(self, result: T) -> Result<T, Diagnostics> {
        self.problems.into_result(result)
    }

    /// An operation of the service; all of them for `*`.
    pub(super) fn operations(
        &mut self,
        model: &Assembled<'_>,
        layer: Layer<'_>,
        name: &Entry,
    ) -> Vec<ShapeId> {
        let operations = model.operations();
        self.find(layer, name, "the service has no operation", operations)
    }

    /// A shape, or a member such as `Thing$name`.
    pub(super) fn shape_or_member(
        &mut self,
        model: &Assembled<'_>,
        layer: Layer<'_>,
        name: &Entry,
    ) -> Vec<ShapeId> {
        let ids = match name.as_str().contains('$') {
            true => members(model),
            false => model.ids().cloned().collect(),
        };
        self.find(layer, name, "the model has no", ids)
    }

    /// A member of a structure; those of all structures for `*`.
    pub(super) fn structure_members(
        &mut self,
        model: &Assembled<'_>,
        layer: Layer<'_>,
        name: &Entry,
    ) -> Vec<ShapeId> {
        let message = "no structure of the model has a member";
        self.find(layer, name, message, members(model))
    }

    /// The members of structures whose shapes are of this type.
    pub(super) fn members_of_type(
        &mut self,
        model: &Assembled<'_>,
        layer: Layer<'_>,
        name: &Entry,
    ) -> Vec<ShapeId> {
        let mut types = ShapeType::ALL.into_iter();
        let Some(wanted) = types.find(|it| it.name() == name.as_str()) else {
            let known = ShapeType::ALL.map(ShapeType::name);
            let remedy = did_you_mean(name.as_str(), known)
                .unwrap_or_else(|| format!("the types are {}", known.join(", ")));
            let remedy = Some(remedy);
            self.unknown(layer, name, "there is no shape type", remedy);
            return Vec::new();
        };
        let structures = model.shapes_of(ShapeType::Structure);
        let members = structures.flat_map(|(id, shape)| {
            let members = shape.members.iter().flatten();
            let is_wanted = |target: &ShapeId| {
                let target = model.shape(target);
                target.is_some_and(|target| target.r#type == wanted)
            };
            let members = members.filter(move |(_, member)| is_wanted(&member.target));
            members.map(|(name, _)| id.with_member(name))
        });
        members.collect()
    }

    /// Whether the output of an operation has this member.
    pub(super) fn member_of_output(
        &mut self,
        model: &Assembled<'_>,
        layer: Layer<'_>,
        operation: &ShapeId,
        name: &Entry,
    ) -> bool {
        let output = model.shape(operation).and_then(|it| it.output.as_ref());
        let output = output.and_then(|output| model.shape(&output.target));
        let members = output.and_then(|output| output.members.as_ref());
        if members.is_some_and(|members| members.contains_key(name.as_str())) {
            return true;
        }
        let known = members.into_iter().flat_map(|members| members.keys());
        let remedy = did_you_mean(name.as_str(), known.map(String::as_str));
        let message = format!("the output of `{}` has no member", operation.name());
        self.unknown(layer, name, &message, remedy);
        false
    }

    /// Whether a structure has a member of this name that goes into the path.
    pub(super) fn label(&mut self, model: &Assembled<'_>, layer: Layer<'_>, name: &Entry) -> bool {
        let structures = model.shapes_of(ShapeType::Structure);
        let members = structures.flat_map(|(_, shape)| shape.members.iter().flatten());
        let labels = members.filter(|(_, member)| {
            let traits = member.traits.as_ref();
            traits.is_some_and(|traits| traits.has("smithy.api#httpLabel"))
        });
        let labels: Vec<_> = labels.map(|(name, _)| name.as_str()).collect();
        if labels.contains(&name.as_str()) {
            return true;
        }
        let message = "no path of the model has a member";
        let remedy = did_you_mean(name.as_str(), labels);
        self.unknown(layer, name, message, remedy);
        false
    }

    /// The ids that a name stands for. Those of the service's own namespace are written without it.
    fn find(
        &mut self,
        layer: Layer<'_>,
        name: &Entry,
        message: &str,
        known: Vec<ShapeId>,
    ) -> Vec<ShapeId> {
        if name.as_str() == ALL {
            return known;
        }
        let (is_absolute, wanted) = (name.as_str().contains('#'), name.as_str());
        let spelled = |id: &'_ ShapeId| match is_absolute {
            true => id.as_str().to_owned(),
            false => without_namespace(id).to_owned(),
        };
        let is_meant = |id: &&ShapeId| spelled(id) == wanted;
        let found: Vec<_> = known.iter().filter(is_meant).cloned().collect();
        if found.is_empty() {
            let names: Vec<_> = known.iter().map(spelled).collect();
            let remedy = did_you_mean(wanted, names.iter().map(String::as_str));
            self.unknown(layer, name, message, remedy);
        }
        found
    }

    fn unknown(&mut self, layer: Layer<'_>, name: &Entry, message: &str, remedy: Option<String>) {
        // What is built in is about all versions of a model.
        if layer.is_built_in || self.config.unknown_names == UnknownNames::PassOver {
            return;
        }
        let remedy =
            remedy.unwrap_or_else(|| "spell it as the model does, or remove it".to_owned());
        let message = format!("{message} `{name}`");
        name.error_in(layer.source, message, remedy, &mut self.problems);
    }
}

fn members(model: &Assembled<'_>) -> Vec<ShapeId> {
    let structures = model.shapes_of(ShapeType::Structure);
    let members = structures.flat_map(|(id, shape)| {
        let members = shape.members.iter().flatten();
        members.map(|(name, _)| id.with_member(name))
    });
    members.collect()
}

fn without_namespace(id: &ShapeId) -> &str {
    let id = id.as_str();
    id.split_once('#').map_or(id, |(_, name)| name)
}
