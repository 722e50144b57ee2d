//! The committed table of comparisons.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

/// Its path.
pub(super) const FILE: &str = "docs/parity.md";

/// An official crate, and the numbers of its items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub official: String,
    pub version: String,
    /// The folder and the file name, without extension.
    pub model: String,
    /// All public items of the official crate.
    pub items: usize,
    /// Items about shapes that the model does not have.
    pub unknown: usize,
    /// Items that are missing on purpose.
    pub allowed: usize,
    pub missing: usize,
}

impl Row {
    fn line(&self) -> String {
        let Self {
            official,
            version,
            model,
            items,
            unknown,
            allowed,
            missing,
        } = self;
        let found = items - unknown - allowed - missing;
        format!(
            "| {official} | {version} | {model} | {items} | {unknown} | {found} | {allowed} | {missing} |"
        )
    }
}

/// Adds a row to the table, replacing an earlier one of the same crate.
pub(super) fn write(file: &Path, row: &Row) -> Result<()> {
    let before = if file.exists() {
        fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?
    } else {
        String::new()
    };
    fs::write(file, with(&before, row)).with_context(|| format!("cannot write {}", file.display()))
}

/// The table with the added row.
fn with(before: &str, row: &Row) -> String {
    let rows = before.lines().filter_map(|line| {
        let official = line.strip_prefix("| aws-")?.split(' ').next()?;
        Some((format!("aws-{official}"), line.to_owned()))
    });
    let mut rows: BTreeMap<_, _> = rows.collect();
    rows.insert(row.official.clone(), row.line());
    let missing = rows.values().filter(|line| !line.ends_with("| 0 |"));
    let rest = match missing.count() {
        0 => "none lacks items".to_owned(),
        1 => "one lacks items".to_owned(),
        some => format!("{some} lack items"),
    };
    let count = rows.len();
    let lines: Vec<_> = rows.into_values().collect();
    format!(
        "{HEAD}{count} crates; {rest}.\n\n{COLUMNS}\n{}\n",
        lines.join("\n")
    )
}

const HEAD: &str = "\
# Parity

The public items of official crates, and how many of them the clients of public models have. Each row is
written by `cargo xtask parity --model FILE --official CRATE@VERSION --write`.

An official crate is often made of a newer version of the model. Items about operations, types, members,
values and endpoint settings that the model does not have are not compared. Items that are missing on purpose
are allowed by a pattern with its reason, in `tests/parity/allow.txt` for all crates and in the folder
`tests/parity/allow` for single ones.

";

const COLUMNS: &str = "\
| official crate | version | model | public items | not in the model | found | allowed | missing |
|---|---|---|---:|---:|---:|---:|---:|";

#[cfg(test)]
mod tests {
    use super::*;

    fn row(official: &str, missing: usize) -> Row {
        Row {
            official: official.to_owned(),
            version: "1.2.3".to_owned(),
            model: "2026-08/thing".to_owned(),
            items: 100,
            unknown: 20,
            allowed: 3,
            missing,
        }
    }

    #[test]
    fn a_row_takes_the_place_of_its_predecessor() {
        let text = with("", &row("aws-sdk-b", 1));
        let text = with(&text, &row("aws-sdk-a", 0));
        assert!(text.contains("2 crates; one lacks items."));
        let text = with(&text, &row("aws-sdk-b", 0));
        assert!(text.ends_with(
            "\
| aws-sdk-a | 1.2.3 | 2026-08/thing | 100 | 20 | 77 | 3 | 0 |
| aws-sdk-b | 1.2.3 | 2026-08/thing | 100 | 20 | 77 | 3 | 0 |
"
        ));
        assert!(text.contains("2 crates; none lacks items."));
        assert_eq!(with(&text, &row("aws-sdk-b", 0)), text);
    }
}
