//! Generates Rust clients from [Smithy](https://smithy.io) models.
//!
//! A model goes through stages, each with its own types: the JSON AST ([`smithy::Ast`]), the resolved
//! model of one service ([`smithy::Model`]), the client as Rust will see it ([`ir::Client`]), and files
//! in memory ([`Output`]). The first three report all problems together; the last cannot fail.
//!
//! # Generating a client
//!
//! ```
//! use generator::{Partitions, ServiceConfig, Source};
//!
//! # fn main() -> Result<(), generator::Diagnostics> {
//! # let folder = tempfile::tempdir().unwrap();
//! # let folder = folder.path().join("client-weather");
//! let model = Source::read("../examples/build-script/weather.json")?;
//! let config = ServiceConfig::new("client-weather");
//! let client = generator::generate(&model, &config, &Partitions::aws())?;
//! for file in &client.files {
//!     println!("{} has {} lines", file.path, file.text.lines().count());
//! }
//! client.write(&folder)?;
//! assert!(folder.join("src/operation/get_forecast.rs").exists());
//! # Ok(())
//! # }
//! ```
//!
//! # Errors and warnings
//!
//! All problems of a model are reported at once. You can print them for people, write them as JSON for
//! programs, or look at each:
//!
//! ```
//! use generator::{Partitions, ServiceConfig, Source};
//!
//! let model = Source::new(
//!     "things.json",
//!     r#"{ "smithy": "2.0", "shapes": { "a#Thing": { "type": "structur" } } }"#,
//! );
//! let config = ServiceConfig::new("client-things");
//! let problems = generator::generate(&model, &config, &Partitions::aws()).unwrap_err();
//! for problem in &problems {
//!     assert_eq!(problem.message(), "there is no shape type `structur`");
//!     assert_eq!(problem.remedy(), "did you mean `structure`?");
//!     assert_eq!(problem.position().unwrap().column, 53);
//! }
//! assert!(problems.to_string().starts_with("error: there is no shape type"));
//! assert!(problems.to_json_lines().starts_with(r#"{"level":"error","#));
//! ```
//!
//! Warnings, such as a property of a trait that is newer than the generator, do not refuse the model:
//! see [`Rendered::warnings`].
//!
//! # Build scripts
//!
//! [`build`] makes the client a module of your crate. With `default-features = false`, the dependencies
//! that only the command `smithy-client-gen` needs are not compiled.

mod build_script;
mod choice;
#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
#[cfg(test)]
mod corpus;
mod counted;
pub mod credentials;
mod customize;
pub mod diagnostics;
pub mod diff;
mod emit;
mod extra_files;
mod files;
mod format;
mod harmless;
mod inspect;
pub mod ir;
mod jmespath;
mod lower;
mod names;
mod output;
mod protocol;
pub mod smithy;
pub mod update;
pub mod write;

pub use build_script::build;
pub use config::{
    InputDefaults, Layout, Operations, PresignedBody, ServiceConfig, Services, UnknownNames,
    UnsupportedOperations,
};
pub use counted::counted;
pub use diagnostics::{Diagnostics, Severity, Source};
pub use inspect::{Level, OperationSummary, Part, Summary, TraitSummary, Verdict, inspect};
pub use lower::Partitions;
pub use output::Output;

use std::path::Path;

use self::write::Changes;

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
/// IDL. For a model of several files, use [`build`] or the command.
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

/// How the first line of generated files begins. It distinguishes them from files of users.
const MARK: &str = "Generated by `";

/// The first line of generated files.
fn header(made_by: &str, origin: &str) -> String {
    format!("{MARK}{made_by}` from {origin}. Do not edit.")
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
fn lower_assembled(
    model: &smithy::Assembled<'_>,
    settings: lower::Settings<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<(smithy::Model, ir::Client)> {
    let config = settings.config;
    let protocol = protocol::choose(model.service(), &model.protocols(), config);
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

/// Reads AWS's partitions, which endpoint rules refer to.
///
/// # Errors
///
/// Fails if the file is not JSON, or does not have the form of AWS's `partitions.json`.
pub fn partitions(source: &Source) -> Result<Partitions, Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    let partitions = match serde_json::from_str(source.text()) {
        Ok(json) => Partitions::parse(&json, &diagnostics::Place::root(), &mut diagnostics),
        Err(error) => {
            let place = diagnostics::Place::root();
            let remedy = "take the file that AWS publishes";
            diagnostics.not_json(
                place,
                "the file of partitions",
                &error,
                source.text(),
                remedy,
            );
            None
        }
    };
    match partitions {
        Some(partitions) if diagnostics.is_empty() => Ok(partitions),
        _ => Err(diagnostics.in_source(source)),
    }
}
