//! Traits, values, texts and documentation.

use serde_json::json;

use super::super::ast_of;
use super::{accepts, refuses, shapes};
use crate::diagnostics::Source;

#[test]
fn traits_and_apply() {
    accepts(&[
        "@deprecated()\n@documentation(\"a\")\n@tags([])\nstring A\n",
        "@deprecated(message: \"a\" since: \"b\",)\nstring A\n",
        "@deprecated(\n// why\n\"message\"\n:\n\"a\"\n)\nstring A\n",
        "@smithy.api#documentation(\"\"\"\n    a\n    b\"\"\")\nstring A\n",
        "@tags([\"a\"]) @tags([\"b\"]) @deprecated string A\n",
        "apply A @deprecated\nstring A\n",
        "apply\nA\n// what\n@deprecated\nstring A\n",
        "apply A {}\napply A {\n    @deprecated,\n    // why\n    @tags([\"a\"])\n}\nstring A\n",
        "apply A$a { @required }\napply a#A$a @deprecated\nstructure A { a: String }\n",
        "@documentation(\"a\")\n@documentation(\"a\")\nstring A\n",
    ]);
    refuses(&[
        ("@deprecated", 3, 12, "expected a shape"),
        ("@deprecated\n\n", 5, 1, "expected a shape"),
        ("@1a\nstring A\n", 3, 2, "expected a name"),
        ("@ deprecated\nstring A\n", 3, 2, "expected a name"),
        (
            "@deprecated(message: \"a\"\nstring A\n",
            4,
            8,
            "expected `:`",
        ),
        (
            "@deprecated(message: \"a\", message: \"b\")\nstring A\n",
            3,
            27,
            "twice",
        ),
        (
            "@deprecated(\"\"\"\n    message\"\"\": \"b\")\nstring A\n",
            4,
            15,
            "expected `)`",
        ),
        (
            "@deprecated(a.b#message: \"b\")\nstring A\n",
            3,
            24,
            "expected `)`",
        ),
        ("@tags([\"a\"\nstring A\n", 5, 1, "expected `]`"),
        (
            "@documentation(\"a\" \"b\")\nstring A\n",
            3,
            20,
            "expected `)`",
        ),
        (
            "@documentation(\"a\")\n@documentation(\"b\")\nstring A\n",
            4,
            1,
            "two values",
        ),
        ("apply A\n", 4, 1, "a trait"),
        ("apply A @\n", 3, 10, "expected a name"),
        ("apply A @deprecated @sensitive\n", 3, 21, "end of the line"),
        ("apply A {\n@deprecated\n", 5, 1, "expected `}`"),
        ("apply A { deprecated }\n", 3, 11, "expected `}`"),
        ("applyA @deprecated\n", 3, 1, "no shape type `applyA`"),
        (
            "@sensitive\napply A @deprecated\n",
            4,
            1,
            "applied to an `apply`",
        ),
    ]);
}

#[test]
fn numbers_and_strings() {
    accepts(&[
        "%metadata a = [0, -0, 1.5, 1e3, 1E+3, -1.5e-3, 100000000000000000000]\n",
        "%metadata a = \"\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u00E9 \\u00e9 \\\nb\n\nc\td é\"\n",
        "%metadata a = \"\"\"\n    \"b\" \\\"\"\" \\\n    c\n    \"\"\"\n",
        "%metadata a = \"\"\n",
        "%// a comment\rmetadata a = 1\r// another\r\nmetadata b = 2\r\n",
    ]);
    refuses(&[
        ("%metadata a = .5\n", 1, 14, "expected a value"),
        ("%metadata a = -\n", 1, 14, "digits must follow"),
        ("%metadata a = 1e+\n", 1, 14, "digits must follow"),
        ("%metadata a = {b: 1.}\n", 1, 18, "digits must follow"),
        ("%metadata a = +1\n", 1, 14, "`+` has no meaning"),
        ("%metadata a = 'b'\n", 1, 14, "`'` has no meaning"),
        ("%metadata a = \"\\'\"\n", 1, 14, "`\\'` is not an escape"),
        ("%metadata a = \"\\x41\"\n", 1, 14, "`\\x` is not an escape"),
        ("%metadata a = \"\\u\"\n", 1, 14, "is not an escape"),
        ("%metadata a = \"\\u12g4\"\n", 1, 14, "is not an escape"),
        ("%metadata a = \"b\u{1}c\"\n", 1, 16, "control character"),
        ("%metadata a = \"\"\"\"\"\"\n", 1, 14, "on a new line"),
        ("%metadata a = \"\"\"b\"\"\"\n", 1, 14, "on a new line"),
        ("%metadata a = \"\"\" \"\"\"\n", 1, 14, "on a new line"),
        ("%metadata a = \"b\n", 2, 1, "does not end"),
        ("/ a comment\n", 3, 1, "`/` has no meaning"),
    ]);
}

#[test]
fn text_blocks_are_indented_by_their_lines() {
    let text = |block: &str| {
        let source = Source::parse("a.smithy", format!("metadata a = {block}\n")).unwrap();
        let ast = ast_of(&source).unwrap();
        ast["metadata"]["a"].as_str().unwrap().to_owned()
    };
    for (block, meant) in [
        (
            "\"\"\"\n    Foo\n        Baz\n\n  \n    Bar\n    \"\"\"",
            "Foo\n    Baz\n\n\nBar\n",
        ),
        (
            "\"\"\"\n    Foo\n        Baz\n    Bar\n\"\"\"",
            "    Foo\n        Baz\n    Bar\n",
        ),
        ("\"\"\"\n    Foo\n    Bar\n            \"\"\"", "Foo\nBar\n"),
        ("\"\"\"\n\"hello!\"\n\"\"\"", "\"hello!\"\n"),
        ("\"\"\"\nfoo \\\"\"\"\nbaz\"\"\"", "foo \"\"\"\nbaz"),
        (
            "\"\"\"\n  <p>Hi\\n    bar</p>\n  \"\"\"",
            "<p>Hi\n    bar</p>\n",
        ),
        ("\"\"\"\nFoo \\\nBaz \\\nBam\"\"\"", "Foo Baz Bam"),
        ("\"\"\"\r\n    a\r\n    b\"\"\"", "a\nb"),
        ("\"\"\"\n\"\"\"", ""),
    ] {
        assert_eq!(text(block), meant, "{block}");
    }
}

#[test]
fn documentation_comes_before_traits() {
    let documented = |text: &str| {
        let shapes = shapes(text);
        let docs = &shapes["a#A"]["traits"]["smithy.api#documentation"];
        docs.as_str().map(str::to_owned)
    };
    for (text, meant) in [
        (
            "/// One\n///\n///   three\n@deprecated\nstring A\n",
            Some("One\n\n  three"),
        ),
        ("///\nstring A\n", Some("")),
        ("/// One\n\n// no\n/// two\nstring A\n", Some("One\ntwo")),
        ("/// One\r\n/// two\r\nstring A\r\n", Some("One\ntwo")),
        ("@deprecated\n/// One\nstring A\n", None),
        ("string A /// One\nstring B\n", None),
        ("string A\n/// dangling", None),
        ("use b#C\n/// One\nstring A\n", Some("One")),
        (
            "/// One\nstring A\n/// Two\napply A @deprecated\n",
            Some("One"),
        ),
    ] {
        assert_eq!(documented(text).as_deref(), meant, "{text}");
    }
}

#[test]
fn values_of_traits_have_the_type_of_the_trait() {
    let found = shapes(
        "@trait\nstructure s {}\n@trait\nlist l { member: String }\n@trait\nmap m { key: String, value: String }\n\
         @s @l @m\nstring A\n@s() @l() @m()\nstring B\n",
    );
    let expected = json!({"a#s": {}, "a#l": [], "a#m": {}});
    assert_eq!(found["a#A"]["traits"], expected);
    assert_eq!(found["a#B"]["traits"], expected);
}
