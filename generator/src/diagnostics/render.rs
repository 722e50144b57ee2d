//! Prints a diagnostic for people.

use std::fmt;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Diagnostics, Excerpt, Severity};
use crate::harmless;

/// Maximum number of problems that are printed: more of them rarely have more than one cause.
const SHOWN: usize = 20;

/// Whether text has colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// No colours: for files and programs.
    #[default]
    Plain,
    /// Escape sequences for the colours of a terminal.
    Coloured,
}

impl Style {
    fn renderer(self) -> Renderer {
        match self {
            Style::Plain => Renderer::plain(),
            Style::Coloured => Renderer::styled(),
        }
    }
}

impl Diagnostics {
    /// The problems as text for people, up to a maximum number.
    pub fn render(&self, style: Style) -> String {
        let shown = self.list.iter().take(SHOWN);
        let mut text = shown
            .map(|diagnostic| diagnostic.render(style))
            .collect::<Vec<_>>()
            .join("\n");
        if self.len() > SHOWN {
            text.push_str(&format!("\n… and {} more\n", self.len() - SHOWN));
        }
        text
    }
}

impl Diagnostic {
    /// The problem as text for people, with an excerpt of the file.
    pub fn render(&self, style: Style) -> String {
        let renderer = style.renderer();
        let excerpt = self.excerpt.as_ref();
        let start = excerpt.map(|excerpt| excerpt.start);
        let file = self.file.as_deref().map(harmless::line);
        let origin = file.as_deref().map(|file| match start {
            Some(start) => Origin::path(file)
                .line(start.line)
                .char_column(start.column),
            None => Origin::path(file),
        });
        // The library counts columns in the text that it gets, which here is a part of a line. So
        // head and body are printed separately, and the head is moved over the body.
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.clone().primary_title(harmless::line(&self.message));
        let title = Group::with_title(title);
        let gutter = start.map_or(1, |start| start.line.to_string().len());
        let head = renderer.render(&[title.elements(origin)]);
        let head = head.replacen("\n", &format!("\n{}", " ".repeat(gutter)), 1);
        let body = Group::with_level(level).elements(excerpt.map(snippet));
        let body = renderer.render(&[body.elements(self.notes())]);
        format!("{head}\n{body}\n")
    }

    /// Place, problem and remedy in one line.
    pub fn in_one_line(&self) -> String {
        let place = match (self.file(), self.position()) {
            (Some(file), Some(at)) => format!("{file}:{}:{}: ", at.line, at.column),
            (Some(file), None) => format!("{file}: "),
            (None, _) => String::new(),
        };
        in_one_line(&format!("{place}{}; {}", self.message, self.remedy))
    }

    /// The problem and its line, for a list of models.
    pub fn summary(&self) -> String {
        in_one_line(&match self.position() {
            Some(at) => format!("{} (line {})", self.message, at.line),
            None => self.message.clone(),
        })
    }

    /// The notes below the excerpt.
    fn notes(&self) -> Vec<Element<'_>> {
        let named = |name, text: &str| {
            let text = harmless::line(text).into_owned();
            Element::from(Level::NOTE.with_name(name).message(text))
        };
        let mut notes = Vec::new();
        notes.extend(self.shape().map(|shape| named("shape", &shape)));
        // The path to the service itself says nothing new.
        let path = self.path().filter(|path| path.contains(" > "));
        notes.extend(path.map(|path| named("path", path)));
        for other in &self.related {
            let text = match (other.file.as_ref().or(self.file.as_ref()), other.position) {
                (Some(file), Some(at)) => {
                    format!("{} at {file}:{}:{}", other.what, at.line, at.column)
                }
                _ => other.what.clone(),
            };
            notes.push(named("see", &text));
        }
        let remedy = harmless::line(&self.remedy);
        let remedy = match &self.to_copy {
            Some(lines) => format!("{remedy}\n\n{lines}").into(),
            None => remedy,
        };
        notes.push(Level::HELP.message(remedy).into());
        notes
    }
}

/// Removes line breaks: a message may quote a model.
fn in_one_line(text: &str) -> String {
    text.split(char::is_control).collect::<Vec<_>>().join(" ")
}

fn snippet(excerpt: &Excerpt) -> Element<'_> {
    Snippet::source(&excerpt.shown)
        .line_start(excerpt.start.line)
        .annotation(AnnotationKind::Primary.span(excerpt.marked.clone()))
        .into()
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Style::Plain))
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Style::Plain))
    }
}

/// The same as `Display`: `unwrap` and a `main` that returns the error print it for people.
impl fmt::Debug for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f)?;
        fmt::Display::fmt(self, f)
    }
}
