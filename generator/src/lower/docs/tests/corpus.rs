//! Tests with published models, if there are any beside the project.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use super::check;
use crate::corpus;

#[test]
fn published_models_have_clean_documentation() {
    let files = corpus::published(&["../shared/models", "../shared/corpus"]);
    let of_files = corpus::find(&files, |file| {
        let model = fs::read(file).expect("a model can be read");
        let mut texts = BTreeSet::new();
        let model = serde_json::from_slice(&model).expect("a model is JSON");
        collect(&model, &mut texts);
        Some(texts)
    });
    // Many models contain the same texts.
    let texts: BTreeSet<_> = of_files.into_iter().flatten().collect();
    let texts: Vec<_> = texts.into_iter().collect();
    let failures = corpus::find(&texts, |text| {
        let mut problems = check::problems(text);
        problems.extend(check::long_lines(text));
        (!problems.is_empty()).then(|| format!("{text}\n{}", problems.join("\n")))
    });
    assert!(
        failures.is_empty(),
        "{} of {}\n{}",
        failures.len(),
        texts.len(),
        failures.join("\n\n")
    );
}

fn collect(value: &Value, texts: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::String(text) if name == "smithy.api#documentation" => {
                        texts.insert(text.clone());
                    }
                    _ => collect(value, texts),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, texts)),
        _ => {}
    }
}
