//! Properties of every conversion, checked with rustdoc's Markdown parser.

use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::lower::docs::{markdown, parse};

/// The extensions that rustdoc enables.
fn rustdoc() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
}

/// All problems in the conversion of `input`.
pub(super) fn problems(input: &str) -> Vec<String> {
    let docs = markdown(input);
    let lines = docs.lines();
    let output = lines.join("\n");
    let mut problems = line_problems(lines);
    problems.extend(markup_problems(&output));
    let again = parse(&output);
    let tree = parse(input);
    if again != tree {
        problems.push(format!("another meaning:\n{tree:?}\n{again:?}"));
    } else if markdown(&output) != docs {
        problems.push(format!(
            "another form:\n{}",
            markdown(&output).lines().join("\n")
        ));
    }
    if docs
        .summary()
        .is_some_and(|summary| summary.contains('\n') || summary.is_empty())
    {
        problems.push("the summary is not one line".to_owned());
    }
    problems
}

fn line_problems(lines: &[String]) -> Vec<String> {
    let mut problems = Vec::new();
    for line in lines {
        if line.ends_with(' ') || line.contains(|part: char| part.is_control()) {
            problems.push(format!("white space or control characters: {line:?}"));
        }
    }
    if lines.first().is_some_and(String::is_empty) || lines.last().is_some_and(String::is_empty) {
        problems.push("an empty line at an end".to_owned());
    }
    problems
}

fn markup_problems(output: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let mut inside = 0;
    let mut broken = Vec::new();
    let callback = |link: BrokenLink<'_>| {
        broken.push(format!("an intra-doc link: {}", link.reference));
        None
    };
    for event in Parser::new_with_broken_link_callback(output, rustdoc(), Some(callback)) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => problems.push(format!("HTML: {html}")),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                problems.push("indented code".to_owned());
                inside += 1;
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                inside += 1;
                if language.is_empty() || language.starts_with("rust") {
                    problems.push(format!("a doctest: {language}"));
                }
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                inside += 1;
                if !["http:", "https:", "mailto:"]
                    .iter()
                    .any(|scheme| starts_with(&dest_url, scheme))
                {
                    problems.push(format!("a link to {dest_url}"));
                }
            }
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => inside -= 1,
            Event::Text(text) if inside == 0 && has_url(&text) => {
                problems.push(format!("a bare URL: {text}"));
            }
            Event::FootnoteReference(name) => problems.push(format!("a footnote: {name}")),
            Event::TaskListMarker(_) => problems.push("a task".to_owned()),
            _ => {}
        }
    }
    problems.extend(broken);
    problems
}

fn starts_with(url: &str, scheme: &str) -> bool {
    url.get(..scheme.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

fn has_url(text: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| {
        text.split_once(scheme)
            .is_some_and(|(_, rest)| rest.starts_with(char::is_alphanumeric))
    })
}

/// The lines that are too long although they contain a space to break at. Code, tables and headings
/// never break.
pub(super) fn long_lines(input: &str) -> Vec<String> {
    const MAX: usize = 96;
    let mut fence = None;
    let mut long = Vec::new();
    for line in markdown(input).lines() {
        let text = without_markers(line);
        let ticks = text.len() - text.trim_start_matches('`').len();
        match fence {
            Some(open) if ticks >= open && ticks == text.len() => fence = None,
            None if ticks >= 3 && !text[ticks..].contains('`') => fence = Some(ticks),
            None if line.chars().count() > MAX
                && !text.starts_with(['|', '#'])
                && !is_unbreakable(text.trim_end_matches(" -")) =>
            {
                long.push(format!("a line is too long: {line}"));
            }
            _ => {}
        }
    }
    long
}

/// A line without the markers of its lists and quotations.
fn without_markers(line: &str) -> &str {
    let text = line.trim_start_matches([' ', '-', '>', '*']);
    let digits = text.trim_start_matches(|first: char| first.is_ascii_digit());
    let item = digits
        .strip_prefix(['.', ')'])
        .and_then(|rest| rest.strip_prefix(' '));
    item.filter(|_| digits.len() < text.len())
        .map_or(text, without_markers)
}

/// Whether a text is a single link, code span or word, with punctuation.
fn is_unbreakable(text: &str) -> bool {
    let mut inside: usize = 0;
    let mut code = false;
    text.chars().all(|part| {
        match part {
            '`' => code = !code,
            '[' | '(' => inside += 1,
            ']' | ')' => inside = inside.saturating_sub(1),
            ' ' => return code || inside > 0,
            _ => {}
        }
        true
    })
}
