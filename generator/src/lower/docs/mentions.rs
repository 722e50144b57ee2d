//! Turns names in a text into links.

use super::tree::{Block, Inline};

/// The link for a name.
pub(in crate::lower) struct Link {
    /// The name in Rust.
    pub(in crate::lower) text: String,
    /// The path of the item for rustdoc.
    pub(in crate::lower) path: String,
}

/// Replaces code spans for which `find` returns a link, except inside links.
pub(super) fn link(blocks: &mut [Block], find: &impl Fn(&str) -> Option<Link>) {
    for block in blocks {
        match block {
            Block::Paragraph(content) | Block::Heading(_, content) => in_text(content, find),
            Block::List { items, .. } => {
                for item in items {
                    link(item, find);
                }
            }
            Block::Quote(blocks) => link(blocks, find),
            Block::Table(rows) => {
                for cell in rows.iter_mut().flatten() {
                    in_text(cell, find);
                }
            }
            Block::Code { .. } | Block::Rule => {}
        }
    }
}

fn in_text(inlines: &mut [Inline], find: &impl Fn(&str) -> Option<Link>) {
    for inline in inlines {
        match inline {
            Inline::Code(name) => {
                if let Some(Link { text, path }) = find(name) {
                    *inline = Inline::Link {
                        url: path,
                        content: vec![Inline::Code(text)],
                    };
                }
            }
            Inline::Styled(_, content) => in_text(content, find),
            Inline::Text(_) | Inline::Link { .. } | Inline::Image { .. } | Inline::Break => {}
        }
    }
}
