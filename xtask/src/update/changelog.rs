//! A section on top of a change log.

/// A change log with a new section.
pub struct Entry {
    /// The section by itself.
    pub section: String,
    /// The whole log.
    pub log: String,
}

/// How a section is called that has no version yet. It becomes part of the next version.
const UNRELEASED: &str = "unreleased";

impl Entry {
    /// Puts a section on top of a log; `None` if the log has one of this version.
    pub fn new(log: &str, version: &str, date: &str, body: &str) -> Option<Self> {
        let sections = sections(log);
        let is_there = |heading: &&str| heading.split_whitespace().next() == Some(version);
        if sections
            .iter()
            .any(|(heading, _)| is_there(&heading.trim_matches(['[', ']'])))
        {
            return None;
        }
        let start = sections.first().map_or(log.len(), |(_, start)| *start);
        let (head, rest) = log.split_at(start);
        let (collected, rest) = match sections.as_slice() {
            [(heading, _), others @ ..] if heading.eq_ignore_ascii_case(UNRELEASED) => {
                let end = others.first().map_or(log.len(), |(_, start)| *start);
                let (section, rest) = log[start..].split_at(end - start);
                let (_, collected) = section.split_once('\n').unwrap_or_default();
                (collected.trim(), rest)
            }
            _ => ("", rest),
        };
        let mut parts = vec![format!("## {version} - {date}")];
        let texts = [collected, body.trim()].into_iter();
        parts.extend(texts.filter(|text| !text.is_empty()).map(str::to_owned));
        let section = format!("{}\n", parts.join("\n\n"));
        let log = [head.trim_end(), section.trim_end(), rest.trim_end()];
        let log: Vec<_> = log.into_iter().filter(|part| !part.is_empty()).collect();
        Some(Self {
            log: format!("{}\n", log.join("\n\n")),
            section,
        })
    }
}

/// The headings of the sections, and where those begin.
fn sections(log: &str) -> Vec<(&str, usize)> {
    let mut sections = Vec::new();
    let mut start = 0;
    for line in log.split_inclusive('\n') {
        if let Some(heading) = line.strip_prefix("## ") {
            sections.push((heading.trim(), start));
        }
        start += line.len();
    }
    sections
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
                "# Log\n\n## 1.1.0 - day\n\n- By hand.\n\n- New.\n\n## 1.0.0\n",
            ),
        ];
        for (log, expected) in rows {
            let entry = Entry::new(log, "1.1.0", "day", "- New.\n").expect("it is new");
            assert_eq!(entry.log, expected);
            assert!(entry.log.contains(&entry.section));
        }
    }

    #[test]
    fn a_version_has_one_section() {
        for log in ["## 1.1.0\n", "# Log\n\n## 1.1.0 - day\n", "## [1.1.0]\n"] {
            assert!(Entry::new(log, "1.1.0", "day", "").is_none(), "{log}");
        }
        assert!(Entry::new("## 1.1.01\n", "1.1.0", "day", "").is_some());
    }
}
