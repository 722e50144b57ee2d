//! Tests of valid and invalid expressions, and the compliance suite of the language.

mod compliance;
mod search;

use super::*;

fn problem(text: &str) -> (usize, String) {
    let error = parse(text).expect_err(text);
    (error.at, error.message)
}

/// Prints an expression with parentheses around all parts.
fn spelled(expr: &Expr) -> String {
    let both = |one: &Expr, sign: &str, other: &Expr| {
        format!("({}{sign}{})", spelled(one), spelled(other))
    };
    let all = |parts: &[Expr]| parts.iter().map(spelled).collect::<Vec<_>>().join(",");
    match &expr.node {
        Node::Current => "@".to_owned(),
        Node::Field(name) => name.clone(),
        Node::Sub(one, other) => both(one, ".", other),
        Node::Index(list, index) => format!("{}[{index}]", spelled(list)),
        Node::Project(source, each) => {
            let source = match source {
                Source::Elements(list) => format!("{}[*]", spelled(list)),
                Source::Flatten(list) => format!("{}[]", spelled(list)),
                Source::Values(map) => format!("{}.*", spelled(map)),
                Source::Filter(list, condition) => {
                    format!("{}[?{}]", spelled(list), spelled(condition))
                }
                Source::Slice(list, parts) => format!("{}{parts:?}", spelled(list)),
            };
            format!("({source} each {})", spelled(each))
        }
        Node::Pipe(one, other) => both(one, " | ", other),
        Node::Or(one, other) => both(one, " || ", other),
        Node::And(one, other) => both(one, " && ", other),
        Node::Not(inner) => format!("!{}", spelled(inner)),
        Node::Compare(comparator, one, other) => both(one, &format!(" {comparator:?} "), other),
        Node::Literal(value) => value.to_string(),
        Node::List(parts) => format!("[{}]", all(parts)),
        Node::Hash(parts) => {
            let parts = parts
                .iter()
                .map(|(key, value)| format!("{key}:{}", spelled(value)));
            format!("{{{}}}", parts.collect::<Vec<_>>().join(","))
        }
        Node::Call(name, arguments) => format!("{name}({})", all(arguments)),
        Node::Reference(inner) => format!("&{}", spelled(inner)),
    }
}

#[test]
fn what_belongs_together() {
    let cases = [
        ("a.b.c", "((a.b).c)"),
        ("a || b && !c == d", "(a || (b && (!c Equal d)))"),
        ("a.b[].c[0].d", "((a.b)[] each (c[0].d))"),
        ("a[].b[].c", "((a[] each b)[] each c)"),
        ("a[*].b[*].c", "(a[*] each (b[*] each c))"),
        ("a[*].b | [0]", "((a[*] each b) | @[0])"),
        ("a.*.b", "(a.* each b)"),
        ("a[?b == 'c'].d", "(a[?(b Equal \"c\")] each d)"),
        (
            "a[1:].[b, c][]",
            "((a[Some(1), None, None] each [b,c])[] each @)",
        ),
        ("max_by(a, &b.c)", "max_by(a,&(b.c))"),
        ("{a: b, \"c d\": `[1]`}", "{a:b,c d:[1]}"),
        ("length(a) > `0`", "(length(a) Greater 0)"),
    ];
    for (text, expected) in cases {
        let expr = parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        assert_eq!(spelled(&expr), expected, "{text}");
    }
}

#[test]
fn what_is_wrong_and_where() {
    let cases = [
        ("", 0, "an expression is missing"),
        ("a.", 2, "the name of a member is missing after the dot"),
        ("a b", 2, "the expression is complete before this"),
        ("a[0", 3, "an index is a number, a slice `1:2:3`"),
        (
            "a[b]",
            1,
            "a list of expressions is allowed only at the beginning or after a dot",
        ),
        ("length(a", 8, "`)` is missing"),
        ("a == 'b", 5, "there is no `'` that closes this one"),
        ("a = b", 2, "`=` means nothing"),
        (
            "\"length\"(a)",
            8,
            "write the name of a function without quotes",
        ),
    ];
    for (text, at, message) in cases {
        assert_eq!(problem(text), (at, message.to_owned()), "{text}");
    }
    assert!(
        problem("`{`")
            .1
            .starts_with("what is between the backticks is not JSON")
    );
    assert!(problem(&"!".repeat(1000)).1.contains("nested too deeply"));
}
