//! What templates need to know about an operation's checksums.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::scope::Scope;
use crate::ir::{Client, Operation, RequestChecksum, ResponseChecksum};
use crate::names::FieldName;

/// The implementations of the traits for checksums, for operations that have some.
pub(crate) fn implementations(
    scope: &Scope<'_>,
    client: &Client,
    operation: &Operation,
) -> Vec<TokenStream> {
    let name = operation.name.ident();
    let input = client.structure(operation.input).name.ident();
    let request = operation.request_checksum.as_ref();
    let request = request.map(|checksum| summed(scope, &name, &input, checksum));
    let response = operation.response_checksum.as_ref();
    let response = response.map(|checksum| checked(scope, &name, &input, checksum));
    let tree = operation.tree_hash.as_ref().map(|header| {
        quote! {
            impl crate::operation::tree_hash::Hashed for #name {
                const HEADER: &'static str = #header;
            }
        }
    });
    request.into_iter().chain(response).chain(tree).collect()
}

/// The checksum of requests.
fn summed(
    scope: &Scope<'_>,
    name: &Ident,
    input: &Ident,
    checksum: &RequestChecksum,
) -> TokenStream {
    let RequestChecksum {
        algorithm,
        header,
        default,
        required,
    } = checksum;
    let header = match header {
        Some(header) => {
            let some = scope.std("Some");
            quote!(#some(#header))
        }
        None => scope.std("None"),
    };
    let option = scope.option(&quote!(&'static str));
    let algorithm = reads(scope, input, quote!(algorithm), algorithm);
    quote! {
        impl crate::operation::request_checksum::Summed for #name {
            const REQUIRED: bool = #required;
            const DEFAULT: &'static str = #default;
            const HEADER: #option = #header;
            #algorithm
        }
    }
}

/// The checksums of responses.
fn checked(
    scope: &Scope<'_>,
    name: &Ident,
    input: &Ident,
    checksum: &ResponseChecksum,
) -> TokenStream {
    let ResponseChecksum { mode, algorithms } = checksum;
    let mode = reads(scope, input, quote!(mode), mode);
    quote! {
        impl crate::operation::response_checksum::Checked for #name {
            const ALGORITHMS: &'static [&'static str] = &[#(#algorithms),*];
            #mode
        }
    }
}

/// A function that reads a field of the input.
fn reads(scope: &Scope<'_>, input: &Ident, method: TokenStream, field: &FieldName) -> TokenStream {
    let option = scope.option(&quote!(&str));
    let field = field.field();
    quote! {
        #[inline]
        fn #method(input: &#input) -> #option {
            input.#field.as_ref().map(|it| it.as_str())
        }
    }
}
