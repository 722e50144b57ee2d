//! Lists the documentation that is left to write.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use generator::update::{Reason, Wanting};

/// The groups of the list, in their order.
const TITLES: [&str; 3] = [
    "New, without documentation",
    "Still without documentation",
    "Documentation unchanged, although this has changed",
];

fn title(reason: &Reason) -> &'static str {
    let [new, missing, changed] = TITLES;
    match reason {
        Reason::New => new,
        Reason::Missing => missing,
        Reason::Changed(_) => changed,
    }
}

/// The list of what needs documentation in a model, shape by shape.
pub fn text(model: &str, wanting: &[Wanting]) -> String {
    let mut groups = Vec::new();
    for group in TITLES {
        let items = wanting.iter().filter(|item| title(&item.reason) == group);
        let items: Vec<_> = items.collect();
        if items.is_empty() {
            continue;
        }
        let mut text = format!("{group} ({} in {model}):\n", items.len());
        for (shape, items) in by_shape(&items) {
            let _ = writeln!(text, "  {}", line(shape, &items));
        }
        groups.push(text);
    }
    groups.join("\n")
}

fn by_shape<'a>(items: &[&'a Wanting]) -> BTreeMap<&'a str, Vec<&'a Wanting>> {
    let mut shapes: BTreeMap<&str, Vec<&Wanting>> = BTreeMap::new();
    for item in items {
        shapes.entry(&item.shape).or_default().push(item);
    }
    shapes
}

/// A line for a shape and its listed members. Without "and", only the members are meant.
fn line(shape: &str, items: &[&Wanting]) -> String {
    let kind = items.first().map_or("", |item| item.kind);
    let members = items.iter().filter_map(|item| {
        let member = item.member.as_ref()?;
        Some(format!("{member}{}", changes(item)))
    });
    let members = members.collect::<Vec<_>>().join(", ");
    match items.iter().find(|item| item.member.is_none()) {
        Some(itself) if members.is_empty() => format!("{kind} {shape}{}", changes(itself)),
        Some(itself) => format!("{kind} {shape}{} and {members}", changes(itself)),
        None => format!("{kind} {shape}: {members}"),
    }
}

/// What has changed about a documented item.
fn changes(item: &Wanting) -> String {
    match &item.reason {
        Reason::Changed(changes) => format!(" ({})", changes.join(", ")),
        Reason::New | Reason::Missing => String::new(),
    }
}
