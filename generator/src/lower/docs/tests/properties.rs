//! Invented texts: no input may panic, and whatever comes out must read as what went in.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::check;
use crate::lower::docs::markdown;

/// Pieces that mean something to one of the languages, or nearly do.
const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<p class=\"x\">",
    "<ul>",
    "</ul>",
    "<ol>",
    "<ol start=\"7\">",
    "</ol>",
    "<li>",
    "</li>",
    "<dl>",
    "<dt>",
    "</dt>",
    "<dd>",
    "</dd>",
    "</dl>",
    "<note>",
    "</note>",
    "<important>",
    "</important>",
    "<code>",
    "</code>",
    "<pre>",
    "</pre>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<strong>",
    "</strong>",
    "<em>",
    "</em>",
    "<br>",
    "<br/>",
    "<hr>",
    "<h2>",
    "</h2>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "<th>",
    "</tr>",
    "</table>",
    "<div>",
    "</div>",
    "<span>",
    "</span>",
    "<sup>",
    "</sup>",
    "<q>",
    "</q>",
    "<s>",
    "</s>",
    "<a>",
    "</a>",
    "<a href=\"https://a.example/b_c\">",
    "<a href='../up'>",
    "<a href=\"javascript:x()\">",
    "<a href=https://a.example/(x>",
    "<img src=\"https://a.example/i.png\" alt=\"picture\">",
    "<fullname>",
    "</fullname>",
    "<script>",
    "</script>",
    "<!-- ",
    " -->",
    "<bucket-name>",
    "Vec<T>",
    "<",
    ">",
    "&",
    "&lt;",
    "&amp;lt;",
    "&#42;",
    "&nbsp;",
    "*",
    "**",
    "_",
    "__",
    "~",
    "~~",
    "`",
    "``",
    "```",
    "~~~",
    "\\",
    "\\*",
    "[",
    "]",
    "(",
    ")",
    "[x](https://b.example)",
    "[x]: https://b.example",
    "[^1]",
    "![",
    "!",
    "https://c.example/d.html",
    "http:// ",
    "https://{id}.example",
    "<https://e.example>",
    "www.f.example",
    "|",
    "| a | b |",
    "|---|---|",
    "#",
    "# ",
    "## ",
    "- ",
    "+ ",
    "1. ",
    "2) ",
    "3.",
    "> ",
    "---",
    "===",
    "--name",
    " -- ",
    "...",
    "\"",
    "'",
    "\n",
    "\n\n",
    "\n    ",
    "\n  - ",
    "\n> ",
    "\n1. ",
    "\t",
    " ",
    "  ",
    "\u{a0}",
    "\r\n",
    "word",
    "snake_case_name",
    "a*b",
    "Name",
    "e.g. this",
    "end. Next",
    ",",
    ".",
    ":",
    "é",
    "日本",
    "0",
    "CamelCase",
    "{\"a\": 1}",
    "\u{202e}",
    "\u{7}",
    "```rust\n",
    "```json\n",
    "arn:aws:x:*:*:y",
];

fn text() -> impl Strategy<Value = String> {
    vec(select(PIECES), 0..24).prop_map(|pieces| pieces.concat())
}

/// Pieces with spaces between them, which leaves more of them whole.
fn spaced_text() -> impl Strategy<Value = String> {
    vec((select(PIECES), select(&["", " ", "word"][..])), 0..16).prop_map(|pieces| {
        pieces
            .into_iter()
            .flat_map(|(piece, space)| [piece, space])
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pieces_of_markup_keep_their_meaning(text in prop_oneof![text(), spaced_text()]) {
        let problems = check::problems(&text);
        prop_assert!(problems.is_empty(), "{text:?}\n{}\n{}", markdown(&text).lines().join("\n"), problems.join("\n"));
    }

    #[test]
    fn any_text_has_a_conversion(text in any::<String>()) {
        markdown(&text).summary();
    }
}

#[test]
fn deep_nesting_does_not_exhaust_the_stack() {
    for piece in [
        "<ul><li>",
        "<b><i>",
        "> ",
        "- ",
        "<note>",
        "<table><tr><td>",
        "[",
        "**a _b ",
        "<dl><dd>",
    ] {
        let t = std::time::Instant::now();
        markdown(&piece.repeat(20_000));
        println!("{piece} {:?}", t.elapsed());
        markdown(&format!("<p>{}", piece.repeat(20_000)));
    }
}
