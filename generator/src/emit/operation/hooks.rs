//! What the runtime has to know of an operation's types.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::scope::Scope;
use crate::harmless::format_string;
use crate::ir::{Client, HostPart, Operation};

/// The implementation of the runtime's `Operation` trait.
pub(crate) fn implementation(
    scope: &Scope<'_>,
    client: &Client,
    operation: &Operation,
) -> TokenStream {
    let name = operation.name.ident();
    let input = client.structure(operation.input).name.ident();
    let output = client.structure(operation.output).name.ident();
    let error = operation.name.error();
    let runtime = scope.named("crate::operation::runtime", "Operation");
    let hooks = [
        prepare(scope, operation),
        check(scope, operation),
        recordable(scope, operation),
        endpoint_params(scope, operation),
        host_prefix(scope, operation),
        leave_out(operation),
        take_body(scope, operation),
        put_body(scope, operation),
        payload(operation),
        finish(scope, operation),
        features(scope, operation),
    ];
    let sensitive = operation.sensitive_output.then(|| {
        quote! {
            const SENSITIVE_OUTPUT: bool = true;
        }
    });
    let headers = &operation.sensitive_headers;
    let sensitive_headers = (!headers.is_empty()).then(|| {
        quote! {
            const SENSITIVE_HEADERS: &'static [&'static str] = &[#(#headers),*];
        }
    });
    quote! {
        impl #runtime for #name {
            type Input = #input;
            type Output = #output;
            type Error = #error;

            #sensitive
            #sensitive_headers

            #(#hooks)*
        }
    }
}

/// Fills in the idempotency token, and asks for checksums.
fn prepare(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let token = operation.idempotency_token.as_ref().map(|field| {
        let field = field.field();
        let provider = scope.named("crate::idempotency_token", "IdempotencyTokenProvider");
        quote!(input.#field.get_or_insert_with(|| #provider::token(cfg));)
    });
    let checksum = operation.response_checksum.as_ref().map(|checksum| {
        let field = checksum.mode.field();
        quote!(crate::operation::response_checksum::ask(&mut input.#field, cfg);)
    });
    if token.is_none() && checksum.is_none() {
        return None;
    }
    let bag = scope.named("aws_smithy_types::config_bag", "ConfigBag");
    Some(quote! {
        #[inline]
        fn prepare(input: &mut Self::Input, cfg: &#bag) {
            #token
            #checksum
        }
    })
}

/// Checks the members that make up the path, the query and the host.
fn check(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    if operation.required.is_empty() {
        return None;
    }
    let checks = operation.required.iter().map(|binding| {
        let field = binding.field.field();
        let name = binding.field.as_str();
        if binding.non_empty {
            quote!(check_not_empty!(input.#field, #name);)
        } else {
            quote!(check_present!(input.#field, #name);)
        }
    });
    let error = scope.named("aws_smithy_types::error::operation", "BuildError");
    let (result, ok) = (scope.std("Result"), scope.std("Ok"));
    Some(quote! {
        #[inline]
        fn check(input: &Self::Input) -> #result<(), #error> {
            #(#checks)*
            #ok(())
        }
    })
}

/// Names the strings that telemetry may have.
fn recordable(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    if operation.recordable.is_empty() {
        return None;
    }
    let rows = operation.recordable.iter().map(|(member, field)| {
        let field = field.field();
        quote!((#member, input.#field.as_deref()))
    });
    let (vec, option) = (scope.std("Vec"), scope.option(&quote!(&str)));
    Some(quote! {
        #[inline]
        fn recordable(input: &Self::Input) -> #vec<(&'static str, #option)> {
            #vec::from([#(#rows),*])
        }
    })
}

/// Tells the endpoint rules what this operation and its input determine.
fn endpoint_params(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    if operation.endpoint_bindings.is_empty() {
        return None;
    }
    let builder = scope.named("crate::config::endpoint", "ParamsBuilder");
    crate::emit::endpoints::endpoint_params(scope, &operation.endpoint_bindings, &builder)
}

fn host_prefix(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    if operation.host_prefix.is_empty() {
        return None;
    }
    let is_field = |part: &HostPart| matches!(part, HostPart::Field(_));
    let has_fields = operation.host_prefix.iter().any(is_field);
    let mut format = String::new();
    let mut arguments = Vec::new();
    for part in &operation.host_prefix {
        match part {
            HostPart::Text(text) if has_fields => format.push_str(&format_string(text)),
            HostPart::Text(text) => format.push_str(text),
            HostPart::Field(field) => {
                format.push_str("{}");
                let field = field.field();
                arguments.push(quote!(_input.#field.as_deref().unwrap_or_default()));
            }
        }
    }
    let prefix = scope.named("aws_smithy_runtime_api::client::endpoint", "EndpointPrefix");
    let error = scope.named("aws_smithy_runtime_api::box_error", "BoxError");
    let (result, option) = (scope.std("Result"), scope.option(&prefix));
    let (ok, some) = (scope.std("Ok"), scope.std("Some"));
    // The runtime's error quotes the host.
    let unquoted = operation.sensitive_host.then(
        || quote!(.map_err(|_| "the input has a member that cannot be in the endpoint's host")),
    );
    let host = if arguments.is_empty() {
        quote!(#format)
    } else {
        quote!(format!(#format, #(#arguments),*))
    };
    Some(quote! {
        #[inline]
        fn host_prefix(_input: &Self::Input) -> #result<#option, #error> {
            #ok(#some(#prefix::new(#host) #unquoted ?))
        }
    })
}

/// Leaves out the parameters of the query that the URI sets.
fn leave_out(operation: &Operation) -> Option<TokenStream> {
    let preset = operation.preset_query.as_ref()?;
    let (field, names) = (preset.field.field(), &preset.names);
    Some(quote! {
        #[inline]
        fn leave_out(input: &mut Self::Input) {
            if let Some(parameters) = &mut input.#field {
                parameters.retain(|name, _| ![#(#names),*].contains(&name.as_str()));
            }
        }
    })
}

/// Takes a stream, or writes the document that is the body.
fn take_body(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let document = operation
        .payload
        .as_ref()
        .and_then(|it| it.document.as_ref());
    let stream = operation
        .streaming
        .as_ref()
        .and_then(|it| it.request.as_ref());
    let (ok, some) = (scope.std("Ok"), scope.std("Some"));
    let body = match (stream, document) {
        (Some(field), _) if operation.sends_events => {
            let field = field.field();
            let body = quote!(crate::operation::event_sender::body);
            quote!(#ok(#some(#body(&mut input.#field, cfg))))
        }
        (Some(field), _) => {
            let field = field.field();
            quote!(#ok(#some(std::mem::take(&mut input.#field).into_inner())))
        }
        (None, Some(field)) => {
            let field = field.field();
            quote!(input.#field.take().as_ref().map(crate::operation::document::body).transpose())
        }
        (None, None) => return None,
    };
    let error = scope.named("aws_smithy_runtime_api::box_error", "BoxError");
    let option = scope.option(&scope.named("aws_smithy_types::body", "SdkBody"));
    let bag = scope.named("aws_smithy_types::config_bag", "ConfigBag");
    let result = scope.std("Result");
    let cfg = super::super::scope::ident(if operation.sends_events {
        "cfg"
    } else {
        "_cfg"
    });
    Some(quote! {
        #[inline]
        fn take_body(input: &mut Self::Input, #cfg: &mut #bag) -> #result<#option, #error> {
            #body
        }
    })
}

fn put_body(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let field = operation.streaming.as_ref()?.response.as_ref()?.field();
    let output = scope.client.structure(operation.output).name.builder();
    let body = scope.named("aws_smithy_types::body", "SdkBody");
    let stream = match operation.receives_events {
        true => quote!(crate::operation::event_stream::receive),
        false => {
            let stream = scope.named("aws_smithy_types::byte_stream", "ByteStream");
            quote!(#stream::new)
        }
    };
    let function = scope.option(&quote!(fn(&mut builders::#output, #body)));
    let some = scope.std("Some");
    Some(quote! {
        const PUT_BODY: #function =
            #some(|output, body| output.#field = #some(#stream(body)));
    })
}

fn payload(operation: &Operation) -> Option<TokenStream> {
    let payload = operation.payload.as_ref()?;
    let media_type = payload
        .media_type
        .as_ref()
        .map(|it| quote!(const CONTENT_TYPE: &'static str = #it;));
    let unset = payload
        .unset
        .map(|it| quote!(const UNSET_BODY: &'static str = #it;));
    Some(quote!(#media_type #unset))
}

/// Compresses the body before its checksum is taken.
fn finish(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let required = [
        operation.compressed,
        operation.checksum,
        operation.sends_events,
        operation.requires_length,
    ];
    if !required.contains(&true) {
        return None;
    }
    let request = scope.named(
        "aws_smithy_runtime_api::client::orchestrator",
        "HttpRequest",
    );
    let error = scope.named("aws_smithy_runtime_api::box_error", "BoxError");
    let bag = scope.named("aws_smithy_types::config_bag", "ConfigBag");
    let (result, ok) = (scope.std("Result"), scope.std("Ok"));
    let compress = operation
        .compressed
        .then(|| quote!(crate::operation::compression::compress(request, cfg)?;));
    let checksum = operation
        .checksum
        .then(|| quote!(crate::operation::checksum::add(request)?;));
    let label = operation
        .sends_events
        .then(|| quote!(crate::operation::event_sender::label(request);));
    let length = operation
        .requires_length
        .then(|| quote!(crate::operation::stream_length::require(request)?;));
    let cfg = if operation.compressed {
        quote!(cfg)
    } else {
        quote!(_cfg)
    };
    Some(quote! {
        #[inline]
        fn finish(request: &mut #request, #cfg: &#bag) -> #result<(), #error> {
            #compress
            #checksum
            #label
            #length
            #ok(())
        }
    })
}

/// What joins the operation's plugin.
fn features(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let events = operation.sends_events || operation.receives_events;
    // Events have signatures of their own, which come last and win.
    let features = [
        (
            operation.unsigned_payload,
            quote!(crate::operation::unsigned_payload::join),
        ),
        (
            operation.request_checksum.is_some(),
            quote!(crate::operation::request_checksum::join::<Self>),
        ),
        (
            operation.response_checksum.is_some(),
            quote!(crate::operation::response_checksum::join::<Self>),
        ),
        (events, quote!(crate::operation::event_stream::may_pause)),
        (
            operation.sends_events,
            quote!(crate::operation::event_sender::sign_events),
        ),
    ];
    let features = features.into_iter().filter(|(applies, _)| *applies);
    let features: Vec<_> = features.map(|(_, feature)| feature).collect();
    if features.is_empty() {
        return None;
    }
    let feature = scope.named("crate::operation::runtime", "Feature");
    Some(quote! {
        const FEATURES: &'static [#feature] = &[#(#features),*];
    })
}
