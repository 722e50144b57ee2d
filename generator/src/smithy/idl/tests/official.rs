//! Smithy's own cases, if they are beside the project.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use super::{ast_of, files, plain, shared};
use crate::diagnostics::{Diagnostics, Severity, Source};
use crate::smithy;

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

/// The problems of a model that can be found without a service.
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

/// The line and column in Smithy's message, which is in the first line.
fn named_position(text: &str) -> Option<(usize, usize)> {
    let rest = text.lines().next()?.split_once("line ")?.1;
    let (line, rest) = rest.split_once(", column ")?;
    let column = rest.split(|it: char| !it.is_ascii_digit()).next()?;
    Some((line.parse().ok()?, column.parse().ok()?))
}

const REASONS: &str = include_str!("../../../../../tests/cases/idl/official-invalid.txt");

/// Each file is refused at the place that its first line names. Our messages are in a table, which
/// was compared with Smithy's messages by hand; a case that the table lacks is new in Smithy.
#[test]
fn invalid_files_are_refused_for_the_reason_that_they_name() {
    let Some(folder) = shared("idl/invalid") else {
        return;
    };
    let mut table = String::new();
    let mut failures = String::new();
    for path in files(&folder, "smithy") {
        let shown = path.strip_prefix(&folder).unwrap().display().to_string();
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
        let line = format!("{shown}: {}\n", first.message());
        let known = REASONS
            .lines()
            .find(|it| it.split(": ").next() == Some(&shown));
        if known.is_some_and(|known| known != line.trim_end()) {
            let _ = write!(
                failures,
                "in the table it is {}\n{line}",
                known.unwrap_or_default()
            );
        }
        table.push_str(&line);
    }
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases/idl/official-invalid.txt");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(path, &table).unwrap();
    } else {
        assert!(failures.is_empty(), "{failures}");
    }
}

#[test]
fn official_suites_are_the_models_beside_them() {
    let Some(suites) = shared("idl/suites") else {
        return;
    };
    let source = Source::load([suites]).unwrap_or_else(|problems| panic!("{problems}"));
    let mut found = ast_of(&source).unwrap_or_else(|problems| panic!("{problems}"));
    flatten(&mut found);
    let models = ["protocol-tests", "suites"].map(|it| files(&shared(it).unwrap(), "json"));
    let mut failures = String::new();
    let mut count = 0;
    for path in models.concat() {
        let json = std::fs::read_to_string(&path).unwrap();
        let expected = plain(serde_json::from_str(&json).unwrap());
        let shapes = expected["shapes"].as_object().unwrap();
        let mut expected = json!({ "shapes": shapes });
        flatten(&mut expected);
        let shapes = expected["shapes"].as_object().unwrap();
        // The shapes of the test framework are in none of the files.
        for (id, shape) in shapes
            .iter()
            .filter(|(id, _)| !id.starts_with("smithy.framework#"))
        {
            count += 1;
            if found["shapes"].get(id) != Some(shape) {
                let other = found["shapes"].get(id);
                let _ = writeln!(failures, "{id}:\n{other:?}\nand not\n{shape:?}\n");
            }
        }
    }
    assert!(count > 1000, "{count}");
    assert!(failures.is_empty(), "{failures}");
}

/// The built models beside the suites have no mixins, and their references are sorted.
fn flatten(ast: &mut Value) {
    let all = ast["shapes"].clone();
    for (_, shape) in ast["shapes"].as_object_mut().unwrap() {
        for list in ["operations", "resources", "errors"] {
            if let Some(list) = shape.get_mut(list).and_then(Value::as_array_mut) {
                list.sort_by_key(|it| it["target"].to_string());
            }
        }
        let mixins = shape.as_object_mut().unwrap().remove("mixins");
        for mixin in mixins.iter().flat_map(|it| it.as_array().unwrap()).rev() {
            let mixin = &all[mixin["target"].as_str().unwrap()];
            assert!(
                mixin.get("mixins").is_none(),
                "mixins of mixins are not expected here"
            );
            let mut members = mixin["members"].as_object().cloned().unwrap_or_default();
            let own = shape.get("members").and_then(Value::as_object).cloned();
            for (name, mut member) in own.unwrap_or_default() {
                let inherited = members.get(&name).and_then(|it| it["traits"].as_object());
                let mut traits = inherited.cloned().unwrap_or_default();
                traits.extend(member["traits"].as_object().cloned().unwrap_or_default());
                if !traits.is_empty() {
                    member["traits"] = Value::Object(traits);
                }
                members.insert(name, member);
            }
            if !members.is_empty() {
                shape["members"] = Value::Object(members);
            }
            let mut traits = mixin["traits"].as_object().cloned().unwrap_or_default();
            let local = traits.remove("smithy.api#mixin").unwrap_or_default();
            for id in local["localTraits"].as_array().into_iter().flatten() {
                traits.remove(id.as_str().unwrap());
            }
            traits.extend(shape["traits"].as_object().cloned().unwrap_or_default());
            if !traits.is_empty() {
                shape["traits"] = Value::Object(traits);
            }
        }
    }
}
