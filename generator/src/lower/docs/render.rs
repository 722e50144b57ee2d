//! Renders blocks as lines of Markdown.

use super::inline;
use super::tree::{Block, Cell, Row};
use super::wrap::WIDTH;

/// The lines of a document.
pub(super) fn lines(blocks: &[Block]) -> Vec<String> {
    document(blocks, WIDTH)
}

fn document(blocks: &[Block], width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut alternates = false;
    for (at, block) in blocks.iter().enumerate() {
        if at > 0 {
            lines.push(String::new());
        }
        // Markdown would merge two adjacent lists with the same markers.
        alternates = at > 0 && !alternates && is_list_of_same_kind(&blocks[at - 1], block);
        lines.extend(self::block(block, width, alternates));
    }
    lines
}

fn is_list_of_same_kind(previous: &Block, block: &Block) -> bool {
    match (previous, block) {
        (
            Block::List {
                start: previous, ..
            },
            Block::List { start, .. },
        ) => previous.is_some() == start.is_some(),
        _ => false,
    }
}

fn block(block: &Block, width: usize, alternates: bool) -> Vec<String> {
    match block {
        Block::Paragraph(content) => inline::flow(content).into_lines(width),
        Block::Heading(level, content) => {
            let marks = "#".repeat(usize::from(*level));
            vec![format!(
                "{marks} {}",
                heading_text(&inline::one_line(content, false))
            )]
        }
        Block::List { start, items } => list(*start, items, width, alternates),
        Block::Quote(content) => {
            let lines = document(content, width.saturating_sub("> ".len()));
            lines.into_iter().map(|line| prefixed("> ", line)).collect()
        }
        Block::Code { language, text } => code(language, text),
        Block::Table(rows) => table(rows),
        Block::Rule => vec!["___".to_owned()],
    }
}

/// Escapes number signs at the end of a heading, which Markdown would remove.
fn heading_text(text: &str) -> String {
    let content = text.trim_end_matches('#');
    if content.len() < text.len() && (content.is_empty() || content.ends_with(' ')) {
        format!("{content}\\{}", &text[content.len()..])
    } else {
        text.to_owned()
    }
}

fn list(start: Option<u64>, items: &[Vec<Block>], width: usize, alternates: bool) -> Vec<String> {
    let is_tight = items.iter().all(|item| is_tight(item));
    let mut lines = Vec::new();
    for (at, item) in items.iter().enumerate() {
        if at > 0 && !is_tight {
            lines.push(String::new());
        }
        let marker = match (start, alternates) {
            (None, false) => "- ".to_owned(),
            (None, true) => "* ".to_owned(),
            (Some(start), _) => {
                let end = if alternates { ')' } else { '.' };
                format!("{}{end} ", start.saturating_add(at as u64))
            }
        };
        let indentation = " ".repeat(marker.len());
        let width = width.saturating_sub(marker.len());
        let content = if is_tight {
            tight_item(item, width)
        } else {
            document(item, width)
        };
        for (at, line) in content.into_iter().enumerate() {
            lines.push(prefixed(if at == 0 { &marker } else { &indentation }, line));
        }
    }
    lines
}

/// Whether an item needs no empty line: a paragraph, and at most a list that can follow it
/// directly.
fn is_tight(item: &[Block]) -> bool {
    match item {
        [Block::Paragraph(_)] => true,
        [Block::Paragraph(_), Block::List { start, items }] => {
            start.is_none_or(|start| start == 1) && items.iter().all(|item| is_tight(item))
        }
        _ => false,
    }
}

fn tight_item(item: &[Block], width: usize) -> Vec<String> {
    item.iter()
        .flat_map(|part| block(part, width, false))
        .collect()
}

/// Code in a fence that no line of it can close, with a language, because rustdoc compiles code
/// without one.
fn code(language: &str, text: &str) -> Vec<String> {
    let ticks = text.lines().map(leading_ticks).max();
    let fence = "`".repeat(ticks.map_or(3, |ticks| ticks.saturating_add(1).max(3)));
    let mut lines = vec![format!("{fence}{language}")];
    lines.extend(text.lines().map(str::to_owned));
    lines.push(fence);
    lines
}

fn leading_ticks(line: &str) -> usize {
    line.trim_start()
        .bytes()
        .take_while(|&byte| byte == b'`')
        .count()
}

fn table(rows: &[Row]) -> Vec<String> {
    let line = |cells: &[String]| format!("| {} |", cells.join(" | "));
    let text = |row: &Row| -> Vec<String> { row.iter().map(cell).collect() };
    let Some((header, body)) = rows.split_first() else {
        return Vec::new();
    };
    let mut lines = vec![
        line(&text(header)),
        line(&vec!["---".to_owned(); header.len()]),
    ];
    lines.extend(body.iter().map(|row| line(&text(row))));
    lines
}

fn cell(content: &Cell) -> String {
    inline::one_line(content, true)
}

/// Adds a prefix, without trailing space on an empty line.
fn prefixed(prefix: &str, line: String) -> String {
    if line.is_empty() {
        prefix.trim_end().to_owned()
    } else {
        format!("{prefix}{line}")
    }
}
