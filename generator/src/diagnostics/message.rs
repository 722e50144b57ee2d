//! Prints a diagnostic for programs.

use std::borrow::Cow;

use serde::Serialize;

use super::{Diagnostic, Diagnostics, Position, Related, Severity, Style};

/// A problem as a JSON object. docs/command-line.md describes the fields. You can add fields, but
/// do not rename any.
#[derive(Serialize)]
struct Message<'a> {
    level: Severity,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end: Option<Position>,
    shape: Option<String>,
    path: Option<&'a str>,
    related: &'a [Related],
    remedy: Cow<'a, str>,
    rendered: String,
}

impl Diagnostic {
    /// The problem as a JSON object in one line.
    pub fn to_json(&self) -> String {
        let start = self.position();
        let message = Message {
            level: self.severity,
            message: &self.message,
            file: self.file(),
            line: start.map(|start| start.line),
            column: start.map(|start| start.column),
            end: self.end(),
            shape: self.shape(),
            path: self.path(),
            related: &self.related,
            remedy: match &self.to_copy {
                Some(lines) => format!("{}\n\n{lines}", self.remedy).into(),
                None => self.remedy.as_str().into(),
            },
            rendered: self.render(Style::Plain),
        };
        serde_json::to_string(&message).expect("strings and numbers are JSON")
    }
}

impl Diagnostics {
    /// All problems as JSON objects, one per line.
    pub fn to_json_lines(&self) -> String {
        let lines = self.iter().map(Diagnostic::to_json);
        lines.map(|line| line + "\n").collect()
    }
}
