//! Short cases of what the grammar allows and refuses, in addition to Smithy's.

mod shapes;
mod statements;
mod values;

use std::fmt::Write as _;

use serde_json::Value;

use super::ast_of;
use crate::diagnostics::{Diagnostics, Severity, Source};
use crate::smithy;

/// The header of a text that does not begin with `$`. The first line of the text is the third.
const HEAD: &str = "$version: \"2.0\"\nnamespace a\n";

fn whole(text: &str) -> String {
    match text.starts_with(['$', '%']) {
        true => text.trim_start_matches('%').to_owned(),
        false => format!("{HEAD}{text}"),
    }
}

/// The shapes of a text, in the form of the JSON AST.
fn shapes(text: &str) -> Value {
    let source = Source::parse("a.smithy", whole(text)).unwrap_or_else(|it| panic!("{text}\n{it}"));
    ast_of(&source).unwrap_or_else(|it| panic!("{text}\n{it}"))["shapes"].take()
}

/// The first error of a text with its line and column, if there is one.
fn first_error(text: &str) -> Option<(usize, usize, String)> {
    let found = match Source::parse("a.smithy", whole(text)) {
        Err(problems) => problems,
        Ok(source) => {
            let mut diagnostics = Diagnostics::new();
            if let Some(ast) = smithy::parse(&source, &mut diagnostics) {
                smithy::assemble(&ast, None, &mut diagnostics);
            }
            diagnostics.in_source(&source)
        }
    };
    let mut errors = found.iter().filter(|it| it.severity() == Severity::Error);
    let first = errors.find(|it| !it.message().contains("no service"))?;
    let (line, column) = first.position().map_or((0, 0), |it| (it.line, it.column));
    Some((line, column, first.message().to_owned()))
}

/// Checks texts that are refused, with line, column and a part of the message.
fn refuses(cases: &[(&str, usize, usize, &str)]) {
    let mut failures = String::new();
    for (text, line, column, message) in cases {
        let found = first_error(text);
        let is_right = found
            .as_ref()
            .is_some_and(|it| (it.0, it.1) == (*line, *column) && it.2.contains(message));
        if !is_right {
            let _ = writeln!(
                failures,
                "{text:?}\n  {line}:{column} {message}\n  {found:?}"
            );
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

fn accepts(cases: &[&str]) {
    let mut failures = String::new();
    for text in cases {
        if let Some(error) = first_error(text) {
            let _ = writeln!(failures, "{text:?}\n  {error:?}");
        }
    }
    assert!(failures.is_empty(), "{failures}");
}
