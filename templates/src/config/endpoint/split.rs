//! Splits strings.

/// The parts between the delimiters: all of them if `limit` is 0, else at most `limit`.
///
/// The last part of a limited split keeps its delimiters. An empty delimiter does not split.
pub(super) fn split<'a>(value: &'a str, delimiter: &str, limit: usize) -> Vec<&'a str> {
    match (delimiter, limit) {
        ("", _) => vec![value],
        (delimiter, 0) => value.split(delimiter).collect(),
        (delimiter, limit) => value.splitn(limit, delimiter).collect(),
    }
}

//~ if package
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits() {
        assert_eq!(split("a--b--c", "--", 0), ["a", "b", "c"]);
        assert_eq!(split("a--b--c", "--", 1), ["a--b--c"]);
        assert_eq!(split("a--b--c", "--", 2), ["a", "b--c"]);
        assert_eq!(split("--", "--", 0), ["", ""]);
        assert_eq!(split("", "--", 0), [""]);
        assert_eq!(split("ab", "", 0), ["ab"]);
    }
}
//~ end
