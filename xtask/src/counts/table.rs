//! Tables of counts, and their comparison.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::bench::report::number;

const HEAD: &str = "\
# What must not grow unnoticed: cargo xtask counts compares, and --write puts new figures here.
# lines, files and bytes are those of `src`; items are public ones; dependencies are packages with
# the default features; allocations and instructions are those of a call in memory in a release
# build, and `parse` reads a page of 50 channels. `services-…` are those of other services' clients,
# for the calls in `tests/timed/services`. They are counted if the models are beside the project.
";

/// The beginning of the groups for other services.
pub const OF_SERVICES: &str = "services-";

/// The growth in percent that is allowed. Counts that are the same on every machine may not grow.
const TOLERANCES: [(&str, f64); 7] = [
    ("allocations", 2.0),
    ("bytes", 1.0),
    ("dependencies", 0.0),
    ("files", 0.0),
    ("instructions", 3.0),
    ("items", 0.0),
    ("lines", 1.0),
];

/// Numbers by group, then by subject.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Table(BTreeMap<String, BTreeMap<String, u64>>);

/// A number in two tables.
struct Row<'a> {
    what: &'a str,
    of: &'a str,
    old: Option<u64>,
    new: Option<u64>,
}

/// The differences of two tables.
pub struct Comparison<'a>(Vec<Row<'a>>);

impl Table {
    pub fn set(&mut self, what: &str, of: &str, count: u64) {
        let group = self.0.entry(what.to_owned()).or_default();
        group.insert(of.to_owned(), count);
    }

    pub fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path)
            .with_context(|| format!("{} does not exist: --write creates it", path.display()))?;
        let groups = toml::from_str(&text);
        Ok(Self(groups.with_context(|| {
            format!("{} is no table of numbers", path.display())
        })?))
    }

    /// Writes the table. Groups that could not be counted keep their old numbers.
    pub fn write(&self, path: &Path) -> Result<()> {
        let mut all = match path.exists() {
            true => Self::read(path)?.0,
            false => BTreeMap::new(),
        };
        all.extend(self.0.clone());
        let text = format!("{HEAD}\n{}", toml::to_string(&all)?);
        fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
    }

    /// Compares the table with new counts. Groups that could not be counted are skipped.
    pub fn compare<'a>(&'a self, now: &'a Self) -> Comparison<'a> {
        let mut rows = Vec::new();
        for (what, new) in &now.0 {
            let none = BTreeMap::new();
            let old = self.0.get(what);
            let names = old.into_iter().flat_map(BTreeMap::keys).chain(new.keys());
            let names: std::collections::BTreeSet<_> = names.collect();
            rows.extend(names.into_iter().map(|of| Row {
                what,
                of,
                old: old.unwrap_or(&none).get(of).copied(),
                new: new.get(of).copied(),
            }));
        }
        Comparison(rows)
    }
}

impl Row<'_> {
    /// The growth in percent; `None` if one of the tables lacks the number.
    fn growth(&self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "it is rounded for people")]
        let [old, new] = [self.old?, self.new?].map(|count| count as f64);
        Some(100.0 * (new - old) / old)
    }

    fn tolerance(&self) -> f64 {
        let mut tolerances = TOLERANCES.iter();
        let group = self.what.strip_prefix(OF_SERVICES).unwrap_or(self.what);
        let found = tolerances.find(|(what, _)| *what == group);
        found.map_or(0.0, |(_, tolerance)| *tolerance)
    }

    /// A number that is only in one of the tables counts as grown.
    fn has_grown(&self) -> bool {
        self.growth().is_none_or(|growth| growth > self.tolerance())
    }

    fn verdict(&self) -> &'static str {
        match self.growth() {
            None => "not in both",
            Some(growth) if growth > self.tolerance() => "has grown",
            Some(growth) if growth < -self.tolerance() => "less: --write updates the file",
            Some(_) => "",
        }
    }
}

impl Comparison<'_> {
    pub fn has_grown(&self) -> bool {
        self.0.iter().any(Row::has_grown)
    }
}

impl fmt::Display for Comparison<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |count: Option<u64>| count.map_or_else(|| "-".to_owned(), number);
        let width = |head: &str, of: fn(&Row<'_>) -> usize| {
            self.0
                .iter()
                .map(of)
                .max()
                .unwrap_or_default()
                .max(head.len())
        };
        let whats = width("counted", |row| row.what.len());
        let ofs = width("in", |row| row.of.len());
        write!(
            f,
            "{:<whats$} {:<ofs$} {:>11} {:>11} {:>8}",
            "counted", "in", "table", "now", "change"
        )?;
        for row in &self.0 {
            let growth = row.growth();
            let growth = growth.map_or_else(String::new, |it| format!("{it:+.1} %"));
            let line = format!(
                "{:<whats$} {:<ofs$} {:>11} {:>11} {growth:>8}  {}",
                row.what,
                row.of,
                shown(row.old),
                shown(row.new),
                row.verdict()
            );
            write!(f, "\n{}", line.trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[(&str, &str, u64)]) -> Table {
        let mut table = Table::default();
        for (what, of, count) in rows {
            table.set(what, of, *count);
        }
        table
    }

    #[test]
    fn growth_beyond_the_tolerance_is_refused() {
        let old = table(&[("lines", "a", 1000), ("items", "a", 10)]);
        let grows = |what: &str, count| {
            let new = table(&[(what, "a", count)]);
            old.compare(&new).has_grown()
        };
        assert!(!grows("lines", 1010));
        assert!(grows("lines", 1011));
        assert!(!grows("lines", 1));
        assert!(!grows("items", 10));
        assert!(grows("items", 11));
        assert!(grows("files", 1));
        let old = table(&[("services-lines", "a", 1000)]);
        assert!(
            !old.compare(&table(&[("services-lines", "a", 1010)]))
                .has_grown()
        );
        assert!(
            old.compare(&table(&[("services-lines", "a", 1011)]))
                .has_grown()
        );
    }

    #[test]
    fn what_one_table_lacks_is_refused_and_what_was_not_counted_is_not() {
        let old = table(&[("lines", "a", 1), ("lines", "b", 1), ("items", "a", 1)]);
        let new = table(&[("lines", "a", 1)]);
        let comparison = old.compare(&new);
        assert!(comparison.has_grown());
        let text = comparison.to_string();
        assert_eq!(
            text.lines().skip(1).collect::<Vec<_>>(),
            [
                "lines   a            1           1   +0.0 %",
                "lines   b            1           -           not in both",
            ]
        );
    }

    #[test]
    fn a_table_is_read_as_it_was_written() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("counts.toml");
        let first = table(&[("lines", "client-a", 1), ("instructions", "parse", 2)]);
        first.write(&path)?;
        assert_eq!(Table::read(&path)?, first);
        table(&[("lines", "client-a", 3)]).write(&path)?;
        let expected = table(&[("lines", "client-a", 3), ("instructions", "parse", 2)]);
        assert_eq!(Table::read(&path)?, expected);
        Ok(())
    }
}
