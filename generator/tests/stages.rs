//! Stages import what is below them and never what is above: ARCHITECTURE.md relies on it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Modules of `src`, and the modules that they may import. Each may import from itself.
const IMPORTS: [(&str, &[&str]); 7] = [
    ("diagnostics", &["files", "harmless", "smithy"]),
    ("smithy", &["diagnostics", "protocol"]),
    ("ir", &["config", "jmespath", "names", "protocol", "smithy"]),
    (
        "lower",
        &[
            "config",
            "counted",
            "customize",
            "diagnostics",
            "harmless",
            "ir",
            "jmespath",
            "names",
            "output",
            "protocol",
            "smithy",
            "ServiceConfig",
            "Source",
        ],
    ),
    (
        "emit",
        &["config", "harmless", "ir", "names", "output", "protocol"],
    ),
    ("format", &["emit", "harmless", "output"]),
    ("write", &["diagnostics", "output"]),
];

#[test]
fn stages_import_what_is_below_them() {
    for (module, allowed) in IMPORTS {
        let mut found = BTreeSet::new();
        for (path, text) in sources(module) {
            let imported = imports(&text);
            let known = |name: &&String| **name != module && !allowed.contains(&name.as_str());
            if let Some(other) = imported.iter().find(known) {
                panic!("{path} imports `{other}`, which `{module}` must not know");
            }
            found.extend(imported);
        }
        // The table says no more than is true.
        for name in allowed {
            assert!(
                found.contains(*name),
                "`{module}` does not import `{name}` any more"
            );
        }
    }
}

/// Emitters decide nothing about names.
#[test]
fn the_case_of_identifiers_changes_in_one_place() {
    for (path, text) in sources("").filter(|(path, _)| !path.starts_with("names")) {
        let has = text.contains("use heck::") || text.contains(" heck::");
        assert!(!has, "{path} changes the case of names");
    }
}

/// The sources of a module, or all, without its tests.
fn sources(module: &str) -> impl Iterator<Item = (String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter();
    let files = files
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.is_file());
    let files = files.map(move |path| {
        let name = path.strip_prefix(&root).unwrap().display().to_string();
        (name, fs::read_to_string(path).unwrap())
    });
    let module = module.to_owned();
    files.filter(move |(path, _)| {
        let is_code = path.ends_with(".rs") && !path.contains("tests");
        let first = path.split(['/', '.']).next().unwrap_or_default();
        is_code && (module.is_empty() || first == module)
    })
}

/// The modules of the crate that a file imports from, tests left out.
fn imports(text: &str) -> BTreeSet<String> {
    let code = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default();
    let lines = code.lines().filter_map(|line| {
        let line = line.strip_prefix("pub ").unwrap_or(line);
        line.strip_prefix("use crate::")
    });
    let name = |text: &str| {
        let word = text.split(|char: char| !char.is_alphanumeric() && char != '_');
        word.into_iter().next().unwrap_or_default().to_owned()
    };
    lines
        .flat_map(|line| match line.strip_prefix('{') {
            Some(names) => names.split(", ").map(name).collect(),
            None => vec![name(line)],
        })
        .collect()
}
