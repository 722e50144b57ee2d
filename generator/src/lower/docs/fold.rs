//! Converts a container into blocks once its content is complete.

use super::builder::Container;
use super::characters;
use super::tidy;
use super::tree::{Block, Cell, Inline, Row, Style, plain_text};
use super::wrap::WIDTH;

/// All rows of a table get the number of cells of the longest row. Cells beyond this maximum are
/// merged into the last.
const MAX_COLUMNS: usize = 64;

/// A child of a container that is still open.
pub(super) enum Part {
    Block(Block),
    Item(Vec<Block>),
    Term(Vec<Inline>),
    Definition(Vec<Block>),
    Row(Row),
    Cell(Cell),
    Verbatim(String),
}

/// The blocks of `parts`; parts that do not belong there become paragraphs.
pub(super) fn blocks(parts: Vec<Part>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for part in parts {
        match part {
            Part::Block(block) => blocks.push(block),
            Part::Item(content) | Part::Definition(content) => blocks.extend(content),
            Part::Term(term) => blocks.extend(non_empty_paragraph(term)),
            Part::Row(cells) => blocks.extend(cells.into_iter().filter_map(non_empty_paragraph)),
            Part::Cell(cell) => blocks.extend(non_empty_paragraph(cell)),
            Part::Verbatim(text) => blocks.extend(code_block("", &text)),
        }
    }
    blocks
}

pub(super) fn container(container: Container, parts: Vec<Part>) -> Vec<Part> {
    let block = match container {
        Container::Document => return parts,
        Container::Item => {
            let item = Some(blocks(parts)).filter(|item| !item.is_empty());
            return item.into_iter().map(Part::Item).collect();
        }
        Container::Definition => return vec![Part::Definition(blocks(parts))],
        Container::Term => return vec![Part::Term(inlines(blocks(parts)))],
        Container::Cell => return vec![Part::Cell(inlines(blocks(parts)))],
        Container::Row => return vec![Part::Row(row(parts))],
        Container::List { start } => list(start, items(parts)),
        Container::Definitions => list(None, definitions(parts)),
        Container::Quote { label } => quote(label, blocks(parts)),
        Container::Heading { level } => heading(level, inlines(blocks(parts))),
        Container::Table => table(parts),
        Container::Preformatted { language } => {
            let text: String = parts.into_iter().map(verbatim).collect();
            code_block(&language, &text)
        }
    };
    block.into_iter().map(Part::Block).collect()
}

/// A paragraph, or a block of code if it consists of nothing but a long piece of code.
pub(super) fn paragraph(content: Vec<Inline>) -> Block {
    match content.as_slice() {
        [Inline::Code(code)] if code.chars().count() > WIDTH => Block::Code {
            language: "text".to_owned(),
            text: code.clone(),
        },
        _ => Block::Paragraph(content),
    }
}

fn non_empty_paragraph(content: Vec<Inline>) -> Option<Block> {
    (!content.is_empty()).then(|| paragraph(content))
}

/// All text of blocks in one line, for places that cannot contain blocks.
fn inlines(blocks: Vec<Block>) -> Vec<Inline> {
    let mut joined = Vec::new();
    for block in blocks {
        if !joined.is_empty() {
            joined.push(Inline::Text(" ".to_owned()));
        }
        match block {
            Block::Paragraph(content) | Block::Heading(_, content) => joined.extend(content),
            Block::Quote(content) => joined.extend(inlines(content)),
            Block::Code { text, .. } => joined.push(Inline::Code(text)),
            Block::Rule => {}
            Block::Table(rows) => {
                let cells = rows
                    .into_iter()
                    .flatten()
                    .map(|cell| vec![Block::Paragraph(cell)]);
                joined.extend(separated(cells));
            }
            Block::List { items, .. } => joined.extend(separated(items.into_iter())),
        }
    }
    tidy::one_line(joined)
}

fn separated(items: impl Iterator<Item = Vec<Block>>) -> Vec<Inline> {
    let mut joined = Vec::new();
    for item in items.map(inlines).filter(|item| !item.is_empty()) {
        if !joined.is_empty() {
            joined.push(Inline::Text("; ".to_owned()));
        }
        joined.extend(item);
    }
    joined
}

fn list(start: Option<u64>, items: Vec<Vec<Block>>) -> Option<Block> {
    (!items.is_empty()).then_some(Block::List { start, items })
}

/// The items of a list.
fn items(parts: Vec<Part>) -> Vec<Vec<Block>> {
    let mut items = Vec::new();
    for part in parts {
        match part {
            Part::Item(item) => items.push(item),
            other => push_stray(&mut items, other),
        }
    }
    items
}

/// Definitions as items that start with the term, because Markdown has no definition lists.
fn definitions(parts: Vec<Part>) -> Vec<Vec<Block>> {
    let mut items = Vec::new();
    let mut terms = Vec::new();
    for part in parts {
        match part {
            Part::Term(term) if terms.is_empty() => terms = term,
            Part::Term(term) => {
                terms.push(Inline::Text(", ".to_owned()));
                terms.extend(term);
            }
            Part::Definition(content) if !terms.is_empty() => {
                items.push(labelled(std::mem::take(&mut terms), ":", content));
            }
            other => push_stray(&mut items, other),
        }
    }
    if !terms.is_empty() {
        items.push(labelled(terms, "", Vec::new()));
    }
    items
}

/// Adds something between two items, such as a nested list outside an item, to the item before.
fn push_stray(items: &mut Vec<Vec<Block>>, part: Part) {
    let content = blocks(vec![part]);
    match items.last_mut() {
        Some(item) => item.extend(content),
        None if content.is_empty() => {}
        None => items.push(content),
    }
}

/// Starts the first paragraph with a label in bold, or inserts the label before the content.
fn labelled(label: Vec<Inline>, separator: &str, mut content: Vec<Block>) -> Vec<Block> {
    let has_separator = plain_text(&label).ends_with(':');
    let mut first = match label.as_slice() {
        [Inline::Code(_)] => label,
        _ => vec![Inline::Styled(Style::Strong, label)],
    };
    if !has_separator {
        first.push(Inline::Text(separator.to_owned()));
    }
    first.push(Inline::Text(" ".to_owned()));
    if matches!(content.first(), Some(Block::Paragraph(_)))
        && let Block::Paragraph(rest) = content.remove(0)
    {
        first.extend(rest);
    }
    content.splice(0..0, tidy::paragraphs(first).into_iter().map(paragraph));
    content
}

fn quote(label: Option<&'static str>, content: Vec<Block>) -> Option<Block> {
    match label {
        _ if content.is_empty() => None,
        Some(label) if !starts_with_label(&content, label) => {
            let label = vec![Inline::Text(label.to_owned())];
            Some(Block::Quote(labelled(label, "", content)))
        }
        _ => Some(Block::Quote(content)),
    }
}

fn starts_with_label(content: &[Block], label: &str) -> bool {
    let Some(Block::Paragraph(first)) = content.first() else {
        return false;
    };
    let text = plain_text(first);
    text.get(..label.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(label))
}

fn heading(level: u8, content: Vec<Inline>) -> Option<Block> {
    (!content.is_empty()).then_some(Block::Heading(level.clamp(1, 6), content))
}

fn row(parts: Vec<Part>) -> Row {
    let cell = |part| match part {
        Part::Cell(cell) => cell,
        other => inlines(blocks(vec![other])),
    };
    parts.into_iter().map(cell).collect()
}

fn table(parts: Vec<Part>) -> Option<Block> {
    let mut rows: Vec<Row> = Vec::new();
    for part in parts {
        rows.push(match part {
            Part::Row(row) => row,
            other => row(vec![other]),
        });
    }
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    for row in rows.iter_mut().filter(|row| row.len() > MAX_COLUMNS) {
        let rest = row.split_off(MAX_COLUMNS - 1).into_iter();
        let rest = separated(rest.map(|cell| vec![Block::Paragraph(cell)]));
        row.push(tidy::one_line(rest));
    }
    let columns = rows.iter().map(Vec::len).max()?;
    for row in &mut rows {
        row.resize_with(columns, Vec::new);
    }
    Some(Block::Table(rows))
}

fn verbatim(part: Part) -> String {
    match part {
        Part::Verbatim(text) => text,
        other => plain_text(&inlines(blocks(vec![other]))),
    }
}

fn code_block(language: &str, text: &str) -> Option<Block> {
    let text = characters::code_lines(text);
    (!text.is_empty()).then(|| Block::Code {
        language: code_language(language),
        text,
    })
}

/// The language of a block, or `text` if rustdoc would compile the block or read the language as an
/// attribute.
fn code_language(info: &str) -> String {
    const ATTRIBUTES: [&str; 7] = [
        "rust",
        "rs",
        "norun",
        "shouldpanic",
        "compilefail",
        "testharness",
        "standalone",
    ];
    let language = info.split([' ', ',', '\t']).next().unwrap_or_default();
    let plain = language.replace(['-', '_'], "").to_ascii_lowercase();
    let is_name = language.starts_with(|first: char| first.is_ascii_alphabetic())
        && language
            .chars()
            .all(|other| other.is_ascii_alphanumeric() || "+-#_".contains(other));
    let is_attribute = ATTRIBUTES.contains(&plain.as_str())
        || plain.starts_with("ignore")
        || plain.starts_with("edition");
    if is_name && !is_attribute {
        language.to_owned()
    } else {
        "text".to_owned()
    }
}
