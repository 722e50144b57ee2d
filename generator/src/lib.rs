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
mod pipeline;
mod protocol;
mod shape_id;
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
pub use lower::{Partitions, partitions};
pub use output::Output;
pub use pipeline::{Lowered, Rendered, generate, lower};
