//! Finds the types inside of values.

use std::collections::BTreeSet;

use generator::ir::{Client, EnumId, Operation, StructureId, Type, UnionId};

/// The types inside of some structures, and these themselves.
#[derive(Default)]
pub struct Reach {
    pub structures: BTreeSet<StructureId>,
    pub unions: BTreeSet<UnionId>,
    pub enums: BTreeSet<EnumId>,
}

impl Reach {
    /// The types that an operation sends and receives.
    pub fn of_operation(client: &Client, operation: &Operation) -> Self {
        let mut reach = Self::default();
        reach.add_structure(client, operation.input);
        reach.add_structure(client, operation.output);
        for error in &operation.errors {
            reach.add_structure(client, *error);
        }
        reach
    }

    /// The types in a structure.
    pub fn add_structure(&mut self, client: &Client, id: StructureId) {
        if self.structures.insert(id) {
            for field in &client.structure(id).fields {
                self.add(client, &field.ty);
            }
        }
    }

    fn add(&mut self, client: &Client, ty: &Type) {
        match ty {
            Type::List(inner) | Type::Sparse(inner) | Type::Boxed(inner) => self.add(client, inner),
            Type::Map(key, value) => {
                self.add(client, key);
                self.add(client, value);
            }
            Type::Structure(id) => self.add_structure(client, *id),
            Type::Union(id) | Type::EventSender(id) | Type::EventReceiver(id)
                if self.unions.insert(*id) =>
            {
                for variant in &client.union(*id).variants {
                    self.add(client, &variant.ty);
                }
            }
            Type::Enum(id) => {
                self.enums.insert(*id);
            }
            _ => {}
        }
    }

    /// Adds the types of another one.
    pub fn extend(&mut self, other: Self) {
        self.structures.extend(other.structures);
        self.unions.extend(other.unions);
        self.enums.extend(other.enums);
    }
}
