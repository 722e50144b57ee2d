//! The regular expressions of partitions.

use crate::ir::endpoints::{Pattern, Segment};

/// Parses `regex`.
///
/// Partitions use the form `^(us|eu)\-\w+\-\d+$`: segments, which cannot contain hyphens, joined by
/// hyphens. Returns `None` for any other regular expression.
pub(super) fn parse(regex: &str) -> Option<Pattern> {
    let inner = regex.strip_prefix('^')?.strip_suffix('$')?;
    inner
        .replace("\\-", "-")
        .split('-')
        .map(segment)
        .collect::<Option<_>>()
        .map(Pattern)
}

/// Whether `region` matches the pattern.
pub(super) fn matches(pattern: &Pattern, region: &str) -> bool {
    let segments: Vec<_> = region.split('-').collect();
    segments.len() == pattern.0.len()
        && pattern
            .0
            .iter()
            .zip(segments)
            .all(|(expected, segment)| match expected {
                Segment::OneOf(texts) => texts.iter().any(|text| text == segment),
                Segment::Word => is_all(segment, |c| c.is_ascii_alphanumeric() || c == '_'),
                Segment::Digits => is_all(segment, |c| c.is_ascii_digit()),
            })
}

fn is_all(segment: &str, class: impl Fn(char) -> bool) -> bool {
    !segment.is_empty() && segment.chars().all(class)
}

fn segment(regex: &str) -> Option<Segment> {
    match regex {
        "\\w+" => Some(Segment::Word),
        "\\d+" => Some(Segment::Digits),
        _ => {
            let choices = match regex.strip_prefix('(') {
                Some(group) => group.strip_suffix(')')?,
                None if regex.contains('|') => return None,
                None => regex,
            };
            choices
                .split('|')
                .map(|text| is_all(text, |c| c.is_ascii_alphanumeric()).then(|| text.to_owned()))
                .collect::<Option<_>>()
                .map(Segment::OneOf)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_what_partitions_use() {
        let one_of = |texts: &[&str]| Segment::OneOf(texts.iter().map(|&t| t.to_owned()).collect());
        let cases = [
            (
                "^(us|eu)\\-\\w+\\-\\d+$",
                Some(vec![one_of(&["us", "eu"]), Segment::Word, Segment::Digits]),
            ),
            (
                "^us-gov-\\w+-\\d+$",
                Some(vec![
                    one_of(&["us"]),
                    one_of(&["gov"]),
                    Segment::Word,
                    Segment::Digits,
                ]),
            ),
            (
                "^eusc\\-(de)\\-\\w+\\-\\d+$",
                Some(vec![
                    one_of(&["eusc"]),
                    one_of(&["de"]),
                    Segment::Word,
                    Segment::Digits,
                ]),
            ),
            ("us-\\w+", None),
            ("^us-.*$", None),
            ("^us|eu$", None),
            ("^(us-gov|eu)-\\d+$", None),
            ("^us\\-\\w*$", None),
            ("^$", None),
            ("", None),
        ];
        for (regex, expected) in cases {
            assert_eq!(parse(regex), expected.map(Pattern), "{regex}");
        }
    }

    #[test]
    fn matches_whole_regions() {
        let pattern = parse("^(us|eu)\\-\\w+\\-\\d+$").unwrap();
        for (region, expected) in [
            ("us-east-1", true),
            ("eu-north_2-10", true),
            ("us-gov-east-1", false),
            ("us-east-", false),
            ("us--1", false),
            ("us-east-1x", false),
            ("cn-north-1", false),
            ("", false),
        ] {
            assert_eq!(matches(&pattern, region), expected, "{region}");
        }
    }
}
