//! Adds a section at the top of a change log.

/// A change log with a new section.
pub struct Entry {
    /// The section by itself.
    pub section: String,
    /// The whole log.
    pub log: String,
}

/// The heading of a section without a version, which becomes part of the next version.
const UNRELEASED: &str = "unreleased";

impl Entry {
    /// Adds a section at the top of a log; `None` if the log already has one for this version.
    ///
    /// The existing text does not change, and new lines have the log's line breaks.
    pub fn new(log: &str, version: &str, date: &str, body: &str) -> Option<Self> {
        let sections = headings(log, "## ");
        let is_there = |heading: &str| heading.split_whitespace().next() == Some(version);
        if sections
            .iter()
            .any(|(heading, _)| is_there(without_brackets(heading)))
        {
            return None;
        }
        let start = sections.first().map_or(log.len(), |(_, start)| *start);
        let (head, mut rest) = log.split_at(start);
        let mut collected = String::new();
        if let [(heading, _), others @ ..] = sections.as_slice()
            && without_brackets(heading).eq_ignore_ascii_case(UNRELEASED)
        {
            let end = others.first().map_or(log.len(), |(_, start)| *start);
            let section = &log[start..end];
            let (_, text) = section.split_once('\n').unwrap_or_default();
            collected = text.replace("\r\n", "\n");
            rest = &log[end..];
        }
        let section = format!("## {version} - {date}\n\n{}", merged([&collected, body]));
        let section = format!("{}\n", section.trim_end());
        let line_break = line_break(log);
        let new = section.trim_end().replace('\n', line_break);
        let parts = [head.trim_end(), &new, rest.trim_end()];
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let log = parts.join(&line_break.repeat(2)) + line_break;
        Some(Self { section, log })
    }
}

fn without_brackets(heading: &str) -> &str {
    heading.trim_matches(['[', ']'])
}

/// The line break of a text's first line.
fn line_break(text: &str) -> &'static str {
    match text.split_inclusive('\n').next() {
        Some(line) if line.ends_with("\r\n") => "\r\n",
        _ => "\n",
    }
}

/// The headings that begin with `marks`, with their offsets. Lines in code blocks are not headings.
fn headings<'a>(text: &'a str, marks: &str) -> Vec<(&'a str, usize)> {
    let mut headings = Vec::new();
    let (mut start, mut is_code) = (0, false);
    for line in text.split_inclusive('\n') {
        is_code ^= line.trim_start().starts_with("```");
        if let Some(heading) = line.strip_prefix(marks).filter(|_| !is_code) {
            headings.push((heading.trim(), start));
        }
        start += line.len();
    }
    headings
}

/// Merges texts: the contents of equal headings are joined.
fn merged(texts: [&str; 2]) -> String {
    const MARKS: &str = "### ";
    let mut groups: Vec<(&str, String)> = vec![("", String::new())];
    for text in texts {
        let headings = headings(text, MARKS);
        let starts = headings.iter().map(|(_, start)| *start);
        let ends: Vec<_> = starts.chain([text.len()]).collect();
        add(&mut groups, "", &text[..ends[0]]);
        for ((heading, start), end) in headings.iter().zip(&ends[1..]) {
            let (_, below) = text[*start..*end].split_once('\n').unwrap_or_default();
            add(&mut groups, heading, below);
        }
    }
    let groups = groups.iter().map(|(heading, text)| match *heading {
        "" => text.clone(),
        heading => format!("{MARKS}{heading}\n\n{text}").trim_end().to_owned(),
    });
    let groups: Vec<_> = groups.filter(|group| !group.is_empty()).collect();
    groups.join("\n\n")
}

/// Adds a text to the group with its heading, continuing an existing list.
fn add<'a>(groups: &mut Vec<(&'a str, String)>, heading: &'a str, text: &str) {
    let text = text.trim();
    let same = groups
        .iter_mut()
        .find(|(it, _)| it.eq_ignore_ascii_case(heading));
    match same {
        Some((_, group)) if group.is_empty() || text.is_empty() => group.push_str(text),
        Some((_, group)) => {
            let is_item = |text: &str| text.starts_with("- ");
            let last = group.rsplit("\n\n").next().unwrap_or_default();
            let between = match is_item(last) && is_item(text) {
                true => "\n",
                false => "\n\n",
            };
            *group = format!("{group}{between}{text}");
        }
        None => groups.push((heading, text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_put_on_top() {
        let rows = [
            ("# Log\n", "# Log\n\n## 1.1.0 - day\n\n- New.\n"),
            ("", "## 1.1.0 - day\n\n- New.\n"),
            (
                "# Log\n\n## 1.0.0\n\n- Old.\n",
                "# Log\n\n## 1.1.0 - day\n\n- New.\n\n## 1.0.0\n\n- Old.\n",
            ),
            (
                "# Log\n## Unreleased\n- By hand.\n## 1.0.0\n",
                "# Log\n\n## 1.1.0 - day\n\n- By hand.\n- New.\n\n## 1.0.0\n",
            ),
            (
                "# Log\n\n```md\n## 1.1.0\n```\n\n## [Unreleased]\n\nBy hand.\n",
                "# Log\n\n```md\n## 1.1.0\n```\n\n## 1.1.0 - day\n\nBy hand.\n\n- New.\n",
            ),
        ];
        for (log, expected) in rows {
            let entry = Entry::new(log, "1.1.0", "day", "- New.\n").expect("it is new");
            assert_eq!(entry.log, expected);
            assert!(entry.log.contains(&entry.section));
        }
    }

    #[test]
    fn a_section_has_each_heading_once() {
        let log = "# Log\n\n## Unreleased\n\nIn short.\n\n### Fixed\n\n- One.\n\n### Removed\n\nIt.\n\n### fixed\n\n- Two.\n";
        let body = "### Added\n\n- Three.\n\n### Fixed\n\n- Four,\n  and more.\n";
        let entry = Entry::new(log, "1.1.0", "day", body).expect("it is new");
        let expected = "## 1.1.0 - day\n\nIn short.\n\n### Fixed\n\n- One.\n- Two.\n- Four,\n  and more.\n\n### Removed\n\nIt.\n\n### Added\n\n- Three.\n";
        assert_eq!(entry.section, expected);
    }

    #[test]
    fn lines_end_as_they_did() {
        let log = "# Log\r\n\r\n## Unreleased\r\n\r\n### Fixed\r\n\r\n- One.\r\n\r\n## 1.0.0\r\n\r\n- Old.\r\n";
        let body = "### Fixed\n\n- Two.\n";
        let entry = Entry::new(log, "1.1.0", "day", body).expect("it is new");
        let expected =
            "# Log\n\n## 1.1.0 - day\n\n### Fixed\n\n- One.\n- Two.\n\n## 1.0.0\n\n- Old.\n";
        assert_eq!(entry.log, expected.replace('\n', "\r\n"));
        assert!(!entry.section.contains('\r'), "it is shown on a terminal");
        // A log with mixed line breaks stays mixed.
        let entry = Entry::new("# Log\n\n## 1.0.0\r\n", "1.1.0", "day", body).expect("it is new");
        assert!(
            entry.log.ends_with("- Two.\n\n## 1.0.0\n"),
            "{:?}",
            entry.log
        );
    }

    #[test]
    fn a_version_has_one_section() {
        for log in ["## 1.1.0\n", "# Log\n\n## 1.1.0 - day\n", "## [1.1.0]\n"] {
            assert!(Entry::new(log, "1.1.0", "day", "").is_none(), "{log}");
        }
        assert!(Entry::new("## 1.1.01\n", "1.1.0", "day", "").is_some());
    }
}
