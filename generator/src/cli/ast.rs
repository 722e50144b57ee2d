//! `ast`: prints the JSON AST of a model.

use std::path::PathBuf;
use std::process::ExitCode;

use super::messages::{Messages, output};
use crate::diagnostics::{Diagnostics, Source};
use crate::smithy::{self, Ast, ShapeType};

/// Print a model as a JSON AST.
///
/// Shapes, traits and metadata are sorted by name, as Smithy does it, so the same model is always the same
/// text, whatever files it is read from.
#[derive(clap::Args)]
pub struct Args {
    /// The model: `.smithy` files, JSON ASTs, folders of such files or a smithy-build.json; `-` is
    /// the standard input.
    #[arg(required = true, value_name = "MODEL")]
    models: Vec<PathBuf>,
    #[command(flatten)]
    messages: Messages,
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    match text(args) {
        Ok((text, warnings)) => {
            args.messages.warn(&warnings);
            output(&text);
            ExitCode::SUCCESS
        }
        Err(problems) => args.messages.refuse(&problems, "there is nothing to print"),
    }
}

fn text(args: &Args) -> Result<(String, Diagnostics), Diagnostics> {
    let source = Source::load(&args.models)?;
    let mut diagnostics = Diagnostics::new();
    let ast = smithy::parse(&source, &mut diagnostics);
    if let Some(ast) = &ast {
        smithy::check_shapes(ast, &mut diagnostics);
    }
    let ast = ast.and_then(|ast| diagnostics.unless_errors(ast));
    let problems = diagnostics.in_source(&source);
    let Some(mut ast) = ast else {
        return Err(problems);
    };
    sort(&mut ast);
    let json = serde_json::to_string_pretty(&ast).expect("an AST is JSON");
    Ok((indented(&json), problems))
}

/// Sorts everything that has no order in Smithy. Members have one.
fn sort(ast: &mut Ast) {
    ast.metadata.iter_mut().for_each(|it| it.sort_keys());
    ast.shapes.sort_keys();
    for shape in ast.shapes.values_mut() {
        let lists = [
            &mut shape.operations,
            &mut shape.collection_operations,
            &mut shape.resources,
            &mut shape.errors,
        ];
        for list in lists {
            // An empty list means the same as none.
            *list = list.take().filter(|it| !it.is_empty());
            if let Some(list) = list {
                list.sort_by(|one, other| one.target.cmp(&other.target));
            }
        }
        let is_operation = shape.r#type == ShapeType::Operation;
        let members = [&mut shape.member, &mut shape.key, &mut shape.value];
        let members = members.into_iter().flatten();
        let named = shape.members.iter_mut().flat_map(|it| it.values_mut());
        let of_members = members.chain(named).map(|it| &mut it.traits);
        for traits in of_members.chain([&mut shape.traits]).flatten() {
            traits.entries_mut().sort_keys();
        }
        let is_whole = shape.mixins.is_none() && !shape.has_trait("smithy.api#mixin");
        if is_operation && is_whole {
            // Smithy writes an absent input as `Unit`.
            shape.input.get_or_insert_with(smithy::AstReference::unit);
            shape.output.get_or_insert_with(smithy::AstReference::unit);
        }
    }
}

/// Indents with four spaces, like Smithy.
fn indented(json: &str) -> String {
    let mut text = String::with_capacity(json.len() * 2);
    for line in json.lines() {
        let rest = line.trim_start_matches(' ');
        text.push_str(&" ".repeat((line.len() - rest.len()) * 2));
        text.push_str(rest);
        text.push('\n');
    }
    text
}
