//! Writes the code that calls every operation of a service.
//!
//! A generated client and the official crate have the same public items, so the same text fits
//! both: it uses `sdk::` throughout, and is compiled once in a module where `sdk` is the official
//! crate and once where it is ours. Any difference is then inside the crates.
//!
//! An official crate may be older or newer than the model: parts that it does not have are not
//! compared ([`Lacking`]).

mod dispatch;
mod lacking;
mod official;
mod reach;
mod timed;
mod types;

use anyhow::{Context as _, Result};
use generator::{Operations, ServiceConfig, UnsupportedOperations, ir};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

pub use crate::lacking::{Lack, Lacking};
pub use crate::official::Official;
pub use crate::timed::timed;

/// The code for one service.
#[derive(Debug)]
pub struct Service {
    /// The text of the modules of both crates.
    pub calls: String,
    /// The item with the two modules, which include that text.
    pub modules: TokenStream,
    /// The `Crates` through which the library `differential` calls both crates.
    pub crates: TokenStream,
}

/// The package of a client that is generated only for a comparison.
pub const PACKAGE: &str = "client-compared";

/// The settings of a client that is only compared: of a model's service, with a protocol or the one
/// that Smithy prefers, and with these operations, or with all that are supported.
pub fn config(service: Option<&str>, protocol: Option<&str>, only: &[String]) -> ServiceConfig {
    let mut config = ServiceConfig::new(PACKAGE);
    config.service = service.map(Into::into);
    config.protocol = protocol.map(Into::into);
    config.unsupported = UnsupportedOperations::LeaveOut;
    if !only.is_empty() {
        config.operations = Operations::Only(only.iter().map(|it| it.as_str().into()).collect());
    }
    config
}

/// Writes the code for a service.
///
/// `client` is generated, and `lacking` lists its parts that the official crate does not have.
/// `module` is the name of the module with the code, and `file` an expression for the file that
/// gets the text of the calls.
///
/// # Errors
///
/// Fails if the text is not Rust, which is a bug of this crate.
pub fn service(
    client: &ir::Client,
    lacking: &Lacking,
    official: &str,
    module: &str,
    file: &TokenStream,
) -> Result<Service> {
    let mut client = client.clone();
    lacking.apply(&mut client);
    let client = &client;
    let operations = client.operations.iter();
    let operations: Vec<_> = operations.filter(|it| lacking.has_operation(it)).collect();
    let calls = text(&dispatch::client(client, &operations))?;
    let ident = |name: &str| format_ident!("{}", name.replace('-', "_"));
    let (name, ours, official_library) = (
        ident(module),
        ident(&client.package.library),
        ident(official),
    );
    let side = |side: &str, sdk| {
        let side = format_ident!("{side}");
        quote! {
            #[allow(unused_imports, unused_variables, reason = "some services need less")]
            pub mod #side {
                use #sdk as sdk;
                include!(#file);
            }
        }
    };
    let sides = [side("official", official_library), side("ours", ours)];
    let names = operations
        .iter()
        .map(|operation| operation.name.to_string());
    Ok(Service {
        calls,
        modules: quote! {
            #[allow(deprecated, reason = "what is deprecated is compared as well")]
            mod #name { #(#sides)* }
        },
        crates: quote! {
            differential::Crates {
                service: #module,
                operations: &[#(#names),*],
                official: #name::official::connect,
                ours: #name::ours::connect,
            }
        },
    })
}

/// Code as text.
///
/// # Errors
///
/// Fails if it is not Rust.
pub fn text(tokens: &TokenStream) -> Result<String> {
    let file = syn::parse2(tokens.clone()).context("the calling code does not parse")?;
    Ok(prettyplease::unparse(&file))
}
