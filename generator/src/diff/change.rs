//! What a comparison finds.

use super::kind::{Kind, Severity};
use crate::harmless;

/// One difference between two clients.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// What kind of change it is, from which its severity follows.
    pub kind: Kind,
    /// What has changed, in Rust names: `types::Channel::arn`, without the crate's name.
    pub path: String,
    /// What it was; `None` if it was not there, or if there is nothing to show.
    pub before: Option<String>,
    /// What it is now, in the same way.
    pub after: Option<String>,
}

impl Change {
    /// Who notices the change.
    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }

    /// What has happened, in a few words.
    pub fn what(&self) -> &'static str {
        self.kind.what()
    }
}

/// Changes as they are found.
#[derive(Default)]
pub(super) struct Changes(Vec<Change>);

impl Changes {
    /// Something that is all said with its name.
    pub(super) fn add(&mut self, kind: Kind, path: impl Into<String>) {
        self.push(kind, path, None, None);
    }

    /// Something that is there from now on, and what it is.
    pub(super) fn added(&mut self, kind: Kind, path: impl Into<String>, is: impl Into<String>) {
        self.push(kind, path, None, Some(is.into()));
    }

    /// Something that is not there any more, and what it was.
    pub(super) fn removed(&mut self, kind: Kind, path: impl Into<String>, was: impl Into<String>) {
        self.push(kind, path, Some(was.into()), None);
    }

    /// Something that has another path from now on.
    pub(super) fn renamed(&mut self, kind: Kind, before: String, after: String) {
        self.push(kind, before.clone(), Some(before), Some(after));
    }

    /// Two values, if they differ.
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

    /// Two values of which one may be missing, if they differ.
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
        // Values of the model stand in reports and change logs, which are read line by line.
        let line = |text: String| harmless::line(&text).into_owned();
        self.0.push(Change {
            kind,
            path: line(path.into()),
            before: before.map(line),
            after: after.map(line),
        });
    }

    /// All of them by kind, then by path, each once.
    pub(super) fn into_sorted(self) -> Vec<Change> {
        let mut changes = self.0;
        changes.sort();
        changes.dedup();
        changes
    }
}
