//! Words.

use super::change::Changes;
use super::kind::Kind;
use super::side::SideMember;
use crate::lower::markdown;
use crate::smithy::Traits;

/// Compares what two models say of something.
///
/// A link to what has another name is no other word, and so is no line that stands in for words.
pub(super) fn compare(
    path: &str,
    old: Option<&Traits>,
    new: Option<&Traits>,
    changes: &mut Changes,
) {
    if said(old) != said(new) || links(old) != links(new) {
        changes.add(Kind::Documentation, path);
    }
}

/// Compares what two models say of an operation, and the calls that they show. The order of the
/// members in a call is nothing new.
pub(super) fn compare_operations(
    path: &str,
    old: Option<&Traits>,
    new: Option<&Traits>,
    changes: &mut Changes,
) {
    let shown = |traits: Option<&Traits>| traits.map_or(Vec::new(), |it| it.examples().to_vec());
    if shown(old) == shown(new) {
        compare(path, old, new, changes);
    } else {
        changes.add(Kind::Documentation, path);
    }
}

/// Compares what two models say of a member, or of its target.
pub(super) fn compare_members(
    path: &str,
    old: SideMember<'_>,
    new: SideMember<'_>,
    changes: &mut Changes,
) {
    let [old, new] = [old, new].map(|it| {
        let own = &it.member.traits;
        match said(Some(own)) {
            None => &it.side.model.target(it.member).traits,
            Some(_) => own,
        }
    });
    compare(path, Some(old), Some(new), changes);
}

/// The words as they are read; `None` if there is nothing to read.
fn said(traits: Option<&Traits>) -> Option<Vec<String>> {
    let words = markdown(traits?.documentation()?);
    (!words.is_empty()).then(|| words.lines().to_vec())
}

/// Where more is said: titles and URLs.
fn links(traits: Option<&Traits>) -> Vec<(&str, &str)> {
    traits.map_or(Vec::new(), Traits::external_documentation)
}
