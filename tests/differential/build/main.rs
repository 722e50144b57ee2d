//! Writes the code that calls every operation of the services in `models/services.toml`.
//!
//! An official crate may be absent or older than the model: parts that it lacks are not compared,
//! and are listed in `SKIPPED`.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};
use differential_calls::{Lack, Lacking, Official};
use generator::{ServiceConfig, Services, Source};
use quote::{format_ident, quote};

fn main() -> Result<()> {
    let manifest = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let models = manifest.join("../../models");
    let lists = manifest.join("../parity");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=Cargo.toml");
    println!("cargo::rerun-if-changed={}", models.display());
    println!("cargo::rerun-if-changed={}", lists.display());
    let services = Services::read(&models.join("services.toml")).map_err(refused)?;
    let partitions = Source::read(models.join("partitions.json"))
        .and_then(|source| generator::partitions(&source))
        .map_err(refused)?;
    let dependencies = dependencies(&manifest.join("Cargo.toml"))?;
    let (mut modules, mut crates, mut tests) = (Vec::new(), Vec::new(), Vec::new());
    let mut skipped = Vec::new();
    for (name, config) in services.iter() {
        let list = lists.join(format!("{name}.txt"));
        let (crate_name, official) = match official(config, &dependencies, &list)? {
            Ok(official) => official,
            Err(reason) => {
                skipped.push(format!("{name}: {reason}"));
                continue;
            }
        };
        let source = Source::read(models.join(format!("{name}.json"))).map_err(refused)?;
        let lowered = generator::lower(&source, config, &partitions).map_err(refused)?;
        let lacking = Lacking::new(&lowered.client, &official);
        skipped.extend(lacking.iter().map(|(part, lack)| said(name, part, lack)));
        let file = format!("{name}.rs");
        let include = quote!(concat!(env!("OUT_DIR"), "/", #file));
        let service =
            differential_calls::service(&lowered.client, &lacking, crate_name, name, &include)?;
        fs::write(out.join(&file), service.calls)?;
        modules.push(service.modules);
        let module = format_ident!("{}", name.replace('-', "_"));
        crates.push(service.crates);
        tests.push(quote!(for_service!(#module, #name);));
    }
    let services = quote! {
        #(#modules)*

        /// Every service that can be compared, with its two crates.
        pub const CRATES: &[differential::Crates] = &[#(#crates),*];

        /// The parts that cannot be compared, each with the reason.
        pub const SKIPPED: &[&str] = &[#(#skipped),*];
    };
    fs::write(
        out.join("services.rs"),
        differential_calls::text(&services)?,
    )?;
    let tests = quote!(#(#tests)*);
    fs::write(
        out.join("for_services.rs"),
        differential_calls::text(&tests)?,
    )?;
    Ok(())
}

fn said(service: &str, part: &str, lack: &Lack) -> String {
    format!("{service}: {part}: {lack}")
}

/// The crates that the tests can call: the dependencies of this package.
fn dependencies(manifest: &Path) -> Result<toml::Table> {
    let manifest: toml::Table = fs::read_to_string(manifest)?.parse()?;
    let dependencies = manifest
        .get("dependencies")
        .and_then(|value| value.as_table());
    dependencies.cloned().context("no dependencies")
}

/// The name and items of a service's official crate, or why there is nothing to compare.
fn official<'a>(
    config: &'a ServiceConfig,
    dependencies: &toml::Table,
    list: &Path,
) -> Result<Result<(&'a str, Official), String>> {
    let Some(official) = config.replaces.as_deref() else {
        return Ok(Err("it replaces no official crate".to_owned()));
    };
    for package in [official, &config.package] {
        if !dependencies.contains_key(package) {
            let reason = format!("{package} is no dependency of tests/differential");
            return Ok(Err(reason));
        }
    }
    match fs::read_to_string(list) {
        Ok(text) => Ok(Ok((official, Official::of_list(&text)))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Err(format!(
            "no list in tests/parity says what {official} has"
        ))),
        Err(error) => Err(error).context(format!("cannot read {}", list.display())),
    }
}

fn refused(diagnostics: generator::Diagnostics) -> anyhow::Error {
    anyhow!("{diagnostics}")
}
