//! The schema statics.

mod settings;

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use self::settings::setting;
use super::file::{File, Item};
use super::scope::{ident, path};
use crate::ir::{
    Client, MemberSchema, MemberTarget, SchemaBody, SchemaDef, SchemaRef, SchemaTrait, ShapeKind,
    TimestampFormat,
};

/// The file of all schemas.
pub(crate) fn schemas(client: &Client) -> File {
    let mut items = vec![Item::Code(imports(client)), settings::definitions(client)];
    let schemas = client.schemas.iter();
    items.extend(schemas.flat_map(|it| {
        let gate = it.gate.map(|gate| client.gate(gate));
        Item::behind(gate, vec![schema(it)])
    }));
    let docs = ["The schemas of shapes, for serialization: statics with tables of members."];
    File::rust("src/schema.rs", &docs, items)
}

/// The names of the runtime that the tables use.
fn imports(client: &Client) -> TokenStream {
    let mut names = BTreeSet::new();
    let mut formats = BTreeSet::new();
    for schema in &client.schemas {
        let targets = members(schema)
            .iter()
            .flat_map(|member| match &member.target {
                MemberTarget::Plain => [None, None],
                MemberTarget::List(element) => [Some(element), None],
                MemberTarget::Map(key, value) => [Some(key), Some(value)],
            });
        let elements = match &schema.body {
            SchemaBody::List(element) => [Some(element), None],
            SchemaBody::Map(key, value) => [Some(key), Some(value)],
            SchemaBody::Element(_) | SchemaBody::Members(..) => [None, None],
        };
        let references = targets.chain(elements).flatten();
        names.extend(references.filter_map(of_prelude));
        formats.extend(traits(schema).filter_map(|it| match it {
            SchemaTrait::TimestampFormat(format) => Some(timestamp_format(*format)),
            _ => None,
        }));
    }
    let prelude = import("aws_smithy_schema::prelude", names);
    let formats = import("aws_smithy_schema::traits::TimestampFormat", formats);
    quote!(#prelude #formats)
}

/// The runtime's own schema, if the reference is to one.
fn of_prelude(reference: &SchemaRef) -> Option<&'static str> {
    match reference {
        SchemaRef::Static(_) => None,
        SchemaRef::Unit => Some("UNIT"),
        SchemaRef::Any(kind) => Some(prelude(*kind)),
    }
}

/// The runtime's schema for all shapes of a kind.
fn prelude(kind: ShapeKind) -> &'static str {
    match kind {
        ShapeKind::Boolean => "BOOLEAN",
        ShapeKind::Byte => "BYTE",
        ShapeKind::Short => "SHORT",
        ShapeKind::Integer => "INTEGER",
        ShapeKind::Long => "LONG",
        ShapeKind::Float => "FLOAT",
        ShapeKind::Double => "DOUBLE",
        ShapeKind::BigInteger => "BIG_INTEGER",
        ShapeKind::BigDecimal => "BIG_DECIMAL",
        ShapeKind::String => "STRING",
        ShapeKind::Blob => "BLOB",
        ShapeKind::Timestamp => "TIMESTAMP",
        ShapeKind::Document
        | ShapeKind::List
        | ShapeKind::Map
        | ShapeKind::Structure
        | ShapeKind::Union => "DOCUMENT",
    }
}

/// The runtime's name for a format.
fn timestamp_format(format: TimestampFormat) -> &'static str {
    match format {
        TimestampFormat::EpochSeconds => "EpochSeconds",
        TimestampFormat::DateTime => "DateTime",
        TimestampFormat::HttpDate => "HttpDate",
    }
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
    let traits = schema.traits.iter().map(setting);
    match &schema.body {
        SchemaBody::Members(kind, members) => {
            let kind = kind_ident(*kind);
            let http = schema.http.as_ref().map(|(method, uri, code)| {
                let code = Literal::u16_unsuffixed(*code);
                quote!(http #method #uri #code)
            });
            let count = Literal::usize_unsuffixed(members.len());
            let head = quote!(#name[#count] = #kind #namespace #shape #http #(#traits)*);
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
            Item::Code(quote!(list_schema!(#name = #namespace #shape of #element #(#traits)*);))
        }
        SchemaBody::Map(key, value) => {
            let (key, value) = (reference(key), reference(value));
            Item::Code(
                quote!(map_schema!(#name = #namespace #shape from #key to #value #(#traits)*);),
            )
        }
        SchemaBody::Element(kind) => {
            let kind = kind_ident(*kind);
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

/// The traits of a schema and of its members.
fn traits(schema: &SchemaDef) -> impl Iterator<Item = &SchemaTrait> {
    let of_members = members(schema).iter().flat_map(|member| &member.traits);
    schema.traits.iter().chain(of_members)
}

fn members(schema: &SchemaDef) -> &[MemberSchema] {
    match &schema.body {
        SchemaBody::Members(_, members) => members,
        _ => &[],
    }
}

fn reference(reference: &SchemaRef) -> TokenStream {
    let name = match reference {
        SchemaRef::Static(name) => name.ident(),
        SchemaRef::Unit => ident("UNIT"),
        SchemaRef::Any(kind) => ident(prelude(*kind)),
    };
    quote!(#name)
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
