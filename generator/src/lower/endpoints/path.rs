//! Reads the paths of `@operationContextParams`: a subset of [JMESPath](https://jmespath.org/specification.html).
//!
//! The subset is defined by the [rules
//! engine](https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#smithy-rules-operationcontextparams-trait):
//! identifiers, sub-expressions, wildcards, multi-select lists, the flatten operator, and the
//! function `keys`.

use crate::jmespath::{self, Expr, Node, Source};

/// A path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Path {
    /// The steps, from the operation's input on.
    pub(super) steps: Vec<Step>,
    /// Whether the path ends with `keys`.
    pub(super) keys: bool,
}

/// A step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// `name`
    Member(String),
    /// `[*]`
    Elements,
    /// `*`
    Values,
    /// `[]`
    Flatten,
    /// `[a, b.c]`
    Select(Vec<Vec<Step>>),
}

/// Reads a path; `None` if it is invalid or outside the subset.
pub(super) fn parse(text: &str) -> Option<Path> {
    let expr = jmespath::parse(text).ok()?;
    let (expr, keys) = match &expr.node {
        Node::Call(name, arguments) if name == "keys" && arguments.len() == 1 => {
            (&arguments[0], true)
        }
        _ => (&expr, false),
    };
    let mut steps = Vec::new();
    add_steps(expr, &mut steps)?;
    Some(Path { steps, keys })
}

/// Appends the steps of an expression.
fn add_steps(expr: &Expr, steps: &mut Vec<Step>) -> Option<()> {
    match &expr.node {
        Node::Current => {}
        Node::Field(name) => steps.push(Step::Member(name.clone())),
        Node::Sub(before, after) => {
            add_steps(before, steps)?;
            add_steps(after, steps)?;
        }
        Node::Project(source, each) => {
            let (before, step) = match source {
                Source::Elements(before) => (before, Step::Elements),
                Source::Flatten(before) => (before, Step::Flatten),
                Source::Values(before) => (before, Step::Values),
                Source::Filter(..) | Source::Slice(..) => return None,
            };
            add_steps(before, steps)?;
            steps.push(step);
            add_steps(each, steps)?;
        }
        Node::List(parts) => {
            let parts = parts.iter().map(|part| {
                let mut steps = Vec::new();
                add_steps(part, &mut steps)?;
                Some(steps)
            });
            steps.push(Step::Select(parts.collect::<Option<_>>()?));
        }
        _ => return None,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses() {
        use Step::{Elements, Flatten, Select, Values};
        let member = |name: &str| Step::Member(name.to_owned());
        let cases = [
            ("a", Some((vec![member("a")], false))),
            ("a.b_1", Some((vec![member("a"), member("b_1")], false))),
            ("keys(a.b)", Some((vec![member("a"), member("b")], true))),
            (
                "a[*].b",
                Some((vec![member("a"), Elements, member("b")], false)),
            ),
            (
                "a.*.b",
                Some((vec![member("a"), Values, member("b")], false)),
            ),
            (
                "a[*][b, c.d][]",
                Some((
                    vec![
                        member("a"),
                        Elements,
                        Select(vec![vec![member("b")], vec![member("c"), member("d")]]),
                        Flatten,
                    ],
                    false,
                )),
            ),
            (
                "a.[b]",
                Some((vec![member("a"), Select(vec![vec![member("b")]])], false)),
            ),
            ("", None),
            ("a.", None),
            ("a[0]", None),
            ("a[?b]", None),
            ("a | b", None),
            ("length(a)", None),
            ("keys(a", None),
            ("a b", None),
        ];
        for (text, expected) in cases {
            let expected = expected.map(|(steps, keys)| Path { steps, keys });
            assert_eq!(parse(text), expected, "{text}");
        }
    }
}
