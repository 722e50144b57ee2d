//! Tests that texts of a model stay texts: whatever they contain, the client has the same items and
//! compiles.
//!
//! Every kind of string in the models of `cases/models` is extended by hostile texts and replaced
//! with them. If the generator accepts the result, each file must parse and have the same tokens as
//! with a harmless text, except for literals, names and documentation.

#[path = "hostile_texts/shapes.rs"]
mod shapes;

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, thread};

use generator::{Diagnostics, Partitions, Rendered, ServiceConfig, Source};
use serde_json::Value;
use workspace_tests::{Case, hazards, partitions, scratch};

use self::shapes::{is_harmful, shape_of};

/// Texts that could become code, or parts of a manifest or a page.
const HOSTILE: [&str; 5] = [
    // Ends a line comment and continues with an item and a table.
    "\npub fn evil() {}\n//",
    "\r\n[dependencies]\nevil = \"1\"\r#![evil]\u{85}\u{2028}pub fn evil() {}\u{b}//",
    // Ends strings, comments, attributes and templates.
    "\"#)] pub fn evil() {} */ \\\" ' \\",
    "`]($crate::evil) ``` </p> <script>{{title}}{evil} [`evil`] crate::evil r#\"",
    // Moves a terminal's cursor and changes the direction of text.
    "\u{1b}[2J\u{202e}\u{2066}\u{0}\u{7}\u{9b}\u{feff}",
];

/// A harmless text to compare with.
const HARMLESS: &str = "Harmless";

#[test]
fn texts_of_models_stay_texts() {
    let partitions = partitions();
    let places = places();
    assert!(places.len() > 120, "{} kinds of strings", places.len());
    let check = |places: &[Place]| {
        let failures = places.iter().flat_map(|place| place.check(&partitions));
        failures.collect::<Vec<_>>()
    };
    let (first, second) = places.split_at(places.len() / 2);
    let failures = thread::scope(|scope| {
        let first = scope.spawn(|| check(first));
        let second = check(second);
        [first.join().expect("the generator does not panic"), second].concat()
    });
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// All hostile texts that are accepted, in all places of a model at once.
#[test]
fn clients_of_hostile_models_compile() {
    let partitions = partitions();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile");
    let _ = fs::remove_dir_all(&folder);
    let cases = hazards();
    let mut members = Vec::new();
    for name in [
        "deprecated",
        "endpoint_parameters",
        "enum_values",
        "http_bindings",
    ] {
        let case = cases.iter().find(|case| case.name == name);
        let mut case = case.expect("the model is among the cases").clone();
        let mut model = model_of(&case);
        let mut places = Vec::new();
        strings(&model, &mut Vec::new(), &mut places);
        // Places below a changed key would move.
        places.retain(|path| !matches!(path.last(), Some(Step::TheKey(_))));
        let mut changed = 0;
        for (index, path) in places.iter().enumerate() {
            let mut attempt = model.clone();
            change(&mut attempt, path, HOSTILE[index % HOSTILE.len()], true);
            case.source = Source::new("model.json", attempt.to_string());
            if generator::lower(&case.source, &case.config, &partitions).is_ok() {
                model = attempt;
                changed += 1;
            }
        }
        assert!(changed > 2, "{changed} strings of `{name}`");
        case.source = Source::new("hostile\npub fn evil() {}.json", model.to_string());
        let client = case.generate(&partitions);
        client.write(folder.join(name)).expect("it can be written");
        members.push(name);
    }
    let members: Vec<String> = members.iter().map(|name| format!("{name:?}")).collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n",
        members.join(", ")
    );
    let mut manifest: toml::Table = manifest.parse().expect("it is TOML");
    manifest.extend(scratch::profiles());
    fs::write(folder.join("Cargo.toml"), manifest.to_string()).expect("it can be written");
    scratch::lock(&folder);
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let target = target.expect("it is in the target folder");
    let checked = scratch::cargo(&folder, target, &["check", "--workspace"]);
    let said = String::from_utf8_lossy(&checked.stderr);
    assert!(checked.status.success(), "{said}");
    // There is another warning about profiles of absent packages.
    assert!(!said.contains(") generated "), "{said}");
}

/// Names of files and packages come from users, and become parts of texts as well.
#[test]
fn settings_stay_texts() {
    let partitions = partitions();
    let cases = hazards();
    let case = cases.iter().find(|case| case.name == "deprecated");
    let case = case.expect("the model is among the cases");
    let mut plain = case.clone();
    plain.config.keywords = vec![HARMLESS.to_owned()];
    let harmless = shape_of(&plain.generate(&partitions));
    for hostile in HOSTILE {
        let mut changed = case.clone();
        changed.source = Source::new(hostile, case.source.text());
        changed.config.made_by = hostile.to_owned();
        changed.config.keywords = vec![hostile.to_owned()];
        for (file, shape) in shape_of(&changed.generate(&partitions)) {
            assert_eq!(Some(&shape), harmless.get(&file), "{hostile:?} in {file}");
        }
        let settings: [fn(&mut ServiceConfig, String); 3] = [
            |config, text| config.package = text,
            |config, text| config.version = text,
            |config, text| config.replaces = Some(text),
        ];
        for set in settings {
            let mut config = case.config.clone();
            set(&mut config, format!("a{hostile}"));
            let refused = generator::generate(&case.source, &config, &partitions);
            assert_is_harmless(&refused.expect_err("this is no name"));
        }
    }
}

/// A kind of string, and the place of an example.
struct Place {
    case: Case,
    model: Value,
    path: Vec<Step>,
    kind: String,
}

/// A step of a path to a string: into a value, or to the key itself.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
    TheKey(String),
}

/// One place for each kind of string, in any shape.
fn places() -> Vec<Place> {
    let mut seen = BTreeSet::new();
    let mut places = Vec::new();
    let mut cases = hazards();
    // A client is generated for each text, so small models come first.
    cases.sort_by_key(|case| case.source.text().len());
    for case in cases {
        let model = model_of(&case);
        let mut paths = Vec::new();
        strings(&model, &mut Vec::new(), &mut paths);
        for path in paths {
            let kind = kind(&model, &path);
            if seen.insert(kind.clone()) {
                places.push(Place {
                    case: case.clone(),
                    model: model.clone(),
                    path,
                    kind,
                });
            }
        }
    }
    places
}

fn model_of(case: &Case) -> Value {
    serde_json::from_str(case.source.text()).expect("a case is JSON")
}

/// All strings and keys, except for those that form the structure of the model.
fn strings(value: &Value, path: &mut Vec<Step>, found: &mut Vec<Vec<Step>>) {
    match value {
        Value::String(_) => found.push(path.clone()),
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                path.push(Step::Index(index));
                strings(value, path, found);
                path.pop();
            }
        }
        Value::Object(members) => {
            let is_in_trait = path.contains(&Step::Key("traits".to_owned()));
            for (key, value) in members {
                if is_in_trait && path.last() != Some(&Step::Key("traits".to_owned())) {
                    found.push([path.as_slice(), &[Step::TheKey(key.clone())]].concat());
                }
                if matches!(key.as_str(), "target" | "type" | "smithy") && !is_in_trait {
                    continue;
                }
                path.push(Step::Key(key.clone()));
                strings(value, path, found);
                path.pop();
            }
        }
        _ => {}
    }
}

/// The path to a string without the names of shapes and members.
fn kind(model: &Value, path: &[Step]) -> String {
    let mut kind = String::new();
    let mut names_follow = false;
    let mut value = model;
    for step in path {
        match step {
            Step::Key(key) => {
                let is_type = value
                    .get("type")
                    .and_then(Value::as_str)
                    .unwrap_or_default();
                kind += &format!("{is_type}/{}", if names_follow { "*" } else { key });
                names_follow = matches!(
                    key.as_str(),
                    "shapes" | "members" | "parameters" | "smithy.waiters#waitable"
                );
                value = &value[key.as_str()];
            }
            Step::Index(index) => {
                kind += "[]";
                value = &value[*index];
            }
            Step::TheKey(_) => kind += " key",
        }
    }
    kind
}

/// Appends a text to a string, or replaces the string.
fn change(model: &mut Value, path: &[Step], text: &str, extends: bool) {
    let mut value = model;
    for step in path {
        value = match step {
            Step::Key(key) => &mut value[key.as_str()],
            Step::Index(index) => &mut value[*index],
            Step::TheKey(key) => {
                let members = value.as_object_mut().expect("it has keys");
                let with = |old: &str| {
                    if extends {
                        format!("{old}{text}")
                    } else {
                        text.to_owned()
                    }
                };
                let all = std::mem::take(members).into_iter();
                members.extend(all.map(|(name, value)| match name == *key {
                    true => (with(&name), value),
                    false => (name, value),
                }));
                return;
            }
        };
    }
    let old = value.as_str().filter(|_| extends).unwrap_or_default();
    *value = Value::String(format!("{old}{text}"));
}

impl Place {
    fn check(&self, partitions: &Partitions) -> Vec<String> {
        let mut failures = Vec::new();
        for (extends, hostile) in [(true, &HOSTILE[..]), (false, &HOSTILE[..1])] {
            let harmless = self.generate(HARMLESS, extends, partitions);
            let harmless = harmless.unwrap_or_else(|_| self.case.generate(partitions));
            let harmless = shape_of(&harmless);
            for hostile in hostile {
                let client = match self.generate(hostile, extends, partitions) {
                    Ok(client) => client,
                    Err(problems) => {
                        assert_is_harmless(&problems);
                        continue;
                    }
                };
                let shapes = shape_of(&client).into_iter();
                let others = shapes.filter(|(file, shape)| harmless.get(file) != Some(shape));
                failures.extend(others.map(|(file, shape)| {
                    let (kind, case) = (&self.kind, &self.case.name);
                    format!("{kind} of {case}, {hostile:?}, {file}: {shape}")
                }));
            }
        }
        failures
    }

    fn generate(
        &self,
        text: &str,
        extends: bool,
        partitions: &Partitions,
    ) -> Result<Rendered, Diagnostics> {
        let mut model = self.model.clone();
        change(&mut model, &self.path, text, extends);
        let source = Source::new("model.json", model.to_string());
        generator::generate(&source, &self.case.config, partitions)
    }
}

/// Checks that each message is a single line without control characters.
fn assert_is_harmless(problems: &Diagnostics) {
    let text = problems.to_string();
    assert!(!text.contains(is_harmful), "{text:?}");
    assert!(!text.contains("\npub fn evil"), "{text}");
    assert_eq!(problems.to_json_lines().lines().count(), problems.len());
}
