//! The scope of a rule: the values of references.

use std::collections::{BTreeMap, BTreeSet};

use super::subtrees::OF_RULES;
use super::values::{Hold, Type, Value};
use crate::ir::endpoints::{
    Condition, EndpointParameter, Expression, Function, Variable, VariableType,
};
use crate::names::FieldName;

/// Names in generated functions that no variable may have, in addition to those of the rules' own
/// functions.
const TAKEN: [&str; 3] = ["endpoint_at", "no_endpoint", "params"];

/// The names that the lint `clippy::disallowed_names` reports.
const PLACEHOLDERS: [&str; 3] = ["foo", "baz", "quux"];

/// The names that a rule can refer to.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    /// The values of names. The keys `name#path` are attributes that already have a variable.
    values: BTreeMap<String, Value>,
    /// The names that new variables must not have.
    names: BTreeSet<FieldName>,
    /// Variables that must be set before the expressions lowered since the last call of
    /// `take_pending`.
    pending: Vec<Condition>,
    /// Names whose values have problems.
    broken: BTreeSet<String>,
}

impl Scope {
    /// The scope at the beginning of the rules.
    ///
    /// Texts that are always set are variables from the start.
    pub(super) fn new(parameters: &[EndpointParameter]) -> Self {
        let locals = parameters.iter().map(|parameter| local(&parameter.name));
        let mut scope = Self {
            names: locals.collect(),
            ..Self::default()
        };
        for parameter in parameters {
            let mut value = parameter.value();
            if value.hold == Hold::Place && value.r#type == Type::String {
                value = scope.bind(local(&parameter.name), value.view());
            }
            scope.set(&parameter.name, value);
        }
        scope
    }

    /// The value of `name`.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.values.get(name)
    }

    /// Marks `name` as broken, so that its uses are not reported.
    pub(super) fn break_name(&mut self, name: &str) {
        self.broken.insert(name.to_owned());
    }

    /// Whether the value of `name` has a problem, which has already been reported.
    pub(super) fn is_broken(&self, name: &str) -> bool {
        self.broken.contains(name)
    }

    /// All names.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let names = self.values.keys().chain(&self.broken);
        let names = names.map(String::as_str);
        names.filter(|name| !name.contains('#'))
    }

    /// Sets the value of `name`.
    pub(super) fn set(&mut self, name: &str, value: Value) {
        self.values.insert(name.to_owned(), value);
    }

    /// Rebinds the optional parameter `name` to a variable that is set.
    pub(super) fn find_set(&mut self, name: &str, value: &Value) -> Option<Variable> {
        let variable = Variable {
            // No other variable has the name of a parameter.
            name: local(name),
            holds: value.variable_type()?,
        };
        self.set(name, Value::variable(&variable));
        Some(variable)
    }

    /// Binds `name` to a new variable.
    ///
    /// Returns `None` for a value that cannot be in a variable.
    pub(super) fn declare(&mut self, name: &str, value: &Value) -> Option<Variable> {
        let variable = Variable {
            holds: value.variable_type()?,
            name: self.free_name(&[name]),
        };
        self.set(name, Value::variable(&variable));
        Some(variable)
    }

    /// Takes the variables that must be set before the expressions lowered since the last call.
    pub(super) fn take_pending(&mut self) -> Vec<Condition> {
        std::mem::take(&mut self.pending)
    }

    /// The text in a form that can be borrowed for the lifetime of the scope.
    pub(super) fn lend_long(&mut self, value: Value) -> Expression {
        if value.hold != Hold::Temporary {
            return value.lend();
        }
        let name = self.free_name(&["input"]);
        self.bind(name, value).lend()
    }

    /// Creates a variable for the attribute of a variable, so that a format string can contain its
    /// name.
    pub(super) fn name_attribute(&mut self, value: Value, variable: &str, path: &str) -> Value {
        let Expression::Attribute(_, attribute) = &value.expression else {
            return value;
        };
        let key = format!("{variable}#{path}");
        if let Some(known) = self.get(&key) {
            return known.clone();
        }
        let attribute = attribute.field();
        let name = self.free_name(&[attribute, &format!("{variable}_{attribute}")]);
        let named = self.bind(name, value.view());
        self.set(&key, named.clone());
        named
    }

    /// Creates a variable for a text.
    fn bind(&mut self, name: FieldName, value: Value) -> Value {
        let holds = match value.hold {
            Hold::Temporary => VariableType::OwnedText,
            _ => VariableType::Text,
        };
        let variable = Variable { name, holds };
        let named = Value::variable(&variable);
        self.pending
            .push(Condition::Let(variable, value.expression));
        named
    }

    /// The first of the names that is free, or the last with a number.
    fn free_name(&mut self, names: &[&str]) -> FieldName {
        let last = names.last().copied().unwrap_or_default();
        let numbered = (2..).map(|n| local(&format!("{last}{n}")));
        let mut candidates = names.iter().map(|name| local(name)).chain(numbered);
        let name = candidates
            .find(|name| !self.names.contains(name))
            .unwrap_or_else(|| local(last));
        self.names.insert(name.clone());
        name
    }
}

/// The variable for `name`, which neither shadows names in functions nor looks like a placeholder.
fn local(name: &str) -> FieldName {
    let field = FieldName::new(name);
    if is_taken(field.as_str()) || PLACEHOLDERS.contains(&field.as_str()) {
        FieldName::new(&format!("{name}Value"))
    } else {
        field
    }
}

fn is_taken(name: &str) -> bool {
    let mut functions = Function::ALL.into_iter();
    TAKEN.contains(&name)
        || name.starts_with(OF_RULES)
        || functions.any(|function| function.name() == name)
}
