//! Values of the model as paths see them: numbers as `i64` or `f64`, strings as `&str`.

use proc_macro2::TokenStream;
use quote::quote;

use super::Emitter;
use crate::ir::{Type, Width};

impl Emitter<'_> {
    /// A field that is an `Option`.
    pub(super) fn seen_field(&self, field: TokenStream, ty: &Type) -> TokenStream {
        match ty {
            Type::String | Type::Boxed(_) | Type::List(_) => quote!(#field.as_deref()),
            Type::Boolean | Type::Double | Type::Integer(Width::Long) => field,
            Type::Integer(_) => quote!(#field.map(i64::from)),
            Type::Float => quote!(#field.map(f64::from)),
            ty => self.seen(quote!(#field.as_ref()), ty),
        }
    }

    /// A field that always has a value.
    pub(super) fn seen_place(&self, field: TokenStream, ty: &Type) -> TokenStream {
        match ty {
            Type::Boolean | Type::Double | Type::Integer(Width::Long) => field,
            Type::Integer(_) => quote!(i64::from(#field)),
            Type::Float => quote!(f64::from(#field)),
            Type::String | Type::Enum(_) => quote!(#field.as_str()),
            Type::List(_) => quote!(#field.as_slice()),
            Type::Timestamp => quote!(#field.as_secs_f64()),
            Type::Blob => {
                let encode = self.scope.named("aws_smithy_types::base64", "encode");
                quote!(#encode(&#field))
            }
            Type::Boxed(_) => quote!(&*#field),
            _ => quote!(&#field),
        }
    }

    /// An `Option` of a reference to a value of the model.
    pub(super) fn seen(&self, value: TokenStream, ty: &Type) -> TokenStream {
        match ty {
            Type::Sparse(inner) => self.seen(quote!(#value.and_then(|it| it.as_ref())), inner),
            ty => match self.view(ty) {
                Some(view) => quote!(#value #view),
                None => value,
            },
        }
    }

    /// The method that turns references in an `Option` or an iterator into values; `None` if they
    /// are values.
    pub(super) fn view(&self, ty: &Type) -> Option<TokenStream> {
        Some(match ty {
            Type::Boolean | Type::Double | Type::Integer(Width::Long) => {
                quote!(.copied())
            }
            Type::Integer(_) => quote!(.copied().map(i64::from)),
            Type::Float => quote!(.copied().map(f64::from)),
            Type::String | Type::Enum(_) => quote!(.map(|it| it.as_str())),
            Type::List(_) => quote!(.map(|it| it.as_slice())),
            Type::Timestamp => quote!(.map(|it| it.as_secs_f64())),
            Type::Blob => {
                let encode = self.scope.named("aws_smithy_types::base64", "encode");
                quote!(.map(#encode))
            }
            Type::Boxed(_) => quote!(.map(|it| &**it)),
            _ => return None,
        })
    }
}
