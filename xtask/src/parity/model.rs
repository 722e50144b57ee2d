//! The names in a model, which show which items of an official crate belong to the model.
//!
//! They are read from the model's JSON and not from the generator's result, so that an item of a
//! shape that the generator loses is reported as missing. Names are compared by letters and digits
//! only, so a misspelled name is reported as well.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

/// Letters and digits of names, in lower case.
type Names = HashSet<String>;

/// The names in a model.
#[derive(Debug, Default)]
pub(super) struct ModelNames {
    /// The members of each shape: those of structures and unions, and names and values of enums.
    shapes: HashMap<String, Names>,
    unions: Names,
    operations: HashMap<String, OperationNames>,
    /// The parameters of endpoint rules, and settings of clients.
    parameters: Names,
}

/// The names in an operation.
#[derive(Debug, Default)]
struct OperationNames {
    input: String,
    output: String,
    errors: Names,
    waiters: Names,
    has_pages: bool,
}

impl ModelNames {
    /// Reads a model's JSON AST.
    pub(super) fn new(model: &Value) -> Self {
        let empty = Map::new();
        let shapes = model["shapes"].as_object().unwrap_or(&empty);
        let mut names = Self::default();
        let services = shapes.values().filter(|shape| shape["type"] == "service");
        let common: Names = services.clone().flat_map(errors).collect();
        let paginates = |shape: &Value| !shape["traits"]["smithy.api#paginated"].is_null();
        for service in services {
            names.add_parameters(&service["traits"]);
        }
        for (id, shape) in shapes {
            let name = letters(local(id));
            match shape["type"].as_str().unwrap_or_default() {
                "operation" => {
                    let errors = common.iter().cloned().chain(errors(shape));
                    let waiters = &shape["traits"]["smithy.waiters#waitable"];
                    let operation = OperationNames {
                        input: target(&shape["input"]),
                        output: target(&shape["output"]),
                        errors: errors.collect(),
                        waiters: keys(waiters).collect(),
                        has_pages: paginates(shape),
                    };
                    names.operations.insert(name, operation);
                }
                kind => {
                    if kind == "union" {
                        names.unions.insert(name.clone());
                    }
                    let members = members(shapes, shape);
                    names.shapes.entry(name).or_default().extend(members);
                }
            }
        }
        names
    }

    fn add_parameters(&mut self, traits: &Value) {
        let rules = ["endpointRuleSet", "endpointBdd"];
        let rules = rules.map(|rules| &traits[format!("smithy.rules#{rules}")]["parameters"]);
        let settings = &traits["smithy.rules#clientContextParams"];
        let all = rules.into_iter().chain([settings]);
        self.parameters.extend(all.flat_map(keys));
    }

    /// Whether there is a shape for a type: itself, or the errors of an event stream.
    pub(super) fn has_type(&self, name: &str) -> bool {
        let name = letters(name);
        let stream = name.strip_suffix("error");
        self.shapes.contains_key(&name) || stream.is_some_and(|name| self.unions.contains(name))
    }

    pub(super) fn has_operation(&self, name: &str) -> bool {
        self.operations.contains_key(&letters(name))
    }

    pub(super) fn has_waiter(&self, name: &str) -> bool {
        self.operation_of_waiter(name).is_some()
    }

    /// The letters of the operation that a waiter calls.
    pub(super) fn operation_of_waiter(&self, name: &str) -> Option<&str> {
        let name = letters(name);
        let mut operations = self.operations.iter();
        let operation = operations.find(|(_, operation)| operation.waiters.contains(&name));
        operation.map(|(name, _)| name.as_str())
    }

    /// Whether an operation of the model is paginated.
    pub(super) fn has_pages(&self, operation: &str) -> bool {
        let operation = self.operations.get(&letters(operation));
        operation.is_some_and(|operation| operation.has_pages)
    }

    pub(super) fn has_parameter(&self, name: &str) -> bool {
        self.parameters.contains(&letters(name))
    }

    /// Whether a type has a member.
    pub(super) fn has_member(&self, owner: &Owner, member: &str) -> bool {
        let operation = |name: &str| self.operations.get(name);
        let members = match owner {
            Owner::Type(name) => self.shapes.get(name),
            Owner::Input(name) => operation(name).and_then(|it| self.shapes.get(&it.input)),
            Owner::Output(name) => operation(name).and_then(|it| self.shapes.get(&it.output)),
            Owner::Error(name) => operation(name).map(|it| &it.errors),
        };
        members.is_some_and(|members| members.contains(&letters(member)))
    }
}

/// The owner of a member, by the letters of its name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Owner {
    /// A structure, a union or an enum.
    Type(String),
    /// The input of an operation.
    Input(String),
    /// The output of an operation.
    Output(String),
    /// The errors of an operation.
    Error(String),
}

/// The letters and digits of a name, in lower case.
pub(super) fn letters(name: &str) -> String {
    let plain = name.chars().filter(|c| c.is_alphanumeric());
    plain.flat_map(char::to_lowercase).collect()
}

/// The name in a shape id.
fn local(id: &str) -> &str {
    id.rsplit('#').next().unwrap_or_default()
}

fn target(reference: &Value) -> String {
    letters(local(reference["target"].as_str().unwrap_or_default()))
}

fn errors(shape: &Value) -> Vec<String> {
    let errors = shape["errors"].as_array().into_iter().flatten();
    errors.map(target).collect()
}

fn keys(object: &Value) -> impl Iterator<Item = String> + '_ {
    let keys = object.as_object().into_iter().flat_map(Map::keys);
    keys.map(|key| letters(key))
}

/// Names of members, including those of mixins, and names and values of enums.
fn members(shapes: &Map<String, Value>, shape: &Value) -> Vec<String> {
    let mut names: Vec<_> = keys(&shape["members"]).collect();
    let members = shape["members"].as_object();
    for member in members.into_iter().flat_map(Map::values) {
        let value = member["traits"]["smithy.api#enumValue"].as_str();
        names.extend(value.map(letters));
    }
    let values = shape["traits"]["smithy.api#enum"].as_array();
    for value in values.into_iter().flatten() {
        let texts = [&value["name"], &value["value"]];
        names.extend(texts.iter().filter_map(|text| text.as_str()).map(letters));
    }
    for mixin in shape["mixins"].as_array().into_iter().flatten() {
        let mixin = mixin["target"].as_str().and_then(|id| shapes.get(id));
        names.extend(mixin.into_iter().flat_map(|it| self::members(shapes, it)));
    }
    names
}
