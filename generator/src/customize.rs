//! What is known of single services beside their models, applied to one.
//!
//! What Smithy has a trait for becomes that trait, before the model is resolved; lowering is told the
//! rest.

mod names;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use self::names::Names;
use crate::config::{Entry, Layer, Retries, ServiceConfig, Signing, Terms, layers};
use crate::diagnostics::Diagnostics;
use crate::smithy::ast::ShapeType;
use crate::smithy::{Assembled, Model, ShapeId};

/// What lowering has to know of the service beside its model.
#[derive(Clone, Debug, Default)]
pub(crate) struct Customized {
    /// Headers of every request.
    pub(crate) headers: Vec<(String, String)>,
    /// Codes of errors after which a call is tried again, as after a broken connection.
    pub(crate) transient_errors: Vec<String>,
    /// The shapes of members in the path that prefixes come off.
    pub(crate) prefixed: BTreeSet<ShapeId>,
    /// These prefixes.
    pub(crate) prefixes: Vec<String>,
    /// What members in the path are where they are empty or not set, by the members' names.
    pub(crate) empty_labels: BTreeMap<String, String>,
    /// Operations whose responses may pause.
    pub(crate) without_stalled_stream_protection: BTreeSet<ShapeId>,
    /// Operations that the service answers late on purpose.
    pub(crate) long_polling: BTreeSet<ShapeId>,
    /// How calls are tried again.
    pub(crate) retries: Option<Retries>,
    /// Members in the path that the endpoint has in it already, by their names.
    pub(crate) endpoint_labels: Vec<String>,
    /// Members of the output that say whether there are more pages, by operation.
    pub(crate) more_pages: BTreeMap<ShapeId, String>,
    /// Shapes whose element may have any name when it is the root of a document.
    pub(crate) any_root: BTreeSet<ShapeId>,
    /// The code of errors with the status 404 that have no body.
    pub(crate) code_of_empty_404: Option<String>,
    /// Whether a response may be an error in spite of its status.
    pub(crate) errors_in_success: bool,
    /// How requests are signed, if not as those of most services.
    pub(crate) signing: Option<Signing>,
    /// Members that the service leaves out, whatever the model requires.
    pub(crate) optional: BTreeSet<ShapeId>,
}

impl Customized {
    /// Takes off paths what endpoints have in them. The model has been checked with it: every label
    /// has its member.
    pub(crate) fn shorten_paths(&self, model: &mut Model) {
        for operation in &mut model.operations {
            let Some(mut http) = operation.traits.get(HTTP).cloned() else {
                continue;
            };
            let mut uri = http["uri"].as_str().unwrap_or_default().to_owned();
            for label in &self.endpoint_labels {
                uri = uri.replacen(&format!("/{{{label}}}"), "", 1);
            }
            if !uri.starts_with('/') {
                uri.insert(0, '/');
            }
            http["uri"] = uri.into();
            operation.traits.set(HTTP, http);
        }
    }
}

const HTTP: &str = "smithy.api#http";

/// Applies all that is said of a model's service.
///
/// # Errors
///
/// A name in a file of the user's that the model does not have.
pub(crate) fn apply(
    model: &mut Assembled<'_>,
    config: &ServiceConfig,
) -> Result<Customized, Diagnostics> {
    let sdk_id = model.sdk_id();
    let layers = layers(config, model.service(), sdk_id.as_deref());
    if layers.is_empty() {
        return Ok(Customized::default());
    }
    let mut names = Names::new(config);
    let optional = apply_traits(model, &layers, &mut names);
    let customized = Customized {
        optional,
        ..untraited(model, &layers, &mut names)
    };
    names.into_result(customized)
}

/// The value of a key in the layer that counts most of those that have it.
fn said<'a, T: 'a>(
    layers: &[Layer<'a>],
    key: impl Fn(&'a Terms) -> Option<&'a T>,
) -> Option<(Layer<'a>, &'a T)> {
    layers
        .iter()
        .find_map(|layer| Some((*layer, key(layer.terms)?)))
}

/// The same for keys that are lists of names.
fn listed<'a>(
    layers: &[Layer<'a>],
    key: impl Fn(&'a Terms) -> Option<&'a Vec<Entry>>,
) -> impl Iterator<Item = (Layer<'a>, &'a Entry)> {
    let said = said(layers, key);
    said.into_iter()
        .flat_map(|(layer, entries)| entries.iter().map(move |entry| (layer, entry)))
}

/// What Smithy has traits for. Returns the members that may be absent.
fn apply_traits(
    model: &mut Assembled<'_>,
    layers: &[Layer<'_>],
    names: &mut Names<'_>,
) -> BTreeSet<ShapeId> {
    let mut optional = BTreeSet::new();
    for (layer, name) in listed(layers, |it| it.sensitive.as_ref()) {
        for id in names.shape_or_member(model, layer, name) {
            model.set_trait(&id, "smithy.api#sensitive", json!({}));
        }
    }
    for (layer, name) in listed(layers, |it| it.retryable.as_ref()) {
        for id in names.shape_or_member(model, layer, name) {
            model.set_trait(&id, "smithy.api#retryable", json!({}));
        }
    }
    for (layer, name) in listed(layers, |it| it.server_errors.as_ref()) {
        for id in names.shape_or_member(model, layer, name) {
            model.set_trait(&id, "smithy.api#error", json!("server"));
        }
    }
    for (layer, name) in listed(layers, |it| it.without_authentication.as_ref()) {
        for id in names.operations(model, layer, name) {
            model.set_trait(&id, "smithy.api#auth", json!([]));
        }
    }
    for (layer, name) in listed(layers, |it| it.optional_authentication.as_ref()) {
        for id in names.operations(model, layer, name) {
            model.set_trait(&id, "smithy.api#optionalAuth", json!({}));
        }
    }
    for (layer, name) in listed(layers, |it| it.optional_types.as_ref()) {
        for id in names.members_of_type(model, layer, name) {
            model.set_trait(&id, "smithy.api#clientOptional", json!({}));
        }
    }
    for (layer, name) in listed(layers, |it| it.optional.as_ref()) {
        for id in names.structure_members(model, layer, name) {
            model.set_trait(&id, "smithy.api#clientOptional", json!({}));
            optional.insert(id);
        }
    }
    for (layer, name) in listed(layers, |it| it.without_default.as_ref()) {
        for id in names.shape_or_member(model, layer, name) {
            model.remove_default(&id);
        }
    }
    optional
}

/// What lowering is told.
fn untraited(model: &Assembled<'_>, layers: &[Layer<'_>], names: &mut Names<'_>) -> Customized {
    let headers = said(layers, |it| it.headers.as_ref());
    let headers = headers.into_iter().flat_map(|(_, headers)| headers);
    let transient = said(layers, |it| it.transient_errors.as_ref());
    let mut customized = Customized {
        headers: headers
            .map(|(name, value)| (name.as_ref().to_lowercase(), value.as_ref().clone()))
            .collect(),
        transient_errors: transient.map_or_else(Vec::new, |(_, codes)| codes.clone()),
        retries: said(layers, |it| it.retries.as_ref()).map(|(_, retries)| *retries),
        signing: said(layers, |it| it.signing.as_ref()).map(|(_, signing)| *signing),
        code_of_empty_404: said(layers, |it| it.code_of_empty_404.as_ref())
            .map(|(_, code)| code.clone())
            .filter(|code| !code.is_empty()),
        errors_in_success: said(layers, |it| it.errors_in_success.as_ref())
            .is_some_and(|(_, is)| *is),
        ..Customized::default()
    };
    if let Some((layer, strip)) = said(layers, |it| it.strip_prefixes.as_ref()) {
        let shapes = strip.shapes.iter();
        let shapes = shapes.flat_map(|name| names.shape_or_member(model, layer, name));
        customized.prefixed = shapes.collect();
        customized.prefixes.clone_from(&strip.prefixes);
    }
    if let Some((layer, labels)) = said(layers, |it| it.empty_labels.as_ref()) {
        for (name, value) in labels {
            if names.label(model, layer, name) {
                let name = name.as_str().to_owned();
                customized.empty_labels.insert(name, value.clone());
            }
        }
    }
    for (layer, name) in listed(layers, |it| it.endpoint_labels.as_ref()) {
        if names.label(model, layer, name) {
            customized.endpoint_labels.push(name.as_str().to_owned());
        }
    }
    if let Some((layer, flags)) = said(layers, |it| it.more_pages.as_ref()) {
        for (operation, flag) in flags {
            for id in names.operations(model, layer, operation) {
                if names.member_of_output(model, layer, &id, flag) {
                    customized.more_pages.insert(id, flag.as_str().to_owned());
                }
            }
        }
    }
    for (layer, name) in listed(layers, |it| it.any_root.as_ref()) {
        let shapes = names.shape_or_member(model, layer, name);
        customized.any_root.extend(shapes);
    }
    for (layer, name) in listed(layers, |it| it.without_stalled_stream_protection.as_ref()) {
        let operations = names.operations(model, layer, name);
        customized
            .without_stalled_stream_protection
            .extend(operations);
    }
    for (layer, name) in listed(layers, |it| it.long_polling.as_ref()) {
        let operations = names.operations(model, layer, name);
        customized.long_polling.extend(operations);
    }
    customized
}

impl Assembled<'_> {
    /// The id of the service among the AWS SDKs.
    fn sdk_id(&self) -> Option<String> {
        let service = self.shape(self.service())?.traits.as_ref()?;
        Some(service.aws_service()?.sdk_id)
    }

    /// Takes a `@default` off a member, or off a shape and all members that have it.
    fn remove_default(&mut self, id: &ShapeId) {
        let mut ids = vec![id.clone()];
        if id.member().is_none() {
            let structures = self.shapes_of(ShapeType::Structure);
            let members = structures.flat_map(|(owner, shape)| {
                let members = shape.members.iter().flatten();
                let members = members.filter(|(_, member)| member.target == *id);
                members.map(|(name, _)| owner.with_member(name))
            });
            ids.extend(members);
        }
        for id in ids {
            self.remove_trait(&id, "smithy.api#default");
        }
    }
}
