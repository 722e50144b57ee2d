//! Writes the code that calls every operation.
//!
//! The generated clients and the official crates have the same public items, so that one text fits
//! both: it says `sdk::` throughout, and is compiled once in a module where `sdk` is the official
//! crate and once where it is ours. Whatever differs afterwards differs inside the crates.
//!
//! An official crate may not be there, or be older than the model: what it lacks is not compared,
//! and listed in `SKIPPED`.

mod calls;
mod official;
mod reach;
mod types;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};
use generator::{ServiceConfig, Services, Source, ir};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::official::Official;

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
    let (mut modules, mut skipped) = (Vec::new(), Vec::new());
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
        let client = lowered.client;
        let mut operations = Vec::new();
        for operation in &client.operations {
            match official.lacks(&client, operation) {
                None => operations.push(operation),
                Some(part) => skipped.push(format!(
                    "{name}: {}, as {crate_name} has no `{part}`",
                    operation.name
                )),
            }
        }
        let file = format!("{name}.rs");
        write(&out.join(&file), &calls::client(&client, &operations))?;
        modules.push(module(name, &file, crate_name, &client, &operations));
    }
    write(&out.join("services.rs"), &services_file(&modules, &skipped))?;
    write(&out.join("for_services.rs"), &for_services_file(&modules))
}

/// What the tests can call: the dependencies of this package.
fn dependencies(manifest: &Path) -> Result<toml::Table> {
    let manifest: toml::Table = fs::read_to_string(manifest)?.parse()?;
    let dependencies = manifest
        .get("dependencies")
        .and_then(|value| value.as_table());
    dependencies.cloned().context("no dependencies")
}

/// The name of a service's official crate and what is in it, or why there is nothing to compare.
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
    let items = Official::read(list)?.map(|items| (official, items));
    let reason = || format!("no list in tests/parity says what {official} has");
    Ok(items.ok_or_else(reason))
}

/// A service of the tests: the module of both its crates, its place in the list, and its tests.
struct Module {
    items: TokenStream,
    entry: TokenStream,
    tests: TokenStream,
}

fn module(
    name: &str,
    file: &str,
    official: &str,
    client: &ir::Client,
    operations: &[&ir::Operation],
) -> Module {
    let ident = |name: &str| format_ident!("{}", name.replace('-', "_"));
    let (module, official, ours) = (ident(name), ident(official), ident(&client.package.library));
    let side = |side: &str, sdk| {
        let side = format_ident!("{side}");
        quote! {
            pub mod #side {
                use #sdk as sdk;
                include!(concat!(env!("OUT_DIR"), "/", #file));
            }
        }
    };
    let sides = [side("official", official), side("ours", ours)];
    let operations = operations
        .iter()
        .map(|operation| operation.name.to_string());
    Module {
        items: quote!(mod #module { #(#sides)* }),
        entry: quote! {
            Crates {
                service: #name,
                operations: &[#(#operations),*],
                official: #module::official::connect,
                ours: #module::ours::connect,
            }
        },
        tests: quote!(for_service!(#module, #name);),
    }
}

fn services_file(modules: &[Module], skipped: &[String]) -> TokenStream {
    let items = modules.iter().map(|module| &module.items);
    let entries = modules.iter().map(|module| &module.entry);
    quote! {
        #(#items)*

        /// Every service that can be compared, with its two crates.
        pub const CRATES: &[Crates] = &[#(#entries),*];

        /// Services and operations that cannot be compared, each with the reason.
        pub const SKIPPED: &[&str] = &[#(#skipped),*];
    }
}

/// Calls the macro that makes the tests of a service.
fn for_services_file(modules: &[Module]) -> TokenStream {
    let tests = modules.iter().map(|module| &module.tests);
    quote!(#(#tests)*)
}

fn write(path: &Path, tokens: &TokenStream) -> Result<()> {
    let file = syn::parse2(tokens.clone()).context("the calling code does not parse")?;
    fs::write(path, prettyplease::unparse(&file))
        .with_context(|| format!("cannot write {}", path.display()))
}

fn refused(diagnostics: generator::Diagnostics) -> anyhow::Error {
    anyhow!("{diagnostics}")
}
