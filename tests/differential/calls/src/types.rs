//! Converts values into a client's types, and shows a client's types.

use generator::ir::{self, Home, MemberSchema, SchemaBody, StructureId, Type, UnionId};
use proc_macro2::TokenStream;
use quote::quote;

use crate::dispatch::sets;
use crate::official::modules;
use crate::reach::Reach;

/// The implementations for all types that some operations of a client need.
pub fn client(client: &ir::Client, operations: &[&ir::Operation]) -> TokenStream {
    let (mut sent, mut all) = (Reach::default(), Reach::default());
    for operation in operations {
        sent.add_structure(client, operation.input);
        all.extend(Reach::of_operation(client, operation));
    }
    let structures = all.structures.iter().map(|id| structure(client, *id));
    let sent_structures = sent.structures.iter().map(|id| from_value(client, *id));
    let unions = all.unions.iter().map(|id| union(client.union(*id)));
    let sent_unions = sent.unions.iter().map(|id| union_from_value(client, *id));
    let enums = all.enums.iter().map(|id| string_enum(client.r#enum(*id)));
    let errors = client.errors.iter();
    let errors = errors.filter(|id| all.structures.contains(id)).map(|id| {
        let name = client.structure(*id).name.ident();
        let text = name.to_string();
        quote!(sdk::Error::#name(error) => lines.variant::<Side>(#text, error))
    });
    quote! {
        #(#structures)*
        #(#sent_structures)*
        #(#unions)*
        #(#sent_unions)*
        #(#enums)*

        impl Show<Side> for sdk::Error {
            fn show(&self, lines: &mut Lines) {
                match self {
                    #(#errors,)*
                    _ => lines.leaf("Unhandled"),
                }
            }
        }
    }
}

/// The field that an operation's events are received from.
pub fn receiver<'a>(client: &'a ir::Client, operation: &ir::Operation) -> Option<&'a ir::Field> {
    let mut fields = client.structure(operation.output).fields.iter();
    fields.find(|field| matches!(field.ty, Type::EventReceiver(_)))
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

fn structure(client: &ir::Client, id: StructureId) -> Option<TokenStream> {
    let structure = client.structure(id);
    let name = structure.name.ident();
    let modules = match structure.home {
        // Sent events are visible in the request.
        Home::OperationInput(_) => return None,
        home => modules(client, home),
    };
    // Events are received one after the other.
    let is_shown = |field: &&ir::Field| !matches!(field.ty, Type::EventReceiver(_));
    let fields = structure.fields.iter().filter(is_shown).map(|field| {
        let (text, name) = (field.name.as_str(), field.name.field());
        quote!((#text, &self.#name))
    });
    Some(quote! {
        impl Show<Side> for sdk::#(#modules)::*::#name {
            fn show(&self, lines: &mut Lines) {
                lines.structure::<Side>(&[#(#fields),*]);
            }
        }
    })
}

fn from_value(client: &ir::Client, id: StructureId) -> Option<TokenStream> {
    let structure = client.structure(id);
    let (name, sets) = (structure.name.ident(), sets(client, id));
    if let Home::OperationInput(_) = structure.home {
        return None;
    }
    Some(quote! {
        impl FromValue<Side> for sdk::types::#name {
            fn from_value(input: &Value) -> Result<Self, BuildError> {
                Built::<Self>::built(sdk::types::#name::builder() #(#sets)*.build())
            }
        }
    })
}

fn union(union: &ir::Union) -> TokenStream {
    let name = union.name.ident();
    let variants = union.variants.iter().map(|variant| {
        let (ident, text) = (variant.name.ident(), variant.name.as_str());
        match variant.ty {
            Type::Unit => quote!(Self::#ident => lines.leaf(#text)),
            _ => quote!(Self::#ident(value) => lines.variant::<Side>(#text, value)),
        }
    });
    quote! {
        impl Show<Side> for sdk::types::#name {
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
            _ => quote!((#member, value) => Self::#ident(FromValue::<Side>::from_value(value)?)),
        }
    });
    quote! {
        impl FromValue<Side> for sdk::types::#name {
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
        impl Show<Side> for sdk::types::#name {
            fn show(&self, lines: &mut Lines) {
                lines.string_enum(self.as_str(), self);
            }
        }

        impl FromValue<Side> for sdk::types::#name {
            fn from_value(input: &Value) -> Result<Self, BuildError> {
                Ok(input.text().into())
            }
        }
    }
}
