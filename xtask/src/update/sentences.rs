//! Describes changes in sentences for users.
//!
//! Each change is a clause: subject, verb and rest. Clauses with the same verb that differ only in
//! the subject, or only in the rest, are merged: "`create_channel` and `update_channel` take `a`
//! and `b`".

mod clauses;
mod paths;
mod predicates;

use generator::counted;
use generator::diff::{Change, Kind, Severity};

use self::clauses::{Clause, Rest};

/// The maximum width of lines.
const WIDTH: usize = 100;

/// The text of a change log about the changes, without a heading.
pub fn body(changes: &[Change]) -> String {
    let mut parts = Vec::new();
    for title in ["Breaking", "Changed", "Added", "Fixed"] {
        let changes: Vec<_> = changes.iter().filter(|it| group(it) == title).collect();
        let mut sentences = sentences(changes.iter().copied().filter_map(clauses::clause));
        sentences.extend(counts(&changes));
        if !sentences.is_empty() {
            let lines: Vec<_> = sentences.iter().map(|sentence| item(sentence)).collect();
            parts.push(format!("### {title}\n\n{}", lines.join("\n")));
        }
    }
    if parts.is_empty() {
        parts.push("Nothing changes for users.".to_owned());
    }
    format!("{}\n", parts.join("\n\n"))
}

fn group(change: &Change) -> &'static str {
    match change.severity() {
        Severity::Compile | Severity::Runtime => "Breaking",
        Severity::Addition => "Added",
        _ if change.kind == Kind::NumberAdded => "Added",
        _ if clauses::is_words(change) => "Fixed",
        Severity::Behaviour | Severity::Constraint | Severity::Documentation => "Changed",
        Severity::Model => "In the model only",
    }
}

/// Merges clauses with the same subject and verb, then those that differ only in the subject.
fn sentences(clauses: impl IntoIterator<Item = Clause>) -> Vec<String> {
    let mut by_subject: Vec<Clause> = Vec::new();
    for clause in clauses {
        let same = by_subject
            .iter_mut()
            .find(|it| it.verb == clause.verb && it.subjects == clause.subjects);
        match (same, clause) {
            (
                Some(Clause {
                    rest: Rest::Names(names),
                    ..
                }),
                Clause {
                    rest: Rest::Names(more),
                    ..
                },
            ) => {
                names.extend(more);
                names.dedup();
            }
            (_, clause) => by_subject.push(clause),
        }
    }
    let mut merged: Vec<Clause> = Vec::new();
    for clause in by_subject {
        let same = merged
            .iter_mut()
            .find(|it| it.verb == clause.verb && it.rest == clause.rest);
        match same {
            Some(same) => same.subjects.extend(clause.subjects),
            None => merged.push(clause),
        }
    }
    merged.iter().map(Clause::sentence).collect()
}

/// Lines that only count changes: patterns, which may accept more or less, and documentation.
fn counts(changes: &[&Change]) -> Vec<String> {
    let count = |is: fn(&Change) -> bool| changes.iter().filter(|change| is(change)).count();
    let mut sentences = Vec::new();
    if let patterns @ 1.. = count(clauses::is_pattern) {
        let members = counted(patterns, "member");
        sentences.push(format!("The service uses another pattern for {members}."));
    }
    if let words @ 1.. = count(clauses::is_words) {
        let items = counted(words, "item");
        sentences.push(format!("Documentation of {items}."));
    }
    sentences
}

/// `a`, `b` and `c`
fn list(names: &[String]) -> String {
    match names {
        [names @ .., one, other] => {
            let before = names.iter().map(|name| format!("{name}, "));
            format!("{}{one} and {other}", before.collect::<String>())
        }
        names => names.concat(),
    }
}

/// A list item, wrapped.
fn item(text: &str) -> String {
    let mut lines = vec!["-".to_owned()];
    for word in words(text) {
        let last = lines.last_mut().expect("there is a line");
        if last.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(format!("  {word}"));
        } else {
            last.push(' ');
            last.push_str(word);
        }
    }
    lines.join("\n")
}

/// Splits a text into words; a code span is one word.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut is_code) = (0, false);
    for (index, character) in text.char_indices() {
        is_code ^= character == '`';
        if character == ' ' && !is_code {
            words.push(&text[start..index]);
            start = index + 1;
        }
    }
    words.push(&text[start..]);
    words
}

#[cfg(test)]
mod tests;
