//! Reads CommonMark with tables.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::builder::{Builder, Container, Span};
use super::html;
use super::style;
use super::tree::Style;

/// Adds the blocks of a text.
pub(super) fn read(source: &str, builder: &mut Builder) {
    let mut reader = Reader {
        source,
        builder,
        raw: String::new(),
        code: None,
        literal: Vec::new(),
    };
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        reader.event(event, range);
    }
}

struct Reader<'a> {
    source: &'a str,
    builder: &'a mut Builder,
    /// The lines of the open block of HTML or code, which the parser returns one by one.
    raw: String,
    /// The open block of code.
    code: Option<Code>,
    /// For each open emphasis, its delimiter if it is treated as text.
    literal: Vec<Option<&'static str>>,
}

enum Code {
    Indented,
    Fenced { language: String },
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Html(html) => self.raw.push_str(&html),
            Event::InlineHtml(_) => html::read(self.source, range, self.builder),
            Event::Text(text) if self.code.is_some() => self.raw.push_str(&text),
            Event::Text(text) => self.builder.text(&text),
            Event::Code(code) => self.builder.code(&code),
            Event::SoftBreak => self.builder.text("\n"),
            Event::HardBreak => self.builder.line_break(),
            Event::Rule => self.builder.rule(),
            Event::FootnoteReference(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.builder.start_paragraph(),
            Tag::Emphasis => self.start_style(Style::Emphasis, range),
            Tag::Strong => self.start_style(Style::Strong, range),
            Tag::Strikethrough => self.start_style(Style::Deleted, range),
            Tag::Link {
                link_type: LinkType::Email,
                dest_url,
                ..
            } => {
                self.builder.start_span(Span::Link {
                    target: Some(format!("mailto:{dest_url}")),
                });
            }
            Tag::Link { dest_url, .. } => {
                self.builder.start_span(Span::Link {
                    target: Some(dest_url.into_string()),
                });
            }
            Tag::Image { dest_url, .. } => {
                self.builder.start_span(Span::Image {
                    url: dest_url.into_string(),
                });
            }
            Tag::HtmlBlock => self.raw.clear(),
            Tag::CodeBlock(kind) => {
                self.raw.clear();
                self.code = Some(match kind {
                    CodeBlockKind::Indented => Code::Indented,
                    CodeBlockKind::Fenced(language) => Code::Fenced {
                        language: language.into_string(),
                    },
                });
            }
            other => {
                if let Some(container) = started_container(&other) {
                    self.builder.start_container(container);
                }
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.builder.end_paragraph(),
            TagEnd::Emphasis => self.end_style(Style::Emphasis),
            TagEnd::Strong => self.end_style(Style::Strong),
            TagEnd::Strikethrough => self.end_style(Style::Deleted),
            TagEnd::Link => self.builder.end_span(&Span::Link { target: None }),
            TagEnd::Image => self.builder.end_span(&Span::Image { url: String::new() }),
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.raw);
                html::read(&html, 0..html.len(), self.builder);
            }
            TagEnd::CodeBlock => self.end_code(),
            other => {
                if let Some(container) = ended_container(other) {
                    self.builder.end_container(&container);
                }
            }
        }
    }

    /// Ends a block of code. Indented lines are code unless they are HTML that was indented as a
    /// tree.
    fn end_code(&mut self) {
        let text = std::mem::take(&mut self.raw);
        let language = match self.code.take() {
            Some(Code::Indented) | None if html::is_document(&text) => {
                return html::read(&text, 0..text.len(), self.builder);
            }
            Some(Code::Indented) | None => String::new(),
            Some(Code::Fenced { language }) => language,
        };
        let container = Container::Preformatted { language };
        self.builder.start_container(container.clone());
        self.builder.text(&text);
        self.builder.end_container(&container);
    }

    fn start_style(&mut self, style: Style, range: Range<usize>) {
        let literal = literal_delimiter(self.source, range);
        match literal {
            Some(delimiter) => self.builder.text(delimiter),
            None => self.builder.start_span(Span::Style(style)),
        }
        self.literal.push(literal);
    }

    fn end_style(&mut self, style: Style) {
        match self.literal.pop().flatten() {
            Some(delimiter) => self.builder.text(delimiter),
            None => self.builder.end_span(&Span::Style(style)),
        }
    }
}

/// The delimiter of an unintended emphasis: in plain text, authors use stars for multiplication and
/// patterns, and tildes for approximate values.
fn literal_delimiter(source: &str, range: Range<usize>) -> Option<&'static str> {
    let emphasis = &source[range.clone()];
    if emphasis.starts_with('~') {
        return (!emphasis.starts_with("~~")).then_some("~");
    }
    let content = emphasis.strip_prefix('*')?.strip_suffix('*')?;
    let is_strong = content.starts_with('*') && content.ends_with('*');
    let is_inside_word = source[..range.start].ends_with(char::is_alphanumeric)
        && source[range.end..].starts_with(char::is_alphanumeric);
    (!is_strong && (is_inside_word || style::is_pattern(content))).then_some("*")
}

fn started_container(tag: &Tag<'_>) -> Option<Container> {
    Some(match tag {
        Tag::Heading { level, .. } => Container::Heading {
            level: *level as u8,
        },
        Tag::BlockQuote(_) => Container::Quote { label: None },
        Tag::List(start) => Container::List { start: *start },
        Tag::Item => Container::Item,
        Tag::Table(_) => Container::Table,
        Tag::TableHead | Tag::TableRow => Container::Row,
        Tag::TableCell => Container::Cell,
        _ => return None,
    })
}

fn ended_container(tag: TagEnd) -> Option<Container> {
    Some(match tag {
        TagEnd::Heading(level) => Container::Heading { level: level as u8 },
        TagEnd::BlockQuote(_) => Container::Quote { label: None },
        TagEnd::List(_) => Container::List { start: None },
        TagEnd::Item => Container::Item,
        TagEnd::Table => Container::Table,
        TagEnd::TableHead | TagEnd::TableRow => Container::Row,
        TagEnd::TableCell => Container::Cell,
        _ => return None,
    })
}
