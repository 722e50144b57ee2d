//! [Smithy's IDL](https://smithy.io/2.0/spec/idl.html), the language of `.smithy` files.
//!
//! Files are parsed one by one ([`parser`]), their names are resolved and they are merged
//! ([`model`]), and the result is written as the JSON AST ([`write`]). Each value of that JSON
//! knows its place in a file, so that all later stages report problems in the users' own text
//! without knowing the IDL.

mod complete;
mod lexer;
mod members;
mod merge;
mod model;
mod names;
mod node;
mod parser;
mod shapes;
mod strings;
mod tokens;
mod values;
mod version;
mod write;

use std::borrow::Cow;

use crate::diagnostics::{Diagnostics, Files, Origins, Source};

use self::model::Model;

/// Whether a text is JSON rather than the IDL.
pub(crate) fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '[', '"'])
}

/// Whether a text is a model in the IDL. For an empty text, the name of the file decides.
pub(crate) fn is_idl(source: &Source) -> bool {
    let text = source.text();
    !is_json(text) && (!text.trim().is_empty() || source.name().ends_with(".smithy"))
}

/// A model as a JSON AST. JSON is not changed, so that diagnostics refer to its own text.
///
/// # Errors
///
/// Returns all problems of a model in the IDL.
pub(crate) fn as_json(source: &Source) -> Result<Cow<'_, Source>, Diagnostics> {
    if !is_idl(source) {
        return Ok(Cow::Borrowed(source));
    }
    let mut files = Files::default();
    files.push(source.name(), source.text());
    assemble(source.name(), files).map(Cow::Owned)
}

/// Merges files into one model called `name`.
///
/// # Errors
///
/// Returns all problems of all files; for a file that cannot be parsed, only syntax errors.
pub(crate) fn assemble(name: &str, files: Files) -> Result<Source, Diagnostics> {
    let mut problems = Diagnostics::new();
    let mut parsed = Vec::new();
    let mut json_problems = Diagnostics::new();
    for file in files.iter() {
        if is_json(&file.text) {
            let source = Source::new(&file.name, &*file.text);
            let mut found = Diagnostics::new();
            let is_model = super::parse(&source, &mut found).is_some();
            if !is_model {
                json_problems.merge(found.in_source(&source));
                continue;
            }
            match values::json(&file.text, file.base) {
                Ok(node) => parsed.push(model::Parsed::Json(node)),
                Err(problem) => problem.record(&mut problems),
            }
        } else {
            let (file, faults) = parser::parse(&file.text, file.base);
            for fault in faults {
                fault.record(&mut problems);
            }
            parsed.push(model::Parsed::Idl(file));
        }
    }
    if problems.is_empty() && json_problems.is_empty() {
        let mut model = Model::of(parsed, &mut problems);
        model.complete(&mut problems);
        if problems.is_empty() {
            let (text, marks) = write::write(&model);
            return Ok(Source::of_files(name, text, Origins::new(files, marks)));
        }
    }
    let mut problems = problems.in_files(&files);
    problems.merge(json_problems);
    Err(problems)
}

#[cfg(test)]
mod tests;
