//! Hooks that are about bodies: streams, events and payloads.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::scope::{Scope, ident};
use crate::ir::Operation;

/// `take_body`: takes the stream, or writes the document, that is the body.
pub(super) fn take_body(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
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
            event_body(scope, &quote!(input.#field), operation.initial_request)
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
    let cfg = ident(if operation.sends_events {
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

/// The body for a stream of events.
fn event_body(scope: &Scope<'_>, events: &TokenStream, is_initial: bool) -> TokenStream {
    let (ok, some) = (scope.std("Ok"), scope.std("Some"));
    let events = quote!(crate::operation::event_sender::take(&mut #events));
    if !is_initial {
        return quote!(#ok(#some(crate::operation::event_sender::body(#events, cfg))));
    }
    quote! {
        let events = #events;
        let input = crate::serde::Members(&*input);
        crate::operation::initial_request::body(events, &input, cfg).map(#some)
    }
}

pub(super) fn put_body(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let field = operation.streaming.as_ref()?.response.as_ref()?.field();
    let output = scope.client.structure(operation.output).name.builder();
    let body = scope.named("aws_smithy_types::body", "SdkBody");
    let stream = match operation.receives_events {
        true => quote!(crate::operation::event_stream::receive(
            body,
            Self::SENSITIVE_OUTPUT
        )),
        false => {
            let stream = scope.named("aws_smithy_types::byte_stream", "ByteStream");
            quote!(#stream::new(body))
        }
    };
    let function = scope.option(&quote!(fn(&mut builders::#output, #body)));
    let some = scope.std("Some");
    Some(quote! {
        const PUT_BODY: #function =
            #some(|output, body| output.#field = #some(#stream));
    })
}

pub(super) fn payload(operation: &Operation) -> Option<TokenStream> {
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
