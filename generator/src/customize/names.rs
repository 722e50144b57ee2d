//! Resolves the names in customizations.

use crate::config::{Entry, Layer, ServiceConfig, UnknownNames};
use crate::diagnostics::Diagnostics;
use crate::smithy::ast::{AstMember, ShapeType};
use crate::smithy::suggest::did_you_mean;
use crate::smithy::{Assembled, AstShape, ShapeId};

/// The name that means everything of its kind.
const ALL: &str = "*";

/// The structure of an operation that contains a member.
#[derive(Clone, Copy)]
pub(super) enum Side {
    Input,
    Output,
}

impl Side {
    fn name(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Output => "output",
        }
    }

    /// The structure, if the operation has it.
    fn structure<'a>(
        self,
        model: &'a Assembled<'_>,
        operation: &ShapeId,
    ) -> Option<(&'a ShapeId, &'a AstShape)> {
        let operation = model.shape(operation)?;
        let target = match self {
            Self::Input => operation.input.as_ref(),
            Self::Output => operation.output.as_ref(),
        };
        let id = &target?.target;
        Some((id, model.shape(id)?))
    }
}

/// Finds names in a model and records those that do not exist.
pub(super) struct Names {
    unknown_names: UnknownNames,
    problems: Diagnostics,
}

impl Names {
    pub(super) fn new(config: &ServiceConfig) -> Self {
        Self {
            unknown_names: config.unknown_names,
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
            true => members(model, |_| true),
            false => model.ids().cloned().collect(),
        };
        self.find(layer, name, "the model has no", ids)
    }

    /// A shape that is a string or a timestamp.
    pub(super) fn text_or_date(
        &mut self,
        model: &Assembled<'_>,
        layer: Layer<'_>,
        name: &Entry,
    ) -> Vec<ShapeId> {
        let types = [ShapeType::String, ShapeType::Timestamp];
        let shapes = types.into_iter().flat_map(|it| model.shapes_of(it));
        let ids = shapes.map(|(id, _)| id.clone()).collect();
        self.find(layer, name, "the model has no string or timestamp", ids)
    }

    /// A member of a structure; those of all structures for `*`.
    pub(super) fn structure_members(
        &mut self,
        model: &Assembled<'_>,
        layer: Layer<'_>,
        name: &Entry,
    ) -> Vec<ShapeId> {
        let message = "no structure of the model has a member";
        self.find(layer, name, message, members(model, |_| true))
    }

    /// The members of structures whose targets have this type, except for required ones.
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
        members(model, |member| {
            let target = model.shape(&member.target);
            let is_wanted = target.is_some_and(|target| target.r#type == wanted);
            let traits = member.traits.as_ref();
            is_wanted && !traits.is_some_and(|traits| traits.has("smithy.api#required"))
        })
    }

    /// One of several ids, with or without its namespace.
    pub(super) fn one_of<'a>(
        &mut self,
        layer: Layer<'_>,
        name: &Entry,
        what: &str,
        known: &[&'a str],
    ) -> Option<&'a str> {
        let is_meant = |id: &&&str| {
            let short = id.split_once('#').map(|(_, short)| short);
            **id == name.as_str() || short == Some(name.as_str())
        };
        let found = known.iter().find(is_meant).copied();
        if found.is_none() {
            let remedy = did_you_mean(name.as_str(), known.iter().copied());
            let known = || format!("there are `{}`", known.join("`, `"));
            let remedy = remedy.unwrap_or_else(known);
            self.wrong(
                layer,
                name,
                &format!("{what} that can be added is called"),
                &remedy,
            );
        }
        found
    }

    /// A member of the input or output of an operation.
    pub(super) fn member_of(
        &mut self,
        side: Side,
        model: &Assembled<'_>,
        layer: Layer<'_>,
        operation: &ShapeId,
        name: &Entry,
    ) -> Option<ShapeId> {
        let structure = side.structure(model, operation);
        let members = structure.and_then(|(_, shape)| shape.members.as_ref());
        if let (Some((id, _)), Some(members)) = (structure, members)
            && members.contains_key(name.as_str())
        {
            return Some(id.with_member(name.as_str()));
        }
        let known = members.into_iter().flat_map(|members| members.keys());
        let remedy = did_you_mean(name.as_str(), known.map(String::as_str));
        let message = format!(
            "the {} of `{}` has no member",
            side.name(),
            operation.name()
        );
        self.unknown(layer, name, &message, remedy);
        None
    }

    /// The header that a member of an operation's input is sent as.
    pub(super) fn header_of_input(
        &mut self,
        model: &Assembled<'_>,
        layer: Layer<'_>,
        operation: &ShapeId,
        name: &Entry,
    ) -> Option<String> {
        self.member_of(Side::Input, model, layer, operation, name)?;
        let (_, input) = Side::Input.structure(model, operation)?;
        let member = input.members.as_ref()?.get(name.as_str())?;
        let header = member.traits.as_ref().and_then(|it| it.http_header());
        if header.is_none() {
            let message = format!("no header of `{}` is bound to the member", operation.name());
            let remedy = "name a member that is sent as a header".to_owned();
            self.unknown(layer, name, &message, Some(remedy));
        }
        header.map(str::to_lowercase)
    }

    /// Whether a structure has a member of this name that is part of the path.
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

    /// The ids that a name refers to. Ids in the service's own namespace are written without it.
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
        let found: Vec<_> = known.iter().filter(|id| name.means(id)).cloned().collect();
        if found.is_empty() {
            let names = known.iter().map(|id| match name.as_str().contains('#') {
                true => id.as_str(),
                false => id.without_namespace(),
            });
            let remedy = did_you_mean(name.as_str(), names);
            self.unknown(layer, name, message, remedy);
        }
        found
    }

    /// Records an entry that means nothing for this service.
    pub(super) fn wrong(&mut self, layer: Layer<'_>, name: &Entry, message: &str, remedy: &str) {
        self.unknown(layer, name, message, Some(remedy.to_owned()));
    }

    fn unknown(&mut self, layer: Layer<'_>, name: &Entry, message: &str, remedy: Option<String>) {
        // Built-in names are for all versions of a model.
        if layer.is_built_in || self.unknown_names == UnknownNames::PassOver {
            return;
        }
        let remedy =
            remedy.unwrap_or_else(|| "spell it as the model does, or remove it".to_owned());
        let message = format!("{message} `{name}`");
        name.error_in(layer.source, message, remedy, &mut self.problems);
    }
}

/// The members of structures whose targets match.
pub(super) fn members(
    model: &Assembled<'_>,
    is_wanted: impl Fn(&AstMember) -> bool,
) -> Vec<ShapeId> {
    let mut found = Vec::new();
    for (id, shape) in model.shapes_of(ShapeType::Structure) {
        let members = shape.members.iter().flatten();
        let members = members.filter(|(_, member)| is_wanted(member));
        found.extend(members.map(|(name, _)| id.with_member(name)));
    }
    found
}
