//! Applies customizations, which say what the model of a service does not, to a model.
//!
//! A customization becomes a trait if Smithy has one for it, before the model is resolved. Lowering
//! gets the rest.

mod check;
mod dates;
mod model;
mod names;
mod sessions;
#[cfg(test)]
mod tests;
mod traits;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use self::check::check;
use self::dates::add_dates;
use self::names::{Names, Side};
pub(crate) use self::sessions::{CREDENTIALS, Sessions};
use self::traits::apply_traits;
use crate::config::{Entry, Layer, PresignedBody, Retries, ServiceConfig, Signing, Terms, layers};
use crate::diagnostics::Diagnostics;
use crate::ir::AuthTokens;
use crate::smithy::{Assembled, Model, ShapeId};

/// What lowering has to know about the service in addition to its model.
#[derive(Clone, Debug, Default)]
pub(crate) struct Customized {
    /// Headers of every request.
    pub(crate) headers: Vec<(String, String)>,
    /// Codes of errors that are retried like a broken connection.
    pub(crate) transient_errors: Vec<String>,
    /// The shapes of path members from which prefixes are removed.
    pub(crate) prefixed: BTreeSet<ShapeId>,
    /// The prefixes to remove.
    pub(crate) prefixes: Vec<String>,
    /// The values of path members that are empty or not set, by member name.
    pub(crate) empty_labels: BTreeMap<String, String>,
    /// Operations whose responses may pause.
    pub(crate) without_stalled_stream_protection: BTreeSet<ShapeId>,
    /// Operations whose responses the service delays on purpose.
    pub(crate) long_polling: BTreeSet<ShapeId>,
    /// Whether responses have a second id of their request.
    pub(crate) extended_request_id: bool,
    /// Tokens that databases accept as passwords.
    pub(crate) auth_tokens: Option<AuthTokens>,
    /// Operations for which users may exclude the body from the signature.
    pub(crate) optional_payload_signing: BTreeSet<ShapeId>,
    /// The suffix of the environment variable that contains a bearer token.
    pub(crate) environment_token: Option<String>,
    /// Headers that contain the tree hash of the body, by operation.
    pub(crate) tree_hashes: BTreeMap<ShapeId, String>,
    /// How calls are retried.
    pub(crate) retries: Option<Retries>,
    /// Names of path members that the endpoint already contains.
    pub(crate) endpoint_labels: Vec<String>,
    /// Members of the output that say whether there are more pages, by operation.
    pub(crate) more_pages: BTreeMap<ShapeId, String>,
    /// Shapes whose element may have any name when it is the root of a document.
    pub(crate) any_root: BTreeSet<ShapeId>,
    /// The code of errors with the status 404 that have no body.
    pub(crate) code_of_empty_404: Option<String>,
    /// Whether a response may be an error in spite of its status.
    pub(crate) errors_in_success: bool,
    /// How requests are signed, if differently from most services.
    pub(crate) signing: Option<Signing>,
    /// Operations whose requests can be presigned.
    pub(crate) presigning: BTreeMap<ShapeId, PresignedBody>,
    /// Whether `presigning` is built in. Then it applies to all versions of the model, even to
    /// those in which a request is not signed.
    pub(crate) has_built_in_presigning: bool,
    /// Members that the service leaves out, whatever the model requires.
    pub(crate) optional: BTreeSet<ShapeId>,
    /// Dates in headers of responses that may be invalid.
    pub(crate) lenient_dates: LenientDates,
    /// Sessions that some calls are signed with.
    pub(crate) sessions: Option<Sessions>,
}

/// Dates in headers of responses that may be invalid.
#[derive(Clone, Debug, Default)]
pub(crate) struct LenientDates {
    /// The operations whose responses have such headers.
    pub(crate) operations: BTreeSet<ShapeId>,
    /// The headers, and for each the header from which the member with the text is read, in lower
    /// case.
    pub(crate) headers: BTreeMap<String, String>,
}

impl Customized {
    /// Removes from paths what the endpoints already contain. Runs after the checks, which require
    /// that every label has a member.
    pub(crate) fn shorten_paths(&self, model: &mut Model) {
        if self.endpoint_labels.is_empty() {
            return;
        }
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

/// Applies all customizations of a model's service.
///
/// # Errors
///
/// Fails if a file of the user contains a name that the model does not have.
pub(crate) fn apply(
    model: &mut Assembled<'_>,
    config: &ServiceConfig,
) -> Result<Customized, Diagnostics> {
    let layers = layers(config, &model.names());
    if layers.is_empty() {
        return Ok(Customized::default());
    }
    let mut names = Names::new(config);
    let optional = apply_traits(model, &layers, &mut names);
    let lenient_dates = add_dates(model, &layers, &mut names);
    let customized = Customized {
        optional,
        lenient_dates,
        ..untraited(model, &layers, &mut names)
    };
    names.into_result(customized)
}

/// The value of a key, from the layer with the highest precedence that has it.
fn said<'a, T: 'a>(
    layers: &[Layer<'a>],
    key: impl Fn(&'a Terms) -> Option<&'a T>,
) -> Option<(Layer<'a>, &'a T)> {
    layers
        .iter()
        .find_map(|layer| Some((*layer, key(layer.terms)?)))
}

/// A key whose value is a list of names.
type Key = for<'a> fn(&'a Terms) -> Option<&'a Vec<Entry>>;

/// Finds the shapes that a name refers to.
type Find = fn(&mut Names, &Assembled<'_>, Layer<'_>, &Entry) -> Vec<ShapeId>;

/// The shapes that all names of a key refer to.
fn found(
    model: &Assembled<'_>,
    layers: &[Layer<'_>],
    names: &mut Names,
    key: Key,
    find: Find,
) -> Vec<ShapeId> {
    let said = said(layers, key);
    let entries = said.into_iter().flat_map(|(layer, entries)| {
        let entries = entries.iter();
        entries.map(move |entry| (layer, entry))
    });
    entries
        .flat_map(|(layer, name)| find(names, model, layer, name))
        .collect()
}

/// What lowering gets, because Smithy has no trait for it.
fn untraited(model: &Assembled<'_>, layers: &[Layer<'_>], names: &mut Names) -> Customized {
    let headers = said(layers, |it| it.headers.as_ref());
    let headers = headers.into_iter().flat_map(|(_, headers)| headers);
    let transient = said(layers, |it| it.transient_errors.as_ref());
    let mut all = |key: Key, find: Find| found(model, layers, names, key, find);
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
        any_root: BTreeSet::from_iter(all(|it| it.any_root.as_ref(), Names::shape_or_member)),
        without_stalled_stream_protection: BTreeSet::from_iter(all(
            |it| it.without_stalled_stream_protection.as_ref(),
            Names::operations,
        )),
        long_polling: BTreeSet::from_iter(all(|it| it.long_polling.as_ref(), Names::operations)),
        optional_payload_signing: BTreeSet::from_iter(all(
            |it| it.optional_payload_signing.as_ref(),
            Names::operations,
        )),
        extended_request_id: said(layers, |it| it.extended_request_id.as_ref())
            .is_some_and(|(_, has)| *has),
        environment_token: environment_token(model, layers),
        auth_tokens: auth_tokens(layers),
        ..Customized::default()
    };
    labels(model, layers, names, &mut customized);
    customized.sessions = Sessions::of(model, layers, names);
    by_operation(model, layers, names, &mut customized);
    customized
}

/// The methods that sign tokens, unless the list of the last layer is empty.
fn auth_tokens(layers: &[Layer<'_>]) -> Option<AuthTokens> {
    let (_, tokens) = said(layers, |it| it.auth_tokens.as_ref())?;
    let methods = tokens.methods.iter();
    let methods = methods.map(|(name, action)| (name.as_ref().clone(), action.clone()));
    (!tokens.methods.is_empty()).then(|| AuthTokens {
        signed_as: tokens.signed_as.clone(),
        methods: methods.collect(),
        database_users: tokens.database_users,
    })
}

/// What changes labels of URIs, and parameters of endpoints that come from them.
fn labels(
    model: &Assembled<'_>,
    layers: &[Layer<'_>],
    names: &mut Names,
    customized: &mut Customized,
) {
    if let Some((layer, strip)) = said(layers, |it| it.strip_prefixes.as_ref()) {
        let shapes = strip.shapes.iter();
        let shapes = shapes.flat_map(|name| names.shape_or_member(model, layer, name));
        customized.prefixed = shapes.collect();
        customized.prefixes.clone_from(&strip.prefixes);
    }
    if let Some((layer, labels)) = said(layers, |it| it.empty_labels.as_ref()) {
        let labels = labels
            .iter()
            .filter(|(name, _)| names.label(model, layer, name));
        let labels = labels.map(|(name, value)| (name.as_str().to_owned(), value.clone()));
        customized.empty_labels = labels.collect();
    }
    if let Some((layer, labels)) = said(layers, |it| it.endpoint_labels.as_ref()) {
        let labels = labels.iter().filter(|name| names.label(model, layer, name));
        customized.endpoint_labels = labels.map(|name| name.as_str().to_owned()).collect();
    }
}

/// The customization about a token in the environment. A built-in one applies only to models with
/// bearer tokens, which older versions lack.
fn environment_token(model: &Assembled<'_>, layers: &[Layer<'_>]) -> Option<String> {
    let (layer, token) = said(layers, |it| it.environment_token.as_ref())?;
    let service = model.shape(model.service())?.traits.as_ref();
    let has_bearer = service.is_some_and(|traits| traits.has("smithy.api#httpBearerAuth"));
    let is_meant = !token.is_empty() && (has_bearer || !layer.is_built_in);
    is_meant.then(|| token.clone())
}

/// The customizations of single operations.
fn by_operation(
    model: &Assembled<'_>,
    layers: &[Layer<'_>],
    names: &mut Names,
    customized: &mut Customized,
) {
    if let Some((layer, presigning)) = said(layers, |it| it.presigning.as_ref()) {
        customized.has_built_in_presigning = layer.is_built_in;
        for (operation, body) in presigning {
            let ids = names.operations(model, layer, operation).into_iter();
            customized.presigning.extend(ids.map(|id| (id, *body)));
        }
    }
    for (layer, operation, flag) in rows(layers, |it| it.more_pages.as_ref()) {
        for id in names.operations(model, layer, operation) {
            if names
                .member_of(Side::Output, model, layer, &id, flag)
                .is_some()
            {
                customized.more_pages.insert(id, flag.as_str().to_owned());
            }
        }
    }
    for (layer, operation, member) in rows(layers, |it| it.tree_hashes.as_ref()) {
        for id in names.operations(model, layer, operation) {
            if let Some(header) = names.header_of_input(model, layer, &id, member) {
                customized.tree_hashes.insert(id, header);
            }
        }
    }
}

/// The rows of a key whose value is a table.
fn rows<'a>(
    layers: &[Layer<'a>],
    key: impl Fn(&'a Terms) -> Option<&'a BTreeMap<Entry, Entry>>,
) -> impl Iterator<Item = (Layer<'a>, &'a Entry, &'a Entry)> {
    let table = said(layers, key).into_iter();
    table.flat_map(|(layer, rows)| rows.iter().map(move |(name, value)| (layer, name, value)))
}
