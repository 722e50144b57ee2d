//! The settings of schemas: what traits say of a shape or a member.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::{timestamp_format, traits};
use crate::emit::file::Item;
use crate::emit::scope::ident;
use crate::ir::{Client, SchemaTrait};

/// Defines the settings that a client's schemas have.
pub(super) fn definitions(client: &Client) -> Item {
    let all = client.schemas.iter().flat_map(traits);
    let rows: BTreeMap<_, _> = all.map(|it| (names(it).0, definition(it))).collect();
    Item::Table {
        name: "settings",
        head: quote!(Setting),
        rows: rows.into_values().collect(),
    }
}

/// The row that defines a setting: its name, the runtime's method, and what the method takes.
fn definition(r#trait: &SchemaTrait) -> TokenStream {
    let (name, method) = names(r#trait);
    let (name, method) = (ident(name), ident(method));
    let values = match r#trait {
        SchemaTrait::TimestampFormat(_) => Some(quote!((format: TimestampFormat))),
        SchemaTrait::XmlNamespace { .. } => Some(quote!((uri: Text, prefix: OptionalText))),
        other => text(other).map(|_| quote!((text: Text))),
    };
    quote!(#name = #method #values)
}

/// A setting in the form of the macros: its name, and its values after `=`.
pub(super) fn setting(r#trait: &SchemaTrait) -> TokenStream {
    let name = ident(names(r#trait).0);
    match r#trait {
        SchemaTrait::TimestampFormat(format) => {
            let format = ident(timestamp_format(*format));
            quote!(+ #name = #format)
        }
        SchemaTrait::XmlNamespace { uri, prefix } => {
            let prefix = match prefix {
                Some(prefix) => quote!(Some #prefix),
                None => quote!(None),
            };
            quote!(+ #name = #uri and #prefix)
        }
        other => match text(other) {
            Some(text) => quote!(+ #name = #text),
            None => quote!(+ #name),
        },
    }
}

/// The value of a trait that has a single string.
fn text(r#trait: &SchemaTrait) -> Option<&str> {
    match r#trait {
        SchemaTrait::HttpHeader(text)
        | SchemaTrait::HttpPrefixHeaders(text)
        | SchemaTrait::HttpQuery(text)
        | SchemaTrait::JsonName(text)
        | SchemaTrait::MediaType(text)
        | SchemaTrait::XmlName(text)
        | SchemaTrait::Ec2QueryName(text) => Some(text),
        _ => None,
    }
}

/// The name of a setting, and that of the runtime's method. No prefix is common to all settings of a
/// client, because clippy would want it removed.
fn names(r#trait: &SchemaTrait) -> (&'static str, &'static str) {
    match r#trait {
        SchemaTrait::HttpHeader(_) => ("Header", "with_http_header"),
        SchemaTrait::HttpPrefixHeaders(_) => ("PrefixHeaders", "with_http_prefix_headers"),
        SchemaTrait::HttpQuery(_) => ("Query", "with_http_query"),
        SchemaTrait::JsonName(_) => ("JsonName", "with_json_name"),
        SchemaTrait::MediaType(_) => ("MediaType", "with_media_type"),
        SchemaTrait::XmlName(_) => ("XmlName", "with_xml_name"),
        // The runtime has no place for it, and the protocol none for names in JSON.
        SchemaTrait::Ec2QueryName(_) => ("Ec2QueryName", "with_json_name"),
        SchemaTrait::XmlNamespace { .. } => ("Namespace", "with_xml_namespace"),
        SchemaTrait::HttpLabel => ("Label", "with_http_label"),
        SchemaTrait::HttpPayload => ("Payload", "with_http_payload"),
        SchemaTrait::HttpQueryParams => ("QueryParams", "with_http_query_params"),
        SchemaTrait::HttpResponseCode => ("ResponseCode", "with_http_response_code"),
        SchemaTrait::HostLabel => ("HostLabel", "with_host_label"),
        SchemaTrait::EventHeader => ("EventHeader", "with_event_header"),
        SchemaTrait::EventPayload => ("EventPayload", "with_event_payload"),
        SchemaTrait::Streaming => ("Streaming", "with_streaming"),
        SchemaTrait::XmlAttribute => ("Attribute", "with_xml_attribute"),
        SchemaTrait::XmlFlattened => ("Flattened", "with_xml_flattened"),
        SchemaTrait::XmlUnwrappedOutput => ("UnwrappedOutput", "with_xml_unwrapped_output"),
        SchemaTrait::TimestampFormat(_) => ("TimestampFormat", "with_timestamp_format"),
    }
}
