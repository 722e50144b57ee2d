//! What templates need to know about an operation's checksums.

use proc_macro2::TokenStream;
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
    let reads = |method: TokenStream, field: &FieldName| {
        let option = scope.option(&quote!(&str));
        let field = field.field();
        quote! {
            #[inline]
            fn #method(input: &#input) -> #option {
                input.#field.as_ref().map(|it| it.as_str())
            }
        }
    };
    let request = operation.request_checksum.as_ref().map(|checksum| {
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
        let algorithm = reads(quote!(algorithm), algorithm);
        quote! {
            impl crate::operation::request_checksum::Summed for #name {
                const REQUIRED: bool = #required;
                const DEFAULT: &'static str = #default;
                const HEADER: #option = #header;
                #algorithm
            }
        }
    });
    let response = operation.response_checksum.as_ref().map(|checksum| {
        let ResponseChecksum { mode, algorithms } = checksum;
        let mode = reads(quote!(mode), mode);
        quote! {
            impl crate::operation::response_checksum::Checked for #name {
                const ALGORITHMS: &'static [&'static str] = &[#(#algorithms),*];
                #mode
            }
        }
    });
    let tree = operation.tree_hash.as_ref().map(|header| {
        quote! {
            impl crate::operation::tree_hash::Hashed for #name {
                const HEADER: &'static str = #header;
            }
        }
    });
    request.into_iter().chain(response).chain(tree).collect()
}
