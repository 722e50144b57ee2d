//! Converts a model's documentation into Markdown for rustdoc.
//!
//! A model documents its shapes in [CommonMark], which allows HTML, and AWS uses almost only HTML.
//! Both readers feed the same builder, so that a text can mix them:
//!
//! ```text
//! html ───────┐
//!             ├─> builder ─> fold, tidy ─> tree ─> mentions ─> render ─> lines
//! commonmark ─┘
//! ```
//!
//! [CommonMark]: https://smithy.io/2.0/spec/documentation-traits.html#documentation-trait

mod builder;
mod characters;
mod commonmark;
mod entity;
mod escape;
mod fold;
mod html;
mod inline;
mod markup;
mod mentions;
mod render;
mod span;
mod style;
mod tag;
#[cfg(test)]
mod tests;
mod tidy;
mod tree;
mod url;
mod wrap;

use crate::harmless::clean;
use crate::ir::Docs;

use builder::Builder;
pub(super) use mentions::Link;
use tree::{Block, Inline, Style};

/// Converts the value of a `smithy.api#documentation` trait.
///
/// The result contains no HTML, no bare URL, no link without a target, no code that rustdoc would
/// compile, and nothing that becomes markup by accident. Lines end before column 96 unless a word,
/// a code span or a link is longer. Every text can be converted: broken markup is read as a browser
/// would read it, and unknown markup is text.
pub fn markdown(text: &str) -> Docs {
    render::lines(&parse(text)).into_iter().collect()
}

/// Like [`markdown`], with links for code spans that `find` resolves.
pub(super) fn linked_markdown(text: &str, find: impl Fn(&str) -> Option<Link>) -> Docs {
    let mut blocks = parse(text);
    mentions::link(&mut blocks, &find);
    render::lines(&blocks).into_iter().collect()
}

/// Plain text as Markdown on one line: what looks like markup is escaped.
pub(super) fn plain(text: &str) -> String {
    let text = clean(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    inline::one_line(&[Inline::Text(words.join(" "))], false)
}

/// Plain text as a bold paragraph, in place of a heading.
pub(super) fn strong(text: &str) -> Docs {
    let text = clean(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() {
        return Docs::empty();
    }
    let text = vec![Inline::Text(words.join(" "))];
    let paragraph = Block::Paragraph(vec![Inline::Styled(Style::Strong, text)]);
    render::lines(&[paragraph]).into_iter().collect()
}

/// Titles and URLs as a paragraph of links, without relative URLs.
pub(super) fn links(links: &[(&str, &str)]) -> Docs {
    let mut content = Vec::new();
    for (title, url) in links {
        let title = clean(title);
        let words: Vec<&str> = title.split_whitespace().collect();
        let Some(url) = url::absolute(url).filter(|_| !words.is_empty()) else {
            continue;
        };
        let before = if content.is_empty() { "See " } else { ", " };
        content.push(Inline::Text(before.to_owned()));
        content.push(Inline::Link {
            url,
            content: vec![Inline::Text(words.join(" "))],
        });
    }
    if content.is_empty() {
        return Docs::empty();
    }
    content.push(Inline::Text(".".to_owned()));
    render::lines(&[Block::Paragraph(content)])
        .into_iter()
        .collect()
}

/// A value of the model as a code span on one line. Control characters and the like are escaped as
/// in Rust.
pub(super) fn code(value: &str) -> String {
    let code = match clean(value) {
        clean if clean == value && !value.trim().is_empty() && !value.contains(['\n', '\t']) => {
            value.to_owned()
        }
        _ if value.trim_matches(' ').is_empty() => format!("{value:?}"),
        _ => value.escape_debug().to_string(),
    };
    inline::one_line(&[Inline::Code(code)], false)
}

fn parse(text: &str) -> Vec<Block> {
    let mut builder = Builder::new();
    if html::is_document(text) {
        html::read_document(text, &mut builder);
    } else {
        commonmark::read(text, &mut builder);
    }
    builder.finish()
}
