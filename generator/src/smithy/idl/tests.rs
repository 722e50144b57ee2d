//! Smithy's own cases, where they are beside the project.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use walkdir::WalkDir;

use crate::diagnostics::{Diagnostics, Severity, Source};
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

/// The AST of a model, as a value in which everything is there that may be left out.
fn ast_of(source: &Source) -> Result<Value, Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    match smithy::parse(source, &mut diagnostics) {
        Some(ast) => Ok(plain(serde_json::to_value(&ast).expect("it is JSON"))),
        None => Err(diagnostics.in_source(source)),
    }
}

/// Without what has no meaning: empty members, and an input or output of nothing.
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

/// Numbers that are the same are written in one way.
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

#[test]
fn valid_files_are_read_as_the_json_beside_them() {
    let Some(folder) = shared("idl/valid") else {
        return;
    };
    let mut failures = String::new();
    for path in files(&folder, "smithy") {
        let found = Source::load([&path]).and_then(|source| ast_of(&source));
        let ast = path.with_extension("ast");
        match found {
            Err(problems) => {
                let _ = writeln!(failures, "{}:\n{problems}", path.display());
            }
            Ok(found) if ast.exists() => {
                let mut json: Value =
                    serde_json::from_str(&std::fs::read_to_string(&ast).unwrap()).unwrap();
                if json.get("shapes").is_none() {
                    json["shapes"] = json!({});
                }
                let expected = plain(json);
                if found != expected {
                    let _ = writeln!(
                        failures,
                        "{}:\n{found:#}\n-- expected:\n{expected:#}",
                        path.display()
                    );
                }
            }
            Ok(_) => {}
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

/// What is wrong with a model, as far as it can be said of one without a service.
fn problems_of(path: &Path) -> Diagnostics {
    let source = match Source::load([path]) {
        Ok(source) => source,
        Err(problems) => return problems,
    };
    let mut diagnostics = Diagnostics::new();
    if let Some(ast) = smithy::parse(&source, &mut diagnostics) {
        smithy::assemble(&ast, None, &mut diagnostics);
    }
    diagnostics.in_source(&source)
}

/// The line and column of Smithy's own message in the first line.
fn named_position(text: &str) -> Option<(usize, usize)> {
    let rest = text.lines().next()?.split_once("line ")?.1;
    let (line, rest) = rest.split_once(", column ")?;
    let column = rest.split(|it: char| !it.is_ascii_digit()).next()?;
    Some((line.parse().ok()?, column.parse().ok()?))
}

const REASONS: &str = include_str!("../../../../tests/cases/idl/official-invalid.txt");

/// Each is refused at the place that its first line names. What we say of it is in a table, that
/// people have compared with what Smithy says.
#[test]
fn invalid_files_are_refused_for_the_reason_that_they_name() {
    let Some(folder) = shared("idl/invalid") else {
        return;
    };
    let mut table = String::new();
    let mut failures = String::new();
    for path in files(&folder, "smithy") {
        let shown = path.strip_prefix(&folder).unwrap().display();
        let text = std::fs::read_to_string(&path).unwrap();
        let problems = problems_of(&path);
        let errors = problems
            .iter()
            .filter(|it| it.severity() == Severity::Error);
        let first = errors
            .clone()
            .find(|it| !it.message().contains("no service"));
        let Some(first) = first else {
            let _ = writeln!(failures, "{shown}: is accepted");
            continue;
        };
        let position = first.position().map(|it| (it.line, it.column));
        if let Some(wanted) = named_position(&text)
            && position != Some(wanted)
        {
            let _ = writeln!(
                failures,
                "{shown}: {position:?} and not {wanted:?}: {}",
                first.message()
            );
        }
        let _ = writeln!(table, "{shown}: {}", first.message());
    }
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases/idl/official-invalid.txt");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(path, &table).unwrap();
    } else {
        assert_eq!(table, REASONS);
    }
    assert!(failures.is_empty(), "{failures}");
}
