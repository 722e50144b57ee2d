//! Smithy's own cases, where they are beside the project.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use walkdir::WalkDir;

use crate::diagnostics::{Diagnostics, Severity, Source};
use crate::smithy;
use crate::{Partitions, ServiceConfig};

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

/// A folder of the project's own cases.
fn cases(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/cases/idl")
        .join(folder)
}

#[test]
fn own_files_are_read_as_the_json_beside_them() {
    for path in files(&cases("valid"), "smithy") {
        let source = Source::load([&path]).unwrap_or_else(|problems| panic!("{problems}"));
        let json = std::fs::read_to_string(path.with_extension("json")).unwrap();
        let expected = plain(serde_json::from_str(&json).unwrap());
        assert_eq!(ast_of(&source).unwrap(), expected, "{}", path.display());
    }
}

/// `UPDATE_EXPECTED=1` writes what is expected. Read it before it is committed.
#[test]
fn every_problem_of_a_file_is_reported_as_expected() {
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let folder = cases("broken");
    for path in files(&folder, "smithy") {
        let config = ServiceConfig::new("client-example");
        let lowered = Source::load([&path])
            .and_then(|source| crate::lower(&source, &config, &Partitions::aws()));
        let mut found = lowered.expect_err("it is broken").to_string();
        found = found.replace(&format!("{}/", folder.display()), "");
        let expected = path.with_extension("txt");
        if update {
            std::fs::write(&expected, &found).unwrap();
        }
        assert_eq!(
            found,
            std::fs::read_to_string(&expected).unwrap(),
            "{}",
            path.display()
        );
    }
}

#[test]
fn files_are_merged_and_conflicts_show_both() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "a.smithy",
        "$version: \"2.0\"\nnamespace a\nstructure A { b: B }\n",
    );
    write(
        "b.smithy",
        "$version: \"2.0\"\nnamespace a\n@length(min: 1)\nstring B\napply A$b @required\n",
    );
    write(
        "c.json",
        r#"{"smithy":"2.0","shapes":{"a#B":{"type":"string","traits":{"smithy.api#sensitive":{}}}}}"#,
    );
    write("other.json", r#"{"name":"no model"}"#);
    let ast = ast_of(&Source::load([folder.path()]).unwrap()).unwrap();
    let b = json!({"type": "string", "traits": {"smithy.api#length": {"min": 1}, "smithy.api#sensitive": {}}});
    assert_eq!(ast["shapes"]["a#B"], b);
    let member = json!({"target": "a#B", "traits": {"smithy.api#required": {}}});
    assert_eq!(ast["shapes"]["a#A"]["members"]["b"], member);

    write(
        "c.json",
        r#"{"smithy":"2.0","shapes":{"a#B":{"type":"blob"}}}"#,
    );
    let problems = Source::load([folder.path()]).unwrap_err();
    let problem = problems.iter().next().unwrap();
    assert!(problem.file().unwrap().ends_with("c.json"), "{problems}");
    assert!(
        problem.related()[0]
            .file
            .as_ref()
            .unwrap()
            .ends_with("b.smithy"),
        "{problems}"
    );
    assert_eq!(problem.related()[0].position.unwrap().line, 4);

    write(
        "smithy-build.json",
        r#"{"version":"1.0","sources":["a.smithy"],"imports":["b.smithy"]}"#,
    );
    let ast = ast_of(&Source::load([folder.path()]).unwrap()).unwrap();
    assert_eq!(
        ast["shapes"]["a#B"]["traits"],
        json!({"smithy.api#length": {"min": 1}})
    );
}

/// Version 1.0 has defaults that it does not say, and sets.
#[test]
fn files_of_version_one_are_raised_among_others() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "one.smithy",
        "namespace a\nset S { member: String }\nstructure A { @box b: I, i: I, p: PrimitiveLong, l: Long }\ninteger I\n",
    );
    write(
        "two.smithy",
        "$version: \"2\"\nnamespace a\nstructure B { a: A }\n",
    );
    let ast = ast_of(&Source::load([folder.path()]).unwrap()).unwrap();
    assert_eq!(ast["smithy"], "2.0");
    let shapes = &ast["shapes"];
    assert_eq!(shapes["a#S"]["type"], "list");
    let default =
        |member: &str| shapes["a#A"]["members"][member]["traits"].get("smithy.api#default");
    assert_eq!(default("b"), Some(&Value::Null));
    assert_eq!(default("i"), Some(&json!(0)));
    assert_eq!(default("p"), Some(&json!(0)));
    assert_eq!(default("l"), None);
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
        // The framework's own shapes are in none of the files.
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

/// The models beside the suites have been built: their mixins are gone, and references are sorted.
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

#[test]
fn models_are_unchanged_when_they_are_printed_and_read_again() {
    for path in files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../models"),
        "json",
    ) {
        let json: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        if json.get("smithy").is_none() {
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        for (namespace, text) in printer::print(&json) {
            std::fs::write(folder.path().join(format!("{namespace}.smithy")), text).unwrap();
        }
        let source = Source::load([folder.path()]).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(ast_of(&source).unwrap(), plain(json), "{}", path.display());
    }
}

/// `IDL_FUZZ_SECONDS=600` tries for ten minutes.
#[test]
fn no_text_makes_the_parser_panic() {
    let seconds = std::env::var("IDL_FUZZ_SECONDS").ok();
    let seconds = seconds.and_then(|it| it.parse::<u64>().ok());
    let mut texts: Vec<String> = files(&cases(""), "smithy")
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    if let Some(folder) = shared("idl/valid") {
        texts.extend(
            files(&folder, "smithy")
                .iter()
                .map(|it| std::fs::read_to_string(it).unwrap()),
        );
    }
    let start = std::time::Instant::now();
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    let mut round = 0_u64;
    loop {
        let is_done = match seconds {
            Some(seconds) => start.elapsed().as_secs() >= seconds,
            None => round == 3_000,
        };
        if is_done {
            break;
        }
        round += 1;
        let text = random.mutated(&texts);
        if let Ok(source) = Source::parse("fuzzed.smithy", text.clone()) {
            let mut diagnostics = Diagnostics::new();
            if let Some(ast) = smithy::parse(&source, &mut diagnostics) {
                smithy::assemble(&ast, None, &mut diagnostics);
            }
            diagnostics.in_source(&source);
        }
    }
    println!("{round} texts");
}

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }

    /// A text with up to eight changes: parts are cut out, repeated, or taken from others.
    fn mutated(&mut self, texts: &[String]) -> String {
        const PIECES: [&str; 22] = [
            "{", "}", "[", "]", "(", ")", "\"", "\"\"\"", "\\", "\\u", "@", "$", "#", ":=", "=",
            "\n", "\r\n", "///", "é", "with [", "apply ", "for ",
        ];
        let mut text: Vec<char> = texts[self.below(texts.len())].chars().collect();
        for _ in 0..=self.below(8) {
            let from = self.below(text.len() + 1);
            let to = (from + self.below(12)).min(text.len());
            let new: Vec<char> = match self.below(4) {
                0 => Vec::new(),
                1 => PIECES[self.below(PIECES.len())].chars().collect(),
                2 => text[from..to].repeat(2),
                _ => {
                    let other: Vec<char> = texts[self.below(texts.len())].chars().collect();
                    let start = self.below(other.len() + 1);
                    other.into_iter().skip(start).take(20).collect()
                }
            };
            text.splice(from..to, new);
        }
        text.into_iter().collect()
    }
}

/// `IDL_MEGABYTES=10` takes more, with `--nocapture` and `--release` to see how long that takes.
#[test]
fn work_grows_with_the_text() {
    let megabytes = std::env::var("IDL_MEGABYTES")
        .ok()
        .and_then(|it| it.parse::<usize>().ok());
    let size = megabytes.map_or(100_000, |it| it * 1_000_000);
    let mut text = "$version: \"2.0\"\nnamespace large\n".to_owned();
    let mut count = 0;
    while text.len() < size {
        count += 1;
        let _ = write!(
            text,
            "/// The structure {count}, which has members.\nstructure S{count} {{\n    /// A name.\n    \
             @required\n    @length(min: 1, max: 20)\n    name: String\n    other: S{count}\n}}\n\n"
        );
    }
    let start = std::time::Instant::now();
    let source = Source::parse("large.smithy", text).unwrap();
    println!("{count} shapes in {:?}", start.elapsed());
    assert!(source.text().contains(&format!("\"large#S{count}\"")));
}

mod printer {
    //! Prints a JSON AST as the IDL, a file for each namespace.

    use std::collections::BTreeMap;
    use std::fmt::Write as _;

    use serde_json::Value;

    pub(super) fn print(ast: &Value) -> BTreeMap<String, String> {
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        for (id, shape) in ast["shapes"].as_object().unwrap() {
            let (namespace, name) = id.split_once('#').unwrap();
            let is_first = files.is_empty();
            let text = files.entry(namespace.to_owned()).or_insert_with(|| {
                let mut head = format!("$version: {}\n", ast["smithy"]);
                for (key, value) in ast["metadata"]
                    .as_object()
                    .into_iter()
                    .flatten()
                    .filter(|_| is_first)
                {
                    let _ = writeln!(head, "metadata {} = {value}", Value::from(key.as_str()));
                }
                head + &format!("namespace {namespace}\n\n")
            });
            self::shape(text, name, shape);
        }
        files
    }

    fn shape(text: &mut String, name: &str, shape: &Value) {
        let r#type = shape["type"].as_str().unwrap();
        if r#type == "apply" {
            let _ = writeln!(text, "apply {name} {{");
            traits(text, shape, &[]);
            text.push_str("}\n\n");
            return;
        }
        traits(text, shape, &[]);
        let _ = write!(text, "{type} {name}");
        if let Some(mixins) = shape["mixins"].as_array() {
            let _ = write!(text, " with [{}]", ids(mixins));
        }
        match r#type {
            "structure" | "union" | "enum" | "intEnum" => {
                text.push_str(" {\n");
                for (name, it) in shape["members"].as_object().into_iter().flatten() {
                    member(text, name, it, r#type);
                }
                text.push('}');
            }
            "list" | "set" | "map" => {
                text.push_str(" {\n");
                for key in ["member", "key", "value"] {
                    if let Some(it) = shape.get(key) {
                        member(text, key, it, r#type);
                    }
                }
                text.push('}');
            }
            "service" | "resource" | "operation" => {
                text.push_str(" {\n");
                for (key, value) in shape.as_object().unwrap() {
                    if !["type", "traits", "mixins"].contains(&key.as_str()) {
                        let _ = writeln!(text, "    {key}: {}", plain(value));
                    }
                }
                text.push('}');
            }
            _ => {}
        }
        text.push_str("\n\n");
    }

    fn member(text: &mut String, name: &str, member: &Value, r#type: &str) {
        if r#type == "enum" || r#type == "intEnum" {
            traits(text, member, &["smithy.api#enumValue"]);
            let _ = writeln!(
                text,
                "    {name} = {}",
                member["traits"]["smithy.api#enumValue"]
            );
        } else {
            traits(text, member, &[]);
            let _ = writeln!(text, "    {name}: {}", member["target"].as_str().unwrap());
        }
    }

    fn traits(text: &mut String, of: &Value, skipped: &[&str]) {
        for (id, value) in of["traits"].as_object().into_iter().flatten() {
            if skipped.contains(&id.as_str()) {
                continue;
            }
            let value = match value.as_object() {
                Some(it) if it.is_empty() => String::new(),
                Some(_) => {
                    let object = value.to_string();
                    format!("({})", &object[1..object.len() - 1])
                }
                None => format!("({value})"),
            };
            let _ = writeln!(text, "@{id}{value}");
        }
    }

    fn ids(references: &[Value]) -> String {
        let ids = references.iter().map(|it| it["target"].as_str().unwrap());
        ids.collect::<Vec<_>>().join(", ")
    }

    /// A value in which references are ids.
    fn plain(value: &Value) -> String {
        match value {
            Value::Array(values) => format!("[{}]", ids(values)),
            Value::Object(entries) => match value["target"].as_str() {
                Some(id) => id.to_owned(),
                None => {
                    let entries = entries
                        .iter()
                        .map(|(key, it)| format!("{}: {}", Value::from(key.as_str()), plain(it)));
                    format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
                }
            },
            _ => value.to_string(),
        }
    }
}
