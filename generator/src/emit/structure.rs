//! Structures: the type, its accessors and its builder.

mod builder;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::file::Item;
use super::scope::Scope;
use super::text::{deprecated, doc, docs};
use crate::ir::{Default, Field, Home, Presence, Redaction, Structure, Type};

use builder::default_value;
pub(crate) use builder::{Argument, accessor_row, builder, builder_path, float};

/// The type and its implementations, except for its builder.
pub(crate) fn structure(scope: &Scope<'_>, structure: &Structure) -> Vec<Item> {
    let mut items = vec![Item::Code(definition(scope, structure))];
    items.extend(accessors(scope, structure).map(Item::Code));
    let name = structure.name.ident();
    items.extend(redacted_debug(
        structure,
        structure.name.as_str(),
        &quote!(#name),
    ));
    items.push(table(scope, structure));
    if let Home::OperationOutput(_) = structure.home {
        items.push(Item::Code(quote!(operation_output!(#name);)));
    }
    items
}

fn definition(scope: &Scope<'_>, structure: &Structure) -> TokenStream {
    let name = structure.name.ident();
    let documentation = docs(&structure.docs);
    let deprecated = deprecated(structure.deprecated.as_ref());
    let derives = derives(structure, &[]);
    let fields = structure
        .fields
        .iter()
        .map(|field| field_definition(scope, field));
    let metadata = metadata_field(scope, structure);
    quote! {
        #documentation
        #deprecated
        #[non_exhaustive]
        #derives
        pub struct #name {
            #(#fields,)*
            #metadata
        }
    }
}

/// The derived traits: a streamed body can neither be cloned nor compared.
fn derives(structure: &Structure, more: &[&str]) -> TokenStream {
    let mut names = Vec::new();
    if !is_streaming(structure) {
        names.extend(["Clone", "PartialEq"]);
    }
    if structure.redaction == Redaction::None {
        names.push("Debug");
    }
    names.extend(more);
    names.sort_unstable();
    let names = names.into_iter().map(super::scope::ident);
    quote!(#[derive(#(#names),*)])
}

/// Whether a body of the structure is streamed.
pub(crate) fn is_streaming(structure: &Structure) -> bool {
    structure.fields.iter().any(|field| field.ty.is_stream())
}

fn field_definition(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let name = field.name.field();
    let documentation = docs(&field.documentation());
    let deprecated = deprecated(field.deprecated.as_ref());
    let ty = field_type(scope, field);
    quote! {
        #documentation
        #deprecated
        pub #name: #ty
    }
}

fn field_type(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let ty = scope.ty(&field.ty);
    match field.presence {
        Presence::Optional => scope.option(&ty),
        Presence::Required | Presence::Defaulted(_) => ty,
    }
}

/// The field for metadata: of the response for an output, code and message for an error.
fn metadata_field(scope: &Scope<'_>, structure: &Structure) -> TokenStream {
    match structure.home {
        // Fields of members never begin with an underscore and a letter.
        Home::OperationOutput(_) => {
            let metadata = scope.named("crate::response_metadata", "ResponseMetadata");
            quote!(pub(crate) _response_metadata: #metadata,)
        }
        Home::Error => {
            let metadata = scope.named("aws_smithy_types::error::metadata", "ErrorMetadata");
            quote!(pub(crate) meta: #metadata,)
        }
        Home::Types | Home::OperationInput(_) => TokenStream::new(),
    }
}

fn accessors(scope: &Scope<'_>, structure: &Structure) -> Option<TokenStream> {
    if structure.fields.is_empty() {
        return None;
    }
    let name = structure.name.ident();
    let accessors = structure.fields.iter().map(|field| accessor(scope, field));
    Some(quote! {
        impl #name {
            #(#accessors)*
        }
    })
}

fn accessor(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let name = field.name.field();
    let Accessor {
        returns,
        body,
        absent,
    } = Accessor::of(scope, field);
    let summary = doc(format!(
        "Returns [`{0}`](field@Self::{0}){absent}.",
        field.name.as_str()
    ));
    let deprecated = deprecated(field.deprecated.as_ref());
    quote! {
        #summary
        #deprecated
        #[inline]
        pub fn #name(&self) -> #returns {
            #body
        }
    }
}

/// An accessor of a field.
struct Accessor {
    returns: TokenStream,
    body: TokenStream,
    absent: &'static str,
}

impl Accessor {
    fn of(scope: &Scope<'_>, field: &Field) -> Self {
        let name = field.name.field();
        let optional = field.presence == Presence::Optional;
        let (returns, body) = match (&field.ty, optional) {
            (Type::List(element), true) => {
                let element = scope.ty(element);
                let absent = ", or an empty slice where it is not set";
                let body = quote!(self.#name.as_deref().unwrap_or_default());
                return Self {
                    returns: quote!(&[#element]),
                    body,
                    absent,
                };
            }
            (Type::List(element), false) => {
                let element = scope.ty(element);
                (quote!(&[#element]), quote!(&self.#name))
            }
            (Type::String, true) => (scope.option(&quote!(&str)), quote!(self.#name.as_deref())),
            (Type::String, false) => (quote!(&str), quote!(&self.#name)),
            (Type::Boxed(inner), true) => {
                let inner = scope.ty(inner);
                (
                    scope.option(&quote!(&#inner)),
                    quote!(self.#name.as_deref()),
                )
            }
            (Type::Boxed(inner), false) => {
                let inner = scope.ty(inner);
                (quote!(&#inner), quote!(&self.#name))
            }
            (ty, true) if ty.is_copy() => {
                let ty = scope.ty(ty);
                (scope.option(&ty), quote!(self.#name))
            }
            (ty, false) if ty.is_copy() => (scope.ty(ty), quote!(self.#name)),
            (ty, true) => {
                let ty = scope.ty(ty);
                (scope.option(&quote!(&#ty)), quote!(self.#name.as_ref()))
            }
            (ty, false) => {
                let ty = scope.ty(ty);
                (quote!(&#ty), quote!(&self.#name))
            }
        };
        Self {
            returns,
            body,
            absent: "",
        }
    }
}

/// A `Debug` that hides the values of sensitive fields.
fn redacted_debug(structure: &Structure, name: &str, ty: &TokenStream) -> Option<Item> {
    if structure.redaction == Redaction::None {
        return None;
    }
    let whole = structure.redaction == Redaction::Whole;
    let fields = structure.fields.iter().map(|field| {
        let name = field.name.field();
        if whole || field.sensitive {
            quote!(#name sensitive)
        } else {
            quote!(#name)
        }
    });
    let metadata = match structure.home {
        Home::OperationOutput(_) => Some(quote!(_response_metadata)),
        Home::Error => Some(quote!(meta)),
        Home::Types | Home::OperationInput(_) => None,
    };
    let rows = fields.chain(metadata).collect();
    Some(Item::Table {
        name: "redacted_debug",
        head: quote!(#ty as #name),
        rows,
    })
}

/// The table that binds the structure to its schema.
fn table(scope: &Scope<'_>, structure: &Structure) -> Item {
    let (name, builder) = (structure.name.ident(), builder_path(structure));
    let schema = structure.schema.ident();
    let mut fields: Vec<_> = structure
        .fields
        .iter()
        .filter(|field| !field.ty.is_stream())
        .filter_map(|field| Some((field.index?, field)))
        .collect();
    fields.sort_by_key(|(index, _)| *index);
    let rows = fields.into_iter().map(|(index, field)| {
        let index = Literal::usize_unsuffixed(index);
        let name = field.name.field();
        let mark = row_mark(scope, field);
        quote!(#index => #name #mark)
    });
    let rows = rows.collect();
    let kind = match structure.home {
        _ if is_streaming(structure) => Some(quote!(streaming)),
        Home::OperationOutput(_) => Some(quote!(output)),
        Home::Error if structure.fields.iter().any(|it| it.index.is_none()) => {
            Some(quote!(described))
        }
        Home::Error => Some(quote!(error)),
        Home::Types | Home::OperationInput(_) => None,
    };
    let head = quote!(#kind #name, #builder, crate::schema::#schema);
    Item::Table {
        name: "structure",
        head,
        rows,
    }
}

/// The mark of a member that is read or written differently.
fn row_mark(scope: &Scope<'_>, field: &Field) -> Option<TokenStream> {
    if field.required {
        return Some(quote!(required));
    }
    let default = match (field.unsent.as_ref()?, &field.ty) {
        (Default::Zero, Type::Boolean) => quote!(false),
        (Default::Zero, Type::Float | Type::Double) => quote!(0.0),
        (Default::Zero, _) => quote!(0),
        (default, ty) => default_value(scope, default, ty),
    };
    Some(quote!(unless #default))
}
