//! Writes the code that calls every operation.
//!
//! The generated clients and the official crates have the same public items, so that one text fits
//! both: it says `sdk::` throughout, and is compiled once in a module where `sdk` is the official
//! crate and once where it is ours. Whatever differs afterwards differs inside the crates.

mod calls;
mod types;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};
use generator::{Services, Source, ir};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

fn main() -> Result<()> {
    let manifest = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let models = manifest.join("../../models");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed={}", models.display());
    let services = Services::read(&models.join("services.toml")).map_err(refused)?;
    let partitions = Source::read(&models.join("partitions.json"))
        .and_then(|source| generator::partitions(&source))
        .map_err(refused)?;
    let mut modules = Vec::new();
    for (name, config) in services.iter() {
        let source = Source::read(&models.join(format!("{name}.json"))).map_err(refused)?;
        let client = generator::lower(&source, config, &partitions).map_err(refused)?;
        let file = format!("{name}.rs");
        write(&out.join(&file), &calls::client(&client))?;
        modules.push(module(name, &file, &client)?);
    }
    write(&out.join("services.rs"), &services_file(&modules))
}

/// A service of the tests: the module of both its crates, and its place in the list.
struct Module {
    items: TokenStream,
    entry: TokenStream,
}

fn module(name: &str, file: &str, client: &ir::Client) -> Result<Module> {
    let ident = |name: &str| format_ident!("{}", name.replace('-', "_"));
    let replaces = client.package.replaces.as_deref();
    let official = replaces.with_context(|| format!("{name} stands in for no official crate"))?;
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
    Ok(Module {
        items: quote!(mod #module { #(#sides)* }),
        entry: quote! {
            Crates {
                service: #name,
                official: #module::official::connect,
                ours: #module::ours::connect,
            }
        },
    })
}

fn services_file(modules: &[Module]) -> TokenStream {
    let items = modules.iter().map(|module| &module.items);
    let entries = modules.iter().map(|module| &module.entry);
    quote! {
        #(#items)*

        /// Every service with its two crates.
        pub const CRATES: &[Crates] = &[#(#entries),*];
    }
}

fn write(path: &Path, tokens: &TokenStream) -> Result<()> {
    let file = syn::parse2(tokens.clone()).context("the calling code does not parse")?;
    std::fs::write(path, prettyplease::unparse(&file))
        .with_context(|| format!("cannot write {}", path.display()))
}

fn refused(diagnostics: generator::Diagnostics) -> anyhow::Error {
    anyhow!("{diagnostics}")
}
