//! Words.

use super::change::{Changes, Kind};
use super::side::SideMember;
use crate::ir::{Docs, Field};
use crate::lower::constraints_line;

/// Compares documentation as it stands in generated code.
pub(super) fn compare(path: &str, old: &Docs, new: &Docs, changes: &mut Changes) {
    // A stand-in repeats names, which are compared as such.
    let is_same = old == new || (old.is_stand_in() && new.is_stand_in());
    if !is_same {
        changes.add(Kind::Documentation, path);
    }
}

/// Compares the documentation of two fields without the line about their limits, which are
/// compared as such.
pub(super) fn member(
    path: &str,
    old: (&Field, SideMember<'_>),
    new: (&Field, SideMember<'_>),
    changes: &mut Changes,
) {
    if words(old) != words(new) {
        changes.add(Kind::Documentation, path);
    }
}

fn words<'a>((field, member): (&'a Field, SideMember<'_>)) -> &'a [String] {
    if field.docs.is_stand_in() {
        return &[];
    }
    let lines = field.docs.lines();
    let limits = constraints_line(&member.side.model, member.member);
    match lines {
        [words @ .., last] if Some(last) == limits.as_ref() => match words {
            [words @ .., empty] if empty.is_empty() => words,
            words => words,
        },
        lines => lines,
    }
}
