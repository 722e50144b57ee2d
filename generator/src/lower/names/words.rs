//! Splitting Smithy names into words, exactly as the official generator splits them.
//!
//! The official crates use two different splitters, and both are public API by now: snake-case
//! names come from a newer one that keeps acronyms and words like `IPv4` whole (`ACLs` → `acls`),
//! Pascal-case names from an older one that does not (`DescribeACLsInput` → `DescribeAcLsInput`).
//! Neither agrees with `heck`, so neither can be had from it.

/// Words that stay whole in snake case although their case alternates inside.
const WHOLE_WORDS: [&str; 7] = ["ipv4", "ipv6", "sigv4", "mib", "gib", "kib", "ttl"];

/// The lower-case words of `name` as snake-case names use them.
pub(super) fn snake_words(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    // `s3key` is three words' worth of lower case: only there does a digit end a word.
    let all_lower = name.to_lowercase() == name;
    let mut words = vec![String::new()];
    for at in 0..chars.len() {
        if !chars[at].is_alphanumeric() {
            words.push(String::new());
            continue;
        }
        let current = words.last().expect("there is always a word in progress");
        if begins_word(current, &chars[at..], all_lower) {
            words.push(String::new());
        }
        let current = words
            .last_mut()
            .expect("there is always a word in progress");
        current.push(chars[at]);
    }
    words.retain(|word| !word.is_empty());
    words.iter().map(|word| word.to_lowercase()).collect()
}

/// Whether a new word begins at the first character of `rest`, `current` being the word before it.
fn begins_word(current: &str, rest: &[char], all_lower: bool) -> bool {
    let (Some(last), next) = (current.chars().last(), rest[0]) else {
        return false;
    };
    let after_lower = (last.is_lowercase() || last.is_ascii_digit()) && next.is_uppercase();
    let after_digit = all_lower && last.is_ascii_digit() && next.is_lowercase();
    ((after_lower || after_digit) && !inside_whole_word(current, rest)) || ends_acronym(last, rest)
}

/// Whether `current` and what follows spell one of [`WHOLE_WORDS`] that `current` has not finished.
///
/// A word that merely begins like one counts too: `GibsonGuitar` is one word to the official
/// generator, and so it is here.
fn inside_whole_word(current: &str, rest: &[char]) -> bool {
    let current = current.to_lowercase();
    let tail: String = rest.iter().collect();
    let ahead = current.clone() + &tail.to_lowercase();
    WHOLE_WORDS.iter().any(|word| ahead.starts_with(word)) && !WHOLE_WORDS.contains(&&*current)
}

/// Whether the capital that `rest` begins with starts a word, and is not the last of an acronym.
fn ends_acronym(last: char, rest: &[char]) -> bool {
    let second_is_lower = rest.get(1).is_some_and(|c| c.is_lowercase());
    if !(last.is_uppercase() && rest[0].is_uppercase() && second_is_lower) {
        return false;
    }
    // The plural of an acronym, as in `ACLs` or `ARNsToAdd`, and a version, as in `DynamoDBv2`.
    let plural = rest[1] == 's' && !rest.get(2).is_some_and(|c| c.is_lowercase());
    let version = rest[1] == 'v' && rest.get(2).is_some_and(|c| c.is_ascii_digit());
    !plural && !version
}

/// The words of `name` as Pascal-case names use them, in the case they have in `name`.
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
