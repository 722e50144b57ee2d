//! Finds what rules use: variables, parameters, functions, attributes.

use std::collections::BTreeSet;

use crate::ir::endpoints::{
    Attribute, AuthScheme, Block, Condition, Document, Endpoint, EndpointParameter, Expression,
    Function, LibraryFile, Mentions, NamedScheme, Outcome, ParameterCheck, PartitionAttribute,
    Piece, RuleFunction, Statement, VariableType,
};
use crate::names::FieldName;

/// What all functions together use.
#[derive(Debug, Default)]
pub(super) struct Usage {
    /// The imported names.
    pub(super) mentions: Mentions,
    /// The attributes of partitions that rules read.
    pub(super) partition_attributes: BTreeSet<PartitionAttribute>,
    /// The authentication schemes of endpoints.
    pub(super) schemes: BTreeSet<NamedScheme>,
}

impl Usage {
    /// What `functions` use.
    pub(super) fn of(functions: &[RuleFunction]) -> Self {
        let mut usage = Self::default();
        for function in functions {
            for argument in &function.arguments {
                if let VariableType::Record(record) = argument.holds {
                    usage.mentions.records.insert(record);
                }
            }
            each_in_block(&function.body, &mut |expression| match expression {
                Expression::Call(function, _) => {
                    usage.mentions.functions.insert(*function);
                }
                Expression::Attribute(_, Attribute::Partition(attribute)) => {
                    usage.partition_attributes.insert(*attribute);
                }
                // A name may be computed from this.
                Expression::String(text) if text == "sigv4a" => {
                    usage.schemes.insert(NamedScheme::SigV4A);
                }
                _ => {}
            });
            each_outcome(&function.body, &mut |outcome| match outcome {
                Outcome::At(_) => usage.mentions.endpoint_at = true,
                Outcome::Error(_) | Outcome::Exhausted => usage.mentions.no_endpoint = true,
                Outcome::Endpoint(endpoint) => {
                    usage
                        .schemes
                        .extend(endpoint.auth_schemes.iter().map(named));
                    mention_documents(endpoint, &mut usage.mentions);
                }
                Outcome::Call { .. } | Outcome::Boolean(_) => {}
            });
        }
        usage
    }

    /// The template files for the rules and the parameters.
    pub(super) fn library(&self, parameters: &[EndpointParameter]) -> BTreeSet<LibraryFile> {
        let functions = self.mentions.functions.iter();
        let mut files: BTreeSet<_> = functions
            .filter_map(|function| match function {
                Function::IsValidHostLabel => Some(LibraryFile::Host),
                Function::IsVirtualHostableS3Bucket => Some(LibraryFile::Bucket),
                Function::ParseArn => Some(LibraryFile::Arn),
                Function::ParseUrl => Some(LibraryFile::Url),
                Function::Partition => None,
                Function::Split => Some(LibraryFile::Split),
                Function::Substring => Some(LibraryFile::Substring),
                Function::UriEncode => Some(LibraryFile::Encoding),
            })
            .collect();
        files.insert(LibraryFile::Resolver);
        match (self.mentions.endpoint_at, self.mentions.no_endpoint) {
            (true, _) => files.insert(LibraryFile::Found),
            (false, true) => files.insert(LibraryFile::Failed),
            (false, false) => false,
        };
        let host_label = Some(ParameterCheck::HostLabel);
        if parameters
            .iter()
            .any(|parameter| parameter.check == host_label)
        {
            files.insert(LibraryFile::Host);
        }
        files
    }
}

fn named(scheme: &AuthScheme) -> NamedScheme {
    match &scheme.name {
        Expression::String(name) if name == "sigv4" => NamedScheme::SigV4,
        Expression::String(name) if name == "sigv4a" => NamedScheme::SigV4A,
        _ => NamedScheme::Other,
    }
}

fn each_outcome(block: &Block, visit: &mut dyn FnMut(&Outcome)) {
    for statement in &block.statements {
        if let Statement::Guard { block, .. } = statement {
            each_outcome(block, visit);
        }
    }
    visit(&block.outcome);
}

fn mention_documents(endpoint: &Endpoint, mentions: &mut Mentions) {
    mentions.auth_scheme |= !endpoint.auth_schemes.is_empty();
    let schemes = endpoint.auth_schemes.iter();
    let documents = schemes.flat_map(|scheme| &scheme.properties);
    for (_, document) in documents.chain(&endpoint.properties) {
        mention_document(document, mentions);
    }
}

/// A document that is not part of another one is converted at its destination, without an import.
fn mention_document(document: &Document, mentions: &mut Mentions) {
    match document {
        Document::Null => mentions.document = true,
        Document::Boolean(_) | Document::Integer(_) | Document::Text(_) => {}
        Document::Array(items) => {
            mentions.document = true;
            items
                .iter()
                .for_each(|item| mention_document(item, mentions));
        }
        Document::Object(members) => {
            mentions.document |= !members.is_empty();
            mentions.map = true;
            let values = members.iter().map(|(_, value)| value);
            values.for_each(|value| mention_document(value, mentions));
        }
    }
}

/// Whether a block reads a parameter, itself or through a function that it calls.
pub(super) fn reads_params(block: &Block) -> bool {
    let mut reads = false;
    each_in_block(block, &mut |expression| {
        reads |= matches!(
            expression,
            Expression::Parameter(_) | Expression::ParameterView(_)
        );
    });
    reads || calls_with_params(block)
}

fn calls_with_params(block: &Block) -> bool {
    let calls = matches!(
        block.outcome,
        Outcome::Call {
            reads_params: true,
            ..
        }
    );
    calls
        || block.statements.iter().any(|statement| match statement {
            Statement::Let(..) => false,
            Statement::Guard { block, .. } => calls_with_params(block),
        })
}

/// All variables that a block reads.
pub(super) fn variables_of_block(block: &Block) -> BTreeSet<FieldName> {
    let mut names = BTreeSet::new();
    each_in_block(block, &mut |expression| {
        insert_variable(expression, &mut names)
    });
    names
}

/// Adds the variables that a condition reads.
pub(super) fn variables_of_condition(condition: &Condition, names: &mut BTreeSet<FieldName>) {
    each_in_condition(condition, &mut |expression| {
        insert_variable(expression, names)
    });
}

/// The variables that a block sets.
pub(super) fn variables_set_in(block: &Block) -> BTreeSet<FieldName> {
    let mut names = BTreeSet::new();
    for statement in &block.statements {
        match statement {
            Statement::Let(variable, _) => {
                names.insert(variable.name.clone());
            }
            Statement::Guard { conditions, block } => {
                names.extend(conditions.iter().filter_map(|condition| match condition {
                    Condition::Bind(variable, _) | Condition::Let(variable, _) => {
                        Some(variable.name.clone())
                    }
                    Condition::Holds(_) => None,
                }));
                names.extend(variables_set_in(block));
            }
        }
    }
    names
}

fn insert_variable(expression: &Expression, names: &mut BTreeSet<FieldName>) {
    if let Expression::Variable(name) = expression {
        names.insert(name.clone());
    }
}

fn each_in_block(block: &Block, visit: &mut dyn FnMut(&Expression)) {
    for statement in &block.statements {
        match statement {
            Statement::Let(_, value) => each(value, visit),
            Statement::Guard { conditions, block } => {
                for condition in conditions {
                    each_in_condition(condition, visit);
                }
                each_in_block(block, visit);
            }
        }
    }
    match &block.outcome {
        Outcome::At(text) | Outcome::Error(text) => each(text, visit),
        Outcome::Endpoint(endpoint) => each_in_endpoint(endpoint, visit),
        Outcome::Exhausted | Outcome::Boolean(_) => {}
        Outcome::Call { arguments, .. } => {
            arguments.iter().for_each(|argument| each(argument, visit))
        }
    }
}

fn each_in_condition(condition: &Condition, visit: &mut dyn FnMut(&Expression)) {
    match condition {
        Condition::Holds(value) | Condition::Bind(_, value) | Condition::Let(_, value) => {
            each(value, visit);
        }
    }
}

fn each_in_endpoint(endpoint: &Endpoint, visit: &mut dyn FnMut(&Expression)) {
    let Endpoint {
        url,
        headers,
        auth_schemes,
        properties,
    } = endpoint;
    each(url, visit);
    headers.iter().for_each(|(_, value)| each(value, visit));
    for scheme in auth_schemes {
        each(&scheme.name, visit);
        scheme
            .properties
            .iter()
            .for_each(|(_, value)| each_in_document(value, visit));
    }
    properties
        .iter()
        .for_each(|(_, value)| each_in_document(value, visit));
}

fn each_in_document(document: &Document, visit: &mut dyn FnMut(&Expression)) {
    match document {
        Document::Null | Document::Boolean(_) | Document::Integer(_) => {}
        Document::Text(text) => each(text, visit),
        Document::Array(items) => items.iter().for_each(|item| each_in_document(item, visit)),
        Document::Object(members) => members
            .iter()
            .for_each(|(_, value)| each_in_document(value, visit)),
    }
}

/// Visits an expression and everything in it.
fn each(expression: &Expression, visit: &mut dyn FnMut(&Expression)) {
    visit(expression);
    match expression {
        Expression::String(_)
        | Expression::Boolean(_)
        | Expression::Number(_)
        | Expression::Parameter(_)
        | Expression::ParameterView(_)
        | Expression::Variable(_)
        | Expression::Argument(_) => {}
        Expression::Attribute(inner, _)
        | Expression::Element { array: inner, .. }
        | Expression::Borrow(inner)
        | Expression::View(inner)
        | Expression::ToOwned(inner)
        | Expression::Clone(inner)
        | Expression::IsEmpty(inner)
        | Expression::Not(inner)
        | Expression::IsSome(inner)
        | Expression::IsNone(inner)
        | Expression::Some(inner) => each(inner, visit),
        Expression::Call(_, arguments) => {
            arguments.iter().for_each(|argument| each(argument, visit));
        }
        Expression::Format(pieces) => {
            for piece in pieces {
                if let Piece::Value(value) = piece {
                    each(value, visit);
                }
            }
        }
        Expression::Equal(left, right)
        | Expression::NotEqual(left, right)
        | Expression::Fallback(left, _, right) => {
            each(left, visit);
            each(right, visit);
        }
        Expression::If(condition, then, otherwise) => {
            each(condition, visit);
            each(then, visit);
            each(otherwise, visit);
        }
        Expression::Map { option, value, .. } | Expression::AndThen { option, value, .. } => {
            each(option, visit);
            each(value, visit);
        }
    }
}
