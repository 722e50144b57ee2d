//! Pairs items of the old client with those of the new one.

/// Items of two clients, paired by name.
pub(super) struct Pairs<'a, T> {
    /// Items that only the old client has.
    pub(super) removed: Vec<&'a T>,
    /// Items that only the new client has.
    pub(super) added: Vec<&'a T>,
    /// Items with a new name.
    pub(super) renamed: Vec<(&'a T, &'a T)>,
    /// Items with the same name.
    pub(super) kept: Vec<(&'a T, &'a T)>,
}

impl<'a, T> Pairs<'a, T> {
    /// Pairs items by name. A removed and a new item are the same if `is_same` returns true for
    /// them and for no other pair with one of them.
    pub(super) fn of<K: PartialEq>(
        old: impl IntoIterator<Item = &'a T>,
        new: impl IntoIterator<Item = &'a T>,
        name: impl Fn(&T) -> K,
        is_same: impl Fn(&T, &T) -> bool,
    ) -> Self {
        let mut new: Vec<&T> = new.into_iter().collect();
        let mut gone = Vec::new();
        let mut kept = Vec::new();
        for item in old {
            match new.iter().position(|it| name(it) == name(item)) {
                Some(index) => kept.push((item, new.remove(index))),
                None => gone.push(item),
            }
        }
        let mut renamed = Vec::new();
        let mut removed = Vec::new();
        for item in &gone {
            let mut likes = new.iter().filter(|it| is_same(item, it));
            match (likes.next(), likes.next()) {
                (Some(like), None) if gone.iter().filter(|it| is_same(it, like)).count() == 1 => {
                    renamed.push((*item, *like));
                }
                _ => removed.push(*item),
            }
        }
        new.retain(|it| !renamed.iter().any(|(_, like)| std::ptr::eq(*like, *it)));
        Self {
            removed,
            added: new,
            renamed,
            kept,
        }
    }

    /// Items that both clients have, renamed or not.
    pub(super) fn both(&self) -> impl Iterator<Item = (&'a T, &'a T)> {
        self.kept.iter().chain(&self.renamed).copied()
    }
}
