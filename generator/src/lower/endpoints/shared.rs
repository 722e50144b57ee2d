//! Moves what endpoints of several rules have in common into functions.
//!
//! The endpoints of a service often have the same authentication schemes, and differ in their URL
//! and a region. Rules then call one function with these.

use std::collections::BTreeMap;

use crate::ir::endpoints::{
    Block, Document, Endpoint, EndpointFunction, Expression, Outcome, RuleFunction, Statement,
};
use crate::names::FieldName;

/// The most texts that a function takes, in addition to the URL.
const TEXTS: usize = 6;

/// Replaces endpoints that differ only in texts by calls of the returned functions.
pub(super) fn share(functions: &mut [RuleFunction]) -> Vec<EndpointFunction> {
    let mut groups: Vec<Group> = Vec::new();
    for function in &mut *functions {
        each_outcome(&mut function.body, &mut |outcome| {
            if let Outcome::Endpoint(endpoint) = outcome
                && let Some(form) = Form::of(endpoint)
            {
                match groups.iter_mut().find(|it| it.frame == form.frame) {
                    Some(group) => group.texts.push(form.texts),
                    None => groups.push(Group::of(form)),
                }
            }
        });
    }
    groups.retain(|group| group.texts.len() > 1 && group.parameters().len() <= TEXTS);
    let shared = named(groups);
    for function in functions {
        each_outcome(&mut function.body, &mut |outcome| call(outcome, &shared));
    }
    shared.into_iter().map(|it| it.function).collect()
}

/// An endpoint, taken apart.
struct Form {
    /// The endpoint with an empty URL, and an empty text in place of each of the texts.
    frame: Endpoint,
    /// The texts, each with the name of the property that holds it.
    texts: Vec<Text>,
}

/// The text of a property.
#[derive(PartialEq)]
struct Text {
    property: String,
    value: Expression,
}

impl Form {
    /// Takes an endpoint apart, unless something in it cannot be an argument.
    fn of(endpoint: &Endpoint) -> Option<Self> {
        let mut frame = endpoint.clone();
        frame.url = Expression::String(String::new());
        let are_literal = frame.headers.iter().all(|(_, value)| is_literal(value))
            && frame.auth_schemes.iter().all(|it| is_literal(&it.name));
        let mut texts = Vec::new();
        for (property, document) in properties(&mut frame) {
            match document {
                Document::Text(value) if is_argument(value) => {
                    let empty = Expression::String(String::new());
                    texts.push(Text {
                        property: property.clone(),
                        value: std::mem::replace(value, empty),
                    });
                }
                other if is_constant(other) => {}
                _ => return None,
            }
        }
        are_literal.then_some(Self { frame, texts })
    }
}

/// All properties of an endpoint, those of its authentication schemes first.
fn properties(endpoint: &mut Endpoint) -> impl Iterator<Item = &mut (String, Document)> {
    let schemes = endpoint.auth_schemes.iter_mut();
    let of_schemes = schemes.flat_map(|scheme| &mut scheme.properties);
    of_schemes.chain(&mut endpoint.properties)
}

fn is_literal(value: &Expression) -> bool {
    literal(value).is_some()
}

/// Whether this is a `&str`.
fn is_argument(value: &Expression) -> bool {
    match value {
        Expression::String(_) | Expression::Variable(_) => true,
        Expression::Attribute(value, _) => matches!(**value, Expression::Variable(_)),
        _ => false,
    }
}

/// Whether no part of a document is computed.
fn is_constant(document: &Document) -> bool {
    match document {
        Document::Null | Document::Boolean(_) | Document::Integer(_) => true,
        Document::Text(text) => is_literal(text),
        Document::Array(items) => items.iter().all(is_constant),
        Document::Object(members) => members.iter().all(|(_, value)| is_constant(value)),
    }
}

/// Endpoints that differ only in texts.
struct Group {
    /// What they have in common.
    frame: Endpoint,
    /// The texts of each endpoint.
    texts: Vec<Vec<Text>>,
}

impl Group {
    fn of(form: Form) -> Self {
        Self {
            frame: form.frame,
            texts: vec![form.texts],
        }
    }

    /// The positions of texts that differ between endpoints, one for those that are always equal.
    fn parameters(&self) -> Vec<usize> {
        let mut parameters: Vec<usize> = Vec::new();
        for (position, first) in self.texts[0].iter().enumerate() {
            let is_constant = is_literal(&first.value)
                && self.texts.iter().all(|texts| texts[position] == *first);
            if !is_constant && self.same_as(position, &parameters).is_none() {
                parameters.push(position);
            }
        }
        parameters
    }

    /// The parameter that always has the same text as `position`.
    fn same_as(&self, position: usize, parameters: &[usize]) -> Option<usize> {
        parameters.iter().copied().find(|&other| {
            let mut each = self.texts.iter();
            each.all(|texts| texts[position].value == texts[other].value)
        })
    }

    /// The function that makes the endpoints.
    fn function(&self, name: String, docs: String) -> Shared {
        let parameters = self.parameters();
        let url = FieldName::new("url");
        let mut arguments = vec![url.clone()];
        for &position in &parameters {
            let property = &self.texts[0][position].property;
            arguments.push(unique(property, &arguments));
        }
        let texts = arguments.split_off(1);
        let mut endpoint = self.frame.clone();
        endpoint.url = Expression::Variable(url.clone());
        let slots = properties(&mut endpoint).filter_map(|(_, document)| match document {
            Document::Text(text) => Some(text),
            _ => None,
        });
        for (position, slot) in slots.enumerate() {
            let parameter = self.same_as(position, &parameters);
            let argument = parameters.iter().position(|it| Some(*it) == parameter);
            *slot = match argument {
                Some(argument) => Expression::Variable(texts[argument].clone()),
                None => self.texts[0][position].value.clone(),
            };
        }
        Shared {
            frame: self.frame.clone(),
            parameters,
            function: EndpointFunction {
                name,
                docs,
                url,
                texts,
                endpoint,
            },
        }
    }
}

/// A name for the parameter that holds `property`.
fn unique(property: &str, taken: &[FieldName]) -> FieldName {
    let numbered = (2..).map(|number| FieldName::new(&format!("{property}_{number}")));
    let mut names = [FieldName::new(property)].into_iter().chain(numbered);
    names
        .find(|name| !taken.contains(name))
        .expect("one of so many is free")
}

/// A function, and how it is called.
struct Shared {
    frame: Endpoint,
    /// Which of the texts of an endpoint are arguments.
    parameters: Vec<usize>,
    function: EndpointFunction,
}

/// The functions of the groups, named after their authentication schemes and properties.
fn named(groups: Vec<Group>) -> Vec<Shared> {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    let groups = groups.into_iter().map(|group| {
        let Endpoint {
            auth_schemes,
            properties,
            ..
        } = &group.frame;
        let schemes = auth_schemes.iter().filter_map(|it| literal(&it.name));
        let schemes: Vec<_> = schemes.collect();
        let mut parts = vec![schemes.join("_or_")];
        parts.extend(properties.iter().map(|(property, _)| property.clone()));
        parts.retain(|part| !part.is_empty());
        let mut name = format!("endpoint_with_{}", identifier(&parts.join("_and_")));
        let number = count.entry(name.clone()).or_default();
        *number += 1;
        if *number > 1 {
            name += &format!("_{number}");
        }
        group.function(name, docs(&schemes, properties))
    });
    groups.collect()
}

/// The documentation of the function for endpoints with these schemes and properties.
fn docs(schemes: &[&str], properties: &[(String, Document)]) -> String {
    let mut parts = Vec::new();
    if !schemes.is_empty() {
        parts.push(format!("authenticated by `{}`", schemes.join("` or `")));
    }
    let properties = properties.iter();
    parts.extend(properties.map(|(property, _)| format!("with the property `{property}`")));
    format!("Returns an endpoint {}.", parts.join(" and "))
}

fn literal(value: &Expression) -> Option<&str> {
    match value {
        Expression::String(text) => Some(text),
        _ => None,
    }
}

/// A name as a part of an identifier, so that `sigv4a` stays one word.
fn identifier(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    lower.replace(|c| !is_word(c), "_")
}

/// Replaces an endpoint by a call of the function that makes it.
fn call(outcome: &mut Outcome, shared: &[Shared]) {
    let Outcome::Endpoint(endpoint) = outcome else {
        return;
    };
    let Some(form) = Form::of(endpoint) else {
        return;
    };
    let Some(shared) = shared.iter().find(|it| it.frame == form.frame) else {
        return;
    };
    let texts = shared.parameters.iter();
    let texts = texts.map(|position| form.texts[*position].value.clone());
    *outcome = Outcome::Call {
        function: shared.function.name.clone(),
        reads_params: false,
        arguments: [endpoint.url.clone()].into_iter().chain(texts).collect(),
    };
}

fn each_outcome(block: &mut Block, visit: &mut dyn FnMut(&mut Outcome)) {
    for statement in &mut block.statements {
        if let Statement::Guard { block, .. } = statement {
            each_outcome(block, visit);
        }
    }
    visit(&mut block.outcome);
}
