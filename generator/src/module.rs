//! A client as a module of another crate.
//!
//! Emitters and templates write paths as they are in a package, from `crate`. In a module of another
//! crate the same paths begin at `crate::weather`, in code and in the links of documentation alike.

use std::ops::Range;

use crate::diagnostics::Diagnostics;
use crate::output::Output;

/// Where in a crate the module is, such as `crate::weather`.
#[derive(Clone, Debug)]
pub(crate) struct ModulePath(String);

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
        match path.filter(is_plain) {
            Some(_) => Ok(Self(text.to_owned())),
            None => Err(Diagnostics::of(
                format!("`{text}` is not where a module can be"),
                "write its path from the root of the crate, such as `crate::weather`",
            )),
        }
    }
}

/// Makes every path from `crate` in these files begin at the module.
pub(crate) fn relocate(files: &mut [Output], module: &ModulePath) {
    let rust = |file: &&mut Output| file.path.ends_with(".rs");
    for file in files.iter_mut().filter(rust) {
        file.text = moved(&file.text, &module.0);
    }
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
}
