//! The items of an official crate, which may be older or newer than the model.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use generator::ir::{Client, Home};
use proc_macro2::Ident;
use quote::{ToTokens, format_ident};
use syn::{Fields, Item, Visibility};
use walkdir::WalkDir;

/// The types of an official crate with their fields and variants: the path and the content of each,
/// without the paths of types.
#[derive(Debug, Default)]
pub struct Official {
    items: BTreeMap<String, String>,
    /// Whether it serializes with schemas, like ours. Older crates do not.
    pub has_schemas: bool,
}

impl Official {
    /// Reads a list of `tests/parity`.
    pub fn of_list(list: &str) -> Self {
        Self {
            items: list.lines().filter_map(item).collect(),
            has_schemas: false,
        }
    }

    /// Reads the source of a crate, from its folder `src`.
    ///
    /// # Errors
    ///
    /// Fails if a file cannot be read or is not Rust.
    pub fn of_source(folder: &Path) -> Result<Self> {
        let mut official = Self {
            has_schemas: folder.join("type_registry.rs").exists(),
            ..Self::default()
        };
        for module in ["types", "operation"] {
            for entry in WalkDir::new(folder.join(module)) {
                let path = entry
                    .context("an official crate cannot be read")?
                    .into_path();
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let Some(module) = name.strip_suffix(".rs") else {
                    continue;
                };
                let parent = path.parent().and_then(|it| it.strip_prefix(folder).ok());
                let parent = parent.unwrap_or(Path::new(""));
                // Each type has a file of its own, whose name begins with `_`. Only the errors of an
                // operation are in the file of its module.
                if module.starts_with('_') {
                    official.add_file(&path, parent)?;
                } else if parent == Path::new("operation") {
                    official.add_file(&path, &parent.join(module))?;
                }
            }
        }
        Ok(official)
    }

    fn add_file(&mut self, path: &Path, modules: &Path) -> Result<()> {
        let text = fs::read_to_string(path)?;
        let file = syn::parse_file(&text).with_context(|| format!("{}", path.display()))?;
        let modules = modules.iter().map(|it| it.to_string_lossy());
        let modules = modules.collect::<Vec<_>>().join("::");
        for item in file.items {
            match item {
                Item::Struct(item) => {
                    let path = format!("crate::{modules}::{}", item.ident);
                    for field in &item.fields {
                        if let (Some(name), Visibility::Public(_)) = (&field.ident, &field.vis) {
                            let name = name.to_string();
                            let name = name.trim_start_matches("r#");
                            self.items
                                .insert(format!("{path}.{name}"), short(&field.ty));
                        }
                    }
                    self.items.insert(path, String::new());
                }
                Item::Enum(item) => {
                    let path = format!("crate::{modules}::{}", item.ident);
                    for variant in item.variants {
                        let held = match variant.fields {
                            Fields::Unnamed(fields) => short(&fields.unnamed),
                            _ => String::new(),
                        };
                        self.items
                            .insert(format!("{path}::{}", variant.ident), held);
                    }
                    self.items.insert(path, String::new());
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A list that [`Self::of_list`] reads.
    pub fn list(&self) -> String {
        let line = |(path, held): (&String, &String)| match held.as_str() {
            "" => format!("struct {path}\n"),
            held if path.contains('.') => format!("field {path}: {held}\n"),
            held => format!("variant {path}({held})\n"),
        };
        self.items.iter().map(line).collect()
    }

    /// The names of a structure's fields.
    pub fn fields(&self, structure: &str) -> impl Iterator<Item = &str> {
        let prefix = format!("{structure}.");
        let items = self.items.range(prefix.clone()..);
        items.map_while(move |(path, _)| path.strip_prefix(&prefix))
    }

    /// The content of a type, a field or a variant; `None` if the crate does not have it.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.items.get(path).map(String::as_str)
    }
}

/// The path of a type, a field or a variant and its content, from a line such as
/// `field crate::types::A.b: i32`.
fn item(line: &str) -> Option<(String, String)> {
    let (kind, item) = line.split_once(' ')?;
    if !matches!(kind, "struct" | "enum" | "field" | "variant") {
        return None;
    }
    let end = item.find([' ', '(', '<', '{']).unwrap_or(item.len());
    let (path, held) = item.split_at(end);
    let held = match kind {
        "field" => held.trim(),
        "variant" => held.trim_start_matches('(').trim_end_matches(')'),
        _ => "",
    };
    Some((path.trim_end_matches(':').to_owned(), without_paths(held)))
}

fn short(ty: &impl ToTokens) -> String {
    without_paths(&ty.to_token_stream().to_string())
}

/// A type without spaces and without the paths of its parts.
fn without_paths(ty: &str) -> String {
    let text: String = ty.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.replace(",>", ">");
    let is_sign = |c: char| !(c.is_alphanumeric() || c == '_' || c == ':');
    let words = text.split_inclusive(is_sign);
    words
        .map(|word| word.rsplit("::").next().unwrap_or_default())
        .collect()
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
