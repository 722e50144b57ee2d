//! Compares the lists of reserved names with generated code.

use std::collections::BTreeSet;
use std::path::Path;

use walkdir::WalkDir;

use super::*;
use crate::ir::{OperationId, OperationModule};
use crate::lower::defined::{emitted, methods, methods_of_macro, templates};
use crate::names::FieldName;

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn modules_of_operations_are_those_of_the_templates() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../templates/src/operation");
    let entries = WalkDir::new(folder).min_depth(1).max_depth(1).into_iter();
    let found: BTreeSet<_> = entries
        .map(|entry| entry.expect("the templates can be read").into_path())
        .filter_map(|path| path.file_stem().map(Path::new).map(Path::to_owned))
        .map(|stem| stem.to_string_lossy().into_owned())
        .collect();
    assert_eq!(found, set(&OperationModule::ALL.map(OperationModule::name)));
}

#[test]
fn methods_of_clients_are_those_of_generated_code_and_templates() {
    let mut found = methods(&emitted("client.rs"), "Client");
    found.extend(methods(&templates("src"), "Client"));
    assert!(found.remove("do_it"), "{found:?}");
    assert_eq!(found, set(&CLIENT_METHODS));
}

#[test]
fn methods_of_builders_are_those_of_the_macros() {
    let macros = templates("src/macros");
    let of = |home: Home| set(methods_of_builders(home));
    let mut found = methods_of_macro(&macros, "builder");
    assert_eq!(found, of(Home::Types));
    assert_eq!(found, of(Home::OperationOutput(OperationId(0))));
    let of_errors = methods_of_macro(&macros, "modeled_error");
    assert_eq!(&found | &of_errors, of(Home::Error));
    found.extend(methods_of_macro(&macros, "fluent_builder"));
    assert_eq!(found, of(Home::OperationInput(OperationId(0))));
}

/// The methods of structures and builders that do not belong to members are reserved or rejected as
/// names of members.
#[test]
fn no_member_is_called_as_what_structures_have() {
    let mut found = methods(&emitted("operation/do_it.rs"), "DoItInput");
    found.extend(methods_of_macro(&templates("src/macros"), "structure"));
    assert_eq!(found, set(&["builder"]));
    for method in found.iter().map(String::as_str).chain(["default"]) {
        assert_ne!(FieldName::new(method).as_str(), method);
    }
}
