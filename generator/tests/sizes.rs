//! Files and functions written by hand are short enough to be read as a whole.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

/// How many lines a file may have, and a function.
const LINES: [usize; 2] = [400, 60];

/// Files that are longer, each with the reason.
const LONG_FILES: [&str; 6] = [
    // One reader: its methods share the position in the text, and are inlined into one another.
    "templates/protocol/json.rs",
    // Shorter without its tests, which are a module of the same file: a template is one file.
    "templates/src/config/runtime_plugins.rs",
    // Macros are in the order in which they are defined before they are used. One file for each kind of
    // item shows what that kind has.
    "templates/src/macros/errors.rs",
    "templates/src/macros/structures.rs",
    // The steps of a call, in their order. Its functions use private fields of the same structure.
    "templates/src/operation/runtime.rs",
    // Writing and reading are each other's inverse, and are compared member by member.
    "templates/src/serde_feature.rs",
];

/// Functions that are longer, by file, each with the reason.
const LONG_FUNCTIONS: [(&str, &str); 2] = [
    // One statement registers all components. Sections of the template cannot be nested, so functions
    // for parts would each need the conditions of the whole.
    (
        "templates/src/config/runtime_plugins.rs",
        "base_client_runtime_plugins",
    ),
    // A list of settings, each copied under a condition of its own.
    ("templates/src/config/sdk_config.rs", "from"),
];

/// Folders without hand-written code.
const OTHERS: [&str; 4] = ["generated", "snapshots", "target", ".git"];

#[test]
fn files_are_short() {
    let long = sources().filter(|(_, text)| text.lines().count() > LINES[0]);
    let long: BTreeSet<_> = long.map(|(path, _)| path).collect();
    assert_same(&long, &LONG_FILES.map(str::to_owned).into(), LINES[0]);
}

#[test]
fn functions_are_short() {
    // Tests and their programs may say in one go what they do.
    let is_of_test = |path: &str| path.contains("test") || path == "xtask/src/bench/program.rs";
    let sources = sources().filter(|(path, _)| !is_of_test(path));
    let long: BTreeSet<_> = sources
        .flat_map(|(path, text)| {
            let names = long_functions(&text).into_iter();
            let names = names.map(|name| format!("{path} {name}"));
            names.collect::<Vec<_>>()
        })
        .collect();
    let known = LONG_FUNCTIONS.map(|(path, name)| format!("{path} {name}"));
    assert_same(&long, &BTreeSet::from(known), LINES[1]);
}

/// The lists have what is too long, and nothing else.
fn assert_same(long: &BTreeSet<String>, known: &BTreeSet<String>, lines: usize) {
    let new: Vec<_> = long.difference(known).collect();
    assert!(
        new.is_empty(),
        "these have more than {lines} lines: {new:#?}"
    );
    let short: Vec<_> = known.difference(long).collect();
    assert!(short.is_empty(), "these are short by now: {short:#?}");
}

/// The names of functions that are too long. Code is formatted: a function ends with a brace that is as
/// far to the right as the function.
fn long_functions(text: &str) -> Vec<String> {
    let lines: Vec<_> = text.lines().collect();
    let starts = lines.iter().enumerate().filter_map(|(start, line)| {
        let code = line.trim_start();
        let (before, after) = code.split_once("fn ")?;
        let qualifiers = ["", "const", "async", "unsafe", "pub"];
        let is_function = before
            .split_whitespace()
            .all(|word| qualifiers.contains(&word) || word.starts_with("pub("));
        let name = after.split(['(', '<']).next()?;
        is_function.then(|| (start, line.len() - code.len(), name))
    });
    let is_long = |(start, indent, _): &(usize, usize, &str)| {
        let end = format!("{}}}", " ".repeat(*indent));
        let signature =
            |line: &&&str| line.ends_with(';') && line.len() - line.trim_start().len() == *indent;
        let rest = &lines[*start..];
        let length = rest
            .iter()
            .position(|line| *line == end || signature(&line));
        length.is_some_and(|length| length >= LINES[1])
    };
    let long = starts.filter(is_long).map(|(_, _, name)| name.to_owned());
    long.collect()
}

/// The sources, each with its path from the root of the repository.
fn sources() -> impl Iterator<Item = (String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let is_ours = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        !OTHERS.contains(&&*name)
    };
    let entries = WalkDir::new(&root).sort_by_file_name().into_iter();
    let paths = entries
        .filter_entry(is_ours)
        .map(|entry| entry.unwrap().into_path());
    let paths = paths.filter(|path| path.extension().is_some_and(|it| it == "rs"));
    paths.map(move |path| {
        let name = path.strip_prefix(&root).unwrap().display().to_string();
        (name, fs::read_to_string(path).unwrap())
    })
}
