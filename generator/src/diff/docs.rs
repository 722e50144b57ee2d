//! Words.

use super::change::{Changes, Kind};
use crate::ir::Docs;

/// Compares documentation as it stands in generated code.
pub(super) fn compare(path: &str, old: &Docs, new: &Docs, changes: &mut Changes) {
    // A stand-in repeats names, which are compared as such.
    let is_same = old == new || (old.is_stand_in() && new.is_stand_in());
    if !is_same {
        changes.add(Kind::Documentation, path);
    }
}
