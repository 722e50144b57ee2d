//! Values of tests and examples in the model, as expressions.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value as Json;

use super::scope::Scope;
use super::structure::float;
use crate::ir::{Build, EnumId, Structure, Type, Value};
use crate::names::FieldName;

/// The module of types for simple values.
const PRIMITIVES: &str = "crate::primitives";

/// How a file spells values.
#[derive(Clone, Copy)]
pub(crate) struct Values<'a> {
    scope: &'a Scope<'a>,
    /// Whether errors are returned with `?`; otherwise the code panics.
    returns_errors: bool,
}

impl<'a> Values<'a> {
    /// Values in tests, where errors cannot occur.
    pub(crate) fn in_tests(scope: &'a Scope<'a>) -> Self {
        Self {
            scope,
            returns_errors: false,
        }
    }

    /// Values in a function that returns any error.
    pub(crate) fn in_examples(scope: &'a Scope<'a>) -> Self {
        Self {
            scope,
            returns_errors: true,
        }
    }

    /// Calls of a builder's setters, as a user would write them.
    pub(crate) fn members(self, members: &[(FieldName, Value)]) -> TokenStream {
        let calls = members.iter().map(|(name, member)| self.set(name, member));
        quote!(#(#calls)*)
    }

    /// Sets a member. Collections are built item by item, except for empty ones.
    fn set(self, name: &FieldName, member: &Value) -> TokenStream {
        let setter = name.setter();
        match member {
            Value::List(items) if !items.is_empty() => {
                let items = items.iter().map(|item| self.argument(item));
                quote!(#(.#setter(#items))*)
            }
            Value::Map(entries) if !entries.is_empty() => {
                let keys = entries.iter().map(|(key, _)| self.argument(key));
                let entries = entries.iter().map(|(_, entry)| self.argument(entry));
                quote!(#(.#setter(#keys, #entries))*)
            }
            Value::List(_) | Value::Map(_) => {
                let (set, member) = (name.set(), self.value(member));
                quote!(.#set(Some(#member)))
            }
            member => {
                let member = self.argument(member);
                quote!(.#setter(#member))
            }
        }
    }

    /// An argument of a setter, which converts into strings and boxes itself.
    fn argument(self, of: &Value) -> TokenStream {
        match of {
            Value::String(text) => quote!(#text),
            Value::Boxed(inner) => self.value(inner),
            other => self.value(other),
        }
    }

    /// What follows `build()`.
    pub(crate) fn built(self, structure: &Structure) -> Option<TokenStream> {
        (structure.build == Build::Fallible).then(|| self.or_fail("all that is required is set"))
    }

    /// What follows an expression that may fail.
    fn or_fail(self, expected: &str) -> TokenStream {
        match self.returns_errors {
            true => quote!(?),
            false => quote!(.expect(#expected)),
        }
    }

    /// A value by itself.
    pub(crate) fn value(self, of: &Value) -> TokenStream {
        let scope = self.scope;
        match of {
            Value::Boolean(value) => quote!(#value),
            Value::Integer(value) => {
                let value = Literal::i64_unsuffixed(*value);
                quote!(#value)
            }
            Value::Float(value) => float(*value, &Type::Float),
            Value::Double(value) => float(*value, &Type::Double),
            Value::BigNumber(value) => {
                let or_fail = self.or_fail("it is a number");
                quote!(#value.parse() #or_fail)
            }
            Value::String(value) => quote!(#value.to_owned()),
            Value::Blob(text) => {
                let blob = scope.named(PRIMITIVES, "Blob");
                quote!(#blob::new(#text))
            }
            Value::Stream(text) => {
                let stream = scope.named(PRIMITIVES, "ByteStream");
                let bytes = Literal::byte_string(text.as_bytes());
                quote!(#stream::from_static(#bytes))
            }
            Value::Timestamp(seconds, nanos) => self.time(*seconds, *nanos),
            Value::Document(json) => document(scope, json),
            Value::Enum(id, text) => self.variant(*id, text),
            Value::Structure(id, values) => {
                let ty = scope.ty(&Type::Structure(*id));
                let members = self.members(values);
                let built = self.built(scope.client.structure(*id));
                quote!(#ty::builder() #members.build() #built)
            }
            Value::Union(id, variant, inner) => {
                let (ty, variant) = (scope.ty(&Type::Union(*id)), variant.ident());
                let inner = (**inner != Value::Unit).then(|| self.value(inner));
                let inner = inner.map(|inner| quote!((#inner)));
                quote!(#ty::#variant #inner)
            }
            Value::List(values) if values.is_empty() => quote!(Vec::new()),
            Value::List(values) => {
                let values = values.iter().map(|element| self.value(element));
                quote!(Vec::from([#(#values),*]))
            }
            Value::Map(entries) => self.map(entries),
            Value::Sparse(None) => quote!(None),
            Value::Sparse(Some(inner)) => {
                let inner = self.value(inner);
                quote!(Some(#inner))
            }
            Value::Boxed(inner) => {
                let inner = self.value(inner);
                quote!(Box::new(#inner))
            }
            Value::Unit => quote!(()),
        }
    }

    fn time(self, seconds: i64, nanos: u32) -> TokenStream {
        let time = self.scope.named(PRIMITIVES, "DateTime");
        let seconds = Literal::i64_unsuffixed(seconds);
        if nanos == 0 {
            return quote!(#time::from_secs(#seconds));
        }
        let nanos = Literal::u32_unsuffixed(nanos);
        quote!(#time::from_secs_and_nanos(#seconds, #nanos))
    }

    fn map(self, entries: &[(Value, Value)]) -> TokenStream {
        let map = self.scope.named("std::collections", "HashMap");
        if entries.is_empty() {
            return quote!(#map::new());
        }
        let entries = entries.iter().map(|(key, entry)| {
            let (key, entry) = (self.value(key), self.value(entry));
            quote!((#key, #entry))
        });
        quote!(#map::from([#(#entries),*]))
    }

    /// A value of an enum, as a variant if there is one.
    pub(crate) fn variant(self, id: EnumId, text: &str) -> TokenStream {
        let ty = self.scope.ty(&Type::Enum(id));
        let mut known = self.scope.client.r#enum(id).values.iter();
        match known.find(|known| known.value == text) {
            Some(known) => {
                let variant = known.variant.ident();
                quote!(#ty::#variant)
            }
            None => quote!(#ty::from(#text)),
        }
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
            quote!(#ty::Array(Vec::from([#(#values),*])))
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
