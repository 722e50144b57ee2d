//! Tables whose rows are measured at different times.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::{Section, put_text};

/// The last column: the date and commit of the measurement.
const MEASURED: &str = "measured";

/// Adds rows to a section of the report, replacing those whose first `key` cells are equal. Other
/// rows and their lines about the measurement do not change.
pub fn put(path: &Path, about: &str, section: &Section, key: usize) -> Result<()> {
    let old = fs::read_to_string(path).unwrap_or_default();
    put_text(path, section.title, &merged(&old, about, section, key))
}

/// The section including the existing rows of the report.
fn merged(old: &str, about: &str, section: &Section, key: usize) -> String {
    let mut columns = section.columns.clone();
    columns.push(MEASURED);
    let heading = format!("\n## {}\n", section.title);
    let rest = old.split_once(&heading).map_or("", |(_, rest)| rest);
    let old = rest.split("\n## ").next().unwrap_or_default();
    let mut rows: Vec<_> = old.lines().filter_map(cells).skip(2).collect();
    // Rows with other columns were measured differently.
    rows.retain(|row| row.len() == columns.len());
    let moment = moment(about).unwrap_or_default();
    for row in &section.rows {
        let mut row = row.clone();
        row.push(moment.to_owned());
        insert(&mut rows, row, key);
    }
    let abouts = old.lines().chain([about]);
    let mut abouts: Vec<_> = abouts.map(|line| line.trim_end_matches('\\')).collect();
    abouts.retain(|line| moment_is_in(&rows, line));
    abouts.sort_unstable();
    abouts.dedup();
    let section = Section {
        title: section.title,
        notes: section.notes.clone(),
        columns,
        rows,
    };
    format!("{section}\n{}\n", abouts.join("\\\n"))
}

/// The cells of a line of a table.
fn cells(line: &str) -> Option<Vec<String>> {
    let line = line.strip_prefix('|')?.strip_suffix('|')?;
    Some(line.split('|').map(|cell| cell.trim().to_owned()).collect())
}

/// `2026-11-22 at 364913c`, from the line about a measurement.
fn moment(about: &str) -> Option<&str> {
    Some(about.strip_prefix("Measured on ")?.split_once(": ")?.0)
}

fn moment_is_in(rows: &[Vec<String>], line: &str) -> bool {
    moment(line).is_some_and(|it| {
        rows.iter()
            .any(|row| row.last().is_some_and(|cell| cell == it))
    })
}

/// Replaces a row, or adds it after those that begin with the same cell.
fn insert(rows: &mut Vec<Vec<String>>, row: Vec<String>, key: usize) {
    if let Some(old) = rows.iter_mut().find(|old| old[..key] == row[..key]) {
        *old = row;
        return;
    }
    let place = rows.iter().rposition(|old| old[0] <= row[0]);
    rows.insert(place.map_or(0, |place| place + 1), row);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(rows: &[[&str; 3]]) -> Section {
        let rows = rows.iter().map(|row| row.map(str::to_owned).to_vec());
        Section {
            title: "Others",
            notes: "Notes.".to_owned(),
            columns: vec!["crate", "build", "ours"],
            rows: rows.collect(),
        }
    }

    #[test]
    fn rows_take_the_place_of_their_predecessors_and_leave_the_others() {
        let other = "# Performance\n\n## One\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n";
        let b = section(&[["b", "debug", "1"], ["b", "check", "2"]]);
        let text = format!(
            "{other}\n{}",
            merged(other, "Measured on day 1 at abc: machine.", &b, 2)
        );
        let both = section(&[["b", "debug", "3"], ["a", "debug", "4"]]);
        let text = merged(&text, "Measured on day 2 at def: machine.", &both, 2);
        let expected = "\
## Others

Notes.

| crate | build | ours | measured     |
|-------|-------|-----:|--------------|
| a     | debug |    4 | day 2 at def |
| b     | debug |    3 | day 2 at def |
| b     | check |    2 | day 1 at abc |

Measured on day 1 at abc: machine.\\
Measured on day 2 at def: machine.
";
        assert_eq!(text, expected);
        let again = section(&[["b", "check", "5"]]);
        let text = merged(
            &format!("\n{text}\n## Last\n"),
            "Measured on day 3 at abc: machine.",
            &again,
            2,
        );
        assert!(!text.contains("day 1"), "no row is of that day: {text}");
        assert!(!text.contains("Last"), "{text}");
    }
}
