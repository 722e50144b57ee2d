//! Finds parts that only one of the crates has. They are not compared.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use generator::ir::{
    Build, Client, Field, Home, Operation, Presence, Structure, StructureId, Type, Width,
};

use crate::official::{Official, modules};
use crate::reach::Reach;

/// Parts of a client that the official crate does not have or that differ in it, each by its path
/// with the reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lacking {
    parts: BTreeMap<String, Lack>,
    /// Fields that only one of the crates has, in structures that both have: structure and field.
    unseen: BTreeSet<(String, String)>,
}

/// Why a part is not compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// The official crate does not have it.
    Absent,
    /// It has another type there.
    Type {
        /// The official crate's type.
        official: String,
        /// Ours.
        ours: String,
    },
    /// It cannot be called without something that the official crate does not have.
    Needs(String),
}

impl fmt::Display for Lack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => f.write_str("the official crate does not have it"),
            Self::Type { official, ours } => write!(f, "is {official} there and {ours} here"),
            Self::Needs(part) => write!(f, "needs {part}, which is not in both"),
        }
    }
}

impl Lacking {
    /// The parts of a client that the official crate does not have, or that differ in it.
    pub fn new(client: &Client, official: &Official) -> Self {
        let mut lacking = Self::default();
        let compare = |path: &str, ours: String| match official.get(path) {
            None => Some(Lack::Absent),
            Some(there) if there == ours => None,
            Some(there) => Some(Lack::Type {
                official: there.to_owned(),
                ours,
            }),
        };
        for structure in &client.structures {
            let path = structure_path(client, structure);
            for field in &structure.fields {
                let path = field_path(&path, field);
                let lack = compare(&path, field_type(client, field, structure));
                if let Some(lack) = lack {
                    let seen = (structure.name.as_str().to_owned(), field_name(field));
                    lacking.unseen.insert(seen);
                    lacking.parts.insert(path, lack);
                }
            }
            lacking.add_unseen(structure, &path, official);
            let lack = compare(&path, String::new());
            lacking.parts.extend(lack.map(|lack| (path, lack)));
        }
        for union in &client.unions {
            for variant in &union.variants {
                let path = variant_path(union.name.as_str(), variant.name.as_str());
                let lack = compare(&path, spelled(client, &variant.ty));
                lacking.parts.extend(lack.map(|lack| (path, lack)));
            }
        }
        for shape in &client.enums {
            for value in &shape.values {
                let path = variant_path(shape.name.as_str(), value.variant.as_str());
                let lack = compare(&path, String::new());
                lacking.parts.extend(lack.map(|lack| (path, lack)));
            }
        }
        for operation in &client.operations {
            for id in &operation.errors {
                let path = error_path(client, operation, *id);
                if official.get(&path).is_none() {
                    lacking.parts.insert(path, Lack::Absent);
                }
            }
            let lack = lacking.of_operation(client, operation);
            let path = operation_path(operation);
            lacking.parts.extend(lack.map(|lack| (path, lack)));
        }
        lacking
    }

    /// Records the fields of a structure that only one of the crates has.
    fn add_unseen(&mut self, structure: &Structure, path: &str, official: &Official) {
        let here: BTreeSet<_> = structure.fields.iter().map(field_name).collect();
        let there: BTreeSet<_> = official.fields(path).map(str::to_owned).collect();
        let name = structure.name.as_str();
        let unseen = here.symmetric_difference(&there);
        let unseen = unseen.map(|field| (name.to_owned(), field.clone()));
        self.unseen.extend(unseen);
    }

    /// Whether only one of the crates has a field of a structure.
    pub fn is_unseen(&self, structure: &str, field: &str) -> bool {
        self.unseen
            .contains(&(structure.to_owned(), field.to_owned()))
    }

    /// The fields that only one of the crates has, in structures that both have.
    pub fn unseen(&self) -> usize {
        self.unseen.len()
    }

    /// Why an operation cannot be compared.
    fn of_operation(&self, client: &Client, operation: &Operation) -> Option<Lack> {
        for id in [operation.input, operation.output] {
            if self.has(&structure_path(client, client.structure(id))) {
                return Some(Lack::Absent);
            }
        }
        let mut reach = Reach::default();
        reach.add_structure(client, operation.input);
        let needed = reach.structures.iter().flat_map(|id| {
            let structure = client.structure(*id);
            let path = structure_path(client, structure);
            let required = structure.fields.iter().filter(|field| {
                structure.build == Build::Fallible && field.presence == Presence::Required
            });
            required.map(move |field| field_path(&path, field))
        });
        let mut missing = needed.filter(|path| self.has(path));
        missing.next().map(Lack::Needs)
    }

    fn has(&self, path: &str) -> bool {
        self.parts.contains_key(path)
    }

    /// The parts, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Lack)> {
        self.parts.iter().map(|(path, lack)| (path.as_str(), lack))
    }

    /// Removes parts that are not compared from a client, except for types that are no longer used.
    pub fn apply(&self, client: &mut Client) {
        let paths: Vec<_> = client
            .structures
            .iter()
            .map(|structure| structure_path(client, structure))
            .collect();
        for (structure, path) in client.structures.iter_mut().zip(&paths) {
            structure
                .fields
                .retain(|field| !self.has(&field_path(path, field)));
        }
        let lacks_structure = |id: StructureId| self.has(&paths[id.0 as usize]);
        let errors: Vec<Vec<_>> = client
            .operations
            .iter()
            .map(|operation| {
                let ids = operation.errors.iter().copied();
                ids.filter(|id| !self.has(&error_path(client, operation, *id)))
                    .collect()
            })
            .collect();
        for (operation, errors) in client.operations.iter_mut().zip(errors) {
            operation.errors = errors;
        }
        client.errors.retain(|id| !lacks_structure(*id));
        for union in &mut client.unions {
            let name = union.name.as_str().to_owned();
            union
                .variants
                .retain(|variant| !self.has(&variant_path(&name, variant.name.as_str())));
        }
        for shape in &mut client.enums {
            let name = shape.name.as_str().to_owned();
            shape
                .values
                .retain(|value| !self.has(&variant_path(&name, value.variant.as_str())));
        }
    }

    /// Whether an operation can be called with both crates.
    pub fn has_operation(&self, operation: &Operation) -> bool {
        !self.has(&operation_path(operation))
    }
}

fn structure_path(client: &Client, structure: &Structure) -> String {
    let modules = modules(client, structure.home);
    let modules: Vec<_> = modules.iter().map(ToString::to_string).collect();
    format!("crate::{}::{}", modules.join("::"), structure.name)
}

fn field_path(structure: &str, field: &Field) -> String {
    format!("{structure}.{}", field_name(field))
}

fn field_name(field: &Field) -> String {
    let name = field.name.field().to_string();
    name.trim_start_matches("r#").to_owned()
}

fn variant_path(name: &str, variant: &str) -> String {
    format!("crate::types::{name}::{variant}")
}

/// The path of the variant for an error that an operation can fail with.
fn error_path(client: &Client, operation: &Operation, error: StructureId) -> String {
    let module = operation.name.module().ident();
    let error = &client.structure(error).name;
    format!(
        "crate::operation::{module}::{}Error::{error}",
        operation.name
    )
}

fn operation_path(operation: &Operation) -> String {
    format!("operation {}", operation.name)
}

/// The type of a field, as the official crates spell it, except for paths.
fn field_type(client: &Client, field: &Field, structure: &Structure) -> String {
    let ty = spelled(client, &field.ty);
    // All members of inputs are optional, except for streams.
    let is_input = matches!(structure.home, Home::OperationInput(_));
    match field.presence {
        _ if is_stream(&field.ty) => ty,
        _ if is_input => format!("Option<{ty}>"),
        Presence::Optional => format!("Option<{ty}>"),
        Presence::Required | Presence::Defaulted(_) => ty,
    }
}

fn is_stream(ty: &Type) -> bool {
    matches!(
        ty,
        Type::ByteStream | Type::EventSender(_) | Type::EventReceiver(_)
    )
}

fn direction(ty: &Type) -> &'static str {
    match ty {
        Type::EventSender(_) => "EventStreamSender",
        _ => "EventReceiver",
    }
}

fn spelled(client: &Client, ty: &Type) -> String {
    let plain = match ty {
        Type::Boolean => "bool",
        Type::Integer(Width::Byte) => "i8",
        Type::Integer(Width::Short) => "i16",
        Type::Integer(Width::Integer) => "i32",
        Type::Integer(Width::Long) => "i64",
        Type::Float => "f32",
        Type::Double => "f64",
        Type::BigInteger => "BigInteger",
        Type::BigDecimal => "BigDecimal",
        Type::String => "String",
        Type::Blob => "Blob",
        Type::ByteStream => "ByteStream",
        Type::Timestamp => "DateTime",
        Type::Document => "Document",
        Type::Unit => "",
        Type::Enum(id) => client.r#enum(*id).name.as_str(),
        Type::Structure(id) => client.structure(*id).name.as_str(),
        Type::Union(id) => client.union(*id).name.as_str(),
        Type::EventSender(id) | Type::EventReceiver(id) => {
            let (events, direction) = (&client.union(*id).name, direction(ty));
            return format!("{direction}<{events},{events}Error>");
        }
        Type::List(ty) => return format!("Vec<{}>", spelled(client, ty)),
        Type::Sparse(ty) => return format!("Option<{}>", spelled(client, ty)),
        Type::Boxed(ty) => return format!("Box<{}>", spelled(client, ty)),
        Type::Map(key, value) => {
            let (key, value) = (spelled(client, key), spelled(client, value));
            return format!("HashMap<{key},{value}>");
        }
    };
    plain.to_owned()
}
