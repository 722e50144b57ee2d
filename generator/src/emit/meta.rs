//! `meta.rs`: what templates need to know about the service.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::file::{File, Item};
use super::scope::ident;
use crate::ir::{ApiKey, AuthScheme, Client, Retries, Service, ServiceProtocol, Signing};
use crate::protocol::Object;

/// The file of the service's constants.
pub(crate) fn meta(client: &Client) -> File {
    let service = &client.service;
    let scope = &client.package.name;
    let (protocol, made) = whole_protocol(service);
    let text = optional(service.error_text.as_ref().map(|member| quote!(#member)));
    let auth = schemes(&service.auth);
    let of_operations = service.operation_auth.iter().map(|(name, auth)| {
        let auth = schemes(auth);
        quote!((#name, #auth))
    });
    let mut items = names(service);
    items.extend([
        constant(
            "The scope of the client's metrics.",
            quote!(pub(crate) const SCOPE: &str = #scope;),
        ),
        constant(
            "The service's protocol.",
            quote!(pub(crate) type Protocol = #protocol;),
        ),
        Item::Code(quote! {
            /// Creates the service's protocol.
            pub(crate) fn protocol() -> Protocol {
                #made
            }
        }),
        constant(
            "The member of errors with the service's message, if it is not `message`.",
            quote!(pub(crate) const ERROR_TEXT_MEMBER: Option<&str> = #text;),
        ),
        constant(
            "The auth schemes of requests, in order of preference.",
            quote!(pub(crate) const AUTH: &[AuthSchemeId] = #auth;),
        ),
        constant(
            "The operations with other auth schemes.",
            quote! {
                pub(crate) const OPERATION_AUTH: &[(&str, &[AuthSchemeId])] =
                    &[#(#of_operations),*];
            },
        ),
    ]);
    items.extend(customized(service));
    items.extend(discovery(client));
    let key = service.api_key.as_ref();
    let key = key.filter(|_| service.has(AuthScheme::ApiKey));
    items.extend(key.map(|key| Item::Code(api_key(key))));
    items.push(Item::Code(test_defaults(client)));
    File::rust(
        "src/meta.rs",
        &["Constants of this crate and its service."],
        items,
    )
}

/// The version, and what the service is called.
fn names(service: &Service) -> Vec<Item> {
    let (sdk_id, module, shape) = (&service.sdk_id, &service.module, &service.shape);
    let mut items = vec![
        Item::Code(quote!(
            use aws_smithy_runtime_api::client::auth::AuthSchemeId;
        )),
        constant(
            "The version of this crate. It is also in the user agent.",
            quote!(
                pub static PKG_VERSION: &str = env!("CARGO_PKG_VERSION");
            ),
        ),
        constant(
            match service.is_aws {
                true => "The service's id among the AWS SDKs, for spans and configuration keys.",
                false => "The service's id, for spans and configuration keys.",
            },
            quote!(pub(crate) const SDK_ID: &str = #sdk_id;),
        ),
        constant(
            "The service's id in the user agent and in the names of retry partitions.",
            quote!(pub(crate) const SERVICE_MODULE: &str = #module;),
        ),
        constant(
            "The service shape's name in the model.",
            quote!(pub(crate) const SERVICE_SHAPE: &str = #shape;),
        ),
    ];
    if service.is_aws {
        let signing_name = service.signing_name.as_deref().unwrap_or(module);
        items.push(constant(
            "The name that requests are signed with.",
            quote!(pub(crate) const SIGNING_NAME: &str = #signing_name;),
        ));
    }
    items
}

/// The protocol's type, and the expression that makes it.
fn whole_protocol(service: &Service) -> (TokenStream, TokenStream) {
    let (object, call) = protocol(service);
    if service.protocol.query_compatible {
        let wrapper = quote!(crate::query_compatible::QueryCompatible);
        (
            quote!(#wrapper<#object>),
            quote!(#wrapper(<#object>::#call)),
        )
    } else {
        (object, quote!(Protocol::#call))
    }
}

/// The operation that returns endpoints, and the error codes of a wrong endpoint.
fn discovery(client: &Client) -> Vec<Item> {
    let Some(discovery) = &client.discovery else {
        return Vec::new();
    };
    let operation = &client.operation(discovery.operation).name;
    let (module, name) = (operation.module().ident(), operation.ident());
    let codes = &discovery.error_codes;
    vec![
        constant(
            "The operation that returns the endpoints of others.",
            quote!(pub(crate) type EndpointDiscovery = crate::operation::#module::#name;),
        ),
        constant(
            "The codes of errors for a wrong endpoint.",
            quote!(pub(crate) const INVALID_ENDPOINT: &[&str] = &[#(#codes),*];),
        ),
    ]
}

/// The constants from customizations.
fn customized(service: &Service) -> Vec<Item> {
    let mut items = of_requests(service);
    items.extend(of_responses(service));
    items.extend(service.signing.as_ref().map(signing));
    items.extend(service.retries.iter().flat_map(retries));
    items
}

/// Those for requests and their signatures, and for errors after which a call is repeated.
fn of_requests(service: &Service) -> Vec<Item> {
    let mut items = Vec::new();
    let (headers, errors) = (&service.headers, &service.transient_errors);
    if !headers.is_empty() {
        let rows = headers.iter().map(|(name, value)| quote!((#name, #value)));
        items.push(constant(
            "Headers of every request.",
            quote!(pub(crate) const HEADERS: &[(&str, &str)] = &[#(#rows),*];),
        ));
    }
    if !errors.is_empty() {
        items.push(constant(
            "Codes of errors after which a call is retried, in addition to those of all services.",
            quote!(pub(crate) const TRANSIENT_ERRORS: &[&str] = &[#(#errors),*];),
        ));
    }
    let prefixes = &service.label_prefixes;
    if !prefixes.is_empty() {
        items.push(constant(
            "Prefixes that are removed from ids before they are sent.",
            quote!(pub(crate) const LABEL_PREFIXES: &[&str] = &[#(#prefixes),*];),
        ));
    }
    if let Some(tokens) = &service.auth_tokens {
        let name = &tokens.signed_as;
        items.push(constant(
            "The service's name in the signatures of tokens.",
            quote!(pub(crate) const TOKENS_SIGNED_AS: &str = #name;),
        ));
    }
    if let Some(token) = &service.environment_token {
        items.push(constant(
            "The suffix of the environment variable for a bearer token.",
            quote!(pub(crate) const ENVIRONMENT_TOKEN: &str = #token;),
        ));
    }
    items
}

/// Those for reading responses.
fn of_responses(service: &Service) -> Vec<Item> {
    let mut items = Vec::new();
    if let Some(code) = &service.code_of_empty_404 {
        items.push(constant(
            "The code of errors with status 404 and no body.",
            quote!(pub(crate) const CODE_OF_EMPTY_404: &str = #code;),
        ));
    }
    let dates = &service.lenient_dates;
    if !dates.is_empty() {
        let rows = dates.iter().map(|(date, text)| quote!((#date, #text)));
        items.push(constant(
            "Headers of responses that may be invalid dates, each with the header of its text's \
             member.",
            quote!(pub(crate) const LENIENT_DATES: &[(&str, &str)] = &[#(#rows),*];),
        ));
    }
    let any_root = &service.any_root;
    if !any_root.is_empty() {
        items.push(constant(
            "Shapes whose element may have any name as the root of a document.",
            quote!(pub(crate) const ANY_ROOT: &[&str] = &[#(#any_root),*];),
        ));
    }
    items
}

/// The function that sets how requests are signed.
fn signing(signing: &Signing) -> Item {
    let Signing {
        encode_path_twice,
        normalize_path,
        hash_in_header,
    } = signing;
    Item::Code(quote! {
        /// Sets how requests are signed.
        pub(crate) fn set_signing(options: &mut aws_runtime::auth::SigningOptions) {
            options.double_uri_encode = #encode_path_twice;
            options.normalize_uri_path = #normalize_path;
            options.content_sha256_header = #hash_in_header;
        }
    })
}

/// How often, and how soon, a call is repeated.
fn retries(retries: &Retries) -> [Item; 2] {
    let backoff = Literal::u64_unsuffixed(retries.initial_backoff);
    let attempts = Literal::u32_unsuffixed(retries.max_attempts);
    [
        constant(
            "The wait before the second attempt of a call.",
            quote! {
                pub(crate) const INITIAL_BACKOFF: std::time::Duration =
                    std::time::Duration::from_millis(#backoff);
            },
        ),
        constant(
            "The default maximum number of attempts of a call.",
            quote!(pub(crate) const MAX_ATTEMPTS: u32 = #attempts;),
        ),
    ]
}

/// The type of the protocol object, and the call that makes it.
fn protocol(service: &Service) -> (TokenStream, TokenStream) {
    let ServiceProtocol {
        protocol,
        xml_namespace,
        ..
    } = &service.protocol;
    let version = &service.version;
    let arguments = match protocol.object {
        Object::RestJson => {
            let path = quote!(aws_smithy_json::protocol::aws_rest_json_1::AwsRestJsonProtocol);
            return (path, quote!(new()));
        }
        Object::AwsJson10 => return aws_json("aws_json_1_0"),
        Object::AwsJson11 => return aws_json("aws_json_1_1"),
        Object::RestXml => {
            let namespace = optional(xml_namespace.as_ref().map(|(uri, prefix)| {
                let prefix = optional(prefix.as_ref().map(|prefix| quote!(#prefix)));
                quote!((#uri, #prefix))
            }));
            quote!(#namespace)
        }
        Object::AwsQuery | Object::Ec2Query => quote!(#version),
        Object::RpcV2Cbor | Object::RpcV2Json => TokenStream::new(),
    };
    (quote!(crate::protocol::Protocol), quote!(new(#arguments)))
}

fn aws_json(constructor: &str) -> (TokenStream, TokenStream) {
    let constructor = ident(constructor);
    (
        quote!(aws_smithy_json::protocol::aws_json_rpc::AwsJsonRpcProtocol),
        quote!(#constructor().with_target_prefix(SERVICE_SHAPE)),
    )
}

fn optional(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}

/// Defaults for tests: a constant idempotency token, as in the official crates, and identities.
fn test_defaults(client: &Client) -> TokenStream {
    let service = &client.service;
    let token = client.has_idempotency_tokens().then(|| {
        let token = "00000000-0000-4000-8000-000000000000";
        quote!(builder.set_idempotency_token_provider(Some(#token.into()));)
    });
    let tests = quote!(crate::config::Token::for_tests());
    let bearer = service.has(AuthScheme::Bearer).then(|| {
        let shared = quote!(crate::config::SharedTokenProvider::new(#tests));
        quote!(builder.set_token_provider(Some(#shared));)
    });
    let basic = service.has(AuthScheme::Basic).then(|| {
        let login = quote!(crate::config::Login::new("user", "password", None));
        quote!(builder.set_basic_auth_login(Some(#login));)
    });
    let api_key = service
        .has(AuthScheme::ApiKey)
        .then(|| quote!(builder.set_api_key(Some(#tests));));
    let body = quote!(#token #bearer #basic #api_key);
    let builder = ident(if body.is_empty() {
        "_builder"
    } else {
        "builder"
    });
    quote! {
        /// Sets test defaults that only clients of this service need.
        #[cfg(feature = "test-util")]
        pub(crate) fn apply_test_defaults(#builder: &mut crate::config::Builder) {
            #body
        }
    }
}

/// Creates the object that adds API keys to requests: the runtime's, or that of a template.
fn api_key(key: &ApiKey) -> TokenStream {
    let location = quote!(aws_smithy_runtime::client::auth::http::ApiKeyLocation);
    let of_runtime = quote!(aws_smithy_runtime::client::auth::http::ApiKeyAuthScheme);
    let (object, made) = match key {
        ApiKey::Header { scheme: None, name } => {
            let object = quote!(crate::config::auth::api_key::ApiKeyAuthScheme);
            (object.clone(), quote!(#object { header: #name }))
        }
        ApiKey::Header {
            scheme: Some(scheme),
            name,
        } => {
            let made = quote!(#of_runtime::new(#scheme, #location::Header, #name));
            (of_runtime, made)
        }
        ApiKey::Query(name) => {
            let made = quote!(#of_runtime::new("", #location::Query, #name));
            (of_runtime, made)
        }
    };
    quote! {
        /// Creates the auth scheme that adds an API key to requests.
        pub(crate) fn api_key_auth_scheme() -> #object {
            #made
        }
    }
}

fn constant(docs: &str, code: TokenStream) -> Item {
    let docs = super::text::doc(docs);
    Item::Code(quote!(#docs #code))
}

fn schemes(schemes: &[AuthScheme]) -> TokenStream {
    let schemes = schemes.iter().map(|scheme| match scheme {
        AuthScheme::SigV4 => quote!(aws_runtime::auth::sigv4::SCHEME_ID),
        // The runtime's constant requires a cargo feature.
        AuthScheme::SigV4A => quote!(AuthSchemeId::new("sigv4a")),
        AuthScheme::ApiKey => http_scheme("HTTP_API_KEY_AUTH_SCHEME_ID"),
        AuthScheme::Basic => http_scheme("HTTP_BASIC_AUTH_SCHEME_ID"),
        AuthScheme::Bearer => http_scheme("HTTP_BEARER_AUTH_SCHEME_ID"),
        AuthScheme::NoAuth => quote!(aws_smithy_runtime::client::auth::no_auth::NO_AUTH_SCHEME_ID),
    });
    quote!(&[#(#schemes),*])
}

fn http_scheme(name: &str) -> TokenStream {
    let name = ident(name);
    quote!(aws_smithy_runtime_api::client::auth::http::#name)
}
