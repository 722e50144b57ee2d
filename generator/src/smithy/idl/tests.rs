//! Tests of the IDL.

mod by_chance;
mod grammar;
mod merging;
mod official;
mod own;
mod printer;

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use walkdir::WalkDir;

use crate::diagnostics::{Diagnostics, Source};
use crate::smithy;

/// A folder beside the project.
fn shared(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared")
        .join(folder);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("left out: there is no {}", path.display());
    None
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .flatten();
    let paths = entries.map(|it| it.into_path());
    let paths = paths.filter(|it| it.extension().is_some_and(|it| it == extension));
    paths.collect()
}

/// The AST of a model as a value, with everything that may be omitted.
fn ast_of(source: &Source) -> Result<Value, Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    match smithy::parse(source, &mut diagnostics) {
        Some(ast) => Ok(plain(serde_json::to_value(&ast).expect("it is JSON"))),
        None => Err(diagnostics.in_source(source)),
    }
}

/// Removes what has no meaning: empty members, and unit inputs and outputs.
fn plain(mut ast: Value) -> Value {
    let shapes = ast["shapes"].as_object_mut().into_iter().flatten();
    for (_, shape) in shapes {
        let shape = shape.as_object_mut().expect("shapes are objects");
        shape.retain(|key, value| {
            let is_empty = value.as_object().is_some_and(|it| it.is_empty())
                || value.as_array().is_some_and(|it| it.is_empty());
            let is_unit =
                matches!(key.as_str(), "input" | "output") && value["target"] == "smithy.api#Unit";
            !is_empty && !is_unit
        });
    }
    if ast["smithy"] == "2" {
        ast["smithy"] = json!("2.0");
    }
    floats(&mut ast);
    ast
}

/// Normalizes equal numbers.
fn floats(value: &mut Value) {
    match value {
        Value::Number(number) => {
            let float = number.as_f64().unwrap_or_default();
            if float.fract() == 0.0 {
                *value = json!(float as i64);
            }
        }
        Value::Array(values) => values.iter_mut().for_each(floats),
        Value::Object(values) => values.values_mut().for_each(floats),
        _ => {}
    }
}

/// A folder of the project's own cases.
fn cases(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/cases/idl")
        .join(folder)
}
