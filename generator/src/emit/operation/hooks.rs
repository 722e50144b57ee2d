//! What the runtime needs to know about an operation's types.

mod body;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use self::body::{payload, put_body, take_body};
use super::super::scope::{Scope, ident};
use crate::harmless::format_string;
use crate::ir::{Client, HostPart, Needed, Operation};

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
        complete(scope, operation),
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

/// `prepare`: fills in the idempotency token, changes path members, and requests checksums.
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
    let asks = token.is_some() || checksum.is_some();
    let cfg = ident(if asks { "cfg" } else { "_cfg" });
    let prefixed = operation.prefixed.iter().map(|field| {
        let field = field.field();
        quote!(crate::operation::label::strip_prefix(&mut input.#field);)
    });
    let some = scope.std("Some");
    let filled = operation.filled_labels.iter().map(|(field, value)| {
        let field = field.field();
        quote! {
            if input.#field.as_deref().unwrap_or_default().is_empty() {
                input.#field = #some(#value.to_owned());
            }
        }
    });
    let steps = token.into_iter().chain(prefixed).chain(filled);
    let steps: Vec<_> = steps.chain(checksum).collect();
    if steps.is_empty() {
        return None;
    }
    let bag = scope.named("aws_smithy_types::config_bag", "ConfigBag");
    Some(quote! {
        #[inline]
        fn prepare(input: &mut Self::Input, #cfg: &#bag) {
            #(#steps)*
        }
    })
}

/// `check`: checks the members that are part of the endpoint, the path, the query and the host.
fn check(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    if operation.required.is_empty() {
        return None;
    }
    let checks = operation.required.iter().map(|binding| {
        let field = binding.field.field();
        let name = binding.field.as_str();
        match binding.needed {
            Needed::Set => quote!(check_present!(input.#field, #name);),
            Needed::NotEmpty => quote!(check_not_empty!(input.#field, #name);),
            Needed::NotBlank => quote!(check_not_blank!(input.#field, #name);),
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

/// `recordable`: lists the strings that telemetry may contain.
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

/// `endpoint_params`: sets the parameters that the operation and its input determine.
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
    let mut labels = Vec::new();
    for part in &operation.host_prefix {
        match part {
            HostPart::Text(text) if has_fields => format.push_str(&format_string(text)),
            HostPart::Text(text) => format.push_str(text),
            HostPart::Field(field) => {
                format.push_str("{}");
                let (name, field) = (field.as_str(), field.field());
                let label = scope.named("crate::operation::typed", "host_label");
                labels.push(quote!(#label(&_input.#field, #name)?));
            }
        }
    }
    let prefix = scope.named("aws_smithy_runtime_api::client::endpoint", "EndpointPrefix");
    let error = scope.named("aws_smithy_runtime_api::box_error", "BoxError");
    let (result, option) = (scope.std("Result"), scope.option(&prefix));
    let (ok, some) = (scope.std("Ok"), scope.std("Some"));
    // The runtime's error message contains the host.
    let unquoted = operation.sensitive_host.then(
        || quote!(.map_err(|_| "the input has a member that cannot be in the endpoint's host")),
    );
    let indices = (0..labels.len()).map(Literal::usize_unsuffixed);
    let (read, host) = match labels.is_empty() {
        true => (None, quote!(#format)),
        false => (
            Some(quote!(let labels = [#(#labels),*];)),
            quote!(format!(#format, #(labels[#indices]),*)),
        ),
    };
    Some(quote! {
        #[inline]
        fn host_prefix(_input: &Self::Input) -> #result<#option, #error> {
            #read
            #ok(#some(#prefix::new(#host) #unquoted ?))
        }
    })
}

/// `leave_out`: omits query parameters that the URI sets.
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

/// `complete`: reads members of the output from the first message of its stream.
fn complete(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let streaming = operation.streaming.as_ref()?;
    let field = streaming
        .response
        .as_ref()
        .filter(|_| operation.initial_response)?;
    let field = field.field();
    let complete = scope.option(&quote!(crate::operation::initial_response::Complete<Self>));
    let some = scope.std("Some");
    Some(quote! {
        const COMPLETE: #complete = #some(|output| {
            crate::operation::initial_response::complete::<Self, _, _>(
                output,
                |output| output.#field,
                |output, events| output.#field = #some(events),
            )
        });
    })
}

/// `finish`: compresses the body before its checksum is computed.
fn finish(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let required = [
        operation.compressed,
        operation.checksum,
        operation.sends_events,
        operation.accepts_events,
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
    let accept = operation
        .accepts_events
        .then(|| quote!(crate::operation::event_stream::accept(request);));
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
            #accept
            #length
            #ok(())
        }
    })
}

/// `features`: what is added to the operation's plugin.
fn features(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    // The signatures of events come last, so that they take precedence.
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
        (
            operation.bare_path,
            quote!(crate::operation::bare_path::join),
        ),
        (
            operation.tree_hash.is_some(),
            quote!(crate::operation::tree_hash::join::<Self>),
        ),
        (
            operation.may_pause,
            quote!(crate::operation::stalled_stream::may_pause),
        ),
        (
            operation.sends_events,
            quote!(crate::operation::event_sender::sign_events),
        ),
        (
            operation.lenient_dates,
            quote!(crate::operation::lenient_dates::join),
        ),
        (
            operation.discovered.is_some(),
            quote!(crate::operation::discovery::join::<Self>),
        ),
        (
            operation.long_polling,
            quote!(crate::operation::long_polling::join),
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
