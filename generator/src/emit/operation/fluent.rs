//! Fluent builders, which a client's methods return.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::file::Item;
use super::super::scope::Scope;
use super::super::structure::{Argument, accessor_row, is_streaming};
use super::super::text::{deprecated, docs, lines};
use crate::ir::{Field, Operation, PresignedBody, Structure};

/// The fluent builder of an operation.
pub(crate) fn fluent_builder(
    scope: &Scope<'_>,
    operation: &Operation,
    input: &Structure,
) -> Vec<Item> {
    let mut items = vec![head(operation, input)];
    if !input.fields.is_empty() {
        items.push(Item::Code(setters(scope, operation, input)));
    }
    items.extend(presigned(scope, operation).map(Item::Code));
    items
}

/// The method that presigns the request.
fn presigned(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let body = operation.presigned?;
    let name = operation.name.fluent_builder();
    let (marker, error) = (operation.name.ident(), operation.name.error());
    let config = scope.named("crate::presigning", "PresigningConfig");
    let request = scope.named("crate::presigning", "PresignedRequest");
    let result = scope.call_result(operation, &request);
    let error = scope.named("super", &error.to_string());
    let some = scope.std("Some");
    let presign = match body {
        PresignedBody::InQuery => quote!(crate::operation::presign_query::presign),
        PresignedBody::SignedBody | PresignedBody::UnsignedBody => {
            quote!(crate::operation::presign::presign)
        }
    };
    let signing = match body {
        PresignedBody::InQuery => quote!(presigning_config),
        PresignedBody::SignedBody => quote!((presigning_config, true)),
        PresignedBody::UnsignedBody => quote!((presigning_config, false)),
    };
    Some(quote! {
        impl #name {
            /// Presigns the request, so that others can send it without credentials.
            ///
            /// # Errors
            ///
            /// Fails if there are no credentials, or the input is invalid.
            #[inline]
            pub async fn presigned(self, presigning_config: #config) -> #result {
                #presign(
                    super::#marker,
                    &self.handle,
                    self.inner.build(),
                    self.config_override,
                    #signing,
                )
                .await
            }
        }

        impl crate::client::customize::internal::CustomizablePresigned<#error> for #name {
            #[inline]
            fn presign(
                self,
                config_override: crate::config::Builder,
                presigning_config: #config,
            ) -> crate::client::customize::internal::BoxFuture<#result> {
                Box::pin(async move {
                    let mut request = self;
                    request.config_override = #some(config_override);
                    request.presigned(presigning_config).await
                })
            }
        }
    })
}

/// What is the same for all fluent builders.
fn head(operation: &Operation, input: &Structure) -> Item {
    let derive = is_streaming(input).then(|| quote!(#[derive(Debug)]));
    let (name, inner) = (operation.name.fluent_builder(), input.name.builder());
    let (marker, error) = (operation.name.ident(), operation.name.error());
    let output = operation.name.output().ident();
    let paginator = operation.paginator.as_ref().map(|_| {
        let paginator = operation.name.paginator();
        quote!(, pages #paginator)
    });
    Item::Table {
        name: "fluent_builder",
        head: quote! {
            #derive #name of #inner sends #marker => #output, #error #paginator
        },
        rows: Vec::new(),
    }
}

fn setters(scope: &Scope<'_>, operation: &Operation, input: &Structure) -> TokenStream {
    let name = operation.name.fluent_builder();
    let setters = input.fields.iter().map(|field| setter(scope, field));
    quote! {
        impl #name {
            #(#setters)*
        }
    }
}

fn setter(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let Argument {
        parameters,
        values,
        adds,
    } = Argument::of(scope, &field.ty);
    let mut documentation = docs(&field.documentation());
    if let Some(added) = adds {
        let note = format!(
            "Adds {added}; [`{0}`](Self::{0}) replaces all.",
            field.name.set()
        );
        let note = lines(&["", &note]);
        documentation = quote!(#documentation #note);
    }
    let deprecated = deprecated(field.deprecated.as_ref());
    let setter = field.name.setter();
    let others = accessor_row(scope, field);
    quote! {
        #documentation
        #deprecated
        #[inline]
        pub fn #setter(mut self, #parameters) -> Self {
            self.inner = self.inner.#setter(#(#values),*);
            self
        }

        accessors!(#others);
    }
}
