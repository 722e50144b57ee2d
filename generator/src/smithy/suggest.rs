//! «Did you mean»: the name closest to one that does not exist.

/// A remedy that names the closest candidate, if one is close enough to be a slip of the pen.
pub(crate) fn did_you_mean<'a>(
    wrong: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let closest = closest(wrong, candidates)?;
    Some(format!("did you mean `{closest}`?"))
}

/// A fifth of a name's characters may differ, and one more, case not counted; and a right name may
/// stand in a wrong namespace. Of equally close candidates the first in the alphabet is taken, so
/// that the order of a model's shapes does not show.
fn closest<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let (namespace, name) = split(wrong);
    let name = letters(name);
    let allowed = name.len() / 5 + usize::from(!name.is_empty());
    let near = candidates.into_iter().filter_map(|candidate| {
        let (candidate_namespace, candidate_name) = split(candidate);
        let limit = if candidate_namespace == namespace {
            allowed
        } else {
            0
        };
        // Cheaper than a distance, and true of most candidates.
        if candidate_name.chars().count().abs_diff(name.len()) > limit {
            return None;
        }
        let distance = distance_within(&name, &letters(candidate_name), limit)?;
        Some((distance, candidate))
    });
    near.min().map(|(_, candidate)| candidate)
}

/// The namespace and the rest of a shape id; other names have no namespace.
fn split(name: &str) -> (&str, &str) {
    name.split_once('#').unwrap_or(("", name))
}

fn letters(text: &str) -> Vec<char> {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// The Levenshtein distance of two words, or `None` if it exceeds `limit`.
fn distance_within(left: &[char], right: &[char], limit: usize) -> Option<usize> {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, l) in left.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, r) in right.iter().enumerate() {
            let replaced = diagonal + usize::from(l != r);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
        if row.iter().min().is_some_and(|least| *least > limit) {
            return None;
        }
    }
    row.last().copied().filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closest_name() {
        let names = ["example#Thing", "example#Things", "example#Other"];
        assert_eq!(closest("example#Thingz", names), Some("example#Thing"));
        assert_eq!(closest("example#thing", names), Some("example#Thing"));
        assert_eq!(closest("elsewhere#Thing", names), Some("example#Thing"));
        assert_eq!(closest("example#Unrelated", names), None);
        assert_eq!(closest("", names), None);
    }
}
