//! `lib.rs` and `operation.rs`: the module tree.

use quote::quote;

use super::file::{Contents, File, Item};
use super::text::doc;
use crate::ir::Client;

/// `lib.rs`
pub(crate) fn library(client: &Client) -> File {
    let service = &client.service;
    let mut docs = vec![format!("A client of {}.", service.title)];
    if !service.docs.is_empty() {
        docs.push(String::new());
        docs.extend(service.docs.lines().iter().cloned());
    }
    docs.extend(super::package::crate_docs(client));
    let attributes = quote! {
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
        #![allow(
            clippy::large_enum_variant,
            reason = "the variants of errors and unions are public"
        )]
    };
    let tokens = client.has_idempotency_tokens().then(|| {
        quote!(
            mod idempotency_token;
        )
    });
    let private = quote! {
        #[macro_use]
        #[allow(unused_macros, reason = "a model may have no use for some of the tables")]
        mod macros;
    };
    let modules = quote! {
        pub mod client;
        pub mod config;
        pub mod error;
        mod feature_trackers;
        #[cfg(feature = "aws-config")]
        mod from_env;
        #[cfg(feature = "default-https-client")]
        mod https;
        #tokens
        pub mod meta;
        pub mod operation;
        pub mod primitives;
        mod response_metadata;
        mod schema;
        mod serde;
        #[cfg(feature = "serde")]
        mod serde_feature;
        mod service_error;
        pub mod types;
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
    File {
        path: "src/lib.rs".to_owned(),
        contents: Contents::Rust {
            docs,
            attributes,
            items: vec![Item::Code(private), Item::Code(modules), Item::Code(uses)],
        },
    }
}

/// `operation.rs`
pub(crate) fn operations(client: &Client) -> File {
    let modules = client.operations.iter().map(|operation| {
        let docs = doc(format!(
            "Types for the `{}` operation.",
            operation.name.as_str()
        ));
        let module = operation.name.module().ident();
        quote!(#docs pub mod #module;)
    });
    let paginator = client.has_paginators().then(|| {
        quote!(
            mod paginator;
        )
    });
    let items = vec![
        Item::Code(quote!(
            #paginator
            pub(crate) mod runtime;
        )),
        Item::Code(quote!(#(#modules)*)),
        Item::Code(quote!(
            pub use aws_types::request_id::RequestId;
        )),
    ];
    let docs = ["The operations of the service: a module for each, with all of its types."];
    File::rust("src/operation.rs", &docs, items)
}
