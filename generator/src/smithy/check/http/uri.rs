//! URI patterns; see <https://smithy.io/2.0/spec/http-bindings.html#uri>.

/// What a URI pattern leaves open.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Pattern<'u> {
    pub(super) labels: Vec<Label<'u>>,
}

/// A segment in braces.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Label<'u> {
    pub(super) name: &'u str,
    /// It may stand for several segments, as in `{path+}`.
    pub(super) greedy: bool,
}

impl<'u> Pattern<'u> {
    /// Reads a pattern, or says what is wrong with it.
    ///
    /// A slash at the end is allowed: services have such paths.
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
        match query {
            Some("") => return Err("its query is empty".to_owned()),
            Some(query) if query.contains(['{', '}']) => {
                return Err("its query has a label".to_owned());
            }
            _ => {}
        }
        let mut labels: Vec<Label<'u>> = Vec::new();
        // The path `/` has no segments, but for an empty one.
        let segments = segments.strip_suffix('/').unwrap_or(segments);
        for segment in segments.split('/').filter(|_| path != "/") {
            if segment.is_empty() {
                return Err("it has an empty segment".to_owned());
            }
            if matches!(segment, "." | "..") {
                return Err(format!("it has the segment `{segment}`"));
            }
            if let Some(label) = label(segment)? {
                if labels.iter().any(|other| other.name == label.name) {
                    return Err(format!("it has the label `{}` twice", label.name));
                }
                if let Some(greedy) = labels.iter().find(|label| label.greedy) {
                    let (greedy, name) = (greedy.name, label.name);
                    return Err(format!("the label `{name}` comes after `{{{greedy}+}}`"));
                }
                labels.push(label);
            }
        }
        Ok(Self { labels })
    }
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
        let no_query = ["/a#b", "/a?", "/a?{b}"];
        let no_label = [
            "/{a}b",
            "/{a",
            "/a}",
            "/{}",
            "/{a}/{a}",
            "/{a+}/{b}",
            "/{a+}/{b+}",
        ];
        for wrong in no_path.iter().chain(&no_query).chain(&no_label) {
            assert!(labels(wrong).is_err(), "{wrong}");
        }
    }
}
