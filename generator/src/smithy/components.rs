//! Strongly connected components of a graph.

/// The components of a graph with numbered nodes, in reverse topological order.
///
/// This is Tarjan's algorithm with an explicit stack, so that no depth of a model exhausts the
/// program's stack.
pub(crate) fn components(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    const NONE: usize = usize::MAX;
    let mut index = vec![NONE; edges.len()];
    let mut low = vec![NONE; edges.len()];
    let mut is_open = vec![false; edges.len()];
    let mut open = Vec::new();
    let mut components = Vec::new();
    let mut count = 0;
    for start in 0..edges.len() {
        let mut calls = vec![(start, 0)];
        while let Some((node, next)) = calls.pop() {
            if next == 0 {
                if index[node] != NONE {
                    continue;
                }
                (index[node], low[node]) = (count, count);
                count += 1;
                is_open[node] = true;
                open.push(node);
            } else {
                low[node] = low[node].min(low[edges[node][next - 1]]);
            }
            // Nodes that are done belong to other components.
            let rest = edges[node].iter().enumerate().skip(next);
            let mut unseen = None;
            for (position, target) in rest {
                if index[*target] == NONE {
                    unseen = Some((position, *target));
                    break;
                }
                if is_open[*target] {
                    low[node] = low[node].min(index[*target]);
                }
            }
            if let Some((position, target)) = unseen {
                calls.push((node, position + 1));
                calls.push((target, 0));
                continue;
            }
            if low[node] == index[node] {
                let start = open.iter().rposition(|it| *it == node).unwrap_or_default();
                let component = open.split_off(start);
                for node in &component {
                    is_open[*node] = false;
                    // Nodes that lead here from now on are not in this component.
                    low[*node] = NONE;
                }
                components.push(component);
            }
        }
    }
    components
}

#[cfg(test)]
mod tests {
    use super::components;

    fn sorted(edges: &[&[usize]]) -> Vec<Vec<usize>> {
        let edges: Vec<Vec<usize>> = edges.iter().map(|it| it.to_vec()).collect();
        let mut components = components(&edges);
        components.iter_mut().for_each(|it| it.sort_unstable());
        components
    }

    #[test]
    fn each_component_comes_after_what_it_leads_to() {
        assert_eq!(sorted(&[&[1], &[2], &[]]), [vec![2], vec![1], vec![0]]);
        assert_eq!(
            sorted(&[&[1], &[2], &[0, 3], &[]]),
            [vec![3], vec![0, 1, 2]]
        );
        assert_eq!(sorted(&[&[0], &[0, 1]]), [vec![0], vec![1]]);
        assert_eq!(
            sorted(&[&[1], &[2, 0], &[3], &[2, 4], &[4], &[0, 3]]),
            [vec![4], vec![2, 3], vec![0, 1], vec![5]]
        );
        assert_eq!(sorted(&[&[1, 2], &[3], &[3], &[0]]), [vec![0, 1, 2, 3]]);
    }

    #[test]
    fn no_depth_is_too_deep() {
        let edges: Vec<Vec<usize>> = (1..100_000)
            .map(|next| vec![next])
            .chain([vec![0]])
            .collect();
        assert_eq!(components(&edges).len(), 1);
    }
}
