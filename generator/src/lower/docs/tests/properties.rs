//! Random texts: no input may panic, and the result must contain the same text.

use super::check;
use crate::lower::docs::markdown;

/// Pieces that are markup in one of the languages, or nearly are.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "<p>", "</p>", "<p class=\"x\">", "<ul>", "</ul>", "<ol>", "<ol start=\"7\">", "</ol>", "<li>",
    "</li>", "<dl>", "<dt>", "</dt>", "<dd>", "</dd>", "</dl>", "<note>", "</note>", "<important>",
    "</important>", "<code>", "</code>", "<pre>", "</pre>", "<b>", "</b>", "<i>", "</i>",
    "<strong>", "</strong>", "<em>", "</em>", "<br>", "<br/>", "<hr>", "<h2>", "</h2>", "<table>",
    "<tr>", "<td>", "</td>", "<th>", "</tr>", "</table>", "<div>", "</div>", "<span>", "</span>",
    "<sup>", "</sup>", "<q>", "</q>", "<s>", "</s>", "<a>", "</a>", "<a href='../up'>",
    "<a href=\"https://a.example/b_c\">", "<a href=\"javascript:x()\">",
    "<a href=https://a.example/(x>", "<img src=\"https://a.example/i.png\" alt=\"picture\">",
    "<fullname>", "</fullname>", "<script>", "</script>", "<!-- ", " -->", "<bucket-name>",
    "Vec<T>", "<", ">", "&", "&lt;", "&amp;lt;", "&#42;", "&nbsp;", "*", "**", "_", "__", "~",
    "~~", "`", "``", "```", "~~~", "\\", "\\*", "[", "]", "(", ")", "[x](https://b.example)",
    "[x]: https://b.example", "[^1]", "![", "!", "https://c.example/d.html", "http:// ",
    "https://{id}.example", "<https://e.example>", "www.f.example", "|", "| a | b |", "|---|---|",
    "#", "# ", "## ", "- ", "+ ", "1. ", "2) ", "3.", "> ", "---", "===", "--name", " -- ", "...",
    "\"", "'", "\n", "\n\n", "\n    ", "\n  - ", "\n> ", "\n1. ", "\t", " ", "  ", "\u{a0}",
    "\r\n", "word", "snake_case_name", "a*b", "Name", "e.g. this", "end. Next", ",", ".", ":",
    "é", "日本", "0", "CamelCase", "{\"a\": 1}", "\u{202e}", "\u{7}", "```rust\n", "```json\n",
    "arn:aws:x:*:*:y", "",  " word ",
];

/// A small random number generator: the same texts everywhere, without a dependency.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        const MULTIPLIER: u64 = 6_364_136_223_846_793_005;
        self.0 = self.0.wrapping_mul(MULTIPLIER).wrapping_add(1);
        (self.0 >> 33) as usize % end
    }

    fn pieces(&mut self) -> Vec<&'static str> {
        let length = self.below(24);
        (0..length)
            .map(|_| PIECES[self.below(PIECES.len())])
            .collect()
    }
}

#[test]
fn pieces_of_markup_keep_their_meaning() {
    let mut random = Random(1);
    for _ in 0..20_000 {
        let pieces = random.pieces();
        if !check::problems(&pieces.concat()).is_empty() {
            let smallest = shrink(pieces).concat();
            let lines = markdown(&smallest).lines().join("\n");
            let problems = check::problems(&smallest).join("\n");
            panic!("{smallest:?}\n{lines}\n{problems}");
        }
    }
}

/// Removes pieces as long as the problems remain.
fn shrink(mut pieces: Vec<&str>) -> Vec<&str> {
    let mut at = 0;
    while at < pieces.len() {
        let mut fewer = pieces.clone();
        fewer.remove(at);
        if check::problems(&fewer.concat()).is_empty() {
            at += 1;
        } else {
            pieces = fewer;
        }
    }
    pieces
}

#[test]
fn any_characters_have_a_conversion() {
    let mut random = Random(2);
    for _ in 0..20_000 {
        let length = random.below(40);
        let character = |random: &mut Random| {
            let end = [0x80, 0x300, 0x3000, 0x11_0000][random.below(4)];
            char::from_u32(u32::try_from(random.below(end)).unwrap_or_default()).unwrap_or('<')
        };
        let text: String = (0..length).map(|_| character(&mut random)).collect();
        markdown(&text).summary();
    }
}

#[test]
fn deep_nesting_does_not_exhaust_the_stack() {
    let pieces = [
        "<ul><li>",
        "<b><i>",
        "> ",
        "- ",
        "<note>",
        "<table><tr><td>",
        "[",
        "**a _b ",
        "<dl><dd>",
    ];
    for piece in pieces {
        let text = piece.repeat(20_000);
        markdown(&text);
        markdown(&format!("<p>{text}"));
    }
}
