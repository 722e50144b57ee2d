//! Breaks words into lines.

/// The columns of a line of documentation, without its slashes.
pub(super) const WIDTH: usize = 96;

/// However deep a list is, its text is not narrower.
const MIN_WIDTH: usize = 40;

/// A piece of rendered Markdown that no line break may divide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    /// Whether the line ends here in any case.
    pub(super) is_last: bool,
}

/// The lines of a paragraph. None starts with what Markdown would take for a list, a heading, or
/// another block.
pub(super) fn lines(words: Vec<Word>, width: usize) -> Vec<String> {
    let width = width.max(MIN_WIDTH);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut columns = 0;
    for Word { text, is_last } in join_markers(words) {
        let length = text.chars().count();
        if !line.is_empty() && columns + 1 + length > width {
            lines.push(std::mem::take(&mut line));
            columns = 0;
        }
        if !line.is_empty() {
            line.push(' ');
            columns += 1;
        }
        line.push_str(&text);
        columns += length;
        if is_last {
            line.push('\\');
            lines.push(std::mem::take(&mut line));
            columns = 0;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Ties a word that must not start a line to the one before; at the start of the text and after
/// a line break it is escaped.
fn join_markers(words: Vec<Word>) -> Vec<Word> {
    const MAX_LENGTH: usize = 40;
    let mut joined: Vec<Word> = Vec::with_capacity(words.len());
    for mut word in words {
        if is_marker(&word.text) {
            match joined.last_mut() {
                Some(last) if !last.is_last && last.text.len() < MAX_LENGTH => {
                    last.text.push(' ');
                    last.text.push_str(&word.text);
                    last.is_last = word.is_last;
                    continue;
                }
                _ => escape_marker(&mut word.text),
            }
        }
        joined.push(word);
    }
    joined
}

/// Whether a line that starts with this word would start a block, or make a heading or a table of
/// the line before.
fn is_marker(word: &str) -> bool {
    let is_made_of = |parts: &[u8]| word.bytes().all(|byte| parts.contains(&byte));
    match word.as_bytes() {
        [] => false,
        [b'>', ..] | [b'~', b'~', b'~', ..] => true,
        [b'#', ..] => is_made_of(b"#"),
        [b'+'] => true,
        [b'-' | b'=' | b'*' | b'_' | b'|' | b':', ..] => {
            is_made_of(b"=") || is_made_of(b"*") || is_made_of(b"_") || is_made_of(b"|:-")
        }
        [b'0'..=b'9', ..] => number_of_item(word).is_some(),
        _ => false,
    }
}

/// The digits of a word such as `12.`.
fn number_of_item(word: &str) -> Option<&str> {
    let digits = word.strip_suffix(['.', ')'])?;
    digits
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then_some(digits)
}

fn escape_marker(word: &mut String) {
    let delimiter = word
        .chars()
        .next()
        .filter(|first| matches!(first, '*' | '_' | '~'));
    match delimiter {
        // A run is escaped whole, for a shorter one could still be a delimiter.
        Some(delimiter) => *word = word.replace(delimiter, &format!("\\{delimiter}")),
        None => word.insert(number_of_item(word).map_or(0, str::len), '\\'),
    }
}
