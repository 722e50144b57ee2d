//! «Did you mean»: the name closest to one that does not exist.

/// A remedy that names the closest candidate, if one is close enough for a typo.
pub(crate) fn did_you_mean<'a>(
    wrong: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let closest = closest(wrong, candidates)?;
    Some(format!("did you mean `{closest}`?"))
}

/// The closest candidate. A fifth of a name's characters plus one may differ, ignoring case, or
/// only the namespace. Among equally close candidates, the first in alphabetical order is returned,
/// so that the result does not depend on the order of shapes.
///
/// A large model has thousands of candidates, and one with a thousand problems searches a thousand
/// times, so cheap checks come first.
pub(crate) fn closest<'a>(
    wrong: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let (namespace, name) = split(wrong);
    let letters = Letters::of(name);
    let allowed = name.len() / 5 + usize::from(!name.is_empty());
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let (candidate_namespace, candidate_name) = split(candidate);
        let limit = if candidate_namespace == namespace {
            best.map_or(allowed, |(distance, _)| distance)
        } else {
            0
        };
        if candidate_name.len().abs_diff(name.len()) > limit
            || letters.differences(&Letters::of(candidate_name)) > 2 * limit
        {
            continue;
        }
        if let Some(distance) = distance_within(name.as_bytes(), candidate_name.as_bytes(), limit)
            && best.is_none_or(|best| (distance, candidate) < best)
        {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The namespace and the rest of a shape id; other names have no namespace.
fn split(name: &str) -> (&str, &str) {
    name.split_once('#').unwrap_or(("", name))
}

/// The number of times that each letter occurs in a word, ignoring case.
struct Letters([u8; 32]);

impl Letters {
    fn of(word: &str) -> Self {
        let mut counts = [0_u8; 32];
        for byte in word.bytes() {
            // Upper and lower case differ in a higher bit.
            let count = &mut counts[usize::from(byte % 32)];
            *count = count.saturating_add(1);
        }
        Self(counts)
    }

    /// At most twice the distance of the words, because a replaced letter counts twice.
    fn differences(&self, other: &Self) -> usize {
        let counts = self.0.iter().zip(&other.0);
        let differences = counts.map(|(one, other)| u16::from(one.abs_diff(*other)));
        usize::from(differences.sum::<u16>())
    }
}

/// The number of letters to add, remove, replace, or swap with the next one to turn one word into
/// the other; `None` if it exceeds `limit`.
fn distance_within(left: &[u8], right: &[u8], limit: usize) -> Option<usize> {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    // The two rows before `row`; the earlier one is for swaps.
    let (mut before, mut last) = (Vec::new(), Vec::new());
    for (i, l) in left.iter().enumerate() {
        std::mem::swap(&mut before, &mut last);
        last.clone_from(&row);
        // Cells further from the diagonal than the limit exceed it.
        let (from, to) = (i.saturating_sub(limit), (i + limit + 1).min(right.len()));
        let mut diagonal = row[from];
        row[from] = if from == 0 { i + 1 } else { limit + 1 };
        let mut least = row[from];
        for j in from..to {
            let replaced = diagonal + usize::from(!l.eq_ignore_ascii_case(&right[j]));
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
            let is_swapped = i > 0
                && j > 0
                && l.eq_ignore_ascii_case(&right[j - 1])
                && left[i - 1].eq_ignore_ascii_case(&right[j]);
            if is_swapped {
                row[j + 1] = row[j + 1].min(before[j - 1] + 1);
            }
            least = least.min(row[j + 1]);
        }
        if least > limit {
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

    #[test]
    fn distances() {
        let distance = |one: &str, other: &str, limit| {
            let distance = distance_within(one.as_bytes(), other.as_bytes(), limit);
            assert_eq!(
                distance,
                distance_within(other.as_bytes(), one.as_bytes(), limit)
            );
            distance
        };
        assert_eq!(distance("", "", 0), Some(0));
        assert_eq!(distance("Name", "name", 0), Some(0));
        assert_eq!(distance("abc", "abd", 0), None);
        assert_eq!(distance("abc", "abd", 1), Some(1));
        assert_eq!(distance("abcd", "bcd", 1), Some(1));
        assert_eq!(distance("Nmae", "Name", 1), Some(1));
        assert_eq!(distance("abcd", "badc", 2), Some(2));
        assert_eq!(distance("kitten", "sitting", 3), Some(3));
        assert_eq!(distance("kitten", "sitting", 2), None);
        assert_eq!(distance("abcdef", "xabcde", 2), Some(2));
        assert_eq!(distance("abc", "", 3), Some(3));
    }
}
