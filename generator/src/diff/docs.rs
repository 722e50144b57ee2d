//! Compares documentation.

use super::change::Changes;
use super::kind::Kind;
use super::side::SideMember;
use crate::lower::markdown;
use crate::smithy::Traits;

/// Compares the documentation of something in two models.
///
/// Neither a link to something that was renamed nor a generated placeholder is a change.
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

/// Compares the documentation and the examples of an operation. The order of members in an example
/// does not matter.
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

/// Compares the documentation of a member or its target.
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

/// The documentation as words; `None` if there is none.
fn said(traits: Option<&Traits>) -> Option<Vec<String>> {
    let words = markdown(traits?.documentation()?);
    (!words.is_empty()).then(|| words.lines().to_vec())
}

/// External documentation: titles and URLs.
fn links(traits: Option<&Traits>) -> Vec<(&str, &str)> {
    traits.map_or(Vec::new(), Traits::external_documentation)
}
