//! Template strings: text with `{references}`.
//!
//! See [Template string](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#template-string).

use std::fmt;

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Literal text.
    Text(String),
    /// `{name}` or `{name#path}`.
    Reference { name: String, path: Option<String> },
}

/// A syntax error of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// A `{` without its `}`.
    Unclosed,
    /// A `}` without its `{`.
    Unopened,
    /// Nothing between `{` and `}`, or before or after `#`.
    Empty,
}

/// The parts of `template`.
///
/// A literal brace is doubled: `{{`.
pub(super) fn parse(template: &str) -> Result<Vec<Part>, Problem> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        text.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            text.push_str(brace);
            rest = after;
        } else if brace == "}" {
            return Err(Problem::Unopened);
        } else {
            let (reference, after) = rest.split_once('}').ok_or(Problem::Unclosed)?;
            if !text.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut text)));
            }
            parts.push(parse_reference(reference)?);
            rest = after;
        }
    }
    text.push_str(rest);
    if !text.is_empty() {
        parts.push(Part::Text(text));
    }
    Ok(parts)
}

fn parse_reference(reference: &str) -> Result<Part, Problem> {
    let (name, path) = match reference.split_once('#') {
        Some((name, path)) => (name, Some(path)),
        None => (reference, None),
    };
    if name.is_empty() || path == Some("") {
        return Err(Problem::Empty);
    }
    if name.contains('{') {
        return Err(Problem::Unclosed);
    }
    Ok(Part::Reference {
        name: name.to_owned(),
        path: path.map(str::to_owned),
    })
}

impl Problem {
    /// What to do about it.
    pub(super) fn remedy(self) -> &'static str {
        match self {
            Problem::Unclosed => "close the reference with `}`, or write `{{` for a brace",
            Problem::Unopened => "remove the brace, or write `}}` if it is part of the text",
            Problem::Empty => "write `{name}` or `{name#path}`",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Problem::Unclosed => "a reference is not closed",
            Problem::Unopened => "a `}` has no `{` before it",
            Problem::Empty => "a reference names nothing",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Part {
        Part::Text(text.to_owned())
    }

    fn reference(name: &str, path: Option<&str>) -> Part {
        Part::Reference {
            name: name.to_owned(),
            path: path.map(str::to_owned),
        }
    }

    #[test]
    fn parses() {
        let cases: [(&str, Result<Vec<Part>, Problem>); 10] = [
            ("", Ok(vec![])),
            ("plain", Ok(vec![text("plain")])),
            ("{a}", Ok(vec![reference("a", None)])),
            (
                "https://{Region}.x.{P#dnsSuffix}",
                Ok(vec![
                    text("https://"),
                    reference("Region", None),
                    text(".x."),
                    reference("P", Some("dnsSuffix")),
                ]),
            ),
            ("{{a}}{b}", Ok(vec![text("{a}"), reference("b", None)])),
            ("{a", Err(Problem::Unclosed)),
            ("{a{b}}", Err(Problem::Unclosed)),
            ("a}b", Err(Problem::Unopened)),
            ("{}", Err(Problem::Empty)),
            ("{a#}", Err(Problem::Empty)),
        ];
        for (template, expected) in cases {
            assert_eq!(parse(template), expected, "{template}");
        }
    }
}
