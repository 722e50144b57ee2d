//! Prints the results.

use std::collections::BTreeMap;

use generator::counted;
use serde_json::{Value, json};

use super::models::Row;

/// The columns of the table.
const HEAD: [&str; 7] = [
    "model",
    "protocol",
    "operations",
    "generated",
    "lines",
    "seconds",
    "problems",
];

/// The cells of a row.
fn cells(row: &Row) -> [String; 7] {
    let is_refused = row.refused.is_some();
    let number = |number: usize| match is_refused {
        true => "?".to_owned(),
        false => number.to_string(),
    };
    let problems = match (&row.refused, row.is_sound()) {
        (Some(problems), _) => match problems.iter().next() {
            Some(problem) => format!("refused: {}", problem.message()),
            None => "refused".to_owned(),
        },
        (None, false) => {
            let messages = row.built.as_ref().map_or(0, |it| it.messages.len());
            let failed = row.tested.as_ref().map_or(0, |(_, failed)| failed.len());
            let counts = [(messages, "message"), (failed, "failed test")];
            let counts = counts.into_iter().filter(|(count, _)| *count > 0);
            let counts: Vec<_> = counts.map(|(count, what)| counted(count, what)).collect();
            counts.join(", ")
        }
        (None, true) => match row.left_out.first() {
            Some(first) => format!("left out: {}", first.reason),
            None => String::new(),
        },
    };
    [
        row.name.clone(),
        row.protocol.clone(),
        number(row.all_operations()),
        number(row.operations),
        number(row.lines()),
        format!("{:.2}", row.seconds),
        problems,
    ]
}

/// For terminals: columns of the same width.
pub(super) fn text(rows: &[Row]) -> String {
    let cells: Vec<_> = rows.iter().map(cells).collect();
    let head = HEAD.map(str::to_owned);
    let width = |column: usize| {
        let all = cells.iter().chain([&head]);
        all.map(|cells| cells[column].len()).max().unwrap_or(0)
    };
    let widths: Vec<_> = (0..HEAD.len()).map(width).collect();
    let line = |cells: &[String; 7]| {
        let mut line = String::new();
        for (column, cell) in cells.iter().enumerate() {
            let width = widths[column];
            // Numbers are right-aligned.
            line += &match column {
                2..=5 => format!("{cell:>width$}  "),
                6 => cell.clone(),
                _ => format!("{cell:<width$}  "),
            };
        }
        line.trim_end().to_owned()
    };
    let lines: Vec<_> = [&head].into_iter().chain(&cells).map(line).collect();
    lines.join("\n")
}

/// For documents, without lines and times, which change with every change of the generator.
pub(super) fn markdown(rows: &[Row]) -> String {
    let mut lines = vec![
        "| model | protocol | operations | generated | problems |".to_owned(),
        "|---|---|---|---|---|".to_owned(),
    ];
    for row in rows {
        let [name, protocol, operations, generated, _, _, problems] = cells(row);
        let problems = problems.replace('|', "\\|");
        lines.push(format!(
            "| {name} | {protocol} | {operations} | {generated} | {problems} |"
        ));
    }
    lines.join("\n")
}

/// For programs.
pub(super) fn json(rows: &[Row]) -> String {
    let rows = rows.iter().map(|row| {
        let left_out = row.left_out.iter();
        let left_out = left_out.map(|it| (it.operation.clone(), it.reason.clone().into()));
        let refused = row.refused.as_ref().map(|problems| {
            let messages = problems.iter().map(|problem| problem.message());
            messages.collect::<Vec<_>>()
        });
        let tested = row.tested.as_ref();
        json!({
            "model": row.name,
            "protocol": row.protocol,
            "operations": row.all_operations(),
            "generated": row.operations,
            "leftOut": Value::Object(left_out.collect()),
            "refused": refused,
            "lines": row.lines(),
            "seconds": row.seconds,
            "messages": row.built.as_ref().map(|it| &it.messages),
            "passed": tested.map(|(passed, _)| passed),
            "failed": tested.map(|(_, failed)| failed),
        })
    });
    Value::Array(rows.collect()).to_string()
}

/// A summary of all rows.
pub(super) fn summary(rows: &[Row]) -> String {
    let count = |which: fn(&Row) -> bool| rows.iter().filter(|row| which(row)).count();
    let sum = |of: fn(&Row) -> usize| rows.iter().map(of).sum::<usize>();
    let mut lines = vec![format!(
        "{}: {} generated, {} of them without some operations; {} refused",
        counted(rows.len(), "model"),
        count(|row| row.refused.is_none()),
        count(|row| !row.left_out.is_empty()),
        count(|row| row.refused.is_some()),
    )];
    lines.push(format!(
        "{} generated, {} left out",
        counted(sum(|row| row.operations), "operation"),
        sum(|row| row.left_out.len()),
    ));
    let built = count(|row| row.built.is_some());
    if built > 0 {
        let noisy = count(|row| row.built.as_ref().is_some_and(|it| !it.messages.is_empty()));
        lines.push(format!(
            "{} compiled, {noisy} of them with messages",
            counted(built, "client")
        ));
    }
    let tested = count(|row| row.tested.is_some());
    if tested > 0 {
        let passed = sum(|row| row.tested.as_ref().map_or(0, |(passed, _)| *passed));
        let failed = sum(|row| row.tested.as_ref().map_or(0, |(_, failed)| failed.len()));
        lines.push(format!(
            "{} of {} passed, {failed} failed",
            counted(passed, "test"),
            counted(tested, "client")
        ));
    }
    lines.join("\n")
}

/// The committed document.
pub(super) fn document(rows: &[Row]) -> String {
    let summary = summary(rows).replace('\n', "  \n");
    format!(
        "# Reach\n\nThe public AWS models, and how many operations are generated for each. Written by \
         `cargo xtask reach --write`;\nCI fails if a service has fewer operations than this page says.\n\n\
         {summary}\n\n{}\n",
        markdown(rows)
    )
}

/// The services with fewer operations than a document says.
pub(super) fn lost(rows: &[Row], document: &str) -> Vec<String> {
    let known = document.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| ")?.split(" | ");
        let (name, generated) = (cells.next()?, cells.nth(2)?);
        Some((name, generated.parse::<usize>().ok()?))
    });
    let known: BTreeMap<_, _> = known.collect();
    let lost = rows.iter().filter_map(|row| {
        let before = *known.get(row.name.as_str())?;
        let now = row.operations;
        (now < before).then(|| format!("{}: {now} instead of {before} operations", row.name))
    });
    lost.collect()
}
