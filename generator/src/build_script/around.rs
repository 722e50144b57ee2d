//! Checks that the crate around a module has what the module needs.
//!
//! Otherwise, the compiler reports a thousand errors, none of which says what to do.

use std::collections::BTreeSet;
use std::path::Path;

use toml::{Table, Value};

use crate::counted;
use crate::diagnostics::Diagnostics;

/// The editions in which the code of a client does not compile.
const TOO_OLD: [&str; 2] = ["2015", "2018"];

/// The features that most programs enable.
const FEATURES: [&str; 3] = ["default-https-client", "rt-tokio", "sigv4a"];

/// Checks the manifest of a crate. `needed` is the list of dependencies beside its client.
///
/// Reports only what is certain; cargo and the compiler find the rest.
pub(super) fn check(path: &Path, manifest: &str, needed: &str) -> Result<(), Diagnostics> {
    let (Ok(manifest), Ok(listed)) = (manifest.parse::<Table>(), needed.parse::<Table>()) else {
        return Ok(());
    };
    let mut diagnostics = Diagnostics::new();
    if let Some(edition) = edition(&manifest).filter(|it| TOO_OLD.contains(it)) {
        diagnostics.file_error(
            path,
            format!("the crate has the edition {edition}, but the client needs 2021 or later"),
            "write `edition = \"2024\"` below `[package]`",
        );
    }
    let missing = missing(&manifest, &listed);
    if !missing.is_empty() {
        let count = counted(missing.len(), "crate");
        diagnostics.file_error(
            path,
            format!(
                "the client that the build script makes needs {count} that this one does not \
                 depend on"
            ),
            "add these lines:",
        );
        diagnostics.add_lines(lines(&manifest, needed, &listed, &missing));
    }
    diagnostics.into_result(())
}

/// The edition, unless the crate inherits that of its workspace.
fn edition(manifest: &Table) -> Option<&str> {
    match manifest.get("package")?.get("edition") {
        None => Some("2015"),
        Some(edition) => edition.as_str(),
    }
}

/// The dependencies that the client needs and the crate does not list, in the order of `listed`.
fn missing<'a>(manifest: &Table, listed: &'a Table) -> Vec<&'a str> {
    let present = names(manifest, "dependencies");
    let needed = dependencies(listed).filter(|(_, value)| !is_optional(value));
    let needed = needed.map(|(name, _)| name);
    let missing: Vec<_> = needed.filter(|name| !present.contains(*name)).collect();
    // If only tests use the client, its dependencies are dev-dependencies.
    let of_tests = names(manifest, "dev-dependencies");
    if missing.iter().all(|name| of_tests.contains(*name)) {
        return Vec::new();
    }
    missing
}

fn dependencies(table: &Table) -> impl Iterator<Item = (&str, &Value)> {
    let table = table.get("dependencies").and_then(Value::as_table);
    table
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.as_str(), value))
}

fn is_optional(dependency: &Value) -> bool {
    dependency.get("optional").and_then(Value::as_bool) == Some(true)
}

/// The names of all dependencies of a kind, for every platform: their own names and those of the
/// packages, which the crate may rename.
fn names(manifest: &Table, kind: &str) -> BTreeSet<String> {
    let targets = manifest.get("target").and_then(Value::as_table);
    let tables = targets
        .into_iter()
        .flatten()
        .filter_map(|(_, target)| target.as_table());
    let old_kind = kind.replace('-', "_");
    let tables = tables
        .chain([manifest])
        .flat_map(|table| [kind, &old_kind].map(|kind| table.get(kind).and_then(Value::as_table)));
    let mut names = BTreeSet::new();
    for (name, value) in tables.flatten().flatten() {
        let package = value.get("package").and_then(Value::as_str);
        names.extend(
            [Some(name.as_str()), package]
                .into_iter()
                .flatten()
                .map(|it| it.replace('_', "-")),
        );
    }
    names
}

/// The lines to add to the manifest: missing dependencies, and features if there are none.
fn lines(manifest: &Table, needed: &str, listed: &Table, missing: &[&str]) -> String {
    let features = features(manifest, listed);
    let wanted: BTreeSet<&str> = features
        .iter()
        .flat_map(|(_, parts)| parts.iter().filter_map(|part| part.strip_prefix("dep:")))
        .collect();
    let mut text = String::new();
    if !features.is_empty() {
        let has_default = manifest
            .get("features")
            .is_some_and(|it| it.get("default").is_some());
        let names = features.iter().map(|(name, _)| format!("{name:?}"));
        let names = names.collect::<Vec<_>>().join(", ");
        text.push_str(&match has_default {
            false => format!("[features]\ndefault = [{names}]\n"),
            true => format!("[features]\n# And {names} in `default`.\n"),
        });
        for (name, parts) in &features {
            text.push_str(&format!("{name} = {parts:?}\n"));
        }
        text.push('\n');
    }
    text.push_str("[dependencies]\n");
    let (_, rows) = needed.split_once("[dependencies]\n").unwrap_or_default();
    for row in rows.lines() {
        let name = row.split(' ').next().unwrap_or_default();
        if missing.contains(&name) || wanted.contains(name) {
            text.push_str(row);
            text.push('\n');
        }
    }
    text
}

/// The usual features that the crate lacks, and what they enable. A feature cannot enable a
/// dependency that the crate lists without `optional`.
fn features<'a>(manifest: &Table, listed: &'a Table) -> Vec<(&'a str, Vec<&'a str>)> {
    let present = names(manifest, "dependencies");
    let declared = manifest.get("features").and_then(Value::as_table);
    let features = listed.get("features").and_then(Value::as_table);
    let features = features.into_iter().flatten().filter(|(name, _)| {
        FEATURES.contains(&name.as_str()) && declared.is_none_or(|it| !it.contains_key(*name))
    });
    let features = features.map(|(name, parts)| {
        let parts = parts
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str);
        let is_off = |part: &&str| {
            let package = part.strip_prefix("dep:");
            package.is_none_or(|package| !present.contains(package))
        };
        (name.as_str(), parts.filter(is_off).collect())
    });
    features.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEEDED: &str = "\
[features]
default = [\"default-https-client\", \"rt-tokio\"]
default-https-client = [\"dep:https\", \"dep:tokio\"]
rt-tokio = [\"aws-types/rt\"]
serde = [\"dep:serde\"]

[dependencies]
aws-types = { version = \"1.7\", features = [\"x\"] }
https = { version = \"2\", optional = true }
serde = { version = \"1\", optional = true }
tokio = { version = \"1\", optional = true }
tracing = \"0.1\"
";

    fn said(manifest: &str) -> String {
        let manifest = format!("[package]\nname = \"a\"\nedition = \"2021\"\n{manifest}");
        let checked = check(Path::new("Cargo.toml"), &manifest, NEEDED);
        checked.err().map(|it| it.to_string()).unwrap_or_default()
    }

    #[test]
    fn what_is_missing_can_be_copied() {
        let problems = said("[build-dependencies]\ngenerator = \"1\"\n");
        assert!(problems.starts_with(
            "error: the client that the build script makes needs 2 crates that this one does not depend on\n"
        ), "{problems}");
        let lines: Vec<_> = problems.lines().map(str::trim_start).collect();
        let start = lines
            .iter()
            .position(|line| *line == "[features]")
            .expect("a table");
        let added = lines[start..].join("\n");
        let added: Table = added
            .parse()
            .unwrap_or_else(|error| panic!("{error}: {added}"));
        let expected: Table = NEEDED
            .lines()
            .filter(|line| !line.starts_with("serde"))
            .collect::<Vec<_>>()
            .join("\n")
            .parse()
            .expect("it is TOML");
        assert_eq!(added, expected);
    }

    #[test]
    fn what_is_there_is_not_added_again() {
        let problems = said(
            "[features]\ndefault = []\nrt-tokio = []\n[dependencies]\ntokio = \"1\"\ntracing = \"0.1\"\n",
        );
        for line in [
            "needs 1 crate that",
            "# And \"default-https-client\" in `default`.",
            "default-https-client = [\"dep:https\"]",
            "aws-types = {",
        ] {
            assert!(problems.contains(line), "`{line}` is not in:\n{problems}");
        }
        assert!(
            !problems.contains("tokio = ") && !problems.contains("tracing"),
            "{problems}"
        );
    }

    #[test]
    fn other_ways_to_depend_are_no_problem() {
        for manifest in [
            "[dependencies]\naws-types = \"1\"\ntracing = \"0.1\"",
            "[dependencies]\naws_types = { workspace = true }\ntracing.workspace = true",
            "[dependencies.aws-types]\npath = \"fork\"\noptional = true\n[dependencies.tracing]\ngit = \"x\"",
            "[dependencies]\ntypes = { package = \"aws-types\" }\n[target.'cfg(unix)'.dependencies]\ntracing = \"0.1\"",
            "[dependencies]\naws-types = \"1\"\n[dev-dependencies]\ntracing = \"0.1\"",
        ] {
            assert_eq!(said(manifest), "", "{manifest}");
        }
        // The tests have only some of the missing dependencies.
        assert!(!said("[dev-dependencies]\ntracing = \"0.1\"").is_empty());
        assert!(check(Path::new("Cargo.toml"), "no TOML", NEEDED).is_ok());
    }

    #[test]
    fn old_editions_are_refused() {
        let manifest = |line: &str| {
            let dependencies = "[dependencies]\naws-types = \"1\"\ntracing = \"0.1\"\n";
            format!("[package]\nname = \"a\"\n{line}\n{dependencies}")
        };
        let is_fine = |line| check(Path::new("Cargo.toml"), &manifest(line), NEEDED).is_ok();
        for line in [
            "edition = \"2021\"",
            "edition = \"2024\"",
            "edition.workspace = true",
        ] {
            assert!(is_fine(line), "{line}");
        }
        for line in ["edition = \"2018\"", ""] {
            assert!(!is_fine(line), "{line}");
        }
    }
}
