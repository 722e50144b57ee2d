//! The paths of `@operationContextParams`: a part of [JMESPath](https://jmespath.org/specification.html).
//!
//! Which part it is, the [rules engine](https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#smithy-rules-operationcontextparams-trait)
//! says: identifiers, sub-expressions, wildcards, multi-select lists, the flatten operator, and the
//! function `keys`.

/// A path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Path {
    /// The steps, from the operation's input on.
    pub(super) steps: Vec<Step>,
    /// Whether the keys of what the steps reach are meant.
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

/// Reads a path; `None` if it is not one, or uses a part of JMESPath that is not allowed there.
pub(super) fn parse(text: &str) -> Option<Path> {
    let mut parser = Parser { rest: text.trim() };
    let path = match parser.take("keys(") {
        true => {
            let steps = parser.steps()?;
            parser.expect(")")?;
            Path { steps, keys: true }
        }
        false => Path {
            steps: parser.steps()?,
            keys: false,
        },
    };
    parser.rest.is_empty().then_some(path)
}

struct Parser<'a> {
    rest: &'a str,
}

impl Parser<'_> {
    fn steps(&mut self) -> Option<Vec<Step>> {
        let mut steps = vec![self.first_step()?];
        loop {
            if self.take(".") {
                steps.push(self.first_step()?);
            } else if self.rest.starts_with('[') {
                steps.push(self.brackets()?);
            } else {
                return Some(steps);
            }
        }
    }

    /// What can stand at the beginning, or after a dot.
    fn first_step(&mut self) -> Option<Step> {
        if self.take("*") {
            Some(Step::Values)
        } else if self.rest.starts_with('[') {
            self.brackets()
        } else {
            self.identifier().map(Step::Member)
        }
    }

    fn brackets(&mut self) -> Option<Step> {
        if self.take("[*]") {
            return Some(Step::Elements);
        }
        if self.take("[]") {
            return Some(Step::Flatten);
        }
        self.expect("[")?;
        let mut parts = vec![self.steps()?];
        while self.take(",") {
            parts.push(self.steps()?);
        }
        self.expect("]")?;
        Some(Step::Select(parts))
    }

    fn identifier(&mut self) -> Option<String> {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let end = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        self.rest = rest.trim_start();
        Some(name.to_owned())
    }

    fn take(&mut self, token: &str) -> bool {
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, token: &str) -> Option<()> {
        self.take(token).then_some(())
    }
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
