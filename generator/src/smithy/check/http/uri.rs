//! Checks URI patterns; see <https://smithy.io/2.0/spec/http-bindings.html#uri>.

use std::collections::BTreeSet;

use crate::shape_id::is_identifier;

/// The labels and the query of a URI pattern.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Pattern<'u> {
    pub(super) labels: Vec<Label<'u>>,
}

/// A segment in braces.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Label<'u> {
    pub(super) name: &'u str,
    /// Whether it may match several segments, as in `{path+}`.
    pub(super) greedy: bool,
}

impl<'u> Pattern<'u> {
    /// Parses a pattern, or returns what is wrong with it.
    ///
    /// A trailing slash is allowed, because some services use it.
    pub(super) fn parse(uri: &'u str) -> Result<Self, String> {
        let (path, query) = match uri.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (uri, None),
        };
        let Some(segments) = path.strip_prefix('/') else {
            return Err("it does not start with `/`".to_owned());
        };
        if uri.contains('#') {
            return Err("it has a fragment".to_owned());
        }
        if query.is_some_and(|query| query.contains(['{', '}'])) {
            return Err("its query has a label".to_owned());
        }
        if let Some(wrong) = not_in_uri(path, &['{', '}']).or_else(|| not_in_uri(query?, &['?'])) {
            return Err(format!("it has {wrong}, which must be escaped"));
        }
        if query == Some("") {
            return Err("its query is empty".to_owned());
        }
        let mut labels: Vec<Label<'u>> = Vec::new();
        // The path `/` has a single, empty segment.
        let segments = segments.strip_suffix('/').unwrap_or(segments);
        for segment in segments.split('/').filter(|_| path != "/") {
            if segment.is_empty() {
                return Err("it has an empty segment".to_owned());
            }
            if matches!(segment, "." | "..") {
                return Err(format!("it has the segment `{segment}`"));
            }
            if let Some(label) = label(segment)? {
                let is_same = |other: &Label<'_>| other.name.eq_ignore_ascii_case(label.name);
                if labels.iter().any(is_same) {
                    return Err(format!("it has the label `{}` twice", label.name));
                }
                if let Some(greedy) = labels.iter().find(|label| label.greedy) {
                    let (greedy, name) = (greedy.name, label.name);
                    return Err(format!("the label `{name}` comes after `{{{greedy}+}}`"));
                }
                labels.push(label);
            }
        }
        check_query(query)?;
        Ok(Self { labels })
    }
}

/// Checks that the query sets no parameter twice.
fn check_query(query: Option<&str>) -> Result<(), String> {
    let literals = query.into_iter().flat_map(|query| query.split('&'));
    let mut names = BTreeSet::new();
    for literal in literals {
        let name = literal.split('=').next().unwrap_or_default();
        if !names.insert(name) {
            return Err(format!("its query has `{name}` twice"));
        }
    }
    Ok(())
}

/// The problem of characters that a part of a URI must not contain, except for those of patterns;
/// see [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3.3).
fn not_in_uri(part: &str, own: &[char]) -> Option<String> {
    let mut rest = part.chars();
    while let Some(c) = rest.next() {
        if c == '%' {
            let digits = rest.as_str().bytes().take(2);
            if digits.filter(u8::is_ascii_hexdigit).count() < 2 {
                return Some("a `%` without two hexadecimal digits".to_owned());
            }
        } else if c == ' ' {
            return Some("a space".to_owned());
        } else if !c.is_ascii_alphanumeric()
            && !"-._~!$&'()*+,;=:@/".contains(c)
            && !own.contains(&c)
        {
            return Some(match c.is_control() {
                true => format!("the control character {}", c.escape_unicode()),
                false => format!("the character `{c}`"),
            });
        }
    }
    None
}

fn label(segment: &str) -> Result<Option<Label<'_>>, String> {
    if !segment.contains(['{', '}']) {
        return Ok(None);
    }
    let inner = segment
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    let Some(inner) = inner.filter(|inner| !inner.contains(['{', '}'])) else {
        return Err(format!("the label in `{segment}` is not a whole segment"));
    };
    let (name, greedy) = match inner.strip_suffix('+') {
        Some(name) => (name, true),
        None => (inner, false),
    };
    if name.is_empty() {
        return Err("it has a label without a name".to_owned());
    }
    if !is_identifier(name) {
        return Err(format!("the label `{name}` cannot be the name of a member"));
    }
    Ok(Some(Label { name, greedy }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        let labels = |uri| {
            let labels = Pattern::parse(uri)?.labels.into_iter();
            Ok::<_, String>(
                labels
                    .map(|label| (label.name, label.greedy))
                    .collect::<Vec<_>>(),
            )
        };
        assert_eq!(labels("/"), Ok(vec![]));
        assert_eq!(
            labels("/a/{b}/c/{d+}?e=f&g"),
            Ok(vec![("b", false), ("d", true)])
        );
        assert_eq!(labels("/{a+}/b"), Ok(vec![("a", true)]));
        assert_eq!(labels("/2015-03-31/functions/"), Ok(vec![]));
        let no_path = ["", "a", "//", "/a//b", "/a/../b"];
        let no_query = ["/a#b", "/a?", "/a?{b}", "/a?b c", "/a?b&c=1&b=2", "/a?[b]"];
        let no_characters = [
            "/cit ies", "/a\n", "/ä", "/a%2", "/a%2g", "/a|b", "/a\\b", "/[a]",
        ];
        assert_eq!(labels("/a%2F/b;c=(d)@e:f,~?g=%20/?"), Ok(vec![]));
        let no_label = [
            "/{a}b",
            "/{a",
            "/a}",
            "/{}",
            "/{a}/{a}",
            "/{a+}/{b}",
            "/{a+}/{b+}",
            "/{a}/{A}",
            "/{1}",
            "/{a-b}",
        ];
        let wrong = no_path.iter().chain(&no_query).chain(&no_label);
        for wrong in wrong.chain(&no_characters) {
            assert!(labels(wrong).is_err(), "{wrong}");
        }
    }
}
