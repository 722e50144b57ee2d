//! Remembers what passed in earlier runs.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use super::models::Row;

/// The clients that passed, by command and package.
pub struct Memory {
    file: PathBuf,
    /// A hash of the versions of all dependencies.
    versions: u64,
    passed: BTreeMap<String, u64>,
}

impl Memory {
    /// Reads the file; empty if it does not exist.
    pub fn read(folder: &Path, lock: &str) -> Self {
        let file = folder.join("passed.json");
        let text = fs::read_to_string(&file).unwrap_or_default();
        let known: Value = serde_json::from_str(&text).unwrap_or_default();
        let known = known.as_object().into_iter().flatten();
        let passed = known.filter_map(|(key, value)| Some((key.clone(), value.as_u64()?)));
        let mut versions = DefaultHasher::new();
        lock.hash(&mut versions);
        Self {
            file,
            versions: versions.finish(),
            passed: passed.collect(),
        }
    }

    /// Whether the client passed `what` in its current form.
    pub fn knows(&self, what: &str, row: &Row) -> bool {
        self.passed.get(&key(what, row)) == Some(&self.value(row))
    }

    /// Records that a client has passed.
    pub fn keep(&mut self, what: &str, row: &Row) -> Result<()> {
        self.passed.insert(key(what, row), self.value(row));
        fs::write(&self.file, json!(self.passed).to_string())
            .with_context(|| format!("cannot write {}", self.file.display()))
    }

    fn value(&self, row: &Row) -> u64 {
        row.fingerprint() ^ self.versions
    }
}

fn key(what: &str, row: &Row) -> String {
    format!("{what} {}", row.package)
}
