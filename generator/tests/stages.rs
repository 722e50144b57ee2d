//! Stages import what is below them and never what is above: ARCHITECTURE.md relies on it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use syn::{Item, UseTree};

/// Each module of the crate with those that it imports, and a file that does.
type Graph = BTreeMap<String, BTreeMap<String, String>>;

/// Modules of `src`, and the modules that they may import. Each may import from itself.
const IMPORTS: [(&str, &[&str]); 10] = [
    ("harmless", &[]),
    ("shape_id", &[]),
    ("diagnostics", &["harmless", "shape_id"]),
    ("protocol", &["shape_id"]),
    ("smithy", &["diagnostics", "protocol", "shape_id"]),
    ("ir", &["config", "jmespath", "names", "protocol"]),
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
            "shape_id",
            "smithy",
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
    let graph = graph();
    for (module, allowed) in IMPORTS {
        let imported: BTreeSet<_> = graph[module].keys().map(String::as_str).collect();
        let allowed = BTreeSet::from_iter(allowed.iter().copied());
        if let Some(other) = imported.difference(&allowed).next() {
            let path = &graph[module][*other];
            panic!("{path} imports `{other}`, which `{module}` must not know");
        }
        // The table says no more than is true.
        let unused: Vec<_> = allowed.difference(&imported).collect();
        assert!(unused.is_empty(), "`{module}` does not import {unused:?}");
    }
}

#[test]
fn no_modules_import_each_other_in_a_circle() {
    let mut graph = graph();
    // What imports none of the others, or none of them imports, is in no circle.
    let is_end = |graph: &Graph, name: &String| {
        graph[name].is_empty() || !graph.values().any(|imports| imports.contains_key(name))
    };
    while let Some(end) = graph.keys().find(|name| is_end(&graph, name)).cloned() {
        graph.remove(&end);
        for imports in graph.values_mut() {
            imports.remove(&end);
        }
    }
    assert!(graph.is_empty(), "these import each other: {graph:#?}");
}

/// Emitters decide nothing about names.
#[test]
fn the_case_of_identifiers_changes_in_one_place() {
    for (path, text) in sources().filter(|(path, _)| !path.starts_with("names")) {
        let has = text.contains("use heck::") || text.contains(" heck::");
        assert!(!has, "{path} changes the case of names");
    }
}

fn graph() -> Graph {
    let library = fs::read_to_string(Path::new("src/lib.rs")).unwrap();
    // What the crate has at its root, and which module it comes from.
    let mut homes = BTreeMap::new();
    for item in syn::parse_file(&library).unwrap().items {
        match item {
            Item::Mod(module) => {
                let name = module.ident.to_string();
                homes.insert(name.clone(), name);
            }
            Item::Use(it) => {
                let (module, names) = root_and_names(&it.tree);
                for name in names {
                    // `lower` is a function as well.
                    homes.entry(name).or_insert_with(|| module.clone());
                }
            }
            _ => {}
        }
    }
    let tests = test_modules();
    let sources = sources().filter(|(path, _)| !tests.contains(path));
    let mut graph = Graph::new();
    for (path, text) in sources.filter(|(path, _)| path != "lib.rs" && path != "main.rs") {
        let module = module_of(&path);
        let imports = graph.entry(module.clone()).or_default();
        for name in imported(&text, &module) {
            let home = homes.get(&name).filter(|home| **home != module);
            imports.extend(home.map(|home| (home.clone(), path.clone())));
        }
    }
    graph
}

/// The sources, each with its path below `src`, without tests.
fn sources() -> impl Iterator<Item = (String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter();
    let files = files
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.is_file());
    let files = files.map(move |path| {
        let name = path.strip_prefix(&root).unwrap().display().to_string();
        (name, fs::read_to_string(path).unwrap())
    });
    files.filter(|(path, _)| path.ends_with(".rs") && !path.contains("tests"))
}

/// The files of modules that only tests have.
fn test_modules() -> BTreeSet<String> {
    let declared = sources().flat_map(|(path, text)| {
        let folder = path.strip_suffix(".rs").unwrap_or_default().to_owned();
        let modules = text.split("#[cfg(test)]\nmod ").skip(1);
        let names = modules.filter_map(|it| Some(it.split_once(';')?.0.to_owned()));
        let files = names.map(move |name| match folder.as_str() {
            "lib" => format!("{name}.rs"),
            folder => format!("{folder}/{name}.rs"),
        });
        files.collect::<Vec<_>>()
    });
    declared.collect()
}

fn module_of(path: &str) -> String {
    let first = path.split(['/', '.']).next();
    first.unwrap_or_default().to_owned()
}

/// The names that a file takes from the root of the crate, tests left out.
fn imported(text: &str, module: &str) -> BTreeSet<String> {
    let inline = text.match_indices("#[cfg(test)]\nmod ").find(|(start, _)| {
        let line = text[*start..].lines().nth(1);
        line.is_some_and(|line| line.ends_with('{'))
    });
    let code = &text[..inline.map_or(text.len(), |(start, _)| start)];
    let mut names = BTreeSet::new();
    for item in syn::parse_file(code).unwrap().items {
        if let Item::Use(it) = item
            && !it.attrs.iter().any(|it| it.path().is_ident("cfg"))
            && let (root, inside) = root_and_names(&it.tree)
            && root == "crate"
        {
            names.extend(inside);
        }
    }
    // Emitters speak of the root of clients.
    if module != "emit" {
        let lines = code.lines().map(str::trim_start);
        let lines = lines.filter(|line| !line.starts_with("//") && !line.starts_with("use "));
        for after in lines.flat_map(|line| line.split("crate::").skip(1)) {
            let mut words = after.split(|it: char| !it.is_alphanumeric() && it != '_');
            names.extend(words.next().map(str::to_owned));
        }
    }
    names
}

/// Where a `use` begins, and the names right below.
fn root_and_names(tree: &UseTree) -> (String, Vec<String>) {
    fn names(tree: &UseTree) -> Vec<String> {
        match tree {
            UseTree::Path(it) => vec![it.ident.to_string()],
            UseTree::Name(it) => vec![it.ident.to_string()],
            UseTree::Rename(it) => vec![it.ident.to_string()],
            UseTree::Group(it) => it.items.iter().flat_map(names).collect(),
            UseTree::Glob(_) => Vec::new(),
        }
    }
    match tree {
        UseTree::Path(it) => (it.ident.to_string(), names(&it.tree)),
        other => (String::new(), names(other)),
    }
}
