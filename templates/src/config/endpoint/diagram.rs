//! The walk through a decision diagram.

/// A condition, and where it goes on where the condition holds, and where it does not.
///
/// Numbers that are not negative are nodes. -1 is no result, -2 the first one, -3 the second.
pub(super) type Node = (usize, i32, i32);

/// The result that the conditions lead to from a node on, if they lead to one.
pub(super) fn decide(
    nodes: &[Node],
    start: i32,
    mut holds: impl FnMut(usize) -> bool,
) -> Option<usize> {
    let mut at = start;
    while let Ok(index) = usize::try_from(at) {
        let (condition, high, low) = nodes[index];
        at = if holds(condition) { high } else { low };
    }
    usize::try_from(-2 - at).ok()
}

//~ if package
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways() {
        // The first result if both hold, the second if only the first does, else none.
        let nodes = [(1, -2, -3), (0, 0, -1)];
        for (first, second, result) in [
            (true, true, Some(0)),
            (true, false, Some(1)),
            (false, true, None),
        ] {
            let held = [first, second];
            assert_eq!(decide(&nodes, 1, |index| held[index]), result);
        }
        assert_eq!(decide(&[], -1, |_| true), None);
        assert_eq!(decide(&[], -3, |_| true), Some(1));
    }
}
//~ end
