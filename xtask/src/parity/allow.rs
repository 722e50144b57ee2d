//! The list of intended differences from the official crates.

use anyhow::{Context, Result, ensure};
use regex::Regex;

/// Patterns of items that may be missing, each with a reason.
#[derive(Debug)]
pub(super) struct AllowList {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    line: usize,
    pattern: Regex,
    is_used: bool,
}

impl AllowList {
    /// Reads the list: one regular expression per line, below at least one `#` line with the
    /// reason.
    ///
    /// # Errors
    ///
    /// Fails if a pattern has no reason above it, or is not a regular expression.
    pub(super) fn parse(text: &str) -> Result<Self> {
        let mut entries = Vec::new();
        let mut has_reason = false;
        for (number, text) in (1..).zip(text.lines().map(str::trim)) {
            if text.is_empty() {
                has_reason = false;
            } else if let Some(reason) = text.strip_prefix('#') {
                has_reason |= !reason.trim().is_empty();
            } else {
                ensure!(
                    has_reason,
                    "line {number}: no `#` line above gives the reason"
                );
                let pattern = Regex::new(&format!("^(?:{text})$"));
                let pattern = pattern.with_context(|| format!("line {number}"))?;
                entries.push(Entry {
                    line: number,
                    pattern,
                    is_used: false,
                });
                has_reason = false;
            }
        }
        Ok(Self { entries })
    }

    /// Adds the patterns of another list.
    pub(super) fn extend(&mut self, other: Self) {
        self.entries.extend(other.entries);
    }

    /// Whether `item` may be missing. Marks all patterns that match as used.
    pub(super) fn allows(&mut self, item: &str) -> bool {
        let mut is_allowed = false;
        for entry in self
            .entries
            .iter_mut()
            .filter(|entry| entry.pattern.is_match(item))
        {
            entry.is_used = true;
            is_allowed = true;
        }
        is_allowed
    }

    /// The lines of patterns that have not matched anything so far.
    pub(super) fn stale(&self) -> impl Iterator<Item = usize> {
        self.entries
            .iter()
            .filter(|entry| !entry.is_used)
            .map(|entry| entry.line)
    }
}
