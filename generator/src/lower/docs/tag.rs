//! The HTML elements in documentation.

use super::builder::{Container, Span};
use super::tree::Style;

/// The meaning of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Paragraph,
    Break,
    Rule,
    Image,
    Anchor,
    Span(Span),
    Container(Container),
    /// Neither the element nor its content is shown.
    Hidden,
    /// Only the content is shown.
    Plain,
}

impl Tag {
    /// The element's meaning; `None` if neither HTML nor AWS's documentation has it, so that it is
    /// probably a placeholder or a type parameter.
    pub(super) fn of(name: &str) -> Option<Tag> {
        let tag = match name.to_ascii_lowercase().as_str() {
            "p" | "div" | "section" | "article" | "center" | "html" | "body" | "para"
            | "example" => Tag::Paragraph,
            "br" => Tag::Break,
            "hr" => Tag::Rule,
            "img" => Tag::Image,
            "a" => Tag::Anchor,
            "script" | "style" | "head" => Tag::Hidden,
            "span" | "font" | "small" | "big" | "u" | "ins" | "abbr" | "acronym" | "sub"
            | "thead" | "tbody" | "tfoot" | "nobr" | "literal" => Tag::Plain,
            other => {
                return span(other)
                    .map(Tag::Span)
                    .or_else(|| container(other).map(Tag::Container));
            }
        };
        Some(tag)
    }

    /// Whether the element starts a block, so that a text that begins with it is HTML.
    pub(super) fn is_block(&self) -> bool {
        matches!(
            self,
            Tag::Paragraph | Tag::Rule | Tag::Container(_) | Tag::Hidden
        )
    }

    /// Whether HTML requires an end tag.
    pub(super) fn requires_end(&self) -> bool {
        match self {
            Tag::Paragraph | Tag::Break | Tag::Rule | Tag::Image => false,
            Tag::Anchor | Tag::Span(_) | Tag::Hidden | Tag::Plain => true,
            Tag::Container(container) => !matches!(
                container,
                Container::Item
                    | Container::Term
                    | Container::Definition
                    | Container::Row
                    | Container::Cell
            ),
        }
    }
}

fn span(name: &str) -> Option<Span> {
    Some(match name {
        "b" | "strong" => Span::Style(Style::Strong),
        "i" | "em" | "emphasis" | "replaceable" | "var" | "cite" | "dfn" => {
            Span::Style(Style::Emphasis)
        }
        "s" | "del" | "strike" => Span::Style(Style::Deleted),
        "code" | "tt" | "kbd" | "samp" | "userinput" => Span::Code,
        "sup" => Span::Superscript,
        "q" => Span::Quotation,
        _ => return None,
    })
}

fn container(name: &str) -> Option<Container> {
    let note = |label| Container::Quote { label: Some(label) };
    Some(match name {
        "ul" => Container::List { start: None },
        "ol" => Container::List { start: Some(1) },
        "li" => Container::Item,
        "dl" => Container::Definitions,
        "dt" => Container::Term,
        "dd" => Container::Definition,
        "table" => Container::Table,
        "tr" => Container::Row,
        "td" | "th" => Container::Cell,
        "pre" | "programlisting" => Container::Preformatted {
            language: "text".to_owned(),
        },
        "blockquote" => Container::Quote { label: None },
        "note" => note("Note:"),
        "important" => note("Important:"),
        "caution" => note("Caution:"),
        "warning" => note("Warning:"),
        "tip" => note("Tip:"),
        "fullname" | "h1" => Container::Heading { level: 1 },
        "h2" => Container::Heading { level: 2 },
        "h3" => Container::Heading { level: 3 },
        "h4" => Container::Heading { level: 4 },
        "h5" => Container::Heading { level: 5 },
        "h6" => Container::Heading { level: 6 },
        _ => return None,
    })
}
