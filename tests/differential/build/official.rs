//! What there is in an official crate, which need not know the newest model.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context as _, Result};
use generator::ir::{Client, Home, Operation};
use proc_macro2::Ident;
use quote::format_ident;

use crate::reach::Reach;

/// The types of an official crate with their fields and variants, by path.
pub struct Official(BTreeSet<String>);

impl Official {
    /// Reads a list of `tests/parity`, if there is one.
    pub fn read(list: &Path) -> Result<Option<Self>> {
        let text = match fs::read_to_string(list) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).context(format!("cannot read {}", list.display())),
        };
        Ok(Some(Self(text.lines().filter_map(path).collect())))
    }

    /// A part of the operation that the crate does not have.
    pub fn lacks(&self, client: &Client, operation: &Operation) -> Option<String> {
        let mut parts = parts(client, operation).into_iter();
        parts.find(|part| !self.0.contains(part))
    }
}

/// The path of a type, a field or a variant, from a line such as `field crate::types::A.b: i32`.
fn path(line: &str) -> Option<String> {
    let (kind, item) = line.split_once(' ')?;
    let end = item.find([' ', '(', '<', '{']).unwrap_or(item.len());
    matches!(kind, "struct" | "enum" | "field" | "variant")
        .then(|| item[..end].trim_end_matches(':').to_owned())
}

/// The paths of all that calling an operation and reading its response consists of.
fn parts(client: &Client, operation: &Operation) -> Vec<String> {
    let reach = Reach::of_operation(client, operation);
    let mut parts = Vec::new();
    for id in reach.structures {
        let structure = client.structure(id);
        let modules = modules(client, structure.home);
        let modules: Vec<_> = modules.iter().map(ToString::to_string).collect();
        let path = format!("crate::{}::{}", modules.join("::"), structure.name);
        let fields = structure.fields.iter();
        let modeled = fields.filter(|field| field.index.is_some());
        parts.extend(modeled.map(|field| format!("{path}.{}", field.name.as_str())));
        parts.push(path);
    }
    for id in reach.unions {
        let union = client.union(id);
        let variants = union.variants.iter();
        parts.extend(
            variants.map(|variant| format!("crate::types::{}::{}", union.name, variant.name)),
        );
    }
    for id in reach.enums {
        let shape = client.r#enum(id);
        let values = shape.values.iter();
        parts
            .extend(values.map(|value| format!("crate::types::{}::{}", shape.name, value.variant)));
    }
    parts
}

/// The modules that lead to a structure.
pub fn modules(client: &Client, home: Home) -> Vec<Ident> {
    let (types, operations) = (format_ident!("types"), format_ident!("operation"));
    match home {
        Home::Types => vec![types],
        Home::Error => vec![types, format_ident!("error")],
        Home::OperationInput(id) | Home::OperationOutput(id) => {
            vec![operations, client.operation(id).name.module().ident()]
        }
    }
}
