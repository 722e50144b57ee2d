//! Builders.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::file::Item;
use super::super::scope::Scope;
use super::super::text::{doc, lines};
use super::{derives, field_type_of_builder, redacted_debug};
use crate::ir::{Build, Default, Field, Home, Presence, Structure, Type};

/// The builder of a structure.
///
/// `target` is how the builder's module spells the structure. The table that redacts its `Debug`
/// is apart, because it may have to stand outside of that module.
pub(crate) fn builder(
    scope: &Scope<'_>,
    structure: &Structure,
    target: &TokenStream,
) -> (Vec<Item>, Option<Item>) {
    let mut items = vec![
        Item::Code(definition(scope, structure, target)),
        setters(scope, structure, target),
    ];
    items.push(Item::Code(methods(scope, structure, target)));
    let name = structure.name.builder();
    let debug = redacted_debug(structure, &name.to_string(), &builder_path(structure));
    (items, debug)
}

/// How the file of a structure names its builder.
pub(crate) fn builder_path(structure: &Structure) -> TokenStream {
    let name = structure.name.builder();
    match structure.home {
        Home::OperationInput(_) | Home::OperationOutput(_) => quote!(builders::#name),
        Home::Types | Home::Error => quote!(#name),
    }
}

fn definition(scope: &Scope<'_>, structure: &Structure, target: &TokenStream) -> TokenStream {
    let name = structure.name.builder();
    let summary = doc(format!(
        "A builder for [`{0}`].",
        structure.name.as_str()
    ));
    let derives = derives(structure, &["Default"]);
    let fields = structure.fields.iter().map(|field| {
        let name = field.name.field();
        let ty = field_type_of_builder(scope, field);
        quote!(pub(crate) #name: #ty)
    });
    let metadata = match structure.home {
        Home::OperationOutput(_) => {
            let metadata = scope.named("crate::response_metadata", "ResponseMetadata");
            quote!(pub(crate) response_metadata: #metadata,)
        }
        Home::Error => {
            let metadata = scope.named("aws_smithy_types::error::metadata", "ErrorMetadata");
            let metadata = scope.option(&metadata);
            quote!(pub(crate) meta: #metadata,)
        }
        Home::Types | Home::OperationInput(_) => TokenStream::new(),
    };
    quote! {
        #summary
        #[non_exhaustive]
        #derives
        pub struct #name {
            #(#fields,)*
            #metadata
        }
    }
}

fn methods(scope: &Scope<'_>, structure: &Structure, target: &TokenStream) -> TokenStream {
    let name = structure.name.builder();
    let meta = structure.error.as_ref().map(|_| meta_setters(scope));
    let build = build(scope, structure, target);
    quote! {
        impl #name {
            #meta
            #build
        }
    }
}

/// The table of the setters.
fn setters(scope: &Scope<'_>, structure: &Structure, target: &TokenStream) -> Item {
    let builder = structure.name.builder();
    let rows = structure
        .fields
        .iter()
        .map(|field| setter_row(scope, field))
        .collect();
    Item::Table {
        name: "setters",
        head: quote!(#builder of #target),
        rows,
    }
}

/// A field in a table of setters: its name, its methods, and what the first of them takes.
pub(crate) fn setter_row(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let (name, set, get) = (field.name.field(), field.name.set(), field.name.get());
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
    quote!(#name #set #get = #takes)
}

/// The argument of the method that sets, appends or inserts a value.
pub(crate) struct Argument {
    /// Names and types of the parameters.
    pub(crate) parameters: TokenStream,
    /// The parameters as they are handed on.
    pub(crate) values: Vec<TokenStream>,
    /// What is added, where the value is a collection.
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

/// A parameter that converts: strings and boxes from what they can be made of.
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

/// An error's code and message can be set, for tests.
fn meta_setters(scope: &Scope<'_>) -> TokenStream {
    let metadata = scope.named("aws_smithy_types::error::metadata", "ErrorMetadata");
    let option = scope.option(&metadata);
    quote! {
        /// Sets the error's code, message and request id.
        pub fn meta(mut self, meta: #metadata) -> Self {
            self.meta = Some(meta);
            self
        }

        /// Sets or clears the error's code, message and request id.
        pub fn set_meta(&mut self, meta: #option) -> &mut Self {
            self.meta = meta;
            self
        }
    }
}

fn build(scope: &Scope<'_>, structure: &Structure, target: &TokenStream) -> TokenStream {
    let fields = structure.fields.iter().map(|field| {
        let name = field.name.field();
        let value = value(scope, structure, field);
        quote!(#name: #value)
    });
    let metadata = match structure.home {
        Home::OperationOutput(_) => quote!(response_metadata: self.response_metadata,),
        Home::Error => quote!(meta: self.meta.unwrap_or_default(),),
        Home::Types | Home::OperationInput(_) => TokenStream::new(),
    };
    let built = quote!(#target { #(#fields,)* #metadata });
    let summary = format!("Builds the [`{}`].", structure.name.as_str());
    // The official crates' inputs are built into a `Result`, whether they can fail or not.
    let input = matches!(structure.home, Home::OperationInput(_));
    if structure.build == Build::Infallible && !input {
        let summary = doc(summary);
        return quote! {
            #summary
            pub fn build(self) -> #target {
                #built
            }
        };
    }
    let missing: Vec<_> = structure
        .fields
        .iter()
        .filter(|field| field.presence == Presence::Required)
        .map(|field| format!("`{}`", field.name.as_str()))
        .collect();
    let errors = match missing.as_slice() {
        [] => "Never: an operation that needs a member says so when it is sent.".to_owned(),
        [one] => format!("When {one} is not set."),
        [more @ .., last] => format!("When {} or {last} is not set.", more.join(", ")),
    };
    let summary = lines(&[&summary, "", "# Errors", "", &errors]);
    let error = scope.named("aws_smithy_types::error::operation", "BuildError");
    let result = scope.std("Result");
    quote! {
        #summary
        pub fn build(self) -> #result<#target, #error> {
            Ok(#built)
        }
    }
}

/// What a field is built from.
fn value(scope: &Scope<'_>, structure: &Structure, field: &Field) -> TokenStream {
    let name = field.name.field();
    match &field.presence {
        Presence::Optional => quote!(self.#name),
        Presence::Required => {
            let (field, structure) = (field.name.as_str(), structure.name.as_str());
            quote!(required!(self.#name, #field, #structure))
        }
        Presence::Defaulted(default) => {
            let default = or_default(scope, default, &field.ty);
            quote!(self.#name.#default)
        }
    }
}

/// The call that puts the model's default in the place of `None`.
fn or_default(scope: &Scope<'_>, default: &Default, ty: &Type) -> TokenStream {
    let document = || scope.named("aws_smithy_types", "Document");
    match default {
        Default::Zero => quote!(unwrap_or_default()),
        Default::True => quote!(unwrap_or(true)),
        Default::Integer(value) => {
            let value = Literal::i64_unsuffixed(*value);
            quote!(unwrap_or(#value))
        }
        Default::Float(value) => {
            let value = Literal::f64_unsuffixed(*value);
            quote!(unwrap_or(#value))
        }
        Default::String(value) => quote!(unwrap_or_else(|| #value.to_owned())),
        Default::Enum(value) => {
            let ty = scope.ty(ty);
            quote!(unwrap_or_else(|| #ty::from(#value)))
        }
        Default::Blob(bytes) => {
            let blob = scope.named("aws_smithy_types", "Blob");
            let bytes = Literal::byte_string(bytes);
            quote!(unwrap_or_else(|| #blob::new(#bytes.as_slice())))
        }
        Default::Timestamp(seconds, nanos) => {
            let timestamp = scope.named("aws_smithy_types", "DateTime");
            let seconds = Literal::i64_unsuffixed(*seconds);
            let nanos = Literal::u32_unsuffixed(*nanos);
            quote!(unwrap_or_else(|| #timestamp::from_secs_and_nanos(#seconds, #nanos)))
        }
        Default::DocumentBoolean(value) => {
            let document = document();
            quote!(unwrap_or(#document::Bool(#value)))
        }
        Default::DocumentString(value) => {
            let document = document();
            quote!(unwrap_or_else(|| #document::String(#value.to_owned())))
        }
        Default::DocumentInteger(value) => {
            let document = document();
            let value = Literal::i64_unsuffixed(*value);
            quote!(unwrap_or_else(|| #document::from(#value)))
        }
        Default::DocumentFloat(value) => {
            let document = document();
            let value = Literal::f64_unsuffixed(*value);
            quote!(unwrap_or_else(|| #document::from(#value)))
        }
        Default::DocumentArray => {
            let document = document();
            quote!(unwrap_or_else(|| #document::Array(Default::default())))
        }
        Default::DocumentObject => {
            let document = document();
            quote!(unwrap_or_else(|| #document::Object(Default::default())))
        }
    }
}
