//! Numbers with nouns.

/// A number with its noun: `1 operation`, `2 operations`.
///
/// The plural is the noun with an `s`.
pub fn counted(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular() {
        let all = [0, 1, 2, 21].map(|count| counted(count, "operation"));
        assert_eq!(
            all,
            [
                "0 operations",
                "1 operation",
                "2 operations",
                "21 operations"
            ]
        );
    }
}
