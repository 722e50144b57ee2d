//! URLs: targets of links, and bare URLs in text.

/// A URL as a link's destination, if it is absolute.
///
/// Characters that would end the destination in Markdown are percent-encoded.
pub(super) fn absolute(target: &str) -> Option<String> {
    let target = target.trim();
    if target.starts_with("//") {
        return absolute(&format!("https:{target}"));
    }
    let (scheme, rest) = target.split_once(':')?;
    let is_linked = match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => rest
            .strip_prefix("//")
            .is_some_and(|host| host.starts_with(char::is_alphanumeric)),
        "mailto" => rest.contains('@'),
        _ => false,
    };
    is_linked.then(|| encode(target))
}

fn encode(url: &str) -> String {
    let parentheses = has_balanced_parentheses(url);
    let mut encoded = String::with_capacity(url.len());
    for character in url.chars() {
        match character {
            '\n' | '\r' | '\t' => {}
            '(' | ')' if parentheses => encoded.push(character),
            '(' | ')' | '<' | '>' | '"' | '\'' | '\\' | '`' | '|' | '[' | ']' | ' ' => {
                encoded.push_str(&format!("%{:02X}", u32::from(character)));
            }
            _ if character.is_control() => {}
            _ if character.is_whitespace() => encoded.push_str("%20"),
            _ => encoded.push(character),
        }
    }
    encoded
}

fn has_balanced_parentheses(url: &str) -> bool {
    let mut open = 0_usize;
    for byte in url.bytes() {
        match byte {
            b'(' => open += 1,
            b')' if open == 0 => return false,
            b')' => open -= 1,
            _ => {}
        }
    }
    open == 0
}

/// A bare URL and the text around it in a word.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found<'a> {
    pub(super) before: &'a str,
    pub(super) url: &'a str,
    pub(super) after: &'a str,
}

/// Finds the first bare URL in a word. Angle brackets around it are dropped.
pub(super) fn find(word: &str) -> Option<Found<'_>> {
    let mut from = 0;
    loop {
        let start = from + word[from..].find("http")?;
        let scheme = ["https://", "http://"]
            .iter()
            .find(|&&scheme| word[start..].starts_with(scheme));
        let Some(scheme) = scheme else {
            from = start + "http".len();
            continue;
        };
        let length = url_length(&word[start..], scheme.len());
        if length == scheme.len() {
            from = start + length;
            continue;
        }
        let (before, rest) = word.split_at(start);
        let (url, after) = rest.split_at(length);
        return Some(match (before.strip_suffix('<'), after.strip_prefix('>')) {
            (Some(before), Some(after)) => Found { before, url, after },
            _ => Found { before, url, after },
        });
    }
}

/// The length of the URL at the start of `text`, without punctuation at the end.
fn url_length(text: &str, scheme: usize) -> usize {
    let mut end = scheme;
    while let Some(character) = text[end..].chars().next() {
        match character {
            '<' => match text[end..].find('>') {
                Some(length) if length > 1 => end += length + 1,
                _ => break,
            },
            '>' | '"' | '\'' | '`' | '“' | '”' | '’' | '\\' => break,
            _ => end += character.len_utf8(),
        }
    }
    loop {
        let url = &text[scheme..end];
        let Some(last) = url.chars().next_back() else {
            return scheme;
        };
        let closes = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '*' | '_' | '~' => true,
            ')' => !has_balanced_parentheses(url),
            ']' => !url.contains('['),
            '}' => !url.contains('{'),
            _ => false,
        };
        if !closes {
            break;
        }
        end -= last.len_utf8();
    }
    let starts_host =
        |first: char| first.is_alphanumeric() || matches!(first, '{' | '<' | '[' | '*' | '$');
    if text[scheme..end].starts_with(starts_host) {
        end
    } else {
        scheme
    }
}

/// Whether a URL is only an example: it contains placeholders, or its host is not public.
pub(super) fn is_example(url: &str) -> bool {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = host.split(['/', ':', '?', '#']).next().unwrap_or_default();
    !host.contains('.') || url.contains(['{', '}', '<', '>', '[', ']', '*', '$', '|', '^'])
}
