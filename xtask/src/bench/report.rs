//! Prints tables on the terminal and in `docs/performance.md`.

mod rows;

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

pub use self::rows::put as put_rows;

const HEAD: &str = "# Performance\n\n\
    All figures in tables are written by `cargo xtask bench --write`. The official crates have the \
    versions in `Cargo.toml`,\nunless the table names another one, and are measured in the same run. \
    A ratio below 1 means that the generated client\nneeds less.\n";

/// A part of the report.
pub struct Section {
    pub title: &'static str,
    /// A description of the measurement, in Markdown.
    pub notes: String,
    pub columns: Vec<&'static str>,
    pub rows: Vec<Vec<String>>,
}

impl Section {
    /// Whether a column is left-aligned: the first, and those without figures.
    fn is_text(&self, column: usize) -> bool {
        let mut cells = self.rows.iter().map(|row| &row[column]);
        column == 0 || !cells.any(|cell| cell.starts_with(|it: char| it.is_ascii_digit()))
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "## {}\n\n{}\n", self.title, self.notes)?;
        let width = |column: usize| {
            let cells = self.rows.iter().map(|row| row[column].chars().count());
            cells.chain([self.columns[column].len()]).max().unwrap_or(0)
        };
        let widths: Vec<_> = (0..self.columns.len()).map(width).collect();
        let line = |cells: Vec<&str>| {
            let cells = cells.iter().zip(&widths).enumerate();
            let cells = cells.map(|(column, (cell, width))| match self.is_text(column) {
                true => format!(" {cell:<width$} |"),
                false => format!(" {cell:>width$} |"),
            });
            format!("|{}", cells.collect::<String>())
        };
        writeln!(f, "{}", line(self.columns.clone()))?;
        let rule = widths.iter().enumerate().map(|(column, width)| {
            let end = if self.is_text(column) { "-" } else { ":" };
            format!("{}{end}|", "-".repeat(width + 1))
        });
        writeln!(f, "|{}", rule.collect::<String>())?;
        for row in &self.rows {
            writeln!(f, "{}", line(row.iter().map(String::as_str).collect()))?;
        }
        Ok(())
    }
}

/// Replaces the section with the same title in the report.
pub fn put(path: &Path, about: &str, section: &Section) -> Result<()> {
    put_text(path, section.title, &format!("{section}\n{about}\n"))
}

/// Replaces the text of a section in the report.
fn put_text(path: &Path, title: &str, text: &str) -> Result<()> {
    let old = fs::read_to_string(path).unwrap_or_default();
    let mut sections: Vec<String> = old
        .split("\n## ")
        .skip(1)
        .map(|text| format!("## {}\n", text.trim_end()))
        .collect();
    let (title, text) = (format!("## {title}\n"), text.to_owned());
    match sections.iter_mut().find(|it| it.starts_with(&title)) {
        Some(old) => *old = text,
        None => sections.push(text),
    }
    let text = format!("{HEAD}\n{}", sections.join("\n"));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// The median.
pub fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => f64::NAN,
        length if length % 2 == 1 => values[middle],
        _ => f64::midpoint(values[middle - 1], values[middle]),
    }
}

/// `1.50 (1.42 to 1.61)`, or `1.50` if all values are equal.
pub fn spread(values: &[f64]) -> String {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(0.0, f64::max);
    if least < most {
        format!("{:.2} ({least:.2} to {most:.2})", median(values))
    } else {
        format!("{least:.2}")
    }
}

/// `0.48`
pub fn ratio(ours: f64, official: f64) -> String {
    format!("{:.2}", ours / official)
}

/// `1,234,567`
pub fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(title: &'static str, cell: &str) -> Section {
        Section {
            title,
            notes: "Notes.".to_owned(),
            columns: vec!["what", "ours"],
            rows: vec![vec!["a".to_owned(), cell.to_owned()]],
        }
    }

    #[test]
    fn a_section_takes_the_place_of_its_older_self() {
        let folder = std::env::temp_dir().join(format!("bench-report-{}", std::process::id()));
        let path = folder.join("performance.md");
        for (title, cell) in [("One", "1"), ("Two", "2"), ("One", "1,000")] {
            put(&path, "Measured.", &section(title, cell)).expect("it can be written");
        }
        let text = fs::read_to_string(&path).expect("it is there");
        fs::remove_dir_all(&folder).expect("it can be removed");
        let expected = format!(
            "{HEAD}\n## One\n\nNotes.\n\n| what |  ours |\n|------|------:|\n| a    | 1,000 |\n\n\
             Measured.\n\n## Two\n\nNotes.\n\n| what | ours |\n|------|-----:|\n| a    |    2 |\n\n\
             Measured.\n"
        );
        assert_eq!(text, expected);
    }

    #[test]
    fn figures() {
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(number(12), "12");
        assert!((median(&[3.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
        assert_eq!(spread(&[3.0, 1.0, 2.0]), "2.00 (1.00 to 3.00)");
        assert_eq!(spread(&[3.0, 3.0]), "3.00");
        assert_eq!(ratio(1.0, 4.0), "0.25");
    }
}
