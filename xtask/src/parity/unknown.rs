//! Finds the items of an official crate about something that the model does not have, because the
//! crate was generated from another version of it.

use std::collections::{BTreeSet, HashMap, HashSet};

use regex::Regex;

use super::model::{ModelNames, Owner, letters};

/// What an official crate has and the model does not.
#[derive(Debug)]
pub(super) struct Unknown<'a> {
    model: &'a ModelNames,
    /// The members that the model does not have, by owner; letters only.
    members: HashMap<Owner, HashSet<String>>,
    /// The owners whose builders require one of these members.
    requiring: HashSet<Owner>,
    /// Parameters of endpoint rules.
    parameters: HashSet<&'a str>,
    mentions: Regex,
}

impl<'a> Unknown<'a> {
    pub(super) fn new(official: &'a BTreeSet<String>, model: &'a ModelNames) -> Self {
        let mut unknown = Self {
            model,
            members: HashMap::new(),
            requiring: HashSet::new(),
            parameters: HashSet::new(),
            mentions: Regex::new(r"crate::(types|operation|waiters)((?:::\w+)+)")
                .expect("the pattern is well-formed"),
        };
        for item in official {
            unknown.add(item);
        }
        unknown
    }

    /// Records a field, variant or parameter that the model does not have.
    fn add(&mut self, item: &'a str) {
        let Some((kind, path, rest)) = parts(item) else {
            return;
        };
        let separator = if kind == "field" { "." } else { "::" };
        let Some((owner, member)) = path.rsplit_once(separator) else {
            return;
        };
        match (kind, owner) {
            ("field" | "variant", _) => {
                let Some(owner) = self.owner_of(owner) else {
                    return;
                };
                if member == "Unknown" || self.model.has_member(&owner, member) {
                    return;
                }
                if kind == "field" && !rest.starts_with(": core::option::Option<") {
                    self.requiring.insert(owner.clone());
                }
                let members = self.members.entry(owner).or_default();
                members.insert(letters(member));
            }
            ("method", "crate::config::endpoint::Params")
                if member != "builder" && !self.model.has_parameter(member) =>
            {
                let builtin = ["endpoint", "region", "use_fips", "use_dual_stack"];
                if !builtin.contains(&member) {
                    self.parameters.insert(member);
                }
            }
            _ => {}
        }
    }

    /// Whether an item is about something that the model does not have.
    pub(super) fn is_about(&self, item: &str) -> bool {
        self.mentions_unknown(item) || self.is_of_unknown_member(item)
    }

    /// Whether an item names an unknown type, operation, paginator or waiter.
    fn mentions_unknown(&self, item: &str) -> bool {
        // Re-exports do not depend on the model.
        if item.starts_with("use ") {
            return false;
        }
        let waiter = item.split_once("::wait_until_");
        let waiter = waiter.and_then(|(_, rest)| rest.split_once(':'));
        waiter.is_some_and(|(waiter, _)| !self.model.has_waiter(waiter))
            || self.mentions.captures_iter(item).any(|mention| {
                let path: Vec<_> = mention[2].split("::").skip(1).collect();
                match &mention[1] {
                    "types" => self.is_unknown_type(&path),
                    "waiters" => path[0] != "matchers" && !self.model.has_waiter(path[0]),
                    _ => self.is_unknown_operation(&path),
                }
            })
    }

    /// Whether a path in the module of types names one that the model does not have.
    fn is_unknown_type(&self, path: &[&str]) -> bool {
        match path {
            ["error" | "builders"] | ["error", "builders"] => false,
            ["builders", builder, ..] | ["error", "builders", builder, ..] => {
                !self.has_built(builder)
            }
            ["error", name, ..] | [name, ..] => !self.model.has_type(name),
            [] => false,
        }
    }

    fn is_unknown_operation(&self, path: &[&str]) -> bool {
        // Traits are siblings of the operations' modules.
        if path[0].starts_with(char::is_uppercase) {
            return false;
        }
        let has_pages = path.get(1) == Some(&"paginator");
        !self.model.has_operation(path[0]) || (has_pages && !self.model.has_pages(path[0]))
    }

    /// Whether the type that a builder builds exists.
    fn has_built(&self, builder: &str) -> bool {
        self.model
            .has_type(builder.strip_suffix("Builder").unwrap_or(builder))
    }

    /// Whether an item is a field or variant that the model does not have, or a method for one.
    fn is_of_unknown_member(&self, item: &str) -> bool {
        let Some((kind, path, _)) = parts(item) else {
            return false;
        };
        let separator = if kind == "field" { "." } else { "::" };
        let Some((owner, name)) = path.rsplit_once(separator) else {
            return false;
        };
        if owner.starts_with("crate::config::") || owner == "crate::Config" {
            let name = name.strip_prefix("set_").unwrap_or(name);
            return kind == "method" && self.parameters.contains(name);
        }
        let Some(owner) = self.owner_of(owner) else {
            return false;
        };
        if kind == "method" && name == "build" && self.requiring.contains(&owner) {
            return true;
        }
        let Some(members) = self.members.get(&owner) else {
            return false;
        };
        let about = ["set_", "get_", "is_", "as_"].map(|prefix| name.strip_prefix(prefix));
        let mut about = [Some(name)].into_iter().chain(about).flatten();
        about.any(|name| members.contains(&letters(name)))
    }

    /// The owner in the model for a type or its builder.
    fn owner_of(&self, path: &str) -> Option<Owner> {
        let name = path.rsplit("::").next()?;
        if let Some(path) = path.strip_prefix("crate::types::") {
            let is_builder = path.contains("builders::");
            let built = name.strip_suffix("Builder").filter(|_| is_builder);
            return Some(Owner::Type(letters(built.unwrap_or(name))));
        }
        if let Some(path) = path.strip_prefix("crate::waiters::") {
            let (waiter, _) = path.split_once("::")?;
            let operation = self.model.operation_of_waiter(waiter)?;
            return Some(Owner::Input(operation.to_owned()));
        }
        let (operation, _) = path.strip_prefix("crate::operation::")?.split_once("::")?;
        let operation = letters(operation);
        let ends = |end: &str| name.ends_with(end);
        if ends("FluentBuilder") || ends("InputBuilder") || ends("Input") {
            Some(Owner::Input(operation))
        } else if ends("OutputBuilder") || ends("Output") {
            Some(Owner::Output(operation))
        } else {
            ends("Error").then_some(Owner::Error(operation))
        }
    }
}

/// The kind of an item, its path, and the rest.
fn parts(item: &str) -> Option<(&str, &str, &str)> {
    let (kind, rest) = item.split_once(' ')?;
    let is_end = |(at, c): &(usize, char)| match c {
        ' ' | '(' | '<' | '{' => true,
        ':' => rest[at + 1..].starts_with(' '),
        _ => false,
    };
    let end = rest.char_indices().find(is_end);
    let (path, rest) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
    Some((kind, path, rest))
}

#[cfg(test)]
mod tests;
