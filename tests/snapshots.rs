//! Snapshots of generated code for difficult models, and for some items of the real ones.
//!
//! A model in `cases/models` is named after its difficulty. Its `items.txt` lists the items of the
//! generated code that show the solution: each line is a file below `src` and a name in it. To
//! accept changed snapshots, read them and run `INSTA_UPDATE=always cargo test -p workspace-tests
//! --test snapshots`.

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use generator::Output;
use workspace_tests::{
    folders, hazards, items_about, name, outline, partitions, real_services, workspace,
};

/// Items of the real services: a title, the service, the file and the name.
const SHOWN: [(&str, &str, &str, &str); 8] = [
    ("operation", "ivs", "operation/get_channel.rs", "GetChannel"),
    (
        "input",
        "ivs",
        "operation/get_channel.rs",
        "GetChannelInput",
    ),
    ("structure", "ivs", "types/structures.rs", "StreamSummary"),
    ("enum", "ivs", "types/enums.rs", "ChannelLatencyMode"),
    (
        "union",
        "ivschat",
        "types/unions.rs",
        "DestinationConfiguration",
    ),
    (
        "error",
        "ivs-realtime",
        "types/error/structures.rs",
        "ConflictException",
    ),
    (
        "error-builder",
        "ivs-realtime",
        "types/error/builders.rs",
        "ConflictException",
    ),
    (
        "paginator",
        "ivs",
        "operation/list_streams.rs",
        "ListStreamsPaginator",
    ),
];

#[test]
fn difficult_models() {
    let partitions = partitions();
    let cases = hazards();
    let mut names = BTreeSet::new();
    let mut failed = Vec::new();
    for case in &cases {
        let rendered = case.generate(&partitions);
        let code = code(&case.name, &rendered.files);
        for (kind, text) in [("ir", outline(&rendered.client)), ("code", code)] {
            let snapshot = format!("{}.{kind}", case.name);
            if !is_as_before("hazards", &snapshot, &text) {
                failed.push(snapshot.clone());
            }
            names.insert(format!("{snapshot}.snap"));
        }
    }
    assert!(failed.is_empty(), "these differ: {}", failed.join(", "));
    assert_eq!(
        left_over("hazards", &names),
        [""; 0],
        "nothing asserts these"
    );
}

#[test]
fn real_models() {
    let partitions = partitions();
    let services: Vec<_> = real_services()
        .iter()
        .map(|case| (case.name.clone(), case.generate(&partitions).files))
        .collect();
    let mut names = BTreeSet::new();
    let mut failed = Vec::new();
    for (snapshot, service, path, name) in SHOWN {
        let (_, files) = services
            .iter()
            .find(|(it, _)| it == service)
            .unwrap_or_else(|| panic!("there is no service `{service}`"));
        let text = items(files, path, name);
        if !is_as_before("services", snapshot, &text) {
            failed.push(snapshot);
        }
        names.insert(format!("{snapshot}.snap"));
    }
    assert!(failed.is_empty(), "these differ: {}", failed.join(", "));
    assert_eq!(
        left_over("services", &names),
        [""; 0],
        "nothing asserts these"
    );
}

/// Every model has an `items.txt`.
#[test]
fn models_are_described() {
    for folder in folders(&workspace("tests/cases/models")) {
        let list = fs::read_to_string(folder.join("items.txt")).unwrap_or_default();
        let name = name(&folder);
        assert!(
            !list.trim().is_empty(),
            "`{name}` has no items.txt, or an empty one"
        );
    }
}

/// The items that `items.txt` lists.
fn code(case: &str, files: &[Output]) -> String {
    let list = workspace(&format!("tests/cases/models/{case}/items.txt"));
    let list = fs::read_to_string(&list).unwrap_or_default();
    let items = list.lines().map(|line| {
        let (path, name) = line
            .split_once(' ')
            .unwrap_or_else(|| panic!("`{line}` of `{case}` is no file and a name"));
        items(files, path, name)
    });
    items.collect::<Vec<_>>().join("\n\n")
}

/// The items of a file that belong to a name, below its path.
fn items(files: &[Output], path: &str, name: &str) -> String {
    let file = files.iter().find(|file| file.path == format!("src/{path}"));
    let file = file.unwrap_or_else(|| panic!("there is no file `{path}`"));
    let items = items_about(&file.text, name);
    assert!(!items.is_empty(), "`{path}` has nothing about `{name}`");
    format!("// {path}\n\n{}", items.join("\n\n"))
}

/// Compares with a snapshot and shows the differences.
fn is_as_before(folder: &str, name: &str, text: &str) -> bool {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new("snapshots").join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let compare = || settings.bind(|| insta::assert_snapshot!(name, text));
    catch_unwind(AssertUnwindSafe(compare)).is_ok()
}

/// Snapshots that no test asserts.
fn left_over(folder: &str, names: &BTreeSet<String>) -> Vec<String> {
    let folder = workspace(&format!("tests/snapshots/{folder}"));
    let entries = fs::read_dir(folder).expect("there are snapshots");
    let found = entries.map(|entry| entry.expect("it can be listed").file_name());
    let mut found: Vec<_> = found
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".snap") && !names.contains(name))
        .collect();
    found.sort();
    found
}
