//! Published models, where there are some beside the project.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::check;

#[test]
fn published_models_have_clean_documentation() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/models");
    if !folder.is_dir() {
        println!("left out: there is no folder shared/models beside the project");
        return;
    }
    let mut texts = Vec::new();
    for file in files(&folder) {
        let model = fs::read(&file).expect("a model can be read");
        collect(
            &serde_json::from_slice(&model).expect("a model is JSON"),
            &mut texts,
        );
    }
    let mut failures = Vec::new();
    for text in &texts {
        let mut problems = check::problems(text);
        if !check::is_wrapped(text) {
            problems.push("a line is too long".to_owned());
        }
        if !problems.is_empty() {
            failures.push(format!("{text}\n{}", problems.join("\n")));
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {}\n{}",
        failures.len(),
        texts.len(),
        failures.join("\n\n")
    );
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder can be listed");
    let paths = entries.map(|entry| entry.expect("a folder's entry can be read").path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect()
}

fn collect(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::String(text) if name == "smithy.api#documentation" => {
                        texts.push(text.clone());
                    }
                    _ => collect(value, texts),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, texts)),
        _ => {}
    }
}
