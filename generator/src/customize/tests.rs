//! Tests the built-in customizations with the models that they are for.

use std::collections::BTreeSet;
use std::fs;

use walkdir::WalkDir;

use super::names::Names;
use super::{apply_traits, untraited};
use crate::config::{BUILT_IN, ServiceConfig, layers};
use crate::diagnostics::{Diagnostics, Source};
use crate::smithy;

/// Services whose models are not beside the project.
const WITHOUT_MODEL: [&str; 7] = [
    "CloudFront KeyValueStore",
    "DSQL",
    "IoT",
    "Machine Learning",
    "Payment Cryptography Data",
    "drs",
    "sigv4:bedrock",
];

#[test]
fn every_file_is_built_in() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/customizations");
    let files = fs::read_dir(folder).expect("it can be listed").count();
    assert_eq!(files, BUILT_IN.len());
}

#[test]
fn a_service_has_one_table() {
    let services: Vec<_> = BUILT_IN.iter().flat_map(|it| it.services()).collect();
    let unique: BTreeSet<_> = services.iter().collect();
    assert_eq!(unique.len(), services.len(), "{services:?}");
}

/// A misspelled name would silently do nothing.
#[test]
fn what_is_built_in_is_in_the_models() {
    let shared = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared");
    let mut wanted: BTreeSet<_> = BUILT_IN.iter().flat_map(|it| it.services()).collect();
    let mut newest_first: Vec<_> = ["corpus", "models"]
        .iter()
        .flat_map(|folder| WalkDir::new(format!("{shared}/{folder}")))
        .filter_map(|entry| Some(entry.ok()?.into_path()))
        .filter(|path| path.extension().is_some_and(|it| it == "json"))
        .collect();
    if newest_first.is_empty() {
        println!("left out: there are no models in ../shared");
        return;
    }
    newest_first.sort_by(|one, other| other.cmp(one));
    for path in newest_first {
        let text = fs::read_to_string(&path).expect("a model is a text");
        let id = |service: &str| format!("\"sdkId\": \"{service}\"");
        let Some(service) = wanted.iter().find(|it| text.contains(&id(it))).copied() else {
            continue;
        };
        wanted.remove(service);
        let problems = problems(service, &Source::new(path.display().to_string(), text));
        assert!(problems.is_empty(), "{service}:\n{problems}");
    }
    assert_eq!(Vec::from_iter(wanted), WITHOUT_MODEL);
}

/// The names in the built-in table of a service that its model does not have.
fn problems(service: &str, source: &Source) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let ast = smithy::parse(source, &mut diagnostics).expect("it can be read");
    let mut model = smithy::assemble(&ast, None, &mut diagnostics).expect("it is one model");
    let config = ServiceConfig::new("client-any");
    let mut layers = layers(&config, &[service.to_owned()]);
    for layer in &mut layers {
        layer.is_built_in = false;
    }
    let mut names = Names::new(&config);
    apply_traits(&mut model, &layers, &mut names);
    untraited(&model, &layers, &mut names);
    names.into_result(()).err().unwrap_or_default()
}
