//! Evaluates a decision diagram.

/// A condition, and the next nodes if it is true and if it is false.
///
/// Numbers from 0 are nodes. -1 is no result, -2 the first result, -3 the second.
pub(super) type Node = (usize, i32, i32);

/// Follows the conditions from a node to a result, if there is one.
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
        // The first result if both are true, the second if only the first is, else none.
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
