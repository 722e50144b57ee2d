//! Splits Smithy names into words, exactly like the official generator.
//!
//! The official crates use two different splitters, and both have become part of their public API:
//! snake-case names come from a newer one that keeps acronyms and words like `IPv4` whole (`ACLs` →
//! `acls`), Pascal-case names from an older one that does not (`DescribeACLsInput` →
//! `DescribeAcLsInput`). Neither agrees with `heck`, which only joins the words that are split
//! here.

use std::str::Chars;

/// Words that stay whole in snake case although they mix cases.
const WHOLE_WORDS: [&str; 7] = ["ipv4", "ipv6", "sigv4", "mib", "gib", "kib", "ttl"];

/// The lower-case words of `name` for snake case.
pub(super) fn snake_words(name: &str) -> Vec<String> {
    // In an all-lower-case name such as `s3key`, a digit ends a word.
    let all_lower = name.to_lowercase() == name;
    let mut words = Vec::new();
    let mut start = 0;
    for (at, c) in name.char_indices() {
        if !c.is_alphanumeric() {
            words.push(&name[start..at]);
            start = at + c.len_utf8();
        } else if begins_word(name, start, at, all_lower) {
            words.push(&name[start..at]);
            start = at;
        }
    }
    words.push(&name[start..]);
    words.retain(|word| !word.is_empty());
    words.into_iter().map(str::to_lowercase).collect()
}

/// Whether a new word begins at `at`; the current word began at `start`.
fn begins_word(name: &str, start: usize, at: usize, all_lower: bool) -> bool {
    let (current, mut rest) = (&name[start..at], name[at..].chars());
    let (Some(last), Some(next)) = (current.chars().next_back(), rest.next()) else {
        return false;
    };
    let after_lower = (last.is_lowercase() || last.is_ascii_digit()) && next.is_uppercase();
    let after_digit = all_lower && last.is_ascii_digit() && next.is_lowercase();
    ((after_lower || after_digit) && !inside_whole_word(current, &name[start..]))
        || (last.is_uppercase() && next.is_uppercase() && ends_acronym(rest))
}

/// Whether `current` is an incomplete prefix of one of [`WHOLE_WORDS`] that continues in `ahead`.
///
/// A word that only begins like one counts, too: like in the official generator, `GibsonGuitar` is
/// one word.
fn inside_whole_word(current: &str, ahead: &str) -> bool {
    let begins_with = |word: &&str| {
        let beginning = ahead.get(..word.len());
        beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case(word))
    };
    let is_current = |word: &&str| current.eq_ignore_ascii_case(word);
    WHOLE_WORDS.iter().any(begins_with) && !WHOLE_WORDS.iter().any(is_current)
}

/// Whether the second of two capitals, with `rest` after it, starts a word instead of ending an
/// acronym.
fn ends_acronym(mut rest: Chars<'_>) -> bool {
    let Some(second) = rest.next().filter(|c| c.is_lowercase()) else {
        return false;
    };
    let third = rest.next();
    // The plural of an acronym, as in `ACLs` or `ARNsToAdd`, or a version, as in `DynamoDBv2`.
    let plural = second == 's' && !third.is_some_and(char::is_lowercase);
    let version = second == 'v' && third.is_some_and(|c| c.is_ascii_digit());
    !plural && !version
}

/// The words of `name` for Pascal case, in their original case.
pub(super) fn pascal_words(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let mut words = vec![String::new()];
    for (at, &c) in chars.iter().enumerate() {
        if !c.is_alphanumeric() {
            words.push(String::new());
            continue;
        }
        let before = at.checked_sub(1).map(|before| chars[before]);
        let next_is_lower = chars.get(at + 1).is_some_and(|c| c.is_ascii_lowercase());
        let boundary = before.is_some_and(|before| {
            before.is_ascii_lowercase()
                || before.is_ascii_digit()
                || (before.is_ascii_uppercase() && next_is_lower)
        });
        if c.is_ascii_uppercase() && boundary {
            words.push(String::new());
        }
        let current = words
            .last_mut()
            .expect("there is always a word in progress");
        current.push(c);
    }
    words.retain(|word| !word.is_empty());
    words
}
