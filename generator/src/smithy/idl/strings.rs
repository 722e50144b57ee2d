//! Strings in quotes, and text blocks.

use super::node::Problem;
use crate::diagnostics::Span;

const BLOCK: &str = "\"\"\"";

/// Whether a text block begins here, and not a string.
pub(super) fn is_block(text: &str, start: usize) -> bool {
    text[start..].starts_with(BLOCK)
}

/// The end of the string that begins here.
pub(super) fn end(text: &str, start: usize) -> Result<usize, Problem> {
    let is_block = is_block(text, start);
    let quotes = if is_block { 3 } else { 1 };
    let bytes = text.as_bytes();
    let mut position = start + quotes;
    while position < bytes.len() {
        match bytes[position] {
            b'\\' => position += 2,
            b'"' if !is_block || text[position..].starts_with(BLOCK) => {
                return Ok(position + quotes);
            }
            _ => position += 1,
        }
    }
    let at = |offset, length| Span { offset, length };
    let what = if is_block { "text block" } else { "string" };
    let mut problem = Problem::new(
        at(text.len(), 1),
        format!("the {what} does not end"),
        format!("close it with `{}`", &BLOCK[..quotes]),
    );
    problem.see(at(start, quotes), "it begins");
    Err(problem)
}

/// The value of a string, without quotes, indentation and escapes.
pub(super) fn value(text: &str, span: Span) -> Result<String, Problem> {
    let written = &text[span.offset..span.offset + span.length];
    check_characters(written, span.offset)?;
    let read = if !is_block(text, span.offset) {
        unescape(&newlines(&written[1..written.len() - 1]))
    } else {
        let inner = newlines(&written[3..written.len() - 3]);
        match inner.trim_start_matches([' ', '\t']).strip_prefix('\n') {
            Some(lines) => unescape(&dedent(lines)),
            None => {
                let message = "the content of a text block begins on a new line";
                let remedy = "end the line after the three quotes";
                return Err(Problem::new(span, message, remedy));
            }
        }
    };
    read.map_err(|fault| fault.problem(written, span))
}

/// The problem of an escape.
struct Fault {
    /// The number of preceding escapes.
    index: usize,
    message: String,
    remedy: &'static str,
}

impl Fault {
    /// A problem at the string. If it has several lines, the escape is shown, too.
    fn problem(self, written: &str, span: Span) -> Problem {
        let mut problem = Problem::new(span, self.message, self.remedy);
        if written.contains('\n') {
            let mut position = 0;
            let mut before = self.index;
            while let Some(found) = written[position..].find('\\') {
                position += found;
                if before == 0 {
                    break;
                }
                before -= 1;
                position += 2;
            }
            let at = Span {
                offset: span.offset + position,
                length: 2,
            };
            problem.see(at, "the escape");
        }
        problem
    }
}

/// Refuses invisible characters.
fn check_characters(written: &str, base: usize) -> Result<(), Problem> {
    let is_control = |it: &u8| *it < 0x20 && !matches!(*it, b'\t' | b'\n' | b'\r');
    let Some(at) = written.bytes().position(|it| is_control(&it)) else {
        return Ok(());
    };
    let span = Span {
        offset: base + at,
        length: 1,
    };
    let code = written.as_bytes()[at];
    Err(Problem::new(
        span,
        format!("the string has the control character U+{code:04X}"),
        format!("remove it, or write `\\u{code:04x}`"),
    ))
}

/// Normalizes line breaks to `\n`.
fn newlines(text: &str) -> std::borrow::Cow<'_, str> {
    match text.contains('\r') {
        true => text.replace("\r\n", "\n").replace('\r', "\n").into(),
        false => text.into(),
    }
}

/// Removes the common indentation of all lines, and trailing white space.
///
/// The last line counts even if it is blank, because it contains the closing quotes.
fn dedent(text: &str) -> String {
    let lines: Vec<&str> = text.split('\n').collect();
    let last = lines.len() - 1;
    let indentation = lines.iter().enumerate().filter_map(|(index, line)| {
        let is_blank = line.trim_matches([' ', '\t']).is_empty();
        (!is_blank || index == last).then(|| line.len() - line.trim_start_matches(' ').len())
    });
    let indentation = indentation.min().unwrap_or_default();
    let lines = lines.iter().map(|line| {
        let line = line.get(indentation..).unwrap_or_default();
        line.trim_end_matches([' ', '\t'])
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn unescape(text: &str) -> Result<String, Fault> {
    if !text.contains('\\') {
        return Ok(text.to_owned());
    }
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    let mut index = 0;
    while let Some(at) = rest.find('\\') {
        result.push_str(&rest[..at]);
        let mut characters = rest[at + 1..].chars();
        let escaped = characters.next().unwrap_or(' ');
        rest = characters.as_str();
        match escaped {
            '"' | '\\' | '/' => result.push(escaped),
            'b' => result.push('\u{8}'),
            'f' => result.push('\u{c}'),
            'n' => result.push('\n'),
            'r' => result.push('\r'),
            't' => result.push('\t'),
            '\n' => {}
            'u' => {
                let remedy = "four hexadecimal digits follow `\\u`, as in `\\u00e9`";
                let read = unicode(rest);
                let (character, after) = read.map_err(|message| Fault {
                    index,
                    message,
                    remedy,
                })?;
                result.push(character);
                rest = after;
            }
            _ => {
                return Err(Fault {
                    index,
                    message: format!("`\\{escaped}` is not an escape"),
                    remedy: "write `\\\\` for a backslash; escapes are those of JSON",
                });
            }
        }
        index += 1;
    }
    result.push_str(rest);
    Ok(result)
}

/// Reads the digits after `\u`, and those of the second half of a surrogate pair.
fn unicode(text: &str) -> Result<(char, &str), String> {
    let (high, rest) = unit(text)?;
    if let Some(character) = char::from_u32(high) {
        return Ok((character, rest));
    }
    let low = rest.strip_prefix("\\u").map(unit).transpose()?;
    match low {
        Some((low, rest)) if high < 0xDC00 && (0xDC00..0xE000).contains(&low) => {
            let code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
            let character = char::from_u32(code).ok_or("the escape is not a character")?;
            Ok((character, rest))
        }
        _ => Err(format!("`\\u{high:04x}` is half a character")),
    }
}

fn unit(text: &str) -> Result<(u32, &str), String> {
    let digits = text
        .get(..4)
        .filter(|it| it.bytes().all(|it| it.is_ascii_hexdigit()));
    let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    match code {
        Some(code) => Ok((code, &text[4..])),
        None => {
            let shown: String = text.chars().take(4).collect();
            Err(format!("`\\u{shown}` is not an escape"))
        }
    }
}
