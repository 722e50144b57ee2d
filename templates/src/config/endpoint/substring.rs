//! Substrings.

/// The characters from `start` up to `stop`, counted from the end if `reverse`.
///
/// Returns `None` if the text is too short, or if it has characters that are not ASCII.
pub(super) fn substring(value: &str, start: usize, stop: usize, reverse: bool) -> Option<&str> {
    if start >= stop || !value.is_ascii() {
        return None;
    }
    if reverse {
        let length = value.len();
        value.get(length.checked_sub(stop)?..length.checked_sub(start)?)
    } else {
        value.get(start..stop)
    }
}

//~ if package
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn substrings() {
        assert_eq!(substring("abcdef", 0, 4, false), Some("abcd"));
        assert_eq!(substring("abcdef", 0, 4, true), Some("cdef"));
        assert_eq!(substring("abcdef", 1, 3, true), Some("de"));
        assert_eq!(substring("abc", 0, 3, false), Some("abc"));
        assert_eq!(substring("abc", 0, 4, false), None);
        assert_eq!(substring("abc", 0, 4, true), None);
        assert_eq!(substring("abc", 2, 2, false), None);
        assert_eq!(substring("ab\u{e9}", 0, 1, false), None);
    }
}
//~ end
