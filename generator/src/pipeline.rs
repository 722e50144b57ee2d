//! The stages, from a model to files in memory.

use std::path::Path;

use crate::config::{self, ServiceConfig};
use crate::diagnostics::{Diagnostics, Source};
use crate::lower::{self, Partitions};
use crate::output::{Output, header};
use crate::write::{self, Changes};
use crate::{choice, customize, emit, extra_files, format, ir, smithy};

/// A client in memory: the files of a crate, in the order of their paths.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// The client before code was emitted.
    pub client: ir::Client,
    /// The files, in the order of their paths.
    pub files: Vec<Output>,
    /// What the model contains and the client ignores.
    pub warnings: Diagnostics,
}

/// A model and its client before code is emitted.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// The resolved model, which contains more than a client needs.
    pub model: smithy::Model,
    /// The client as Rust will see it.
    pub client: ir::Client,
    /// The same as [`Rendered::warnings`].
    pub warnings: Diagnostics,
}

impl Rendered {
    /// Writes the files to a folder, and replaces those of an earlier run: see
    /// [`write`](write::write()).
    ///
    /// # Errors
    ///
    /// Fails if the folder cannot be written, or contains anything other than a generated client.
    pub fn write(&self, folder: impl AsRef<Path>) -> Result<Changes, Diagnostics> {
        write::write(&self.files, folder.as_ref())
    }
}

/// Generates the client of one service, in memory. The model is a JSON AST or a text in Smithy's
/// IDL. For a model of several files, use [`build`](crate::build) or the command.
///
/// ```
/// use generator::{Operations, Partitions, ServiceConfig, Source};
///
/// # fn main() -> Result<(), generator::Diagnostics> {
/// let model = Source::read("../models/ivschat.json")?;
/// let mut config = ServiceConfig::new("client-rooms");
/// config.operations = Operations::Only(vec!["GetRoom".into(), "ListRooms".into()]);
/// let client = generator::generate(&model, &config, &Partitions::aws())?;
/// assert_eq!(client.client.operations.len(), 2);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// Returns all problems of the model at once, including warnings, with file, line and remedy.
pub fn generate(
    source: &Source,
    config: &ServiceConfig,
    partitions: &Partitions,
) -> Result<Rendered, Diagnostics> {
    let lowered = lower(source, config, partitions)?;
    let Lowered {
        client, warnings, ..
    } = lowered;
    let header = header(&config.made_by, source.name());
    let mut files = format::render(emit::client(&client), &header);
    extra_files::add(&mut files, &config.extra_files, &config.made_by)?;
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(Rendered {
        client,
        files,
        warnings,
    })
}

/// Lowers a model, in Smithy's IDL or as a JSON AST, without emitting code.
///
/// # Errors
///
/// The same as [`generate`].
pub fn lower(
    source: &Source,
    config: &ServiceConfig,
    partitions: &Partitions,
) -> Result<Lowered, Diagnostics> {
    let source = smithy::idl::as_json(source)?;
    let mut diagnostics = Diagnostics::new();
    let lowered = resolve_and_lower(&source, config, partitions, &mut diagnostics);
    let problems = diagnostics.in_source(&source);
    match lowered {
        Some((model, client)) => Ok(Lowered {
            model,
            client,
            warnings: problems,
        }),
        None => Err(problems),
    }
}

/// Runs the stages in order, up to the first that records errors.
fn resolve_and_lower(
    source: &Source,
    config: &ServiceConfig,
    partitions: &Partitions,
    diagnostics: &mut Diagnostics,
) -> Option<(smithy::Model, ir::Client)> {
    diagnostics.accept(config.check())?;
    let ast = smithy::parse(source, diagnostics)?;
    diagnostics.accept(choice::check_service(&ast, config))?;
    let service = config.service.as_ref().map(config::Entry::as_str);
    let mut model = smithy::assemble(&ast, service, diagnostics)?;
    let customized = diagnostics.accept(customize::apply(&mut model, config))?;
    let settings = lower::Settings {
        config,
        customized: &customized,
        partitions,
        model_name: source.name(),
    };
    lower_assembled(&model, settings, diagnostics)
}

/// The stages after a model has been assembled.
pub(crate) fn lower_assembled(
    model: &smithy::Assembled<'_>,
    settings: lower::Settings<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<(smithy::Model, ir::Client)> {
    let config = settings.config;
    let protocol = choice::protocol::choose(model.service(), &model.protocols(), config);
    let protocol = diagnostics.accept(protocol);
    let left_out = diagnostics.accept(choice::left_out(
        model,
        protocol,
        (config, settings.customized),
    ))?;
    let mut model = model.resolve(protocol, left_out, diagnostics)?;
    settings.customized.shorten_paths(&mut model);
    // A service without a protocol has already been refused.
    let protocol = protocol?;
    customize::check(settings.customized, &model, protocol, diagnostics);
    let overrides = diagnostics.accept(lower::overrides(&mut model, config))?;
    let client = lower::client(&model, protocol, &overrides, settings, diagnostics)?;
    Some((model, client))
}
