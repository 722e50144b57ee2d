//! The schema statics.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::file::{File, Item};
use super::scope::{ident, path};
use crate::ir::{
    Client, MemberSchema, MemberTarget, SchemaBody, SchemaDef, SchemaRef, SchemaTrait, ShapeKind,
};

/// The file of all schemas.
pub(crate) fn schemas(client: &Client) -> File {
    let mut items = vec![Item::Code(imports(client))];
    let schemas = client.schemas.iter();
    items.extend(schemas.flat_map(|it| {
        let gate = it.gate.map(|gate| client.gate(gate));
        Item::behind(gate, vec![schema(it)])
    }));
    let docs = ["What serialization knows of the shapes: one static for each, tables of members."];
    File::rust("src/schema.rs", &docs, items)
}

/// The names of the runtime that the tables use.
fn imports(client: &Client) -> TokenStream {
    let mut prelude = BTreeSet::new();
    let mut formats = BTreeSet::new();
    let mut refer = |reference: &SchemaRef| {
        if let SchemaRef::Prelude(name) = reference {
            prelude.insert(*name);
        }
    };
    let mut format = |traits: &[SchemaTrait]| {
        formats.extend(traits.iter().filter_map(|setting| match setting {
            SchemaTrait::TimestampFormat(format) => Some(*format),
            SchemaTrait::Flag(_) | SchemaTrait::Text(..) => None,
        }));
    };
    for schema in &client.schemas {
        match &schema.body {
            SchemaBody::List(element) => refer(element),
            SchemaBody::Map(key, value) => {
                refer(key);
                refer(value);
            }
            SchemaBody::Element(_, traits) => format(traits),
            SchemaBody::Members(_, members) => {
                for member in members {
                    format(&member.traits);
                    match &member.target {
                        MemberTarget::Plain => {}
                        MemberTarget::List(element) => refer(element),
                        MemberTarget::Map(key, value) => {
                            refer(key);
                            refer(value);
                        }
                    }
                }
            }
        }
    }
    let prelude = import("aws_smithy_schema::prelude", prelude);
    let formats = import("aws_smithy_schema::traits::TimestampFormat", formats);
    quote!(#prelude #formats)
}

fn import(module: &str, names: BTreeSet<&str>) -> Option<TokenStream> {
    let module = path(module);
    let names: Vec<_> = names.into_iter().map(ident).collect();
    match names.as_slice() {
        [] => None,
        [name] => Some(quote!(use #module::#name;)),
        names => Some(quote!(use #module::{#(#names),*};)),
    }
}

fn schema(schema: &SchemaDef) -> Item {
    let (name, namespace, shape) = (schema.name.ident(), &schema.namespace, &schema.shape);
    match &schema.body {
        SchemaBody::Members(kind, members) => {
            let kind = kind_ident(*kind);
            let http = schema.http.as_ref().map(|(method, uri, code)| {
                let code = Literal::u16_unsuffixed(*code);
                quote!(http #method #uri #code)
            });
            let count = Literal::usize_unsuffixed(members.len());
            let head = quote!(#name[#count] = #kind #namespace #shape #http);
            let rows = members
                .iter()
                .enumerate()
                .map(|(index, member)| row(index, member));
            Item::Table {
                name: "schema",
                head,
                rows: rows.collect(),
            }
        }
        SchemaBody::List(element) => {
            let element = reference(element);
            Item::Code(quote!(list_schema!(#name = #namespace #shape of #element);))
        }
        SchemaBody::Map(key, value) => {
            let (key, value) = (reference(key), reference(value));
            Item::Code(quote!(map_schema!(#name = #namespace #shape from #key to #value);))
        }
        SchemaBody::Element(kind, traits) => {
            let kind = kind_ident(*kind);
            let traits = traits.iter().map(setting);
            Item::Code(quote!(element_schema!(#name = #kind #namespace #shape #(#traits)*);))
        }
    }
}

fn row(index: usize, member: &MemberSchema) -> TokenStream {
    let index = Literal::usize_unsuffixed(index);
    let name = &member.name;
    let kind = kind_ident(member.kind);
    let target = match &member.target {
        MemberTarget::Plain => None,
        MemberTarget::List(element) => {
            let element = reference(element);
            Some(quote!(of #element))
        }
        MemberTarget::Map(key, value) => {
            let (key, value) = (reference(key), reference(value));
            Some(quote!(from #key to #value))
        }
    };
    let traits = member.traits.iter().map(setting);
    quote!(#index #name => #kind #target #(#traits)*)
}

/// A setting of a schema, as the macros take it: its name, and its value behind `=`.
fn setting(r#trait: &SchemaTrait) -> TokenStream {
    match r#trait {
        SchemaTrait::Flag(name) => {
            let name = ident(name);
            quote!(+ #name)
        }
        SchemaTrait::Text(name, value) => {
            let name = ident(name);
            quote!(+ #name = #value)
        }
        SchemaTrait::TimestampFormat(format) => {
            let format = ident(format);
            quote!(+ with_timestamp_format = #format)
        }
    }
}

fn reference(reference: &SchemaRef) -> TokenStream {
    match reference {
        SchemaRef::Prelude(name) => {
            let name = ident(name);
            quote!(#name)
        }
        SchemaRef::Static(name) => {
            let name = name.ident();
            quote!(#name)
        }
    }
}

fn kind_ident(kind: ShapeKind) -> proc_macro2::Ident {
    ident(match kind {
        ShapeKind::Boolean => "Boolean",
        ShapeKind::Byte => "Byte",
        ShapeKind::Short => "Short",
        ShapeKind::Integer => "Integer",
        ShapeKind::Long => "Long",
        ShapeKind::Float => "Float",
        ShapeKind::Double => "Double",
        ShapeKind::BigInteger => "BigInteger",
        ShapeKind::BigDecimal => "BigDecimal",
        ShapeKind::String => "String",
        ShapeKind::Blob => "Blob",
        ShapeKind::Timestamp => "Timestamp",
        ShapeKind::Document => "Document",
        ShapeKind::List => "List",
        ShapeKind::Map => "Map",
        ShapeKind::Structure => "Structure",
        ShapeKind::Union => "Union",
    })
}
