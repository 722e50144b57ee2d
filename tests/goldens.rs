//! Tests that the clients of difficult models compile without warnings, including documentation and
//! its examples.
//!
//! They are packages of a workspace in the target folder, which shares the compiled runtime crates
//! with everything else. Unchanged packages are not compiled again.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use generator::{ServiceConfig, write};
use serde_json::Value;
use workspace_tests::{Case, hazards, name, partitions, scratch, workspace};

/// Maximum number of messages that are shown for a package.
const SHOWN: usize = 4;

/// The models whose clients also become modules, and whose clients' own tests are compiled: one for
/// each optional part of clients.
const EACH_PART: [&str; 9] = [
    "blobs_and_big_numbers",
    "documents",
    "endpoint_parameters",
    "examples",
    "idempotency_token",
    "paginated_nested",
    "shapes_named_like_std",
    "streaming_blob",
    "waiters",
];

/// Lints that a strict crate may enable, and that must not apply to its clients: all of rustc's,
/// and those of clippy beyond the defaults.
const STRICT: &str = "\
#![forbid(missing_docs, unsafe_code)]
#![deny(
    warnings,
    future_incompatible,
    let_underscore,
    nonstandard_style,
    rust_2018_idioms,
    rust_2021_compatibility,
    rust_2024_compatibility,
    unused,
    absolute_paths_not_starting_with_crate,
    ambiguous_negative_literals,
    closure_returning_async_block,
    deprecated_in_future,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    impl_trait_redundant_captures,
    let_underscore_drop,
    meta_variable_misuse,
    missing_copy_implementations,
    missing_debug_implementations,
    non_ascii_idents,
    redundant_imports,
    redundant_lifetimes,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unnameable_types,
    unreachable_pub,
    unsafe_op_in_unsafe_fn,
    unused_extern_crates,
    unused_import_braces,
    unused_lifetimes,
    unused_macro_rules,
    unused_qualifications,
    unused_results,
    variant_size_differences,
    clippy::all,
    clippy::nursery,
    clippy::pedantic,
    clippy::allow_attributes,
    clippy::allow_attributes_without_reason,
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::implicit_return,
    clippy::indexing_slicing,
    clippy::missing_docs_in_private_items,
    clippy::panic,
    clippy::shadow_reuse,
    clippy::std_instead_of_core,
    clippy::unwrap_used
)]
";

/// Maximum number of `allow`s in a client.
const ALLOWED: usize = 6;

#[test]
fn clients_of_difficult_models_are_free_of_warnings() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("goldens");
    let cases = hazards();
    write_workspace(&folder, &cases);
    let mut tests = vec!["clippy", "--tests"];
    for case in &cases {
        if EACH_PART.contains(&case.name.as_str()) {
            tests.extend(["--package", &case.config.package]);
        }
    }
    let runs: [&[&str]; 5] = [
        &["clippy", "--workspace"],
        &tests,
        &[
            "clippy",
            "--workspace",
            "--no-default-features",
            "--features=selected-operations",
        ],
        &["doc", "--workspace", "--no-deps"],
        &[
            "doc",
            "--workspace",
            "--no-deps",
            "--no-default-features",
            "--features=selected-operations",
        ],
    ];
    for arguments in runs {
        let found = messages(&run_cargo(&folder, arguments));
        assert!(
            found.is_empty(),
            "`cargo {}` is not silent about {} of {} clients:\n{}",
            arguments.join(" "),
            found.len(),
            cases.len(),
            shown(&found)
        );
    }
    check_examples(&folder);
}

/// The examples of a model compile.
fn check_examples(folder: &Path) {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let target = target.expect("it is in the target folder");
    let output = scratch::cargo(folder, target, &["test", "--doc", "--package=examples"]);
    let said = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\n{errors}");
    let model = fs::read_to_string(workspace("tests/cases/models/examples/model.json"));
    let examples = model.expect("the model is there");
    let examples = examples.matches(r#""title":"#).count();
    let compiled = said
        .lines()
        .filter(|line| line.contains(" - client::Client::") && line.ends_with("compile ... ok"));
    assert_eq!(compiled.count(), examples, "{said}");
}

/// Clients also compile as modules: nested, in a crate with strict lints, beside others, and in
/// every supported edition.
#[test]
fn clients_are_modules_of_other_crates() {
    for (edition, runs) in [
        (
            "2024",
            &[["clippy", "--all-targets"], ["doc", "--no-deps"]][..],
        ),
        ("2021", &[["clippy", "--all-targets"]]),
    ] {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("modules-{edition}"));
        write_modules(&folder, edition);
        for arguments in runs {
            let found = messages(&run_cargo(&folder, arguments));
            assert!(found.is_empty(), "edition {edition}:\n{}", shown(&found));
        }
    }
}

/// Writes a package whose modules are clients.
fn write_modules(folder: &Path, edition: &str) {
    let partitions = partitions();
    let cases = hazards().into_iter();
    let mut manifest = scratch::profiles();
    let mut library = format!("//! Clients.\n{STRICT}\n");
    library.push_str("/// Clients of difficult models.\npub mod clients {\n");
    for case in cases.filter(|case| EACH_PART.contains(&case.name.as_str())) {
        let name = &case.name;
        let config = ServiceConfig::module(format!("crate::clients::{name}"));
        let rendered = generator::generate(&case.source, &config, &partitions)
            .unwrap_or_else(|problems| panic!("{problems}"));
        let module = folder.join("src/clients").join(name);
        rendered
            .write(&module)
            .unwrap_or_else(|problems| panic!("{problems}"));
        let needed = fs::read_to_string(module.join("dependencies.toml")).expect("it is written");
        for (table, rows) in needed.parse::<toml::Table>().expect("it is TOML") {
            let merged = manifest.entry(table).or_insert(toml::Table::new().into());
            let rows = rows.as_table().expect("it has tables").clone();
            merged.as_table_mut().expect("it is a table").extend(rows);
        }
        let _ = writeln!(library, "    include!(\"clients/{name}/mod.rs\");");
    }
    library.push_str("}\n");
    let package = [
        (
            "name",
            folder
                .file_name()
                .and_then(OsStr::to_str)
                .expect("it is text"),
        ),
        ("version", "0.0.0"),
        ("edition", edition),
    ];
    let package = package.map(|(key, value)| (key.to_owned(), value.into()));
    manifest.insert("package".to_owned(), toml::Table::from_iter(package).into());
    manifest.insert("workspace".to_owned(), toml::Table::new().into());
    fs::write(folder.join("Cargo.toml"), manifest.to_string()).expect("it can be written");
    fs::write(folder.join("src/lib.rs"), library).expect("it can be written");
    scratch::lock(folder);
}

#[test]
fn lints_are_seldom_silenced() {
    let partitions = partitions();
    for case in hazards() {
        let files = case.generate(&partitions).files;
        let allows: Vec<_> = files
            .iter()
            .flat_map(|file| {
                file.text
                    .lines()
                    .map(|line| (&file.path, line.trim_start()))
            })
            // Includes those inside `cfg_attr`.
            .filter(|(_, line)| line.contains("allow(") && !line.starts_with("//"))
            .collect();
        assert!(allows.len() <= ALLOWED, "`{}` has {allows:#?}", case.name);
    }
}

/// Writes a package for each case, and removes others.
fn write_workspace(folder: &Path, cases: &[Case]) {
    let partitions = partitions();
    let mut members = Vec::new();
    for case in cases {
        let files = case.generate(&partitions).files;
        write::write(&files, &folder.join(&case.config.package))
            .unwrap_or_else(|problems| panic!("{problems}"));
        members.push(toml::Value::from(case.config.package.as_str()));
    }
    let mut manifest = scratch::profiles();
    let workspace = [
        ("members".to_owned(), toml::Value::Array(members)),
        ("resolver".to_owned(), "3".into()),
    ];
    manifest.insert(
        "workspace".to_owned(),
        toml::Table::from_iter(workspace).into(),
    );
    fs::write(folder.join("Cargo.toml"), manifest.to_string()).expect("the folder can be written");
    scratch::lock(folder);
}

/// Runs cargo, and returns its messages, one JSON object per line.
fn run_cargo(folder: &Path, arguments: &[&str]) -> String {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let target = target.expect("it is in the target folder");
    let all = ["--keep-going", "--message-format=json"];
    let output = scratch::cargo(folder, target, &[arguments, &all].concat());
    let messages = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    let ran = messages.contains(r#""reason":"build-finished""#);
    let command = arguments.join(" ");
    assert!(ran, "`cargo {command}` does not run:\n{errors}");
    messages
}

/// Warnings and errors by package.
fn messages(output: &str) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in output.lines() {
        let Ok(line) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        // The last messages only count the others.
        let spans = line["message"]["spans"].as_array();
        if line["reason"] != "compiler-message" || spans.is_none_or(Vec::is_empty) {
            continue;
        }
        let manifest = Path::new(line["manifest_path"].as_str().unwrap_or_default());
        let package = manifest.parent().map(name).unwrap_or_default();
        let rendered = line["message"]["rendered"].as_str().unwrap_or_default();
        let messages = found.entry(package.to_owned()).or_default();
        // A library and its own test have the same messages.
        if !messages.iter().any(|message| message == rendered) {
            messages.push(rendered.to_owned());
        }
    }
    found
}

fn shown(found: &BTreeMap<String, Vec<String>>) -> String {
    let mut text = String::new();
    for (package, messages) in found {
        let _ = writeln!(text, "=== {package}: {} messages", messages.len());
        for message in messages.iter().take(SHOWN) {
            let _ = writeln!(text, "{message}");
        }
    }
    text
}
