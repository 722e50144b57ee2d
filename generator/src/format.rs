//! Stage 4: from tokens to text.
//!
//! prettyplease prints code. This module adds what it does not do: one blank line between items and
//! between methods, the rows of table macros, and the header of every file.

use proc_macro2::{Delimiter, Punct, Spacing, TokenStream, TokenTree};
use quote::quote;
use syn::parse::{ParseStream, Parser};

use crate::emit::{Contents, File, Item};
use crate::harmless;
use crate::output::{Output, headed};

/// The maximum width of a line.
const WIDTH: usize = 100;

/// Prints files; `header` goes on top of Rust.
pub(crate) fn render(files: impl Iterator<Item = File>, header: &str) -> Vec<Output> {
    files
        .map(|File { path, contents }| {
            let text = match contents {
                Contents::Template(text) => headed(header, &text),
                Contents::Text(text) => text,
                Contents::Rust {
                    docs,
                    attributes,
                    items,
                } => rust(&path, header, &docs, attributes, items),
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
    items: Vec<Item>,
) -> String {
    let mut text = String::new();
    for line in docs {
        text.push_str(if line.is_empty() { "//!" } else { "//! " });
        text.push_str(&harmless::line(line));
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
    headed(header, &text)
}

fn print_items(path: &str, items: Vec<Item>, indent: usize) -> String {
    let items: Vec<_> = items
        .into_iter()
        .map(|item| print_item(path, item, indent))
        .filter(|text| !text.is_empty())
        .collect();
    items.join("\n")
}

fn print_item(path: &str, item: Item, indent: usize) -> String {
    match item {
        Item::Code(tokens) => indented(print_code(path, tokens), indent),
        Item::Table { name, head, rows } => {
            let width = WIDTH - indent;
            indented(
                print_table(&format!("{name}!("), head, rows, ");", width),
                indent,
            )
        }
        Item::Gated { name, items } => match <[Item; 1]>::try_from(items) {
            Ok(
                [
                    Item::Table {
                        name: table,
                        head,
                        rows,
                    },
                ],
            ) => {
                let open = format!("{name}! {{ {table}!(");
                indented(
                    print_table(&open, head, rows, "); }", WIDTH - indent),
                    indent,
                )
            }
            Ok(items) => print_block(&format!("{name}! "), path, items.into(), indent),
            Err(items) => print_block(&format!("{name}! "), path, items, indent),
        },
        Item::Module { head, items } => {
            let head = print_code(path, quote!(#head {}));
            let head = head.trim_end().trim_end_matches("{}");
            print_block(head, path, items, indent)
        }
    }
}

/// Items in braces.
fn print_block(head: &str, path: &str, items: Vec<Item>, indent: usize) -> String {
    let body = print_items(path, items, indent + 4);
    indented(format!("{head}{{\n"), indent) + &body + &indented("}\n".to_owned(), indent)
}

/// Indents every line, for the content of an inline module or a macro.
fn indented(text: String, indent: usize) -> String {
    if indent == 0 {
        return text;
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

/// Parses tokens without cloning them: a clone would copy every token at every depth.
fn parse(path: &str, tokens: TokenStream) -> syn::File {
    let file = |input: ParseStream<'_>| {
        let all = input.fork();
        input.parse().map_err(|error| {
            let tokens: TokenStream = all.parse().unwrap_or_default();
            panic!("the generator emitted no valid Rust for {path}: {error}\n{tokens}")
        })
    };
    file.parse2(tokens)
        .unwrap_or_else(|error| panic!("the generator emitted no whole file for {path}: {error}"))
}

fn print_code(path: &str, tokens: TokenStream) -> String {
    let file = parse(path, tokens);
    let mut groups: Vec<Vec<syn::Item>> = Vec::new();
    for item in file.items {
        // No blank line between declarations, one between all other items.
        let together = |item: &syn::Item| matches!(item, syn::Item::Use(_) | syn::Item::Mod(_));
        match groups.last_mut() {
            Some(group) if together(&item) && together(&group[0]) => group.push(item),
            _ => groups.push(vec![item]),
        }
    }
    let groups: Vec<_> = groups.into_iter().map(print_group).collect();
    with_short_conditions(groups.join("\n"))
}

/// Puts every `#[cfg]` on one line: prettyplease prints a slightly long one on six.
fn with_short_conditions(text: String) -> String {
    if !text.contains("#[cfg(\n") {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        out.push_str(line);
        if line.trim_start() == "#[cfg(" {
            for part in lines.by_ref().map(str::trim) {
                out.push_str(part);
                if part == ")]" {
                    break;
                }
                if part.ends_with(',') {
                    out.push(' ');
                }
            }
        }
        out.push('\n');
    }
    out
}

fn print_group(items: Vec<syn::Item>) -> String {
    match <[syn::Item; 1]>::try_from(items) {
        Ok([syn::Item::Impl(block)]) => print_impl(block),
        Ok([item]) => unparse(vec![item]),
        Err(items) => unparse(items),
    }
}

fn unparse(items: Vec<syn::Item>) -> String {
    prettyplease::unparse(&file_of(items))
}

fn file_of(items: Vec<syn::Item>) -> syn::File {
    syn::File {
        shebang: None,
        attrs: Vec::new(),
        items,
    }
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
    // One file for all members, so that the block is not cloned for each of them.
    let mut file = file_of(vec![syn::Item::Impl(block)]);
    let empty = prettyplease::unparse(&file);
    let head = empty.trim_end().trim_end_matches('}').to_owned();
    let mut text = format!("{head}\n");
    let mut previous_is_function = None;
    for member in members {
        let is_function = matches!(member, syn::ImplItem::Fn(_));
        if previous_is_function.is_some_and(|previous| previous || is_function) {
            text.push('\n');
        }
        previous_is_function = Some(is_function);
        if let [syn::Item::Impl(block)] = &mut file.items[..] {
            block.items = vec![member];
        }
        let alone = prettyplease::unparse(&file);
        text.push_str(&alone[head.len() + 1..alone.len() - 2]);
    }
    text.push_str("}\n");
    text
}

/// Prints a table macro: on one line if it is short, else one row per line.
fn print_table(
    open: &str,
    head: TokenStream,
    rows: Vec<TokenStream>,
    close: &str,
    width: usize,
) -> String {
    let rows: Vec<_> = rows.into_iter().map(words).collect();
    let mut head_words = words(head);
    head_words.push("{".to_owned());
    let head = fill(open, head_words, width);
    if rows.is_empty() {
        return format!("{head}}}{close}\n");
    }
    if rows.len() <= 6 {
        let one_line: Vec<_> = rows.iter().map(|row| row.join(" ")).collect();
        let short = format!("{head} {} }}{close}\n", one_line.join(", "));
        if short.len() <= width {
            return short;
        }
    }
    let rows: String = rows
        .into_iter()
        .map(|row| fill("    ", row, width) + ",\n")
        .collect();
    format!("{head}\n{rows}}}{close}\n")
}

/// Wraps words into lines of at most so many columns.
fn fill(start: &str, words: Vec<String>, columns: usize) -> String {
    let mut text = start.to_owned();
    let mut width = start.len();
    for (position, word) in words.into_iter().enumerate() {
        if position > 0 && width + 1 + word.len() >= columns {
            text.push_str("\n        ");
            width = 8;
        } else if position > 0 {
            text.push(' ');
            width += 1;
        }
        width += word.len();
        text.push_str(&word);
    }
    text
}

/// Splits a table into names, literals, types and punctuation, where a space may go.
fn words(tokens: TokenStream) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    // No space between the segments of a path, nor inside brackets.
    let mut glued = true;
    for token in tokens {
        let (glue_before, glue_after) = match &token {
            TokenTree::Punct(sign) => glue(sign, &word),
            TokenTree::Group(_) => (true, false),
            TokenTree::Ident(_) | TokenTree::Literal(_) => (false, false),
        };
        if !glued && !glue_before {
            words.push(std::mem::take(&mut word));
        }
        match &token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                word.push_str(open);
                word.push_str(&self::words(group.stream()).join(" "));
                word.push_str(close);
            }
            other => word.push_str(&other.to_string()),
        }
        glued = glue_after;
    }
    words.push(word);
    words
}

/// Whether a punctuation mark is joined to the word before it, and to the word after it.
fn glue(sign: &Punct, word: &str) -> (bool, bool) {
    match sign.as_char() {
        // The `::` of a path is two marks; the second follows the first.
        ':' => (
            true,
            sign.spacing() == Spacing::Joint || word.ends_with(':'),
        ),
        '<' => (true, true),
        // The second half of `=>` is joined to the first; a space follows it.
        '>' => (true, false),
        ',' | '!' => (true, false),
        _ => (false, sign.spacing() == Spacing::Joint),
    }
}
