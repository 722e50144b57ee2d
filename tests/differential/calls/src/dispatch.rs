//! The calls of one client, in the text of a module for both crates.

use generator::ir::{self, AuthScheme};
use proc_macro2::TokenStream;
use quote::quote;

use crate::types;

/// Everything that tests need to call some operations of a client, as text that fits both crates.
pub fn client(client: &ir::Client, operations: &[&ir::Operation]) -> TokenStream {
    let functions = operations.iter().map(|operation| {
        let (method, sets) = (operation.name.method(), sets(client, operation.input));
        let made = match types::receiver(client, operation) {
            None => quote!(Call::new::<Side, _, _, sdk::Error>(shown, call.send())),
            Some(field) => {
                let field = field.name.field();
                quote! {
                    Call::receiving::<Side, _, _, sdk::Error, _>(
                        shown,
                        call.send(),
                        |output| &mut output.#field,
                    )
                }
            }
        };
        quote! {
            fn #method(client: &sdk::Client, input: &Value) -> Result<Call, BuildError> {
                let _ = input;
                let call = client.#method() #(#sets)*;
                let shown = format!("{:?}", call.as_input());
                Ok(#made)
            }
        }
    });
    let names = operations.iter().map(|operation| operation.name.method());
    let connect = connect(client);
    let has_events = |operation: &&&ir::Operation| types::receiver(client, operation).is_some();
    let receive = operations.iter().any(|it| has_events(&it)).then(receive);
    let send = operations.iter().any(|it| it.sends_events).then(send);
    let types = types::client(client, operations);
    quote! {
        use differential::BuildError;
        use differential::outcome::{Call, Client, Function};
        use differential::show::{Lines, Show};
        use differential::transport::{self, Transport};
        use differential::value::{Built, FromValue, Value};

        /// The type that implements the traits for the types of the crate.
        struct Side;

        #connect

        /// The calls, in the order of the operations in `CRATES`.
        const CALLS: &[Function<sdk::Client>] = &[#(#names),*];

        #(#functions)*

        #receive
        #send

        #types
    }
}

/// Receives events with either crate.
fn receive() -> TokenStream {
    quote! {
        impl<T, E> differential::outcome::Receive<Side> for sdk::primitives::event_stream::EventReceiver<T, E>
        where
            T: Show<Side>,
            E: std::error::Error + 'static,
        {
            async fn receive(&mut self) -> Option<Result<String, Vec<String>>> {
                match self.recv().await {
                    Ok(event) => Some(Ok(Lines::of::<Side>(&event?))),
                    Err(error) => Some(Err(differential::outcome::chain(&error))),
                }
            }
        }
    }
}

/// Sends events with either crate.
fn send() -> TokenStream {
    quote! {
        impl<T, E> FromValue<Side> for sdk::primitives::event_stream::EventStreamSender<T, E>
        where
            T: FromValue<Side> + Send + Sync + Unpin + 'static,
            E: std::error::Error + Send + Sync + Unpin + 'static,
        {
            fn from_value(input: &Value) -> Result<Self, BuildError> {
                Ok(differential::value::events::<Side, T, E>(input)?.into())
            }
        }
    }
}

fn connect(client: &ir::Client) -> TokenStream {
    let token = client
        .has_idempotency_tokens()
        .then(|| quote!(.idempotency_token_provider(transport::IDEMPOTENCY_TOKEN)));
    // Bodies in CBOR are compared by their values, which compressed bodies hide.
    let is_cbor = client.service.protocol.protocol.name == "rpcv2Cbor";
    let plain = (is_cbor && client.operations.iter().any(|it| it.compressed))
        .then(|| quote!(.disable_request_compression(true)));
    let signs = [AuthScheme::SigV4, AuthScheme::SigV4A];
    let credentials = signs
        .iter()
        .any(|scheme| client.service.has(*scheme))
        .then(|| quote!(.credentials_provider(transport::credentials())));
    let bearer = client.service.has(AuthScheme::Bearer);
    let bearer = bearer.then(|| quote!(.token_provider(transport::token())));
    // Official crates discover endpoints only if configured to, and no test needs discovery.
    let endpoint = client.discovery.as_ref();
    let endpoint = endpoint.map(|_| quote!(.endpoint_url("https://named.test")));
    let account_ids = client.has_account_ids();
    quote! {
        /// A client with the same configuration as its counterpart.
        pub fn connect(transport: &Transport) -> Box<dyn Client> {
            let config = sdk::Config::builder()
                .behavior_version(sdk::config::BehaviorVersion::latest())
                .region(sdk::config::Region::new(transport::REGION))
                #credentials
                #bearer
                #endpoint
                .app_name(transport::app_name())
                .http_client(transport.http_client())
                .time_source(transport::clock())
                .sleep_impl(transport::Never)
                .retry_config(transport::no_retries())
                .stalled_stream_protection(
                    sdk::config::StalledStreamProtectionConfig::disabled(),
                )
                .invocation_id_generator(transport::FixedInvocationId)
                .interceptor(transport::AnyVersion {
                    version: sdk::meta::PKG_VERSION,
                    account_ids: #account_ids,
                })
                #token
                #plain
                .build();
            Box::new((sdk::Client::from_conf(config), CALLS))
        }
    }
}

/// Sets every member of a structure, in the model's order.
pub fn sets(client: &ir::Client, id: ir::StructureId) -> Vec<TokenStream> {
    let structure = client.structure(id);
    let members = types::members(client, structure.schema.as_str());
    let set = |field: &ir::Field| {
        let (set, member) = (field.name.set(), &members[field.index?].name);
        Some(quote!(.#set(input.get::<Side, _>(#member)?)))
    };
    structure.fields.iter().filter_map(set).collect()
}
