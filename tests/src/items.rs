//! Items of generated files, found by name.

/// The items of a file that are about `name`, in the order of the file.
///
/// An item is about the names in its first line: `struct Tree`, `impl Tree` and the table
/// `builder!` of `TreeBuilder => Tree` are all about `Tree`. Items of inline modules count too, and
/// macros around items that operations need are shown with all that is in them.
pub fn items_about(text: &str, name: &str) -> Vec<String> {
    let mut found = Vec::new();
    for item in items(text) {
        let Some(head) = item.lines().find(is_head) else {
            continue;
        };
        let inside = || {
            let inner = item.split_once('\n').map_or("", |(_, inner)| inner);
            let inner = inner.rsplit_once('}').map_or(inner, |(inner, _)| inner);
            items_about(&dedented(inner), name)
        };
        if is_module(head) {
            found.extend(inside());
        } else if is_gate(head) {
            if !inside().is_empty() {
                found.push(item.trim_end().to_owned());
            }
        } else if words(head).any(|word| word == name) {
            found.push(item.trim_end().to_owned());
        }
    }
    found
}

/// The items of a file: one blank line is between them, and those inside of items are indented.
fn items(text: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    for part in text.split("\n\n") {
        let is_inside = part.starts_with([' ', '}']);
        match items.last_mut() {
            Some(item) if is_inside => {
                item.push_str("\n\n");
                item.push_str(part);
            }
            _ => items.push(part.to_owned()),
        }
    }
    items
}

/// Whether a line is neither documentation nor an attribute, nor a part of one.
fn is_head(line: &&str) -> bool {
    !line.starts_with([' ', '/', '#', ')'])
}

fn is_module(head: &str) -> bool {
    head.ends_with('{') && words(head).any(|word| word == "mod")
}

/// Whether a macro around whole items begins here.
fn is_gate(head: &str) -> bool {
    head.starts_with("with_") && head.ends_with("! {")
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric() && c != '_')
}

fn dedented(text: &str) -> String {
    let lines = text
        .lines()
        .map(|line| line.strip_prefix("    ").unwrap_or(line));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::items_about;

    #[test]
    fn items_of_modules_count() {
        let text = "\
//! A file.

use a::Tree;

/// A tree.
#[derive(
    Clone,
)]
pub struct Tree {
    /// Its name.
    pub name: String,

    pub size: u8,
}

table! {
    Other {
        0 => Tree
    }
}

with_Branch! {
    pub struct Leaf;

    table!(Leaf of Tree {});
}

with_Branch! { table!(Leaf {
}); }

/// Builders.
pub mod builders {
    use super::Other;

    pub struct Builder(
        Tree,
    );

    impl Make<Tree> for Builder {
        fn make() {}

        fn again() {}
    }
}
";
        let found = items_about(text, "Tree");
        let heads: Vec<_> = found
            .iter()
            .filter_map(|item| item.lines().last())
            .collect();
        assert_eq!(heads, ["use a::Tree;", "}", "}", "}"]);
        assert!(found[1].starts_with("/// A tree.") && found[1].contains("pub size"));
        assert!(found[2].starts_with("with_Branch! {\n    pub struct Leaf;\n\n    table!"));
        assert!(found[3].starts_with("impl Make<Tree> for Builder {\n    fn make() {}\n\n    fn"));
    }
}
