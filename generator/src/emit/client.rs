//! `client.rs`: the struct `Client`.

use proc_macro2::TokenStream;
use quote::quote;

use super::examples;
use super::file::{File, Item};
use super::text::{deprecated, docs, gate, lines};
use crate::ir::{Client, Operation};

/// The file of the client.
pub(crate) fn client(client: &Client) -> File {
    let methods = client.operations.iter().map(|it| method(client, it));
    let is_aws = client.service.is_aws;
    let shared = match is_aws {
        true => "connections and credentials",
        false => "connections",
    };
    let documentation = lines(&[
        &format!("A client of {}.", client.service.title),
        "",
        &format!(
            "Each operation has a method, which returns a fluent builder: set the members of the \
             request on it and call `send`. A client is cheap to clone, and its clones share \
             {shared}. Create one and keep it."
        ),
    ]);
    let mut items = vec![
        Item::Code(imports()),
        Item::Code(quote! {
            pub mod customize;
        }),
        Item::Code(quote! {
            /// What all clones of a client share.
            #[derive(Debug)]
            pub(crate) struct Handle {
                pub(crate) conf: Config,
                pub(crate) runtime_plugins: RuntimePlugins,
            }
        }),
        Item::Code(quote! {
            #documentation
            #[derive(Clone, Debug)]
            pub struct Client {
                pub(crate) handle: Arc<Handle>,
            }
        }),
        Item::Code(constructors(client, is_aws)),
        Item::Code(quote! {
            impl Client {
                #(#methods)*
            }
        }),
    ];
    items.extend(super::waiter::client_trait(client));
    File::rust(
        "src/client.rs",
        &["The client and what changes its calls."],
        items,
    )
}

fn imports() -> TokenStream {
    quote! {
        use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugins;
        use aws_smithy_types::config_bag::ConfigBag;
        use aws_types::sdk_config::SdkConfig;
        use std::sync::Arc;
        use crate::config::{Config, base_client_runtime_plugins};
    }
}

fn constructors(client: &Client, is_aws: bool) -> TokenStream {
    let from = lines(&[match is_aws {
        true => "Creates a client from the configuration that `aws-config` loads.",
        false => "Creates a client from settings that several clients share.",
    }]);
    let mut plugins = quote!(base_client_runtime_plugins(conf.clone()));
    if client.discovery.is_some() {
        plugins = quote!(crate::operation::discovery::with_discovery(#plugins));
    }
    quote! {
        impl Client {
            #from
            ///
            /// # Panics
            ///
            /// The same as [`from_conf`](Self::from_conf).
            #[track_caller]
            pub fn new(sdk_config: &SdkConfig) -> Self {
                Self::from_conf(sdk_config.into())
            }

            /// Creates a client from a configuration of its own.
            ///
            /// # Panics
            ///
            /// Panics if the configuration is incomplete: without a behavior version (unless the
            /// feature `behavior-version-latest` is on), or with retries, timeouts or an identity
            /// cache and no `sleep_impl` or `time_source`. The message says what to set.
            #[track_caller]
            pub fn from_conf(conf: Config) -> Self {
                let runtime_plugins = #plugins;
                let mut cfg = ConfigBag::base();
                let checked = runtime_plugins
                    .apply_client_configuration(&mut cfg)
                    .and_then(|components| components.validate_base_client_config(&cfg));
                if let Err(error) = checked {
                    panic!("Invalid client configuration: {error}");
                }
                Self { handle: Arc::new(Handle { conf, runtime_plugins }) }
            }

            /// The client's configuration.
            pub fn config(&self) -> &Config {
                &self.handle.conf
            }
        }
    }
}

fn method(client: &Client, operation: &Operation) -> TokenStream {
    let name = operation.name.method();
    let (module, builder) = (
        operation.name.module().ident(),
        operation.name.fluent_builder(),
    );
    let documentation = docs(&operation.docs);
    let examples = lines(&examples::lines(client, operation));
    let gate = gate(operation.feature.as_ref());
    let deprecated = deprecated(operation.deprecated.as_ref());
    let path = quote!(crate::operation::#module::builders::#builder);
    quote! {
        #documentation
        #examples
        #deprecated
        #gate
        #[inline]
        pub fn #name(&self) -> #path {
            #path::new(self.handle.clone())
        }
    }
}
