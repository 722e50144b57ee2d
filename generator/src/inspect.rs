//! What is in a model, and which parts of it are supported.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::choice;
use crate::config::{Entry, ServiceConfig, UnsupportedOperations};
use crate::customize;
use crate::diagnostics::{Diagnostics, Source};
use crate::lower::{self, Partitions};
use crate::pipeline;
use crate::protocol::{self, Protocol};
use crate::smithy::check::traits::{holders, is_smithys_own};
use crate::smithy::traits::is_auth_scheme;
use crate::smithy::{self, Assembled, Model, Shape, ShapeId, Support};

/// What the model of a service contains. Its JSON uses the names of these fields.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// The service's title.
    pub title: String,
    /// Its shape id.
    pub service: String,
    /// Its version.
    pub version: String,
    /// The version of Smithy that the model is in.
    pub smithy: String,
    /// Whether a client can be generated.
    pub verdict: Verdict,
    /// The operations, in the order of their names.
    pub operations: Vec<OperationSummary>,
    /// Number of shapes of each type that the service reaches, without services, resources and
    /// operations.
    pub shapes: BTreeMap<&'static str, usize>,
    /// The service's protocols.
    pub protocols: Vec<Part>,
    /// The id of the client's protocol, if one is supported.
    pub protocol: Option<String>,
    /// The service's authentication schemes.
    pub auth: Vec<Part>,
    /// All traits of what the service reaches, in the order of their ids.
    pub traits: Vec<TraitSummary>,
    /// What the client ignores, if one can be generated.
    #[serde(skip)]
    pub warnings: Diagnostics,
}

/// Whether a client can be generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Yes, with all operations.
    Supported,
    /// Yes, without unsupported operations.
    PartlySupported,
    /// No: the model has problems, or no operation is supported.
    Refused,
}

/// An operation.
#[derive(Clone, Debug, Serialize)]
pub struct OperationSummary {
    /// Its name.
    pub name: String,
    /// Method and URI, if the model has them.
    pub http: Option<String>,
    /// Whether it sends a stream of events.
    pub sends_events: bool,
    /// Whether it receives a stream of events.
    pub receives_events: bool,
    /// Why it is not supported, if it is not.
    pub unsupported: Option<String>,
}

/// A protocol or an authentication scheme.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    /// The id of its trait.
    pub id: String,
    /// Whether generated clients support it.
    pub is_supported: bool,
}

/// A trait in the model.
#[derive(Clone, Debug, Serialize)]
pub struct TraitSummary {
    /// Its id.
    pub id: String,
    /// How the generator treats it.
    pub level: Level,
    /// Number of shapes and members that have it.
    pub count: usize,
}

/// How the generator treats a trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// A trait of Smithy or AWS that is newer than the generator: the model is refused.
    Unknown,
    /// Clients would have to support it, but generated clients do not.
    Unsupported,
    /// It is supported.
    Supported,
    /// It does not concern clients.
    Irrelevant,
    /// It is not a trait of Smithy or AWS, and is ignored.
    Custom,
}

/// Summarizes a model.
///
/// ```
/// use generator::{Partitions, ServiceConfig, Source, Verdict};
///
/// # fn main() -> Result<(), generator::Diagnostics> {
/// let model = Source::read("../models/ivschat.json")?;
/// let config = ServiceConfig::new("client-ivschat");
/// let summary = generator::inspect(&model, &config, &Partitions::aws())?;
/// assert_eq!(summary.verdict, Verdict::Supported);
/// assert!(summary.protocols[0].is_supported);
/// assert_eq!(summary.protocol.as_deref(), Some("aws.protocols#restJson1"));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// Fails if the model cannot be read, has no service or several, or lacks the selected protocol.
/// For any other problem the verdict is [`Verdict::Refused`], and [`lower`](crate::lower) returns
/// the problem.
pub fn inspect(
    source: &Source,
    config: &ServiceConfig,
    partitions: &Partitions,
) -> Result<Summary, Diagnostics> {
    let source = &*smithy::idl::as_json(source)?;
    let mut diagnostics = Diagnostics::new();
    let Some(ast) = smithy::parse(source, &mut diagnostics) else {
        return Err(diagnostics.in_source(source));
    };
    let service = config.service.as_ref().map(Entry::as_str);
    let Some(mut assembled) = smithy::assemble(&ast, service, &mut diagnostics) else {
        return Err(diagnostics.in_source(source));
    };
    let model = assembled.unchecked();
    let mut protocol = None;
    if model.protocols.iter().any(protocol::is_supported) {
        let chosen = choice::protocol::choose(&model.service.id, &model.protocols, config);
        protocol = Some(chosen.map_err(|problems| problems.in_source(source))?);
    }
    let mut shapes = BTreeMap::new();
    for shape in model.shapes.values() {
        *shapes.entry(shape.kind.name()).or_default() += 1;
    }
    let service = &model.service;
    let traits = traits(&model);
    let title = service.traits.title().unwrap_or(service.id.name());
    let customized = customize::apply(&mut assembled, config);
    let customized = customized.map_err(|problems| problems.in_source(source))?;
    let settings = lower::Settings {
        config,
        customized: &customized,
        partitions,
        model_name: source.name(),
    };
    let (verdict, warnings) = verdict(&assembled, settings, diagnostics);
    let warnings = warnings.in_source(source);
    Ok(Summary {
        title: title.to_owned(),
        service: service.id.to_string(),
        version: service.version.clone(),
        smithy: ast.smithy.clone(),
        verdict,
        operations: operations(&model, protocol),
        shapes,
        protocols: protocols(&model),
        protocol: protocol.map(|protocol| protocol.id.to_owned()),
        auth: auth(&model),
        traits,
        warnings,
    })
}

fn operations(model: &Model, protocol: Option<&'static Protocol>) -> Vec<OperationSummary> {
    let unsupported = smithy::unsupported(model, protocol);
    let operations = model.operations.iter().map(|operation| OperationSummary {
        name: operation.name.clone(),
        http: operation
            .traits
            .http()
            .map(|http| format!("{} {}", http.method, http.uri)),
        sends_events: has_events(model, &operation.input),
        receives_events: has_events(model, &operation.output),
        unsupported: unsupported.get(&operation.id).cloned(),
    });
    operations.collect()
}

/// Whether a client can be generated, and the warnings if so.
fn verdict(
    model: &Assembled<'_>,
    settings: lower::Settings<'_>,
    mut diagnostics: Diagnostics,
) -> (Verdict, Diagnostics) {
    let config = ServiceConfig {
        unsupported: UnsupportedOperations::LeaveOut,
        ..settings.config.clone()
    };
    let settings = lower::Settings {
        config: &config,
        ..settings
    };
    let lowered = pipeline::lower_assembled(model, settings, &mut diagnostics);
    let verdict = match lowered {
        None => return (Verdict::Refused, Diagnostics::new()),
        Some((_, client)) if client.left_out.is_empty() => Verdict::Supported,
        Some(_) => Verdict::PartlySupported,
    };
    (verdict, diagnostics)
}

fn protocols(model: &Model) -> Vec<Part> {
    let protocols = model.protocols.iter();
    let protocols = protocols.map(|id| Part {
        id: id.to_string(),
        is_supported: protocol::is_supported(id),
    });
    protocols.collect()
}

fn auth(model: &Model) -> Vec<Part> {
    let traits = model.service.traits.iter().map(|(id, _)| id);
    let schemes = traits.filter(|id| is_auth_scheme(id)).map(|id| Part {
        id: id.to_owned(),
        is_supported: smithy::support(id) == Some(Support::Supported),
    });
    schemes.collect()
}

fn traits(model: &Model) -> Vec<TraitSummary> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let holders = holders(model);
    for (id, _) in holders.iter().flat_map(|holder| holder.traits.iter()) {
        // The prelude's own traits are in no file.
        if id != "smithy.api#unitType" {
            *counts.entry(id).or_default() += 1;
        }
    }
    let traits = counts.into_iter().map(|(id, count)| TraitSummary {
        id: id.to_owned(),
        level: level(id),
        count,
    });
    traits.collect()
}

fn level(id: &str) -> Level {
    match smithy::support(id) {
        Some(Support::Supported) => Level::Supported,
        Some(Support::Irrelevant) => Level::Irrelevant,
        Some(Support::Unsupported { .. }) => Level::Unsupported,
        None if is_smithys_own(id) => Level::Unknown,
        None => Level::Custom,
    }
}

/// Whether a member of a structure is a stream of events.
fn has_events(model: &Model, structure: &Option<ShapeId>) -> bool {
    let shape = structure.as_ref().and_then(|id| model.shapes.get(id));
    let mut targets = shape
        .into_iter()
        .flat_map(|shape| shape.members())
        .filter_map(|member| model.shapes.get(&member.target));
    targets.any(Shape::is_event_stream)
}
