//! Turning values into a client's types, and showing a client's types.

use std::collections::BTreeSet;

use generator::ir::{self, Build, Home, MemberSchema, SchemaBody, StructureId, Type, UnionId};
use proc_macro2::TokenStream;
use quote::quote;

use crate::calls::sets;

/// The implementations for all types of a client.
pub fn client(client: &ir::Client) -> TokenStream {
    let sent = Sent::of(client);
    let structures = client
        .structures
        .iter()
        .map(|shape| structure(client, shape));
    let sent_structures = sent.structures.iter().map(|id| from_value(client, *id));
    let unions = client.unions.iter().map(union);
    let sent_unions = sent.unions.iter().map(|id| union_from_value(client, *id));
    let enums = client.enums.iter().map(string_enum);
    let errors = client.errors.iter().map(|id| {
        let name = client.structure(*id).name.ident();
        let text = name.to_string();
        quote!(sdk::Error::#name(error) => lines.variant(#text, error))
    });
    quote! {
        #(#structures)*
        #(#sent_structures)*
        #(#unions)*
        #(#sent_unions)*
        #(#enums)*

        impl Show for sdk::Error {
            fn show(&self, lines: &mut Lines) {
                match self {
                    #(#errors,)*
                    _ => lines.leaf("Unhandled"),
                }
            }
        }
    }
}

/// The members of a structure or union, by their place in its schema.
pub fn members<'a>(client: &'a ir::Client, schema: &str) -> &'a [MemberSchema] {
    let mut schemas = client.schemas.iter();
    let definition = schemas.find(|definition| definition.name.as_str() == schema);
    match definition.map(|definition| &definition.body) {
        Some(SchemaBody::Members(_, members)) => members,
        _ => panic!("{schema} is not the schema of a structure"),
    }
}

/// What requests are made of. Values of other types only ever come from responses.
#[derive(Default)]
struct Sent {
    structures: BTreeSet<StructureId>,
    unions: BTreeSet<UnionId>,
}

impl Sent {
    fn of(client: &ir::Client) -> Self {
        let mut sent = Self::default();
        for operation in &client.operations {
            for field in &client.structure(operation.input).fields {
                sent.add(client, &field.ty);
            }
        }
        sent
    }

    fn add(&mut self, client: &ir::Client, ty: &Type) {
        match ty {
            Type::List(inner) | Type::Sparse(inner) | Type::Boxed(inner) => self.add(client, inner),
            Type::Map(_, value) => self.add(client, value),
            Type::Structure(id) if self.structures.insert(*id) => {
                for field in &client.structure(*id).fields {
                    self.add(client, &field.ty);
                }
            }
            Type::Union(id) if self.unions.insert(*id) => {
                for variant in &client.union(*id).variants {
                    self.add(client, &variant.ty);
                }
            }
            _ => {}
        }
    }
}

fn structure(client: &ir::Client, structure: &ir::Structure) -> Option<TokenStream> {
    let name = structure.name.ident();
    let path = match structure.home {
        Home::Types => quote!(sdk::types::#name),
        Home::Error => quote!(sdk::types::error::#name),
        Home::OperationOutput(id) => {
            let module = client.operation(id).name.module().ident();
            quote!(sdk::operation::#module::#name)
        }
        // What is sent is seen in the request.
        Home::OperationInput(_) => return None,
    };
    let fields = structure.fields.iter().map(|field| {
        let (text, name) = (field.name.as_str(), field.name.field());
        quote!((#text, &self.#name))
    });
    Some(quote! {
        impl Show for #path {
            fn show(&self, lines: &mut Lines) {
                lines.structure(&[#(#fields),*]);
            }
        }
    })
}

fn from_value(client: &ir::Client, id: StructureId) -> TokenStream {
    let structure = client.structure(id);
    let (name, sets) = (structure.name.ident(), sets(client, id));
    let build = quote!(sdk::types::#name::builder() #(#sets)*.build());
    let built = match structure.build {
        Build::Fallible => build,
        Build::Infallible => quote!(Ok(#build)),
    };
    quote! {
        impl FromValue for sdk::types::#name {
            fn from_value(input: &Value) -> Result<Self, BuildError> {
                #built
            }
        }
    }
}

fn union(union: &ir::Union) -> TokenStream {
    let name = union.name.ident();
    let variants = union.variants.iter().map(|variant| {
        let (ident, text) = (variant.name.ident(), variant.name.as_str());
        match variant.ty {
            Type::Unit => quote!(Self::#ident => lines.leaf(#text)),
            _ => quote!(Self::#ident(value) => lines.variant(#text, value)),
        }
    });
    quote! {
        impl Show for sdk::types::#name {
            fn show(&self, lines: &mut Lines) {
                match self {
                    #(#variants,)*
                    _ => lines.leaf("Unknown"),
                }
            }
        }
    }
}

fn union_from_value(client: &ir::Client, id: UnionId) -> TokenStream {
    let union = client.union(id);
    let (name, members) = (union.name.ident(), members(client, union.schema.as_str()));
    let variants = union.variants.iter().map(|variant| {
        let (ident, member) = (variant.name.ident(), &members[variant.index].name);
        match variant.ty {
            Type::Unit => quote!((#member, _) => Self::#ident),
            _ => quote!((#member, value) => Self::#ident(FromValue::from_value(value)?)),
        }
    });
    quote! {
        impl FromValue for sdk::types::#name {
            fn from_value(input: &Value) -> Result<Self, BuildError> {
                Ok(match input.variant() {
                    #(#variants,)*
                    (other, _) => panic!("the union has no member {other}"),
                })
            }
        }
    }
}

fn string_enum(shape: &ir::Enum) -> TokenStream {
    let name = shape.name.ident();
    quote! {
        impl Show for sdk::types::#name {
            fn show(&self, lines: &mut Lines) {
                lines.string_enum(self.as_str(), self);
            }
        }

        impl FromValue for sdk::types::#name {
            fn from_value(input: &Value) -> Result<Self, BuildError> {
                Ok(input.text().into())
            }
        }
    }
}
