//! Builds the tree from the events of the readers.
//!
//! Every sequence of calls is allowed: an end without a start is ignored, a missing end is added
//! when the enclosing element ends, and an item without a list gets one.

use super::fold::{self, Part};
use super::span;
use super::tidy;
use super::tree::{Block, Inline, Style};
use crate::harmless::clean;

/// Containers and spans below this depth become plain text, so that recursion over the tree cannot
/// exhaust the stack.
const MAX_DEPTH: usize = 16;

/// Below this depth nothing is opened: content moves one level up.
const MAX_OPEN: usize = 64;

/// An element that contains blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Container {
    Document,
    List {
        start: Option<u64>,
    },
    Item,
    Definitions,
    Term,
    Definition,
    /// A quotation, or a note with a label such as `Note`.
    Quote {
        label: Option<&'static str>,
    },
    Heading {
        level: u8,
    },
    Table,
    Row,
    Cell,
    Preformatted {
        language: String,
    },
}

/// An element that contains inlines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Span {
    Paragraph,
    Style(Style),
    Code,
    /// `None` if the link has no target at all.
    Link {
        target: Option<String>,
    },
    /// The alternative text is the content.
    Image {
        url: String,
    },
    Superscript,
    Quotation,
}

pub(super) struct Builder {
    containers: Vec<(Container, Vec<Part>)>,
    /// The open spans of the current paragraph, each with its content.
    spans: Vec<(Span, Vec<Inline>)>,
}

impl Builder {
    pub(super) fn new() -> Self {
        Self {
            containers: vec![(Container::Document, Vec::new())],
            spans: Vec::new(),
        }
    }

    pub(super) fn finish(mut self) -> Vec<Block> {
        self.end_paragraph();
        while self.containers.len() > 1 {
            self.pop_container();
        }
        fold::blocks(
            self.containers
                .pop()
                .map(|(_, parts)| parts)
                .unwrap_or_default(),
        )
    }

    /// Whether nothing is open, so that a block can start in either language.
    pub(super) fn is_between_blocks(&self) -> bool {
        self.containers.len() == 1 && self.spans.is_empty()
    }

    /// Whether text is code, in which Markdown has no meaning.
    pub(super) fn is_verbatim(&self) -> bool {
        self.is_preformatted() || self.spans.iter().any(|(span, _)| *span == Span::Code)
    }

    pub(super) fn start_paragraph(&mut self) {
        self.end_paragraph();
        if !self.is_preformatted() {
            self.spans.push((Span::Paragraph, Vec::new()));
        }
    }

    pub(super) fn end_paragraph(&mut self) {
        while self.spans.len() > 1 {
            self.pop_span();
        }
        let Some((_, content)) = self.spans.pop() else {
            return;
        };
        for paragraph in tidy::paragraphs(content) {
            self.push_part(Part::Block(fold::paragraph(paragraph)));
        }
    }

    /// Adds text. Any white space is a space unless the text is preformatted.
    pub(super) fn text(&mut self, text: &str) {
        match self.containers.last_mut() {
            Some((Container::Preformatted { .. }, parts)) => {
                parts.push(Part::Verbatim(clean(text).into_owned()));
            }
            _ => self.inline(Inline::Text(clean(text).into_owned())),
        }
    }

    pub(super) fn code(&mut self, code: &str) {
        self.start_span(Span::Code);
        self.text(code);
        self.end_span(&Span::Code);
    }

    pub(super) fn line_break(&mut self) {
        if self.is_preformatted() {
            self.text("\n");
        } else {
            self.inline(Inline::Break);
        }
    }

    pub(super) fn rule(&mut self) {
        self.end_paragraph();
        self.push_part(Part::Block(Block::Rule));
    }

    pub(super) fn start_span(&mut self, span: Span) {
        if self.is_preformatted() {
            return;
        }
        if matches!(span, Span::Link { .. }) {
            self.end_span(&span);
        }
        if self.spans.is_empty() {
            self.start_paragraph();
        }
        if self.spans.len() < MAX_OPEN {
            self.spans.push((span, Vec::new()));
        }
    }

    /// Ends the innermost span of this kind and everything open inside it.
    pub(super) fn end_span(&mut self, span: &Span) {
        if let Some(depth) = self
            .spans
            .iter()
            .rposition(|(open, _)| is_same_span(open, span))
        {
            while self.spans.len() > depth {
                self.pop_span();
            }
        }
    }

    pub(super) fn start_container(&mut self, container: Container) {
        self.end_paragraph();
        if self.is_preformatted() {
            self.pop_container();
        }
        match container {
            Container::Item => {
                self.end_container(&Container::Item);
                self.require_parent(
                    |open| matches!(open, Container::List { .. }),
                    || Container::List { start: None },
                );
            }
            Container::Term | Container::Definition => {
                self.end_container(&Container::Term);
                self.end_container(&Container::Definition);
                self.require_parent(
                    |open| *open == Container::Definitions,
                    || Container::Definitions,
                );
            }
            Container::Row => {
                self.end_container(&Container::Row);
                self.require_parent(|open| *open == Container::Table, || Container::Table);
            }
            Container::Cell => {
                self.end_container(&Container::Cell);
                if !matches!(self.containers.last(), Some((Container::Row, _))) {
                    self.start_container(Container::Row);
                }
            }
            _ => {}
        }
        if self.containers.len() < MAX_OPEN {
            self.containers.push((container, Vec::new()));
        }
    }

    /// Ends the innermost container of this kind and everything open inside it.
    pub(super) fn end_container(&mut self, container: &Container) {
        let end_of_search =
            |open: &Container| is_same_container(open, container) || is_scope_of(open, container);
        let found = self
            .containers
            .iter()
            .rposition(|(open, _)| end_of_search(open));
        let Some(depth) =
            found.filter(|&depth| is_same_container(&self.containers[depth].0, container))
        else {
            return;
        };
        self.end_paragraph();
        while self.containers.len() > depth {
            self.pop_container();
        }
    }

    fn is_preformatted(&self) -> bool {
        matches!(
            self.containers.last(),
            Some((Container::Preformatted { .. }, _))
        )
    }

    fn require_parent(
        &mut self,
        is_parent: impl Fn(&Container) -> bool,
        parent: impl Fn() -> Container,
    ) {
        let last = self.containers.last();
        let has_parent = last.is_some_and(|(open, _)| is_parent(open));
        if !has_parent && self.containers.len() < MAX_OPEN {
            self.containers.push((parent(), Vec::new()));
        }
    }

    fn inline(&mut self, inline: Inline) {
        if self.spans.is_empty() {
            self.start_paragraph();
        }
        if let Some((_, content)) = self.spans.last_mut() {
            content.push(inline);
        }
    }

    fn push_part(&mut self, part: Part) {
        if let Some((_, parts)) = self.containers.last_mut() {
            parts.push(part);
        }
    }

    fn pop_span(&mut self) {
        let depth = self.spans.len();
        let Some((span, content)) = self.spans.pop() else {
            return;
        };
        let inlines = if depth > MAX_DEPTH {
            content
        } else {
            span::fold(span, content)
        };
        if let Some((_, parent)) = self.spans.last_mut() {
            parent.extend(inlines);
        }
    }

    fn pop_container(&mut self) {
        let depth = self.containers.len();
        let Some((container, parts)) = self.containers.pop() else {
            return;
        };
        let parts = if depth > MAX_DEPTH {
            parts
        } else {
            fold::container(container, parts)
        };
        if let Some((_, parent)) = self.containers.last_mut() {
            parent.extend(parts);
        }
    }
}

fn is_same_span(open: &Span, span: &Span) -> bool {
    match (open, span) {
        (Span::Style(open), Span::Style(style)) => open == style,
        _ => std::mem::discriminant(open) == std::mem::discriminant(span),
    }
}

fn is_same_container(open: &Container, container: &Container) -> bool {
    std::mem::discriminant(open) == std::mem::discriminant(container)
}

/// Whether `open` limits the scope of `container`, so that its end does not close anything outside.
fn is_scope_of(open: &Container, container: &Container) -> bool {
    match container {
        Container::Item => matches!(open, Container::List { .. }),
        Container::Term | Container::Definition => *open == Container::Definitions,
        Container::Row | Container::Cell => *open == Container::Table,
        _ => false,
    }
}
