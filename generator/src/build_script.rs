//! Clients in build scripts.

mod around;

use std::path::{Path, PathBuf};

use crate::config::{Layout, ServiceConfig};
use crate::diagnostics::Diagnostics;
use crate::files;
use crate::lower::Partitions;
use crate::output::{DEPENDENCIES, Output};

/// Generates the client of a model into `OUT_DIR`, for a build script.
///
/// The model is a `.smithy` file, a JSON AST, a folder of such files or a `smithy-build.json`.
/// `config` is made by [`ServiceConfig::module`]. The files are written to the folder with the module's
/// name in `OUT_DIR`, and cargo runs the build script again when a file of the model changes. Your crate
/// then includes the module, here as `crate::weather`:
///
/// ```ignore
/// include!(concat!(env!("OUT_DIR"), "/weather/mod.rs"));
/// ```
///
/// Warnings about the model are shown as warnings of the crate.
///
/// `dependencies.toml` in that folder lists the dependencies that your crate needs, and the features that
/// turn parts of the client on. If your Cargo.toml lacks some of them, `build` fails and shows the lines
/// to add. Your crate can have the edition 2021 or 2024, and any lints. `examples/build-script` is a
/// complete program.
///
/// ```no_run
/// // build.rs
/// use generator::{Diagnostics, ServiceConfig};
///
/// fn main() -> Result<(), Diagnostics> {
///     generator::build("weather.json", &ServiceConfig::module("crate::weather"))
/// }
/// ```
///
/// # Errors
///
/// Returns all problems of the model, like [`generate`](crate::generate). Also fails outside of a build
/// script, if the files cannot be written, and if the crate lacks a dependency. A `main` that returns the
/// error prints it for people.
pub fn build(model: impl AsRef<Path>, config: &ServiceConfig) -> Result<(), Diagnostics> {
    let model = model.as_ref();
    println!("cargo::rerun-if-changed={}", model.display());
    if config.layout == Layout::Package {
        return Err(Diagnostics::of(
            format!(
                "the client `{}` is a package, which a build script cannot create",
                config.package
            ),
            "make it a module, with `ServiceConfig::module`",
        ));
    }
    let Some(folder) = std::env::var_os("OUT_DIR") else {
        return Err(Diagnostics::of(
            "there is no `OUT_DIR` to write to",
            "call this in a build script",
        ));
    };
    let loaded = files::load([model])?;
    for path in &loaded.read {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    let rendered = crate::generate(&loaded.source, config, &Partitions::aws())?;
    for warning in &rendered.warnings {
        println!("cargo::warning={}", warning.in_one_line());
    }
    let folder = Path::new(&folder).join(&config.package);
    rendered.write(&folder)?;
    match std::env::var_os("CARGO_MANIFEST_DIR") {
        Some(package) => check_around(&PathBuf::from(package), &rendered.files),
        None => Ok(()),
    }
}

/// Checks that the crate in this folder can contain the client.
fn check_around(package: &Path, files: &[Output]) -> Result<(), Diagnostics> {
    println!("cargo::rerun-if-changed=Cargo.toml");
    let path = package.join("Cargo.toml");
    let listed = files.iter().find(|file| file.path == DEPENDENCIES);
    match (std::fs::read_to_string(&path), listed) {
        (Ok(manifest), Some(listed)) => around::check(&path, &manifest, &listed.text),
        _ => Ok(()),
    }
}
