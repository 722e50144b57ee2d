//! Resolves relative names in a file.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::node::{Entry, Node, Problem, Value};
use super::parser::Shape;
use crate::diagnostics::Diagnostics;
use crate::smithy::prelude;
use crate::smithy::suggest::did_you_mean;
use crate::smithy::traits;

/// The shapes and traits of the prelude.
static PRELUDE: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let shapes = prelude::shapes().map(|(id, _)| id.as_str().to_owned());
    let traits = traits::ids().filter(|id| id.starts_with("smithy.api#"));
    shapes.chain(traits.map(str::to_owned)).collect()
});

/// The shapes of all files, with their types.
pub(super) type Defined = HashMap<String, String>;

/// The names of a file.
pub(super) struct Names<'a> {
    namespace: &'a str,
    uses: HashMap<&'a str, &'a str>,
    defined: &'a Defined,
}

impl<'a> Names<'a> {
    /// The scope of a file with this namespace, these `use` statements and these shapes.
    pub(super) fn of(
        namespace: &'a str,
        used: &'a [Node],
        shapes: &[Shape],
        defined: &'a Defined,
        problems: &mut Diagnostics,
    ) -> Self {
        let mut uses: HashMap<&str, &Node> = HashMap::new();
        for node in used {
            let id = node.string().unwrap_or_default();
            let name = id.rsplit('#').next().unwrap_or_default();
            match uses.get(name) {
                Some(first) => {
                    let (message, remedy) = match first.string() == Some(id) {
                        true => (
                            format!("`{name}` is used already"),
                            "remove one of the statements".to_owned(),
                        ),
                        false => (
                            format!("`{name}` is used from another namespace already"),
                            format!("write `{id}` where it is meant"),
                        ),
                    };
                    Problem::new(node.span, message, remedy)
                        .and(first.span, "the first")
                        .record(problems);
                }
                None => {
                    uses.insert(name, node);
                }
            }
        }
        for shape in shapes {
            if let Some(first) = uses.get(shape.name.as_str())
                && first.string() != Some(&format!("{namespace}#{}", shape.name))
            {
                let message = format!("`{}` is the name of a shape that is used here", shape.name);
                Problem::new(
                    shape.span,
                    message,
                    "rename the shape, or do not use the other one",
                )
                .and(first.span, "it is used")
                .record(problems);
            }
        }
        let uses = uses.into_iter();
        Self {
            namespace,
            uses: uses
                .filter_map(|(name, node)| Some((name, node.string()?)))
                .collect(),
            defined,
        }
    }

    /// The absolute id, and whether the name is known.
    pub(super) fn absolute(&self, name: &str) -> (String, bool) {
        if name.contains('#') {
            return (name.to_owned(), true);
        }
        let (shape, member) = match name.split_once('$') {
            Some((shape, member)) => (shape, Some(member)),
            None => (name, None),
        };
        let with_member = |id: String| match member {
            Some(member) => format!("{id}${member}"),
            None => id,
        };
        if let Some(id) = self.uses.get(shape) {
            return (with_member((*id).to_owned()), true);
        }
        let own = format!("{}#{shape}", self.namespace);
        if self.defined.contains_key(&own) {
            return (with_member(own), true);
        }
        let prelude = format!("smithy.api#{shape}");
        if PRELUDE.contains(&prelude) {
            return (with_member(prelude), true);
        }
        (with_member(own), false)
    }

    /// Replaces all names in a value with absolute ones.
    pub(super) fn resolve(&self, node: &mut Node, problems: &mut Diagnostics) {
        match &mut node.value {
            Value::Target(name) => *name = self.absolute(name).0,
            Value::Id(name) => {
                let (id, is_known) = self.absolute(name);
                if !is_known {
                    let message = format!("there is no shape `{name}`");
                    let own = format!("{}#", self.namespace);
                    let known = self.defined.keys().filter_map(|id| id.strip_prefix(&own));
                    let remedy = did_you_mean(name, known).unwrap_or_else(|| {
                        "write a string in quotes, or the id of a shape".to_owned()
                    });
                    Problem::new(node.span, message, remedy).record(problems);
                }
                *name = id;
            }
            Value::Array(values) => values.iter_mut().for_each(|it| self.resolve(it, problems)),
            Value::Object(entries) => {
                for entry in entries.iter_mut() {
                    self.resolve_entry(entry, problems);
                }
            }
            _ => {}
        }
    }

    pub(super) fn resolve_entry(&self, entry: &mut Entry, problems: &mut Diagnostics) {
        self.resolve(&mut entry.value, problems);
        if entry.key.is_trait {
            entry.key.name = self.absolute(&entry.key.name).0;
            let is_list = self
                .defined
                .get(&entry.key.name)
                .is_some_and(|it| it == "list" || it == "set");
            // A trait without a value has the empty value of its type.
            if is_list && matches!(&entry.value.value, Value::Object(it) if it.is_empty()) {
                entry.value.value = Value::Array(Vec::new());
            }
        }
    }
}
