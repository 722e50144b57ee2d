//! Escapes text from models, file names and settings, for each place where it is written.
//!
//! String literals need nothing from here: tokens escape themselves. Markdown is made in
//! `lower::docs`, from texts that [`clean`] returns.

use std::borrow::Cow;

/// Removes what neither a source file nor a terminal should get: control characters, invisible
/// characters, and those that change the direction of text, which rustc denies in comments. Every
/// kind of line break becomes a line feed; tabs stay.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
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

/// The character, or a visible symbol for one that [`clean`] removes or changes.
pub(crate) fn visible(character: char) -> char {
    match self::character(character) {
        Some(same) if same == character => same,
        Some(_) => ' ',
        None => char::REPLACEMENT_CHARACTER,
    }
}

/// The text on one line, for comments, lines of documentation and terminals.
pub(crate) fn line(text: &str) -> Cow<'_, str> {
    match clean(text) {
        text if text.contains(['\n', '\t']) => Cow::Owned(text.replace(['\n', '\t'], " ")),
        text => text,
    }
}

/// The text as a string of a manifest, on one line.
pub(crate) fn toml_string(text: &str) -> String {
    toml::Value::String(line(text).into_owned()).to_string()
}

/// The text as a literal part of a format string.
pub(crate) fn format_string(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// The text as a single segment of a URL's path.
pub(crate) fn url_segment(text: &str) -> String {
    let mut segment = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                segment.push(char::from(byte));
            }
            _ => segment.push_str(&format!("%{byte:02X}")),
        }
    }
    segment
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_one_line() {
        #[rustfmt::skip]
        let rows = [
            ("plain", "plain"),
            ("a\npub fn b() {}\n//", "a pub fn b() {} //"),
            ("a\r\nb\u{85}c\u{2028}d\te", "a  b c d e"),
            ("\u{1b}[2J\u{202e}\0\u{7}\u{9b}\u{feff}", "[2J"),
            ("日本\u{a0}é", "日本 é"),
        ];
        for (text, expected) in rows {
            assert_eq!(line(text), expected);
        }
    }

    #[test]
    fn strings_of_manifests_are_read_again() {
        for text in ["plain", "\"", "\\", "'", "\"\"\"", "'''", "#", "[features]"] {
            let manifest = format!("a = {}\n", toml_string(text));
            assert_eq!(manifest.lines().count(), 1, "{manifest}");
            let table: toml::Table = manifest.parse().expect("it is TOML");
            assert_eq!(table["a"].as_str(), Some(text));
        }
        assert_eq!(
            toml_string("a\n[features]\r\nb = []"),
            "\"a [features]  b = []\""
        );
    }

    #[test]
    fn parts_of_other_languages() {
        assert_eq!(format_string("{a}"), "{{a}}");
        assert_eq!(url_segment("ivs-2020.07_14"), "ivs-2020.07_14");
        assert_eq!(
            url_segment("a/../b) [x](é\n"),
            "a%2F..%2Fb%29%20%5Bx%5D%28%C3%A9%0A"
        );
    }
}
