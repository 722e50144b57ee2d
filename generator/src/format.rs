//! Stage 4: from tokens to text.
//!
//! prettyplease prints code; what it leaves open is settled here: one blank
//! line between items and between methods, the rows of table macros, and the
//! line on top of every file.

use proc_macro2::{Delimiter, Punct, Spacing, TokenStream, TokenTree};
use quote::quote;

use crate::emit::{Contents, File, Item};

/// How wide a line may be.
const WIDTH: usize = 100;

/// A file as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Path below the crate's folder, with `/`.
    pub path: String,
    /// The file's text.
    pub text: String,
}

/// Prints files; `header` goes on top of those made from the model.
pub(crate) fn render(files: Vec<File>, header: &str) -> Vec<Output> {
    files
        .into_iter()
        .map(|File { path, contents }| {
            let text = match contents {
                Contents::Template(text) => text.to_owned(),
                Contents::Text(text) => text,
                Contents::Rust {
                    docs,
                    attributes,
                    items,
                } => rust(&path, header, &docs, attributes, &items),
            };
            Output { path, text }
        })
        .collect()
}

fn rust(
    path: &str,
    header: &str,
    docs: &[String],
    attributes: TokenStream,
    items: &[Item],
) -> String {
    let mut text = format!("// {header}\n\n");
    for line in docs {
        text.push_str(if line.is_empty() { "//!" } else { "//! " });
        text.push_str(line);
        text.push('\n');
    }
    if !docs.is_empty() {
        text.push('\n');
    }
    if !attributes.is_empty() {
        text.push_str(&prettyplease::unparse(&parse(path, attributes)));
        text.push('\n');
    }
    text.push_str(&print_items(path, items, 0));
    text
}

fn print_items(path: &str, items: &[Item], indent: usize) -> String {
    let items: Vec<_> = items
        .iter()
        .map(|item| print_item(path, item, indent))
        .filter(|text| !text.is_empty())
        .collect();
    items.join("\n")
}

fn print_item(path: &str, item: &Item, indent: usize) -> String {
    match item {
        Item::Code(tokens) => indented(&print_code(path, tokens.clone()), indent),
        Item::Table { name, head, rows } => indented(&print_table(name, head, rows), indent),
        Item::Module { head, items } => {
            let head = print_code(path, quote!(#head {}));
            let head = head.trim_end().trim_end_matches("{}");
            let body = print_items(path, items, indent + 4);
            indented(&format!("{head}{{\n"), indent) + &body + &indented("}\n", indent)
        }
    }
}

/// Moves every line to the right, for what stands in an inline module.
fn indented(text: &str, indent: usize) -> String {
    if indent == 0 {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for line in text.lines() {
        if !line.is_empty() {
            out.extend(std::iter::repeat_n(' ', indent));
            out.push_str(line);
        }
        out.push('\n');
    }
    out
}

fn parse(path: &str, tokens: TokenStream) -> syn::File {
    syn::parse2(tokens.clone()).unwrap_or_else(|error| {
        panic!("the generator emitted no valid Rust for {path}: {error}\n{tokens}")
    })
}

fn print_code(path: &str, tokens: TokenStream) -> String {
    let file = parse(path, tokens);
    let mut groups: Vec<Vec<syn::Item>> = Vec::new();
    for item in file.items {
        // Declarations stand together, everything else apart.
        let together = |item: &syn::Item| matches!(item, syn::Item::Use(_) | syn::Item::Mod(_));
        match groups.last_mut() {
            Some(group) if together(&item) && together(&group[0]) => group.push(item),
            _ => groups.push(vec![item]),
        }
    }
    let groups: Vec<_> = groups.into_iter().map(print_group).collect();
    groups.join("\n")
}

fn print_group(items: Vec<syn::Item>) -> String {
    match <[syn::Item; 1]>::try_from(items) {
        Ok([syn::Item::Impl(block)]) => print_impl(block),
        Ok([item]) => unparse(vec![item]),
        Err(items) => unparse(items),
    }
}

fn unparse(items: Vec<syn::Item>) -> String {
    prettyplease::unparse(&syn::File {
        shebang: None,
        attrs: Vec::new(),
        items,
    })
}

/// Prints an `impl` with a blank line between its functions.
fn print_impl(mut block: syn::ItemImpl) -> String {
    let members = std::mem::take(&mut block.items);
    let functions = members
        .iter()
        .filter(|item| matches!(item, syn::ImplItem::Fn(_)))
        .count();
    if functions == 0 || members.len() == 1 {
        block.items = members;
        return unparse(vec![syn::Item::Impl(block)]);
    }
    let empty = unparse(vec![syn::Item::Impl(block.clone())]);
    let head = empty.trim_end().trim_end_matches('}').to_owned();
    let mut text = format!("{head}\n");
    let mut previous_is_function = None;
    for member in members {
        let is_function = matches!(member, syn::ImplItem::Fn(_));
        if previous_is_function.is_some_and(|previous| previous || is_function) {
            text.push('\n');
        }
        previous_is_function = Some(is_function);
        block.items = vec![member];
        let alone = unparse(vec![syn::Item::Impl(block.clone())]);
        text.push_str(&alone[head.len() + 1..alone.len() - 2]);
    }
    text.push_str("}\n");
    text
}

/// Prints a table macro: on one line if it is short, else a row a line.
fn print_table(name: &str, head: &TokenStream, rows: &[TokenStream]) -> String {
    let head = print_row(head);
    let rows: Vec<_> = rows.iter().map(print_row).collect();
    if rows.is_empty() {
        return format!("{name}!({head} {{}});\n");
    }
    let one_line = format!("{name}!({head} {{ {} }});\n", rows.join(", "));
    if one_line.len() <= WIDTH && rows.len() <= 6 {
        return one_line;
    }
    let rows: String = rows.iter().map(|row| format!("    {row},\n")).collect();
    format!("{name}!({head} {{\n{rows}}});\n")
}

/// Prints names, literals, types and the few signs that tables have.
fn print_row(tokens: &TokenStream) -> String {
    let mut text = String::new();
    // Nothing stands between a path's segments, nor inside of brackets.
    let mut glued = true;
    for token in tokens.clone() {
        let (glue_before, glue_after) = match &token {
            TokenTree::Punct(sign) => match sign.as_char() {
                // A path's `::` is two signs, of which the second follows the first.
                ':' => (
                    true,
                    sign.spacing() == Spacing::Joint || text.ends_with(':'),
                ),
                '<' => (true, true),
                '>' | ',' | '!' => (sign_closes(&text, sign), false),
                _ => (false, sign.spacing() == Spacing::Joint),
            },
            TokenTree::Group(_) => (true, false),
            TokenTree::Ident(_) | TokenTree::Literal(_) => (false, false),
        };
        if !glued && !glue_before {
            text.push(' ');
        }
        match &token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                text.push_str(&print_row(&group.stream()));
                text.push_str(close);
            }
            other => text.push_str(&other.to_string()),
        }
        glued = glue_after;
    }
    text
}

/// Whether a sign stands close to what is before it: `=>` does not.
fn sign_closes(text: &str, sign: &Punct) -> bool {
    sign.as_char() != '>' || !text.ends_with('=') || text.is_empty()
}
