//! Values of tests as expressions.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value as Json;

use super::built;
use crate::emit::scope::Scope;
use crate::emit::structure::float;
use crate::ir::{Type, Value};
use crate::names::FieldName;

/// Calls of a builder's setters.
pub(super) fn members(scope: &Scope<'_>, members: &[(FieldName, Value)]) -> TokenStream {
    let calls = members.iter().map(|(name, member)| {
        let (set, member) = (name.set(), value(scope, member));
        quote!(.#set(Some(#member)))
    });
    quote!(#(#calls)*)
}

pub(super) fn value(scope: &Scope<'_>, of: &Value) -> TokenStream {
    match of {
        Value::Boolean(value) => quote!(#value),
        Value::Integer(value) => {
            let value = Literal::i64_unsuffixed(*value);
            quote!(#value)
        }
        Value::Float(value) => float(*value, &Type::Float),
        Value::Double(value) => float(*value, &Type::Double),
        Value::BigNumber(value) => quote!(#value.parse().expect("it is a number")),
        Value::String(value) => quote!(#value.to_owned()),
        Value::Blob(text) => {
            let blob = scope.named("aws_smithy_types", "Blob");
            quote!(#blob::new(#text))
        }
        Value::Stream(text) => {
            let stream = scope.named("aws_smithy_types::byte_stream", "ByteStream");
            let bytes = Literal::byte_string(text.as_bytes());
            quote!(#stream::from_static(#bytes))
        }
        Value::Timestamp(seconds, nanos) => {
            let time = scope.named("aws_smithy_types", "DateTime");
            let seconds = Literal::i64_unsuffixed(*seconds);
            let nanos = Literal::u32_unsuffixed(*nanos);
            quote!(#time::from_secs_and_nanos(#seconds, #nanos))
        }
        Value::Document(json) => document(scope, json),
        Value::Enum(id, text) => {
            let ty = scope.ty(&Type::Enum(*id));
            quote!(#ty::from(#text))
        }
        Value::Structure(id, values) => {
            let ty = scope.ty(&Type::Structure(*id));
            let members = members(scope, values);
            let built = built(scope.client.structure(*id));
            quote!(#ty::builder() #members.build() #built)
        }
        Value::Union(id, variant, inner) => {
            let (ty, variant) = (scope.ty(&Type::Union(*id)), variant.ident());
            match inner.as_ref() {
                Value::Unit => quote!(#ty::#variant),
                inner => {
                    let inner = value(scope, inner);
                    quote!(#ty::#variant(#inner))
                }
            }
        }
        Value::List(values) => {
            let values = values.iter().map(|element| value(scope, element));
            quote!(vec![#(#values),*])
        }
        Value::Map(entries) => {
            let map = scope.named("std::collections", "HashMap");
            let entries = entries.iter().map(|(key, entry)| {
                let (key, entry) = (value(scope, key), value(scope, entry));
                quote!((#key, #entry))
            });
            quote!(#map::from([#(#entries),*]))
        }
        Value::Sparse(None) => quote!(None),
        Value::Sparse(Some(inner)) => {
            let inner = value(scope, inner);
            quote!(Some(#inner))
        }
        Value::Boxed(inner) => {
            let inner = value(scope, inner);
            quote!(Box::new(#inner))
        }
        Value::Unit => quote!(()),
    }
}

fn document(scope: &Scope<'_>, json: &Json) -> TokenStream {
    let ty = scope.named("aws_smithy_types", "Document");
    match json {
        Json::Null => quote!(#ty::Null),
        Json::Bool(value) => quote!(#ty::Bool(#value)),
        Json::String(text) => quote!(#ty::String(#text.to_owned())),
        Json::Number(number) => {
            let number_type = scope.named("aws_smithy_types", "Number");
            if let Some(value) = number.as_u64() {
                let value = Literal::u64_unsuffixed(value);
                quote!(#ty::Number(#number_type::PosInt(#value)))
            } else if let Some(value) = number.as_i64() {
                let value = Literal::i64_unsuffixed(value);
                quote!(#ty::Number(#number_type::NegInt(#value)))
            } else {
                let value = Literal::f64_unsuffixed(number.as_f64().unwrap_or_default());
                quote!(#ty::Number(#number_type::Float(#value)))
            }
        }
        Json::Array(values) => {
            let values = values.iter().map(|element| document(scope, element));
            quote!(#ty::Array(vec![#(#values),*]))
        }
        Json::Object(entries) => {
            let map = scope.named("std::collections", "HashMap");
            let entries = entries.iter().map(|(key, entry)| {
                let entry = document(scope, entry);
                quote!((#key.to_owned(), #entry))
            });
            quote!(#ty::Object(#map::from([#(#entries),*])))
        }
    }
}
