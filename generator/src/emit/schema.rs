//! The schema statics.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::file::{File, Item};
use super::scope::{ident, path};
use crate::ir::{
    Client, MemberSchema, MemberTarget, SchemaBody, SchemaDef, SchemaRef, SchemaTrait, ShapeKind,
    TimestampFormat,
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
    let mut names = BTreeSet::new();
    let mut formats = BTreeSet::new();
    for schema in &client.schemas {
        let members = match &schema.body {
            SchemaBody::Members(_, members) => members.as_slice(),
            _ => &[],
        };
        let targets = members.iter().flat_map(|member| match &member.target {
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
        let of_members = members.iter().flat_map(|member| &member.traits);
        let traits = schema.traits.iter().chain(of_members);
        formats.extend(traits.filter_map(|it| match it {
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

/// A setting of a schema in the form of the macros: its name, and its values after `=`.
fn setting(r#trait: &SchemaTrait) -> TokenStream {
    let (setter, text) = match r#trait {
        SchemaTrait::HttpHeader(text) => ("with_http_header", Some(text)),
        SchemaTrait::HttpPrefixHeaders(text) => ("with_http_prefix_headers", Some(text)),
        SchemaTrait::HttpQuery(text) => ("with_http_query", Some(text)),
        SchemaTrait::JsonName(text) => ("with_json_name", Some(text)),
        SchemaTrait::MediaType(text) => ("with_media_type", Some(text)),
        SchemaTrait::XmlName(text) => ("with_xml_name", Some(text)),
        // The runtime has no field for it, and the protocol does not use the field for names in
        // JSON.
        SchemaTrait::Ec2QueryName(text) => ("with_json_name", Some(text)),
        SchemaTrait::XmlNamespace { uri, prefix } => {
            let prefix = match prefix {
                Some(prefix) => quote!(Some #prefix),
                None => quote!(None),
            };
            return quote!(+ with_xml_namespace = #uri and #prefix);
        }
        SchemaTrait::HttpLabel => ("with_http_label", None),
        SchemaTrait::HttpPayload => ("with_http_payload", None),
        SchemaTrait::HttpQueryParams => ("with_http_query_params", None),
        SchemaTrait::HttpResponseCode => ("with_http_response_code", None),
        SchemaTrait::HostLabel => ("with_host_label", None),
        SchemaTrait::EventHeader => ("with_event_header", None),
        SchemaTrait::EventPayload => ("with_event_payload", None),
        SchemaTrait::Streaming => ("with_streaming", None),
        SchemaTrait::XmlAttribute => ("with_xml_attribute", None),
        SchemaTrait::XmlFlattened => ("with_xml_flattened", None),
        SchemaTrait::XmlUnwrappedOutput => ("with_xml_unwrapped_output", None),
        SchemaTrait::TimestampFormat(format) => {
            let format = ident(timestamp_format(*format));
            return quote!(+ with_timestamp_format = #format);
        }
    };
    let setter = ident(setter);
    match text {
        Some(text) => quote!(+ #setter = #text),
        None => quote!(+ #setter),
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
