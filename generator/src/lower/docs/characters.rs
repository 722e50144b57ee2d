//! The characters of text and of code.

use std::borrow::Cow;

/// Leaves out what a source file must not or should not hold: control characters, invisible ones,
/// and those that turn the direction of text, which rustc denies in comments.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte == b'\n' || (b' '..0x7f).contains(&byte);
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(character).collect())
}

fn character(character: char) -> Option<char> {
    match character {
        '\t' | '\n' => Some(character),
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => None,
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        '\u{fff9}'..='\u{fffb}' => None,
        _ if character.is_control() => None,
        _ if character.is_whitespace() => Some(' '),
        _ => Some(character),
    }
}

/// The lines of a block of code: tabs expanded, the common indentation and empty ends removed.
pub(super) fn code_lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(expand_tabs).collect();
    let Some(first) = lines.iter().position(|line| !line.is_empty()) else {
        return String::new();
    };
    let last = lines
        .iter()
        .rposition(|line| !line.is_empty())
        .unwrap_or(first);
    let lines = &lines[first..=last];
    let indentation = |line: &String| line.len() - line.trim_start_matches(' ').len();
    let common = lines
        .iter()
        .filter(|line| !line.is_empty())
        .map(indentation)
        .min()
        .unwrap_or(0);
    let lines: Vec<&str> = lines
        .iter()
        .map(|line| line.get(common..).unwrap_or_default())
        .collect();
    lines.join("\n")
}

fn expand_tabs(line: &str) -> String {
    const TAB: usize = 4;
    let mut expanded = String::with_capacity(line.len());
    let mut column = 0;
    for character in line.trim_end().chars() {
        let width = if character == '\t' {
            TAB - column % TAB
        } else {
            1
        };
        match character {
            '\t' => expanded.extend(std::iter::repeat_n(' ', width)),
            _ => expanded.push(character),
        }
        column += width;
    }
    expanded
}
