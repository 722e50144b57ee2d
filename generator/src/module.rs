//! A client as a module of another crate.
//!
//! Emitters and templates make a package. A module of another crate is the same files, but for where
//! they say that the crate begins: at `crate`, and in a module at `crate::weather`.

use std::ops::Range;

use crate::diagnostics::Diagnostics;
use crate::output::{Output, headed};

/// The file that users include. It declares the module: an included file may do that, but may have
/// no attributes and no documentation of its own.
const INCLUDED: &str = "mod.rs";

/// What the crate around the module has to depend on.
pub(crate) const DEPENDENCIES: &str = "dependencies.toml";

/// What the list of them says.
const FOR_WHOM: &str = "\
# The crate that this module is in needs what is not optional here. The features are parts of the
# client: to have one, give the crate a feature of that name, and what the feature needs.
";

/// Where in a crate the module is.
#[derive(Clone, Debug)]
pub(crate) struct ModulePath {
    /// Such as `crate::weather`.
    path: String,
    /// The last part, such as `weather`.
    name: String,
}

impl ModulePath {
    pub(crate) fn parse(text: &str) -> Result<Self, Diagnostics> {
        let path = syn::parse_str::<syn::Path>(text).ok();
        let is_plain = |path: &syn::Path| {
            let mut segments = path.segments.iter();
            path.leading_colon.is_none()
                && segments.next().is_some_and(|first| first.ident == "crate")
                && segments.clone().next().is_some()
                && segments.all(|segment| segment.arguments.is_none())
        };
        match path
            .filter(is_plain)
            .and_then(|path| path.segments.last().cloned())
        {
            Some(last) => Ok(Self {
                path: text.to_owned(),
                name: last.ident.to_string(),
            }),
            None => Err(Diagnostics::of(
                format!("`{text}` is not where a module can be"),
                "write its path from the root of the crate, such as `crate::weather`",
            )),
        }
    }
}

/// Makes the files of a module out of those of a package.
pub(crate) fn files(package: Vec<Output>, module: &ModulePath, header: &str) -> Vec<Output> {
    let mut files = Vec::with_capacity(package.len());
    for Output { path, text } in package {
        if path == "Cargo.toml" {
            files.push(Output {
                path: DEPENDENCIES.to_owned(),
                text: dependencies(&text),
            });
        } else if let Some(path) = path.strip_prefix("src/") {
            files.push(Output {
                path: path.to_owned(),
                text: moved(without_tests(&text), &module.path),
            });
        }
    }
    files.push(Output {
        path: INCLUDED.to_owned(),
        text: headed(
            header,
            &format!("#[path = \"lib.rs\"]\npub mod {};\n", module.name),
        ),
    });
    files
}

/// The features and dependencies of a manifest, below the line that says who has made it. Features
/// that packages have only to take the place of others do not matter here.
fn dependencies(manifest: &str) -> String {
    // Headings are lines of their own, which no string of a manifest is.
    let between = |from: &str, to: &str| {
        let start = manifest.find(&format!("\n{from}\n"));
        let rest = &manifest[start.map_or(manifest.len(), |start| start + 1)..];
        rest.find(to).map_or(rest, |end| &rest[..end])
    };
    let head = manifest.lines().next().unwrap_or_default();
    let features = between("[features]", "\n[dependencies]\n");
    let only_packages = features.find("\n# Features of the official crate");
    let features = features[..only_packages.unwrap_or(features.len())].trim_end();
    let dependencies = between("[dependencies]", "\n[dev-dependencies]");
    format!("{head}\n{FOR_WHOM}\n{features}\n\n{dependencies}")
}

/// A file without the tests at its end, which would become those of the crate around it.
fn without_tests(text: &str) -> &str {
    let starts = ["\n#[cfg(test)]\n", "\n#[cfg(all(test,"];
    let start = starts.iter().filter_map(|start| text.find(start)).min();
    start.map_or(text, |start| &text[..start])
}

/// Makes every path from `crate` begin at `root`, in code and in the links of documentation.
///
/// A keyword and two colons are nothing else in Rust, so that no parser is needed: what stands in
/// front of them decides whether they are a whole word. What is in a string stays as it is: it may
/// be sent. No string of generated code goes on in the next line.
fn moved(text: &str, root: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for line in text.split_inclusive('\n') {
        if !line.contains("crate::") {
            out.push_str(line);
            continue;
        }
        let mut rest = line;
        while let Some(string) = next_string(rest) {
            move_paths(&rest[..string.start], root, &mut out);
            out.push_str(&rest[string.clone()]);
            rest = &rest[string.end..];
        }
        move_paths(rest, root, &mut out);
    }
    out
}

/// Where the next string or character of a line is, if it comes before a comment.
fn next_string(line: &str) -> Option<Range<usize>> {
    let comment = line.find("//").unwrap_or(line.len());
    let start = line[..comment].find(['"', '\''])?;
    let quote = line[start..].chars().next()?;
    let mut is_escaped = false;
    for (at, character) in line[start + 1..].char_indices() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if character == quote => return Some(start..start + 1 + at + 1),
            // A lifetime has no end.
            ' ' | ',' | '>' | ')' if quote == '\'' && at > 1 => return Some(start..start + 1),
            _ => {}
        }
    }
    Some(start..start + 1)
}

fn move_paths(text: &str, root: &str, out: &mut String) {
    let mut rest = text;
    while let Some(start) = rest.find("crate::") {
        let (before, after) = rest.split_at(start);
        out.push_str(before);
        let is_part_of_a_word = |c: char| c.is_alphanumeric() || c == '_';
        if out.ends_with(is_part_of_a_word) {
            out.push_str("crate");
        } else {
            out.push_str(root);
        }
        rest = &after["crate".len()..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_begin_at_the_module() {
        let moved = |text| moved(text, "crate::a::b");
        assert_eq!(
            moved("use crate::types::{A, B};"),
            "use crate::a::b::types::{A, B};"
        );
        assert_eq!(
            moved("pub(crate) fn f(it: &crate::A)"),
            "pub(crate) fn f(it: &crate::a::b::A)"
        );
        assert_eq!(
            moved("/// [`A`](crate::A) crate::"),
            "/// [`A`](crate::a::b::A) crate::a::b::"
        );
        assert_eq!(moved("my_crate::A + crate_::A"), "my_crate::A + crate_::A");
        assert_eq!(moved("::crate::A"), "::crate::a::b::A");
    }

    #[test]
    fn strings_stay_what_they_are() {
        let moved = |text| moved(text, "crate::a");
        for (text, expected) in [
            (
                r#"f("crate::A", crate::B)"#,
                r#"f("crate::A", crate::a::B)"#,
            ),
            (
                r#"f("\"crate::A", crate::B)"#,
                r#"f("\"crate::A", crate::a::B)"#,
            ),
            (
                r#"f('"', crate::B, "crate::A")"#,
                r#"f('"', crate::a::B, "crate::A")"#,
            ),
            (
                r#"f(b'\'', crate::B, "crate::A")"#,
                r#"f(b'\'', crate::a::B, "crate::A")"#,
            ),
            (
                r#"fn f<'a>(it: &'a crate::B) -> &'a crate::B {"#,
                r#"fn f<'a>(it: &'a crate::a::B) -> &'a crate::a::B {"#,
            ),
            (r#"/// It's "crate::B"."#, r#"/// It's "crate::a::B"."#),
            (
                "a(\"//\", crate::B);\nb(crate::B);\n",
                "a(\"//\", crate::a::B);\nb(crate::a::B);\n",
            ),
        ] {
            assert_eq!(moved(text), expected);
        }
    }

    #[test]
    fn paths_of_modules() {
        for path in ["crate::a", "crate::a::b_2"] {
            assert!(ModulePath::parse(path).is_ok(), "{path}");
        }
        for path in [
            "",
            "crate",
            "a",
            "a::b",
            "::crate::a",
            "crate::type",
            "crate::a<u8>",
            "crate::a b",
        ] {
            assert!(ModulePath::parse(path).is_err(), "{path}");
        }
    }

    #[test]
    fn tests_are_the_last_thing_in_a_file() {
        let text = "mod a;\n\n#[cfg(test)]\nmod tests {\n}\n";
        assert_eq!(without_tests(text), "mod a;\n");
        assert_eq!(without_tests("mod a;\n#[cfg(test)]\n"), "mod a;");
        assert_eq!(without_tests("mod a;\n"), "mod a;\n");
        let templates = concat!(env!("CARGO_MANIFEST_DIR"), "/../templates/src");
        for entry in walkdir::WalkDir::new(templates) {
            let entry = entry.expect("templates can be listed");
            let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
            let tests = &text[without_tests(&text).len()..];
            let items = tests.lines().filter(|line| *line == "}").count();
            assert!(tests.is_empty() || items == 1, "{}", entry.path().display());
        }
    }

    #[test]
    fn dependencies_of_a_manifest() {
        let manifest = "# Generated by `x`.\n\n[package]\ndescription = \"[features]\"\n\n[features]\na = []\n# Features of the \
                        official crate, b\nb = []\n\n[dependencies]\nc = \"1\"\n\n[dev-dependencies]\n";
        let expected = "[features]\na = []\n\n[dependencies]\nc = \"1\"\n";
        let listed = dependencies(manifest);
        assert!(listed.starts_with("# Generated by `x`.\n# "), "{listed}");
        assert!(listed.ends_with(expected), "{listed}");
        // Services that are not AWS's have no official crate.
        let of_others = manifest.replace("# Features of the official crate, b\nb = []\n", "");
        assert_eq!(dependencies(&of_others), listed);
    }
}
