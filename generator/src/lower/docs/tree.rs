//! The document between reading and rendering.
//!
//! A tree that [`super::parse`] returns is tidy: white space in text is single spaces, nothing is
//! empty, adjacent inlines of one kind are merged, and URLs are complete and encoded.

/// A block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    Paragraph(Vec<Inline>),
    /// The level is 1 to 6.
    Heading(u8, Vec<Inline>),
    /// A list, numbered from `start` if that is set.
    List {
        start: Option<u64>,
        items: Vec<Vec<Block>>,
    },
    Quote(Vec<Block>),
    /// The language is one that rustdoc does not compile.
    Code {
        language: String,
        text: String,
    },
    /// The first row is the header, and all rows have the same length.
    Table(Vec<Row>),
    Rule,
}

pub(super) type Row = Vec<Cell>;

pub(super) type Cell = Vec<Inline>;

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Inline {
    Text(String),
    Code(String),
    Styled(Style, Vec<Inline>),
    Link { url: String, content: Vec<Inline> },
    Image { url: String, alt: String },
    Break,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Emphasis,
    Strong,
    Deleted,
}

/// The text of inlines without markup.
pub(super) fn plain_text(inlines: &[Inline]) -> String {
    let mut text = String::new();
    push_plain_text(inlines, &mut text);
    text
}

fn push_plain_text(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(part) | Inline::Code(part) => text.push_str(part),
            Inline::Styled(_, content) | Inline::Link { content, .. } => {
                push_plain_text(content, text);
            }
            Inline::Image { alt, .. } => text.push_str(alt),
            Inline::Break => text.push(' '),
        }
    }
}
