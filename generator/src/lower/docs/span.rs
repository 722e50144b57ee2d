//! Converts a span into inlines once its content is complete.

use super::builder::Span;
use super::tidy;
use super::tree::{Inline, plain_text};
use super::url;

pub(super) fn fold(span: Span, content: Vec<Inline>) -> Vec<Inline> {
    match span {
        Span::Superscript if is_exponent(&plain_text(&content)) => {
            [vec![Inline::Text("^".to_owned())], content].concat()
        }
        Span::Paragraph | Span::Superscript => content,
        Span::Style(style) => vec![Inline::Styled(style, content)],
        Span::Code => code(content),
        Span::Image { url } => image(&url, &content),
        Span::Link { target } => link(target.as_deref(), content),
        Span::Quotation => {
            let mark = || vec![Inline::Text("\"".to_owned())];
            [mark(), content, mark()].concat()
        }
    }
}

/// Code keeps its links; other markup inside is dropped.
fn code(content: Vec<Inline>) -> Vec<Inline> {
    let mut joined = Vec::new();
    for inline in content {
        let part = match inline {
            Inline::Text(text) => vec![Inline::Code(text)],
            Inline::Break => vec![Inline::Code("\n".to_owned())],
            Inline::Styled(_, content) => code(content),
            Inline::Link { url, content } => vec![Inline::Link {
                url,
                content: code(content),
            }],
            other => vec![other],
        };
        tidy::join(&mut joined, part);
    }
    joined
}

fn image(url: &str, content: &[Inline]) -> Vec<Inline> {
    let alt = plain_text(content);
    match url::absolute(url) {
        Some(url) if !alt.trim().is_empty() => vec![Inline::Image { url, alt }],
        _ => vec![Inline::Text(alt)],
    }
}

/// A link without a text shows its URL. A link without a usable target becomes its text; AWS uses
/// such links for names of shapes.
fn link(target: Option<&str>, content: Vec<Inline>) -> Vec<Inline> {
    if let Some(url) = target.and_then(url::absolute) {
        let is_empty = content.iter().all(is_blank);
        let content = if is_empty {
            vec![Inline::Text(url.clone())]
        } else {
            content
        };
        return vec![Inline::Link { url, content }];
    }
    match content.as_slice() {
        [Inline::Text(text)] if is_name(text.trim(), target.is_some()) => code(content),
        _ => content,
    }
}

fn is_blank(inline: &Inline) -> bool {
    matches!(inline, Inline::Text(text) if text.trim().is_empty())
}

/// Whether a link's text names an item. If the link has a target, the text must look like a name.
fn is_name(text: &str, has_target: bool) -> bool {
    let is_word = !text.is_empty()
        && text
            .chars()
            .all(|part| part.is_ascii_alphanumeric() || "_$.:#/-".contains(part));
    let is_capital = |part: char| part.is_ascii_uppercase();
    is_word
        && (!has_target
            || text.starts_with('-')
            || text.contains('_')
            || text.chars().skip(1).any(is_capital))
}

/// Whether a superscript is an exponent: without a mark, its digits would join the number before
/// them.
fn is_exponent(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'+'))
}
