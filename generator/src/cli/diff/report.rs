//! Prints a comparison as text, Markdown and JSON.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::diff::{Bump, Change, Kind, Severity};
use crate::ir::LeftOut;

/// A change of a member that at least this many types have in common is one line.
const MANY: usize = 3;

/// Maximum number of types that such a line names.
const NAMED: usize = 4;

/// Two values of at least this many characters are cut to where they differ.
const LONG: usize = 80;

/// Number of characters that are kept around the difference.
const AROUND: usize = 16;

/// The content of a report.
pub struct Report<'a> {
    /// The client's package.
    pub package: &'a str,
    /// The name of the old model.
    pub old: &'a str,
    /// The name of the new model.
    pub new: &'a str,
    /// The version of the client of the old model.
    pub version: &'a str,
    /// The part of the version to raise.
    pub bump: Bump,
    /// What has changed.
    pub changes: &'a [Change],
    /// Operations that are not compared because the client lacks them.
    pub left_out: &'a [LeftOut],
    /// Whether constraints and documentation are listed as well, and long values in full.
    pub lists_all: bool,
}

/// The markup of a report's lines.
struct Style {
    title: fn(&Section<'_>) -> String,
    kind: fn(Kind, usize) -> String,
    line: fn(&str) -> String,
}

/// The changes of one severity.
struct Section<'a> {
    severity: Severity,
    changes: Vec<&'a Change>,
}

impl Section<'_> {
    fn title(&self) -> String {
        let what = match self.severity {
            Severity::Compile => "Breaks code that uses the client",
            Severity::Runtime => "Breaks calls at run time",
            Severity::Behaviour => "Behaves differently",
            Severity::Addition => "Additions",
            Severity::Constraint => "Constraints",
            Severity::Documentation => "Documentation",
            Severity::Model => "In the model only",
        };
        format!("{what} ({})", self.changes.len())
    }
}

impl Report<'_> {
    /// The report for a terminal.
    pub fn text(&self, is_coloured: bool) -> String {
        let title: fn(&Section<'_>) -> String = if is_coloured {
            |section| {
                let colour = match section.severity {
                    Severity::Compile | Severity::Runtime => 31,
                    Severity::Behaviour => 33,
                    Severity::Addition => 32,
                    Severity::Constraint | Severity::Documentation | Severity::Model => 36,
                };
                format!("\x1b[1;{colour}m{}\x1b[0m", section.title())
            }
        } else {
            |section| section.title()
        };
        let style = Style {
            title,
            kind: |kind, count| format!("  {} ({count})", kind.what()),
            line: |line| format!("    {line}"),
        };
        format!("{}\n{}", self.headline(""), self.body(&style))
    }

    /// The report for a pull request or release notes.
    pub fn markdown(&self) -> String {
        let style = Style {
            title: |section| format!("### {}", section.title()),
            kind: |kind, count| format!("\n**{}** ({count})\n", kind.what()),
            line: |line| format!("- `{}`", line.replace('`', "'")),
        };
        format!("## {}\n{}", self.headline("`"), self.body(&style))
    }

    /// The report for programs: one object for every change.
    pub fn json(&self) -> String {
        let change = |change: &Change| {
            json!({
                "kind": change.kind.name(),
                "severity": change.severity().name(),
                "path": change.path,
                "what": change.what(),
                "before": change.before,
                "after": change.after,
            })
        };
        let counts = Severity::ALL.map(|severity| {
            let count = self.section(severity).changes.len();
            (severity.name().to_owned(), Value::from(count))
        });
        let left_out = self.left_out.iter();
        let value = json!({
            "package": self.package,
            "old": self.old,
            "new": self.new,
            "version": self.version,
            "bump": self.bump.to_string(),
            "next": self.bump.apply(self.version),
            "counts": serde_json::Map::from_iter(counts),
            "changes": self.changes.iter().map(change).collect::<Vec<_>>(),
            "left_out": left_out
                .map(|it| json!({"operation": it.operation, "reason": it.reason}))
                .collect::<Vec<_>>(),
        });
        format!("{value:#}\n")
    }

    /// The suggested version, with names between `mark`s.
    fn headline(&self, mark: &str) -> String {
        let named = |text: &str| format!("{mark}{text}{mark}");
        let next = match self.bump.apply(self.version) {
            Some(next) => format!("{} ({} -> {next})", self.bump, self.version),
            None => self.bump.to_string(),
        };
        format!(
            "{}: {next}\n{}{} -> {}\n",
            named(self.package),
            if mark.is_empty() { "" } else { "\n" },
            named(self.old),
            named(self.new)
        )
    }

    fn section(&self, severity: Severity) -> Section<'_> {
        let changes = self.changes.iter();
        Section {
            severity,
            changes: changes
                .filter(|change| change.severity() == severity)
                .collect(),
        }
    }

    fn body(&self, style: &Style) -> String {
        let mut text = String::new();
        for severity in Severity::ALL {
            let section = self.section(severity);
            if section.changes.is_empty() {
                continue;
            }
            let _ = writeln!(text, "{}", (style.title)(&section));
            let is_counted = matches!(severity, Severity::Constraint | Severity::Documentation);
            for (kind, changes) in by_kind(&section.changes) {
                let _ = writeln!(text, "{}", (style.kind)(kind, changes.len()));
                let lines = match (is_counted && !self.lists_all, severity) {
                    (false, _) => lines(&changes, self.lists_all),
                    (true, Severity::Constraint) => constraints(&changes),
                    (true, _) => Vec::new(),
                };
                for line in lines {
                    let _ = writeln!(text, "{}", (style.line)(&line));
                }
            }
            text.push('\n');
        }
        if self.changes.is_empty() {
            text.push_str("Nothing has changed for users.\n");
        }
        for LeftOut { operation, reason } in self.left_out {
            let _ = writeln!(text, "Not compared: {operation}: {reason}");
        }
        let end = text.trim_end().len();
        text.truncate(end);
        text.push('\n');
        text
    }
}

fn by_kind<'a>(changes: &[&'a Change]) -> BTreeMap<Kind, Vec<&'a Change>> {
    let mut kinds: BTreeMap<Kind, Vec<&Change>> = BTreeMap::new();
    for change in changes {
        kinds.entry(change.kind).or_default().push(change);
    }
    kinds
}

/// A line for each change. The same change of a member in several types is one line.
fn lines(changes: &[&Change], names_all: bool) -> Vec<String> {
    let split = |change: &Change| -> Option<(String, String)> {
        let (owner, name) = change.path.rsplit_once("::")?;
        let owner = owner.rsplit("::").next().unwrap_or(owner);
        // Methods of the client and types are never merged into one line.
        let is_member = owner.starts_with(char::is_uppercase) && owner != "Client";
        (is_member && !is_renamed(change)).then(|| {
            (
                owner.to_owned(),
                format!("{name}{}", values_of(change, names_all)),
            )
        })
    };
    let mut owners: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (owner, name) in changes.iter().filter_map(|change| split(change)) {
        owners.entry(name).or_default().push(owner);
    }
    owners.retain(|_, owners| owners.len() >= MANY);
    let mut lines = Vec::new();
    for change in changes {
        let shared = split(change).filter(|(_, name)| owners.contains_key(name));
        match shared.map(|(_, name)| (owners.get_mut(&name).map(std::mem::take), name)) {
            None => lines.push(line(change, names_all)),
            Some((Some(owners), name)) if !owners.is_empty() => {
                lines.push(shared_line(&name, &owners, names_all));
            }
            Some(_) => {}
        }
    }
    lines
}

/// The line of a change to a member that several types have.
fn shared_line(name: &str, owners: &[String], names_all: bool) -> String {
    let count = owners.len();
    let named = if names_all || count <= NAMED + 1 {
        count
    } else {
        NAMED
    };
    let mut line = format!("{name} of {count} types: {}", owners[..named].join(", "));
    if named < count {
        let _ = write!(line, " and {} more", count - named);
    }
    line
}

/// The line of a single change.
fn line(change: &Change, is_whole: bool) -> String {
    match &change.after {
        Some(after) if is_renamed(change) => format!("{} -> {after}", change.path),
        _ => format!("{}{}", change.path, values_of(change, is_whole)),
    }
}

/// Whether the path itself has changed.
fn is_renamed(change: &Change) -> bool {
    change.before.as_ref() == Some(&change.path)
}

/// The old and new value of a change, as the end of a line.
fn values_of(change: &Change, is_whole: bool) -> String {
    match (&change.before, &change.after) {
        (Some(before), Some(after)) if !is_whole => {
            let [before, after] = shortened(before, after);
            format!(": {before} -> {after}")
        }
        (None, None) => String::new(),
        (Some(before), Some(after)) => format!(": {before} -> {after}"),
        (None, Some(after)) if change.severity() == Severity::Addition => format!(": {after}"),
        (None, Some(after)) => format!(": none -> {after}"),
        (Some(before), None) if change.severity() == Severity::Compile => format!(": {before}"),
        (Some(before), None) => format!(": {before} -> none"),
    }
}

/// Two values; if both are long, without what they have in common.
fn shortened(before: &str, after: &str) -> [String; 2] {
    let values: [Vec<char>; 2] = [before, after].map(|text| text.chars().collect());
    let [one, other] = &values;
    if one.len().min(other.len()) < LONG {
        return [before.to_owned(), after.to_owned()];
    }
    let is_same = |(one, other): &(&char, &char)| one == other;
    let begin = one.iter().zip(other).take_while(is_same).count();
    let rests = (one[begin..].iter().rev(), other[begin..].iter().rev());
    let end = rests.0.zip(rests.1).take_while(is_same).count();
    let (begin, end) = (begin.saturating_sub(AROUND), end.saturating_sub(AROUND));
    values.map(|value| {
        let mark = |is_cut| if is_cut { "…" } else { "" };
        let kept: String = value[begin..value.len() - end].iter().collect();
        format!("{}{kept}{}", mark(begin > 0), mark(end > 0))
    })
}

/// The changes of constraints, by old and new value, with the number of members for each.
fn constraints(changes: &[&Change]) -> Vec<String> {
    let mut counts: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    for change in changes {
        let values = values_of(change, false);
        let entry = counts.entry(values).or_insert((0, &change.path));
        entry.0 += 1;
    }
    let lines = counts.into_iter().map(|(values, (count, first))| {
        let others = match count {
            1 => String::new(),
            count => format!(" and {} more", count - 1),
        };
        format!("{first}{others}{values}")
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_are_cut_to_where_they_differ() {
        let same = "s".repeat(LONG);
        let text = |middle: &str| format!("{same}{middle}{same}");
        let around = "s".repeat(AROUND);
        assert_eq!(
            shortened(&text("a"), &text("bé")),
            [
                format!("…{around}a{around}…"),
                format!("…{around}bé{around}…")
            ]
        );
        // One value is a prefix of the other.
        let longer = format!("{same}s");
        assert_eq!(
            shortened(&same, &longer),
            [format!("…{around}"), format!("…{around}s")]
        );
        assert_eq!(shortened("a", &longer), ["a".to_owned(), longer]);
    }
}
