//! A clause for each kind of change.

use generator::diff::{Change, Kind};

use super::list;
use super::paths::{Item, Role};
use super::predicates::predicate;

/// A clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Its subjects.
    pub subjects: Vec<String>,
    /// Its verb.
    pub verb: Verb,
    /// The rest.
    pub rest: Rest,
}

/// A verb, or a text before a list of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// After one subject, and after several.
    After(&'static str, &'static str),
    /// Before one name, and before several.
    Before(&'static str, &'static str),
}

/// The end of a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rest {
    /// Names, more of which can be added.
    Names(Vec<String>),
    /// Words, which may be empty.
    Words(String),
}

impl Clause {
    /// The whole sentence.
    pub fn sentence(&self) -> String {
        let subjects = list(&self.subjects);
        let is_one = self.subjects.len() == 1;
        let rest = match &self.rest {
            Rest::Names(names) => list(names),
            Rest::Words(words) => words.clone(),
        };
        let text = match self.verb {
            Verb::Before(one, many) => {
                format!("{} {subjects}", if is_one { one } else { many })
            }
            Verb::After(one, many) => {
                format!("{subjects} {}", if is_one { one } else { many })
            }
        };
        let text = format!("{text} {rest}");
        let text = text.trim_end();
        let mut characters = text.chars();
        let first = characters
            .next()
            .map(|first| first.to_uppercase().to_string());
        format!("{}{}.", first.unwrap_or_default(), characters.as_str())
    }
}

/// Whether only documentation has changed.
pub fn is_words(change: &Change) -> bool {
    change.kind == Kind::Documentation
}

/// Whether a pattern has changed.
pub fn is_pattern(change: &Change) -> bool {
    change.kind == Kind::Pattern
}

/// The path of a change, without the part of a member that a constraint is about: `[]`, `.keys()`.
fn path(change: &Change) -> &str {
    match change.kind {
        Kind::Narrowed | Kind::Widened => {
            let end = change.path.find(['[', '.']).unwrap_or(change.path.len());
            &change.path[..end]
        }
        _ => &change.path,
    }
}

/// The clause for a change; `None` if it is only counted.
pub fn clause(change: &Change) -> Option<Clause> {
    let item = Item::of(path(change));
    let (subject, verb, rest) = match change.kind {
        _ if is_words(change) || is_pattern(change) => return None,
        Kind::OperationAdded => listed("New operation:", "New operations:", item.code()),
        Kind::OperationRemoved => listed("Removed operation:", "Removed operations:", item.code()),
        Kind::SettingAdded => listed("New setting:", "New settings:", item.name()),
        Kind::SettingRemoved => listed("Removed setting:", "Removed settings:", item.name()),
        Kind::TypeAdded if is_error(change) => listed("New error:", "New errors:", item.code()),
        Kind::TypeAdded => listed("New type:", "New types:", item.code()),
        Kind::TypeRemoved if is_error(change) => {
            listed("Removed error:", "Removed errors:", item.code())
        }
        Kind::TypeRemoved => listed("Removed type:", "Removed types:", item.code()),
        Kind::WaiterAdded => listed("New waiter:", "New waiters:", item.code()),
        Kind::WaiterRemoved => listed("Removed waiter:", "Removed waiters:", item.code()),
        Kind::OperationRenamed | Kind::TypeRenamed | Kind::FieldRenamed | Kind::VariantRenamed => {
            let name = Item::of(change.after.as_deref().unwrap_or_default()).name();
            let verb = Verb::After("is now called", "are now called");
            (item.code(), verb, Rest::Words(name))
        }
        kind => match possession(kind, item) {
            Some(verb) => (item.owner(), verb, Rest::Names(vec![item.name()])),
            None => {
                let (verb, words) = predicate(change);
                (item.code(), verb, Rest::Words(words))
            }
        },
    };
    Some(Clause {
        subjects: vec![subject],
        verb,
        rest,
    })
}

fn listed(one: &'static str, many: &'static str, name: String) -> (String, Verb, Rest) {
    (name, Verb::Before(one, many), Rest::Words(String::new()))
}

fn is_error(change: &Change) -> bool {
    change.path.starts_with("types::error::")
}

/// The verb for an owner that has, no longer has or requires a part; `None` for other kinds of
/// changes.
fn possession(kind: Kind, item: Item<'_>) -> Option<Verb> {
    let role = match item {
        Item::Member(owner, _) => owner.role,
        _ => Role::Type,
    };
    let (one, many) = match (kind, role) {
        (Kind::FieldAdded, Role::Input(_)) => ("takes", "take"),
        (Kind::FieldAdded, Role::Output(_)) => ("returns", "return"),
        (Kind::FieldRemoved, Role::Input(_)) => ("no longer takes", "no longer take"),
        (Kind::FieldRemoved, Role::Output(_)) => ("no longer returns", "no longer return"),
        (Kind::OperationErrorAdded, _) => ("can fail with", "can fail with"),
        (Kind::OperationErrorRemoved, _) => ("no longer fails with", "no longer fail with"),
        (
            Kind::FieldAdded
            | Kind::VariantAdded
            | Kind::NumberAdded
            | Kind::PaginatorMethodAdded
            | Kind::EndpointParameterAdded,
            _,
        ) => ("has", "have"),
        (
            Kind::FieldRemoved
            | Kind::VariantRemoved
            | Kind::NumberRemoved
            | Kind::PaginatorMethodRemoved
            | Kind::EndpointParameterRemoved,
            _,
        ) => ("no longer has", "no longer have"),
        (Kind::PaginatorAdded | Kind::PresigningAdded, _) => ("now has", "now have"),
        (Kind::PaginatorRemoved | Kind::PresigningRemoved, _) => {
            ("no longer has", "no longer have")
        }
        (Kind::MemberRequired | Kind::EndpointParameterRequired, _) => {
            ("now requires", "now require")
        }
        (Kind::Narrowed, _) => ("now accepts less in", "now accept less in"),
        (Kind::Widened, _) => ("now accepts more in", "now accept more in"),
        (Kind::MemberOptional, _) => ("no longer requires", "no longer require"),
        _ => return None,
    };
    Some(Verb::After(one, many))
}
