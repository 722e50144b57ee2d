//! Builders.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::file::Item;
use super::super::scope::{Scope, ident};
use super::is_streaming;
use crate::ir::{Build, Default, Field, Home, Presence, Redaction, Structure, Type};

/// The builder of a structure, in a module inside that of the structure.
pub(crate) fn builder(scope: &Scope<'_>, structure: &Structure) -> Item {
    let (name, target) = (structure.name.builder(), structure.name.ident());
    // A stream can neither be cloned nor compared.
    let derive = is_streaming(structure).then(|| quote!(#[derive(Default)]));
    // The official crates' inputs are built into a `Result`, whether they can fail or not.
    let input = matches!(structure.home, Home::OperationInput(_));
    let fallible = (input || structure.build == Build::Fallible).then(|| quote!(fallible));
    let extra = match structure.home {
        Home::OperationOutput(_) => {
            let metadata = scope.named("crate::response_metadata", "ResponseMetadata");
            Some(quote!(+ _response_metadata: #metadata))
        }
        Home::Error => {
            let metadata = scope.named("aws_smithy_types::error::metadata", "ErrorMetadata");
            Some(quote!(+ meta: #metadata))
        }
        Home::Types | Home::OperationInput(_) => None,
    };
    let whole = structure.redaction == Redaction::Whole;
    let rows = structure.fields.iter().map(|field| {
        let row = setter_row(scope, field);
        let presence = presence(scope, field);
        let sensitive = (whole || field.sensitive).then(|| quote!(sensitive));
        quote!(#row #presence #sensitive)
    });
    Item::Table {
        name: "builder",
        head: quote!(#derive #name => #target #fallible #extra),
        rows: rows.collect(),
    }
}

/// The path of a structure's builder in the file of the structure.
pub(crate) fn builder_path(structure: &Structure) -> TokenStream {
    let name = structure.name.builder();
    quote!(builders::#name)
}

/// A field in a table of setters: its name, its methods, and the argument of the first.
fn setter_row(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let (name, methods) = (field.name.field(), methods(scope, field));
    quote!(#name #methods)
}

/// A field whose setter is written out: its name in documentation, the other methods, and the argument
/// of the setter.
pub(crate) fn accessor_row(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let (name, methods) = (field.name.as_str(), methods(scope, field));
    quote!(#name #methods)
}

/// The methods beside a setter, and the argument of the setter.
fn methods(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let (set, get) = (field.name.set(), field.name.get());
    let value = |ty: &Type| {
        let spelled = scope.ty(ty);
        match ty {
            Type::String | Type::Boxed(_) => quote!(into #spelled),
            _ => quote!(is #spelled),
        }
    };
    let takes = match &field.ty {
        Type::List(element) => {
            let element = value(element);
            quote!(list(#element))
        }
        Type::Map(key, item) => {
            let (key, item) = (value(key), value(item));
            quote!(map(#key, #item))
        }
        ty => {
            let ty = value(ty);
            quote!(one(#ty))
        }
    };
    quote!(#set #get = #takes)
}

/// The argument of the method that sets, appends or inserts a value.
pub(crate) struct Argument {
    /// Names and types of the parameters.
    pub(crate) parameters: TokenStream,
    /// The arguments that are passed on.
    pub(crate) values: Vec<TokenStream>,
    /// The method that adds to a collection.
    pub(crate) adds: Option<&'static str>,
}

impl Argument {
    /// The argument for a field of this type.
    pub(crate) fn of(scope: &Scope<'_>, ty: &Type) -> Self {
        match ty {
            Type::List(element) => {
                let (ty, value) = parameter(scope, element, quote!(input));
                Self {
                    parameters: quote!(input: #ty),
                    values: vec![value],
                    adds: Some("an item"),
                }
            }
            Type::Map(key, value) => {
                let (key_type, key) = parameter(scope, key, quote!(k));
                let (value_type, value) = parameter(scope, value, quote!(v));
                Self {
                    parameters: quote!(k: #key_type, v: #value_type),
                    values: vec![key, value],
                    adds: Some("an entry"),
                }
            }
            ty => {
                let (ty, value) = parameter(scope, ty, quote!(input));
                Self {
                    parameters: quote!(input: #ty),
                    values: vec![value],
                    adds: None,
                }
            }
        }
    }
}

/// A parameter that converts into strings and boxes.
fn parameter(scope: &Scope<'_>, ty: &Type, name: TokenStream) -> (TokenStream, TokenStream) {
    let spelled = scope.ty(ty);
    match ty {
        Type::String | Type::Boxed(_) => {
            let into = scope.std("Into");
            (quote!(impl #into<#spelled>), quote!(#name.into()))
        }
        _ => (spelled, name),
    }
}

/// What `build` does with a field that is not optional.
fn presence(scope: &Scope<'_>, field: &Field) -> Option<TokenStream> {
    match &field.presence {
        Presence::Optional => None,
        Presence::Required => Some(quote!(required)),
        Presence::Defaulted(Default::Zero) => Some(quote!(default)),
        Presence::Defaulted(default) => {
            let value = default_value(scope, default, &field.ty);
            Some(quote!(default(#value)))
        }
    }
}

/// The model's default value of a field.
pub(super) fn default_value(scope: &Scope<'_>, default: &Default, ty: &Type) -> TokenStream {
    let document = |make: &str, value: TokenStream| {
        let document = scope.named("aws_smithy_types", "Document");
        let make = ident(make);
        quote!(#document::#make(#value))
    };
    let nothing = || {
        let default = scope.std("Default");
        quote!(#default::default())
    };
    match default {
        Default::Zero => nothing(),
        Default::True => quote!(true),
        Default::Integer(value) => {
            let value = Literal::i64_unsuffixed(*value);
            quote!(#value)
        }
        Default::Float(value) => float(*value, ty),
        Default::BigNumber(value) => quote!(#value.parse().expect("it is a number")),
        Default::String(value) => quote!(#value.to_owned()),
        Default::Enum(value) => {
            let ty = scope.ty(ty);
            quote!(#ty::from(#value))
        }
        Default::Blob(bytes) => {
            let blob = scope.named("aws_smithy_types", "Blob");
            let bytes = Literal::byte_string(bytes);
            quote!(#blob::new(#bytes.as_slice()))
        }
        Default::Timestamp(seconds, nanos) => {
            let timestamp = scope.named("aws_smithy_types", "DateTime");
            let seconds = Literal::i64_unsuffixed(*seconds);
            let nanos = Literal::u32_unsuffixed(*nanos);
            quote!(#timestamp::from_secs_and_nanos(#seconds, #nanos))
        }
        Default::DocumentBoolean(value) => document("Bool", quote!(#value)),
        Default::DocumentString(value) => document("String", quote!(#value.to_owned())),
        Default::DocumentInteger(value) => {
            // Like the protocol, which reads positive and negative numbers as different variants.
            let value = match u64::try_from(*value) {
                Ok(value) => Literal::u64_suffixed(value),
                Err(_) => Literal::i64_suffixed(*value),
            };
            document("from", quote!(#value))
        }
        Default::DocumentFloat(value) => {
            let value = Literal::f64_unsuffixed(*value);
            document("from", quote!(#value))
        }
        Default::DocumentArray => document("Array", nothing()),
        Default::DocumentObject => document("Object", nothing()),
    }
}

/// A floating-point number, which may be infinite or NaN.
pub(crate) fn float(value: f64, ty: &Type) -> TokenStream {
    let ty = match ty {
        Type::Float => quote!(f32),
        _ => quote!(f64),
    };
    if value.is_nan() {
        quote!(#ty::NAN)
    } else if value == f64::INFINITY {
        quote!(#ty::INFINITY)
    } else if value == f64::NEG_INFINITY {
        quote!(#ty::NEG_INFINITY)
    } else {
        let value = Literal::f64_unsuffixed(value);
        quote!(#value)
    }
}
