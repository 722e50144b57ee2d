//! Changes in words that users understand.
//!
//! Each change is a clause: what it is about, a verb, and what else there is to say. Clauses that
//! differ in one of the two are put together: "`create_channel` and `update_channel` take `a` and
//! `b`".

mod clauses;
mod paths;
mod predicates;

use generator::counted;
use generator::diff::{Change, Kind, Severity};

use self::clauses::{Clause, Rest};

/// How wide lines are.
const WIDTH: usize = 100;

/// What a change log says of the changes, without a heading.
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

/// Clauses about the same with the same verb become one, then those that say the same of several.
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

/// What is not worth a line for each: patterns, which may accept more or less, and words.
fn counts(changes: &[&Change]) -> Vec<String> {
    let count = |is: fn(&Change) -> bool| changes.iter().filter(|change| is(change)).count();
    let mut sentences = Vec::new();
    if let patterns @ 1.. = count(clauses::is_pattern) {
        let members = counted(patterns, "member");
        sentences.push(format!(
            "The service goes by another pattern for {members}."
        ));
    }
    if let words @ 1.. = count(clauses::is_words) {
        let items = counted(words, "item");
        sentences.push(format!("Documentation: the words about {items}."));
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

/// An item of a list, in lines that are not too wide.
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

/// Words, with code as one.
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
