//! `lib.rs` and `operation.rs`: the module tree.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::file::{Contents, File, Item};
use super::scope::ident;
use super::templates::{has_delegate, has_protocol};
use super::text::{all_operations, doc, gate};
use crate::config::Layout;
use crate::ir::{Client, OperationModule};
use crate::names::FeatureName;

/// `lib.rs`
pub(crate) fn library(client: &Client) -> File {
    let attributes = match client.package.layout {
        Layout::Package => attributes_of_crate(client),
        Layout::Module(_) => attributes_of_module(),
    };
    let macros = quote! {
        #[macro_use]
        #[allow(unused_macros, reason = "a model may have no use for some of the tables")]
        mod macros;
    };
    let uses = quote! {
        #[doc(inline)]
        pub use client::Client;
        #[doc(inline)]
        pub use config::Config;
        #[cfg(feature = "default-https-client")]
        pub use https::default_http_client;
        pub use response_metadata::{ProvideResponseMetadata, ResponseMetadata};
        pub use service_error::Error;
    };
    let mut items = vec![Item::Code(macros)];
    items.extend(gates(client));
    items.extend([modules(client), uses].map(Item::Code));
    File {
        path: "src/lib.rs".to_owned(),
        contents: Contents::Rust {
            docs: docs(client),
            attributes,
            items,
        },
    }
}

/// The macros around items that only some operations need.
fn gates(client: &Client) -> Option<Item> {
    let rows = client.gates.iter().map(|gate| {
        let name = gate.name.ident();
        let operations = gate.operations.iter().map(FeatureName::as_str);
        quote!(#name = #(#operations)*)
    });
    (!client.gates.is_empty()).then(|| Item::Table {
        name: "gates",
        head: quote!($),
        rows: rows.collect(),
    })
}

fn docs(client: &Client) -> Vec<String> {
    let service = &client.service;
    let mut docs = vec![format!("A client of {}.", service.title)];
    if !service.docs.is_empty() {
        docs.push(String::new());
        docs.extend(service.docs.lines().iter().cloned());
    }
    docs.extend(left_out(client));
    if client.package.layout == Layout::Package {
        docs.extend(super::package::crate_docs(client));
    }
    docs
}

/// A private module, if the crate has it.
fn module_if(is_there: bool, name: &str) -> Option<TokenStream> {
    let name = ident(name);
    is_there.then(|| quote!(mod #name;))
}

/// A public module, if the crate has it.
fn public_if(is_there: bool, name: &str) -> Option<TokenStream> {
    let name = ident(name);
    is_there.then(|| quote!(pub mod #name;))
}

/// The module of the tests that come with the model, if there are some.
fn conformance(client: &Client) -> Option<TokenStream> {
    let test = if client.has_features() {
        let all = all_operations();
        quote!(all(test, #all))
    } else {
        quote!(test)
    };
    (!client.conformance.is_empty()).then(|| {
        quote!(
            #[cfg(#test)]
            #[allow(non_snake_case, reason = "the tests have the model's ids")]
            mod conformance;
        )
    })
}

fn modules(client: &Client) -> TokenStream {
    let service = &client.service;
    let auth_token = public_if(service.auth_tokens.is_some(), "auth_token");
    let conformance = conformance(client);
    let delegate = has_delegate(client).then(|| {
        quote!(
            #[macro_use]
            mod delegate;
        )
    });
    let discovery = public_if(client.discovery.is_some(), "endpoint_discovery");
    let extended = module_if(service.extended_request_id, "extended_request_id");
    let tokens = module_if(client.has_idempotency_tokens(), "idempotency_token");
    let presigning = public_if(client.has_presigning(), "presigning");
    let protocol = module_if(has_protocol(client), "protocol");
    let query_compatible = module_if(service.protocol.query_compatible, "query_compatible");
    // The code that fills in missing required members is part of reading any value.
    let unused = (!client.has_required_members()).then(
        || quote!(#[allow(dead_code, reason = "the model has no required members to fill in")]),
    );
    let waiters = public_if(client.has_waiters(), "waiters");
    quote! {
        #auth_token
        pub mod client;
        pub mod config;
        #conformance
        #delegate
        #discovery
        pub mod error;
        #extended
        #[cfg(feature = "default-https-client")]
        mod https;
        #tokens
        pub mod meta;
        pub mod operation;
        #presigning
        pub mod primitives;
        #protocol
        #query_compatible
        mod reader;
        mod response_metadata;
        mod schema;
        #unused
        mod serde;
        #[cfg(feature = "serde")]
        mod serde_feature;
        mod service_error;
        pub mod types;
        #waiters
    }
}

/// The lints that a module allows. `warnings` covers only what warns by default, not what the crate
/// around it denies or enables. `missing_docs` and `unsafe_code`, which find nothing in clients,
/// are not in the list, because a crate that forbids a lint accepts no `allow` of it.
fn attributes_of_module() -> TokenStream {
    quote! {
        #![allow(
            warnings,
            clippy::all,
            clippy::nursery,
            clippy::pedantic,
            clippy::restriction,
            deprecated,
            elided_lifetimes_in_paths,
            let_underscore_drop,
            missing_copy_implementations,
            missing_debug_implementations,
            nonstandard_style,
            redundant_imports,
            rust_2024_compatibility,
            single_use_lifetimes,
            trivial_casts,
            trivial_numeric_casts,
            unnameable_types,
            unreachable_pub,
            unused,
            unused_lifetimes,
            unused_macro_rules,
            unused_qualifications,
            unused_results,
            variant_size_differences,
            reason = "generated code is not its user's to mend"
        )]
    }
}

/// The lint attributes of the crate.
fn attributes_of_crate(client: &Client) -> TokenStream {
    let names = lints_of_names(client);
    let partly = client.has_features().then(|| {
        let all = all_operations();
        quote!(
            #![cfg_attr(
                not(#all),
                allow(
                    dead_code,
                    unused_imports,
                    unused_macros,
                    rustdoc::broken_intra_doc_links,
                    reason = "documentation speaks of operations that are left out, as is the use of some code"
                )
            )]
        )
    });
    quote! {
        #![forbid(unsafe_code)]
        #![warn(missing_docs)]
        #![allow(
            deprecated,
            reason = "variants for unknown values are deprecated for users, and generated code needs them"
        )]
        #![allow(
            clippy::result_large_err,
            reason = "the error type of calls is the runtime's"
        )]
        #![allow(#(clippy::#names,)* reason = "names and types are those of the service's model")]
        #partly
    }
}

/// The documentation of operations that were left out.
fn left_out(client: &Client) -> Vec<String> {
    if client.left_out.is_empty() {
        return Vec::new();
    }
    let operations = client.left_out.iter();
    let operations = operations.map(|it| format!("- `{}`: {}", it.operation, it.reason));
    let head = [
        "",
        "# Unsupported operations",
        "",
        "These operations are not supported yet:",
        "",
    ];
    let head = head.into_iter().map(str::to_owned);
    head.chain(operations).collect()
}

/// Lints about names and types, which the model determines.
fn lints_of_names(client: &Client) -> Vec<Ident> {
    let mut lints = vec!["large_enum_variant"];
    let fields = client.structures.iter().flat_map(|it| &it.fields);
    let mut names = fields.map(|field| &field.name);
    if names.clone().any(|name| name.as_str() == "new") {
        lints.push("new_ret_no_self");
    }
    let mut operations = client.operations.iter();
    if names.any(|name| name.is_std_method())
        || operations.any(|operation| operation.name.is_std_method())
    {
        lints.push("should_implement_trait");
    }
    let mut modules = client
        .operations
        .iter()
        .map(|operation| operation.name.module());
    if modules.any(|module| module.as_str() == "operation") {
        lints.push("module_inception");
    }
    lints.into_iter().map(ident).collect()
}

/// `operation.rs`
pub(crate) fn operations(client: &Client) -> File {
    let modules = client.operations.iter().map(|operation| {
        let docs = doc(format!(
            "Types for the `{}` operation.",
            operation.name.as_str()
        ));
        let module = operation.name.module().ident();
        let gate = gate(operation.feature.as_ref());
        quote!(#docs #gate pub mod #module;)
    });
    let shared = client.operation_modules().map(|module| {
        let name = ident(module.name());
        quote!(pub(crate) mod #name;)
    });
    let extended = client.service.extended_request_id.then(|| {
        quote!(
            pub use crate::extended_request_id::RequestIdExt;
        )
    });
    let items = vec![
        Item::Code(quote!(#(#shared)*)),
        Item::Code(quote!(#(#modules)*)),
        Item::Code(quote!(
            #extended
            pub use aws_types::request_id::RequestId;
        )),
    ];
    let docs = ["The operations of the service: a module with all types for each."];
    File::rust("src/operation.rs", &docs, items)
}

/// `primitives.rs`
pub(crate) fn primitives(client: &Client) -> File {
    let unknown_values = (!client.enums.is_empty()).then(|| {
        Item::Code(quote!(
            pub(crate) mod sealed_enum_unknown;
        ))
    });
    // As in the official crates, only clients of services with streams have the types for streams.
    let streams = client.has_streaming().then(|| {
        quote! {
            pub use aws_smithy_types::body::SdkBody;
            pub use aws_smithy_types::byte_stream::error::Error as ByteStreamError;
            pub use aws_smithy_types::byte_stream::{AggregatedBytes, ByteStream};
            #[cfg(feature = "rt-tokio")]
            pub use aws_smithy_types::byte_stream::{FsBuilder, Length};
        }
    });
    let uses = quote! {
        #streams
        pub use aws_smithy_types::date_time::Format as DateTimeFormat;
        pub use aws_smithy_types::{Blob, DateTime};
    };
    let event_stream = Item::Module {
        head: quote! {
            /// Streams of events, for operations that send or receive them.
            pub mod event_stream
        },
        items: client
            .needs(OperationModule::EventStream)
            .then(|| Item::Code(events(client)))
            .into_iter()
            .collect(),
    };
    let items = unknown_values
        .into_iter()
        .chain([Item::Code(uses), event_stream])
        .collect();
    let docs = ["Values that are not structures of the service's model: timestamps, binary data."];
    File::rust("src/primitives.rs", &docs, items)
}

/// The types of event streams. As in the official crates, they exist for either direction, except
/// that only clients that send events can inspect sent ones.
fn events(client: &Client) -> TokenStream {
    let sent = client.needs(OperationModule::EventSender).then(|| {
        quote! {
            pub use crate::operation::event_sender::sent_events;
        }
    });
    quote! {
        pub use aws_smithy_http::event_stream::EventStreamSender;
        pub use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
        pub use aws_smithy_types::str_bytes::StrBytes;
        #sent
        pub use crate::operation::event_stream::EventReceiver;
    }
}
