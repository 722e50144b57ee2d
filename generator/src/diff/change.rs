//! The result of a comparison.

use super::kind::{Kind, Severity};
use crate::harmless;

/// One difference between two clients.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The kind of change, which determines its severity.
    pub kind: Kind,
    /// What has changed, in Rust names: `types::Channel::arn`, without the crate's name.
    pub path: String,
    /// The old value; `None` if it did not exist, or if there is nothing to show.
    pub before: Option<String>,
    /// The new value, in the same way.
    pub after: Option<String>,
}

impl Change {
    /// Who notices the change.
    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }

    /// A short description.
    pub fn what(&self) -> &'static str {
        self.kind.what()
    }
}

/// Changes in the order in which they are found.
#[derive(Default)]
pub(super) struct Changes(Vec<Change>);

impl Changes {
    /// Adds a change without values.
    pub(super) fn add(&mut self, kind: Kind, path: impl Into<String>) {
        self.push(kind, path, None, None);
    }

    /// Adds something new, with its value.
    pub(super) fn added(&mut self, kind: Kind, path: impl Into<String>, is: impl Into<String>) {
        self.push(kind, path, None, Some(is.into()));
    }

    /// Adds something that was removed, with its old value.
    pub(super) fn removed(&mut self, kind: Kind, path: impl Into<String>, was: impl Into<String>) {
        self.push(kind, path, Some(was.into()), None);
    }

    /// Adds something that was renamed.
    pub(super) fn renamed(&mut self, kind: Kind, before: String, after: String) {
        self.push(kind, before.clone(), Some(before), Some(after));
    }

    /// Adds two values if they differ.
    pub(super) fn differ(
        &mut self,
        kind: Kind,
        path: impl Into<String>,
        before: impl Into<String>,
        after: impl Into<String>,
    ) {
        let (before, after) = (before.into(), after.into());
        if before != after {
            self.push(kind, path, Some(before), Some(after));
        }
    }

    /// Adds two values, of which one may be missing, if they differ.
    pub(super) fn differ_if_any(
        &mut self,
        kind: Kind,
        path: impl Into<String>,
        before: Option<String>,
        after: Option<String>,
    ) {
        if before != after {
            self.push(kind, path, before, after);
        }
    }

    fn push(
        &mut self,
        kind: Kind,
        path: impl Into<String>,
        before: Option<String>,
        after: Option<String>,
    ) {
        // Values become part of reports and change logs, where they must not break lines.
        let line = |text: String| harmless::line(&text).into_owned();
        self.0.push(Change {
            kind,
            path: line(path.into()),
            before: before.map(line),
            after: after.map(line),
        });
    }

    /// All changes, sorted by kind and path, without duplicates.
    pub(super) fn into_sorted(self) -> Vec<Change> {
        let mut changes = self.0;
        changes.sort();
        changes.dedup();
        changes
    }
}
