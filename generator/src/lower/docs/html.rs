//! Reads HTML.

use std::ops::Range;

use super::builder::{Builder, Container, Span};
use super::commonmark;
use super::entity;
use super::markup::{self, Attributes, Markup};
use super::tag::Tag;

/// Whether a text is HTML: it starts with the tag of a block.
pub(super) fn is_document(text: &str) -> bool {
    let mut start = text.len() - text.trim_start().len();
    while let Some((range, markup)) = markup::next(text, start..text.len()) {
        match markup {
            _ if !text[start..range.start].trim().is_empty() => return false,
            Markup::Start { tag, .. } => return tag.is_block(),
            Markup::Comment | Markup::End(_) => start = range.end,
            Markup::Literal(_) => return false,
        }
    }
    false
}

/// Reads a document in HTML. As in CommonMark, text between two elements after an empty line is
/// Markdown.
pub(super) fn read_document(source: &str, builder: &mut Builder) {
    let mut start = 0;
    while start < source.len() {
        let island = markdown_island(source, start).filter(|_| builder.is_between_blocks());
        start = match island {
            Some(island) => {
                commonmark::read(&source[island.clone()], builder);
                island.end
            }
            None => read_next(source, start..source.len(), builder),
        };
    }
}

/// Reads a range of HTML. The source around it determines what a tag means.
pub(super) fn read(source: &str, range: Range<usize>, builder: &mut Builder) {
    let mut start = range.start;
    while start < range.end {
        start = read_next(source, start..range.end, builder);
    }
}

/// The range of Markdown, if an empty line and text follow. Deep indentation means that the HTML
/// was formatted, not that it is code.
fn markdown_island(source: &str, start: usize) -> Option<Range<usize>> {
    const CODE_INDENTATION: usize = 4;
    let text = source[start..].trim_start();
    let content = source.len() - text.len();
    let line = start + source[start..content].rfind('\n')? + 1;
    let is_after_empty_line = source[start..line].matches('\n').count() > 1;
    if !is_after_empty_line || content - line >= CODE_INDENTATION {
        return None;
    }
    let mut end = content;
    while let Some((range, markup)) = markup::next(source, end..source.len()) {
        if matches!(&markup, Markup::Start { tag, .. } if tag.is_block()) {
            return Some(line..range.start).filter(|_| range.start > content);
        }
        end = range.end;
    }
    Some(line..source.len()).filter(|_| !text.is_empty())
}

/// Reads text and the markup after it, and returns where to continue.
fn read_next(source: &str, range: Range<usize>, builder: &mut Builder) -> usize {
    let Some((place, markup)) = markup::next(source, range.clone()) else {
        read_text(&source[range.clone()], builder);
        return range.end;
    };
    read_text(&source[range.start..place.start], builder);
    let rest = &source[place.end..];
    match markup {
        Markup::Start {
            tag: Tag::Hidden,
            name,
            ..
        } => {
            let content = markup::end_of(name, markup::reach(rest)).map_or(0, |end| end.end);
            return place.end + content;
        }
        Markup::Start {
            tag: Tag::Container(Container::Preformatted { .. }),
            name,
            ..
        } if !markup::has_end(name, rest) => {
            builder.start_paragraph();
        }
        Markup::Start {
            tag, attributes, ..
        } => start(tag, attributes, builder),
        Markup::End(tag) => end(&tag, builder),
        Markup::Literal(text) => builder.text(text),
        Markup::Comment => {}
    }
    place.end
}

fn start(tag: Tag, attributes: Attributes<'_>, builder: &mut Builder) {
    match tag {
        Tag::Paragraph => builder.start_paragraph(),
        Tag::Break => builder.line_break(),
        Tag::Rule => builder.rule(),
        Tag::Image => {
            let image = Span::Image {
                url: attributes.get("src").unwrap_or_default(),
            };
            builder.start_span(image.clone());
            builder.text(&attributes.get("alt").unwrap_or_default());
            builder.end_span(&image);
        }
        Tag::Anchor => builder.start_span(Span::Link {
            target: attributes.get("href"),
        }),
        Tag::Span(span) => builder.start_span(span),
        Tag::Container(Container::List { start: Some(first) }) => {
            let given = attributes
                .get("start")
                .and_then(|start| start.trim().parse::<u32>().ok());
            let first = given.map_or(first, u64::from);
            builder.start_container(Container::List { start: Some(first) });
        }
        Tag::Container(container) => builder.start_container(container),
        Tag::Hidden | Tag::Plain => {}
    }
}

fn end(tag: &Tag, builder: &mut Builder) {
    match tag {
        Tag::Paragraph => builder.end_paragraph(),
        Tag::Break => builder.line_break(),
        Tag::Anchor => builder.end_span(&Span::Link { target: None }),
        Tag::Span(span) => builder.end_span(span),
        Tag::Container(container) => builder.end_container(container),
        Tag::Rule | Tag::Image | Tag::Hidden | Tag::Plain => {}
    }
}

/// Reads text, in which some authors of HTML use backticks for code and brackets for links.
fn read_text(text: &str, builder: &mut Builder) {
    let mut rest = text;
    let mut missing = Missing::default();
    while let Some(start) = rest.find(['`', '[']).filter(|_| !builder.is_verbatim()) {
        let (before, marked) = rest.split_at(start);
        let Some((found, after)) = inline(marked, &mut missing) else {
            let ticks = ticks(marked);
            let (before, after) = rest.split_at(start + ticks.max(1));
            builder.text(&entity::decode(before));
            rest = after;
            continue;
        };
        builder.text(&entity::decode(before));
        match found {
            InlineMarkdown::Code(code) => builder.code(&entity::decode(code)),
            InlineMarkdown::Link { text, url } => {
                let link = Span::Link {
                    target: Some(entity::decode(url).into_owned()),
                };
                builder.start_span(link.clone());
                builder.text(&entity::decode(text));
                builder.end_span(&link);
            }
        }
        rest = after;
    }
    if !rest.is_empty() {
        builder.text(&entity::decode(rest));
    }
}

enum InlineMarkdown<'a> {
    Code(&'a str),
    Link { text: &'a str, url: &'a str },
}

/// What the rest of a text does not contain, so that it is not searched again.
#[derive(Default)]
struct Missing {
    /// No run of this many backticks follows.
    ticks: Option<usize>,
    parenthesis: bool,
}

/// The code span or link at the start of `text`, and what follows it.
fn inline<'t>(text: &'t str, missing: &mut Missing) -> Option<(InlineMarkdown<'t>, &'t str)> {
    let ticks = ticks(text);
    if ticks > 0 {
        if missing.ticks.is_some_and(|missing| missing <= ticks) {
            return None;
        }
        let (fence, rest) = text.split_at(ticks);
        let Some((code, after)) = rest.split_once(fence) else {
            missing.ticks = Some(ticks);
            return None;
        };
        let is_span = !code.trim().is_empty() && !after.starts_with('`');
        return is_span.then_some((InlineMarkdown::Code(code), after));
    }
    let text = text.strip_prefix('[')?;
    let (text, rest) = text.split_at(text.find(['[', ']', '\n'])?);
    let url = rest
        .strip_prefix("](")
        .filter(|url| url.starts_with("http"))?;
    if missing.parenthesis {
        return None;
    }
    let Some((url, after)) = url.split_once(')') else {
        missing.parenthesis = true;
        return None;
    };
    Some((InlineMarkdown::Link { text, url }, after))
}

fn ticks(text: &str) -> usize {
    text.bytes().take_while(|&byte| byte == b'`').count()
}
